// The record of every decision. Each entry holds the hash of the one before; the head of this view says how far that was checked.
import {useMemo, useState} from 'preact/hooks';
import {file, get} from '../api';
import {turn} from '../app';
import {minute, number, t, word} from '../i18n';
import {useKeys} from '../keyboard';
import {param, route, setId, setParams} from '../router';
import {download} from '../ui/export';
import {Icon} from '../ui/icons';
import {Empty, Failed, Loading, useLoad} from '../ui/states';
import {Table, type Column} from '../ui/table';
import {fail} from '../ui/toast';

interface Entry { seq: number; time: string; actor: string; role: string; kind: string; subject: string; payload: unknown; versions: unknown; previous: string; hash: string }
interface Page { entries: Entry[]; total?: number; head: {seq: number; hash: string} | null; verified: boolean | number | {to?: number; whole?: boolean} }
interface Proof { whole: boolean; entries: number; anchored?: number; head?: {seq: number; hash: string}; damages?: {seq?: number; what: string; because?: string}[]; notes?: string[]; breaches?: {entry: number; id: string; why: string}[] }

const MOST = 1000;  // entries asked for at once

export function Ledger() {
  const q = param('q'), at = route.value.id;
  const found = useLoad((signal) => get<Page>('ledger', {limit: MOST, q}, signal), [q, turn.value]);
  const proof = useLoad(() => get<{chain: Proof; breaches: {entry: number; id: string; why: string}[]} & Proof>('ledger/verify').then((answer) => ({...(answer.chain ?? answer), breaches: answer.breaches ?? []})), [turn.value]);
  // Older entries than the first page, asked for by number, so that new ones meanwhile move nothing.
  const asked = `${q} ${turn.value}`, [more, setMore] = useState<{of: string; entries: Entry[]}>({of: '', entries: []});
  const entries = found.value?.entries, older = more.of === asked ? more.entries : undefined;
  const rows = useMemo(() => [...(entries ?? []), ...(older ?? [])], [entries, older]);  // sorted anew only where they have changed
  const left = (found.value?.total ?? 0) - rows.length;
  const showOlder = () => get<Page>('ledger', {limit: MOST, q, to: rows.at(-1)!.seq - 1}).then((page) => setMore({of: asked, entries: [...(older ?? []), ...page.entries]}), fail);
  // One that a link names may be older than what is shown.
  const here = rows.find((each) => String(each.seq) === at);
  const named = useLoad<Entry | null>(() => (at && found.value && !here ? get<Entry>(`ledger/${encodeURIComponent(at)}`) : Promise.resolve(null)), [at, !found.value || here]);
  const chosen = here ?? (named.value && String(named.value.seq) === at ? named.value : undefined);
  const columns: Column<Entry>[] = useMemo(() => [
    {key: 'seq', title: '#', value: (row) => row.seq, number: true, width: '5rem'}, {key: 'time', title: t('ledger.when'), value: (row) => minute(row.time), width: '11rem'}, {key: 'actor', title: t('ledger.who'), value: (row) => row.actor, show: (row) => <>{row.actor} <span class="soft">{word('role', row.role)}</span></>, width: '11rem'},
    {key: 'kind', title: t('ledger.what'), value: (row) => word('act', row.kind), width: 'minmax(9rem, 13rem)'}, {key: 'subject', title: t('ledger.about'), value: (row) => row.subject, width: 'minmax(10rem, 1fr)'}, {key: 'hash', title: t('ledger.hash'), value: (row) => row.hash, show: (row) => <code>{row.hash.slice(0, 12)}…</code>, width: '9rem'},
  ], []);
  // Not a link: where the program has no key to sign with, its reason is to be read here, not in a file.
  const save = (format: string) => file('ledger/export', {format}).then((body) => download(`ledger.${format}`, body, body.type), fail);
  useKeys([{keys: '/', says: 'keys.search', run: () => document.querySelector<HTMLInputElement>('#ledger-find')?.focus()}], []);
  return <div class="desk ledger"><section class="desk-main" aria-label={t('view.ledger')}>
    <header class="desk-head"><Chain of={proof.value} error={proof.error} again={proof.again} /><span class="spring" />
      <details class="drop-menu"><summary class="button"><Icon name="save" />{t('ledger.export')}</summary><div>{(['json', 'csv', 'html'] as const).map((each) => <button key={each} type="button" class="plain" onClick={() => void save(each)}>{each.toUpperCase()}</button>)}<small>{t('ledger.exportSays')}</small></div></details></header>
    <div class="desk-filter"><input id="ledger-find" type="search" value={q} placeholder={t('ledger.find')} aria-label={t('ledger.find')} onChange={(event) => setParams({q: event.currentTarget.value})} />
      {left > 0 && <><small>{t('ledger.shown', {n: number(rows.length), total: number(found.value!.total!)})}</small><button type="button" class="plain" onClick={() => void showOlder()}>{t('ledger.older', {n: number(Math.min(left, MOST))})}</button></>}</div>
    <div class="desk-table">{found.error ? <Failed error={found.error} again={found.again} /> : !found.value ? <Loading /> : <Table columns={columns} rows={rows} id={(row) => String(row.seq)} label={t('view.ledger')} name="ledger" current={at || undefined} onPick={(row) => setId(String(row.seq))} sort={{key: 'seq', down: true}} empty={t(q ? 'ledger.noFit' : 'ledger.none')} />}</div></section>
    <aside class="desk-side" aria-label={t('ledger.entry')}>{chosen ? <div class="leaf"><header><h3>#{number(chosen.seq)} {word('act', chosen.kind)}</h3><p class="soft">{chosen.actor}, {word('role', chosen.role)} · {minute(chosen.time)} UTC</p></header>
      <dl class="pairs"><div><dt>{t('ledger.about')}</dt><dd>{chosen.subject}</dd></div><div><dt>{t('ledger.previous')}</dt><dd><code class="hash">{chosen.previous}</code></dd></div><div><dt>{t('ledger.hash')}</dt><dd><code class="hash">{chosen.hash}</code></dd></div></dl>
      <section><h4>{t('ledger.payload')}</h4><pre tabIndex={0}>{JSON.stringify(chosen.payload, null, 1)}</pre></section><section><h4>{t('ledger.versions')}</h4><pre tabIndex={0}>{JSON.stringify(chosen.versions, null, 1)}</pre></section></div> : <Empty title={t('ledger.choose')}>{t('ledger.chooseWhy')}</Empty>}</aside></div>;
}
function Chain({of, error, again}: {of: Proof | undefined; error: Error | undefined; again: () => void}) {
  if (error) return <p class="chain-state broken" role="alert">{error.message}</p>;
  if (!of) return <p class="chain-state">{t('ledger.checking')}</p>;
  return <div class={`chain-state ${of.whole ? 'whole' : 'broken'}`} role={of.whole ? 'status' : 'alert'}><Icon name={of.whole ? 'link' : 'close'} /><div><b>{of.whole ? t('ledger.verified', {n: number(of.entries)}) : t('ledger.broken', {n: of.damages?.length ?? 0})}</b>
    <small>{of.head ? <>{t('ledger.head')} <code>{of.head.hash.slice(0, 16)}…</code></> : t('ledger.none')}{of.anchored ? ` · ${t('ledger.anchored', {n: of.anchored})}` : ''}</small>
    {of.damages?.slice(0, 5).map((each, i) => <p key={i}>#{each.seq}: {word('damage', each.what)}. {each.because}</p>)}{of.breaches?.map((each) => <p key={each.entry} class="bad">#{each.entry} {each.id}: {each.why}</p>)}{of.notes?.map((each) => <small key={each}>{each}</small>)}</div><button type="button" class="plain" onClick={again}>{t('ledger.again')}</button></div>;
}
