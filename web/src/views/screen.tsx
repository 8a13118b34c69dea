// Names in, a queue of alerts out, ranked by score; the chosen one beside the entry it met.
import {useEffect, useMemo, useState} from 'preact/hooks';
import {day, minute, number, t} from '../i18n';
import {useKeys} from '../keyboard';
import {param, setParams} from '../router';
import {saveCsv, saveJson} from '../ui/export';
import {Icon} from '../ui/icons';
import {Empty, Failed} from '../ui/states';
import type {ScreenHit} from '../types';
import {Table, type Column} from '../ui/table';
import {analysis} from '../drop';
import {cases, latest, loadCases} from './cases_data';
import {DecisionTag} from './decide';
import {DroppedList, useDropped, type List} from './dropped';
import {Compare} from './screen/compare';
import {Ask} from './screen/ask';
import {forget, listsOf, run, screen, stop, subjectOf, type Alert, type Run} from './screen/run';

export const Score = ({value, match}: {value: number; match: boolean}) => <span class={`alert-score ${match ? 'match' : ''}`}
  ref={(node) => node?.style.setProperty('--of', String(value))}>{number(value * 100)}</span>;

export function Screen() {
  const now = run.value, q = param('q');
  useEffect(() => { void loadCases().catch(() => { cases.value ??= []; }); }, []);
  // A link may carry one name: it is asked when the page opens.
  useEffect(() => { if (q && run.peek()?.source !== q) void screen([{id: '1', name: q}], q); }, [q]);
  useEffect(() => {
    const dropped = analysis.value;
    const found = dropped && (dropped.kind === 'names' || dropped.kind === 'queries') ? (dropped.result as {answers?: unknown[]} | null) : null;
    if (found?.answers && run.peek()?.source !== dropped!.name) {
      const answers = found.answers as {id: string; hits: Alert['hits']; query?: Record<string, string>}[];
      run.value = {source: dropped!.name, total: answers.length, done: answers.length, busy: false, at: new Date().toISOString(), versions: listsOf((found as {versions?: unknown}).versions),
        alerts: answers.map((each, i) => ({key: String(i), query: {name: each.id, ...each.query, id: each.id}, hits: each.hits, best: each.hits[0] ?? null}))};
    }
  }, [analysis.value]);
  const list = useDropped<List>('list');
  return list ? <DroppedList {...list} /> : now ? <Queue now={now} /> : <Ask />;
}

function Queue({now}: {now: Run}) {
  const [show, setShow] = useState<'alerts' | 'all'>('alerts');
  const find = param('find').toLowerCase(), at = param('at');
  const caseOf = useMemo(() => new Map((cases.value ?? []).filter((each) => each.subject.type === 'entity').map((each) => [each.subject.id, each])), [cases.value]);
  const about = (row: Alert) => (row.best ? caseOf.get(subjectOf(row.query, row.best).id) : undefined);
  const alerts = useMemo(() => now.alerts.filter((row) => row.best).sort((a, b) => b.best!.score - a.best!.score || Number(a.key) - Number(b.key)), [now.alerts]);
  const quiet = now.alerts.length - alerts.length, matches = alerts.filter((row) => row.best!.match).length;
  const rows = useMemo(() => (show === 'all' ? [...alerts, ...now.alerts.filter((row) => !row.best)] : alerts)
    .filter((row) => !find || `${row.query.name} ${row.best?.caption ?? ''}`.toLowerCase().includes(find)), [alerts, show, find]);
  const chosen = rows.find((row) => row.key === at) ?? rows[0];
  const columns: Column<Alert>[] = useMemo(() => [
    {key: 'score', title: t('screen.score'), value: (row) => row.best?.score ?? -1, show: (row) => (row.best ? <Score value={row.best.score} match={row.best.match} /> : '–'), number: true, width: '5.2rem'},
    {key: 'name', title: t('screen.asked'), value: (row) => row.query.name || row.query.imo as string || '', show: (row) => <b>{row.query.name || `IMO ${String(row.query.imo ?? '')}`}</b>, width: 'minmax(9rem, 1.2fr)'},
    {key: 'entry', title: t('screen.entry'), value: (row) => row.best?.caption ?? '', show: (row) => row.best?.caption ?? <span class="soft">{t('screen.noHit')}</span>, width: 'minmax(9rem, 1.4fr)'},
    {key: 'list', title: t('screen.list'), value: (row) => (row.best?.datasets as string[] | undefined)?.join(', ') ?? '', width: '7rem'},
    {key: 'more', title: t('screen.hits'), value: (row) => row.hits.length, number: true, width: '4.2rem'},
    {key: 'decision', title: t('screen.decision'), value: (row) => { const known = about(row); return known ? latest(known)?.decision ?? '' : ''; }, show: (row) => <DecisionTag of={about(row)} />, width: 'minmax(13.8rem, 1.6fr)'},
  ], [caseOf]);
  const move = (step: number) => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, rows.findIndex((row) => row.key === chosen?.key) + step))];
    if (next) setParams({at: next.key});
  };
  useKeys([{keys: 'j, ArrowDown', says: 'keys.next', run: () => move(1)}, {keys: 'k, ArrowUp', says: 'keys.previous', run: () => move(-1)},
    {keys: '/', says: 'keys.search', run: () => document.querySelector<HTMLInputElement>('#screen-find')?.focus()}], [rows, chosen]);

  const exported = () => now.alerts.map((row) => ({query: row.query, hits: row.hits.map((hit): ScreenHit & {decision: {case: string; decision: string; by: string; at: string; note?: string; confirmed_by: string | null} | null} => {
    const known = caseOf.get(subjectOf(row.query, hit).id), decision = known ? latest(known) : null;
    return {...hit, decision: decision && {case: known!.id, decision: decision.decision, by: decision.actor, at: decision.time, note: decision.note, confirmed_by: decision.confirmed_by ?? null}};
  })}));
  const asJson = () => saveJson('screening.json', {asked_at: now.at, source: now.source, versions: now.versions, note: t('screen.never'), answers: exported()});
  const asCsv = () => {
    const lists = now.versions.map((each) => `${each.dataset} ${each.version}`).join('; ');
    saveCsv('screening.csv', ['id', 'name', 'birth_date', 'country', 'imo', 'entity_id', 'entry', 'datasets', 'score', 'match', 'reasons', 'source', 'decision', 'decided_by', 'confirmed_by', 'note', 'asked_at', 'list_versions'],
      exported().flatMap(({query, hits}) => (hits.length ? hits : [null]).map((hit) => [query.id, query.name, query.birth_date, query.country, query.imo, hit?.entity_id, hit?.caption, hit?.datasets, hit?.score,
        hit ? hit.match : 'no hit: not a clearance', hit?.reasons.join(' '), hit?.source, hit?.decision?.decision, hit?.decision?.by, hit?.decision?.confirmed_by, hit?.decision?.note, now.at, lists])));
  };
  return <div class="desk screen">
    <section class="desk-main" aria-label={t('screen.queue')}>
      <header class="desk-head">
        <div class="tally" role="status">
          <span><b class="tnum">{number(now.done)}</b> {now.busy ? t('screen.ofAsked', {total: number(now.total)}) : t('screen.namesAsked', {n: now.total})}</span>
          <span class={matches ? 'red' : ''}><b class="tnum">{number(matches)}</b> {t('screen.matches', {n: matches})}</span>
          <span><b class="tnum">{number(alerts.length - matches)}</b> {t('screen.below')}</span>
          <span><b class="tnum">{number(quiet)}</b> {t('screen.without')}</span>
        </div>
        <span class="spring" />
        {now.busy && <button type="button" onClick={stop}>{t('screen.stop')}</button>}
        <button type="button" onClick={asCsv} disabled={!now.done}><Icon name="save" />{t('export.csv')}</button>
        <button type="button" onClick={asJson} disabled={!now.done}>JSON</button>
        <button type="button" onClick={() => { forget(); setParams({q: null, at: null, find: null, file: null}); }}>{t('screen.new')}</button>
      </header>
      {now.busy && <progress max={now.total} value={now.done} aria-label={t('screen.progress')} />}
      <div class="desk-filter">
        <input id="screen-find" type="search" value={param('find')} placeholder={t('screen.find')} aria-label={t('screen.find')} onInput={(event) => setParams({find: event.currentTarget.value})} />
        <div class="switch" role="group" aria-label={t('screen.show')}>
          <button type="button" aria-pressed={show === 'alerts'} onClick={() => setShow('alerts')}>{t('screen.alerts')}</button>
          <button type="button" aria-pressed={show === 'all'} onClick={() => setShow('all')}>{t('screen.all')}</button></div>
        <span class="spring" />
        <small class="versions">{now.versions.map((each) => <span key={each.dataset} title={each.file}>{each.dataset} <b class="tnum">{day(each.version) || t('run.noDate')}</b></span>)}</small>
      </div>
      {now.error && <Failed error={now.error} />}
      <div class="desk-table"><Table columns={columns} rows={rows} id={(row) => row.key} label={t('screen.queue')} name="screening" current={chosen?.key}
        onPick={(row) => setParams({at: row.key})} empty={<><p>{t('screen.noAlerts')}</p><p>{t('screen.never')}</p></>} rowClass={(row) => (row.best?.match ? 'is-match' : '')} /></div>
      <p class="never"><Icon name="law" />{t('screen.never')} <span class="soft tnum">{t('screen.askedAt', {when: minute(now.at)})}</span></p>
    </section>
    <aside class="desk-side" aria-label={t('screen.comparison')}>{chosen ? <Compare key={chosen.key} row={chosen} versions={now.versions} /> : <Empty title={t('screen.choose')} />}</aside>
  </div>;
}
