// Cases: what is being looked into, by whom, what was noted, attached and decided, and whether a second person signed.
import {useEffect, useMemo, useState} from 'preact/hooks';
import {turn} from '../app';
import {minute, number, t, word} from '../i18n';
import {useKeys} from '../keyboard';
import {go, href, param, route, setId, setParams} from '../router';
import {saveJson} from '../ui/export';
import {Icon} from '../ui/icons';
import {Empty, Load, useLoad} from '../ui/states';
import {Table, type Column} from '../ui/table';
import {fail, toast} from '../ui/toast';
import {addNote, attach, attachmentUrl, latest, loadCase, loadCases, mayConfirm, openCase, type Case, type CaseRow} from './cases_data';
import {Decide, DecisionTag} from './decide';

const TONE: Record<string, string> = {open: 'blue', proposed: 'amber', decided: 'green', closed: ''};
/** Where a case leads: the thing it is about, in the view that shows it. */
function About({subject}: {subject: CaseRow['subject'] | undefined}) {
  if (!subject) return null;
  const view = {target: 'target', vessel: 'target', network: 'network'}[subject.type];
  return view ? <a href={href(view, subject.id)}>{word('subject', subject.type)}: {subject.id}</a> : <>{word('subject', subject.type)}: {subject.id}</>;
}

export function Cases() {
  const id = route.value.id, q = param('q').toLowerCase(), state = param('status');
  const [changed, again] = useState(0);
  const found = useLoad(loadCases, [turn.value, changed]);
  const rows = useMemo(() => (found.value ?? []).filter((each) => (!state || each.status === state) && (!q || `${each.id} ${each.title} ${each.subject?.id ?? ''} ${each.created_by}`.toLowerCase().includes(q))), [found.value, q, state]);
  const columns: Column<CaseRow>[] = useMemo(() => [
    {key: 'id', title: t('case.id'), value: (row) => row.id, width: '7rem'}, {key: 'title', title: t('case.title'), value: (row) => row.title, show: (row) => <b>{row.title}</b>, width: 'minmax(12rem, 2fr)'},
    {key: 'status', title: t('case.status'), value: (row) => row.status, show: (row) => <span class={`tag ${TONE[row.status] ?? ''}`}>{word('caseStatus', row.status)}</span>, width: '10.5rem'},
    {key: 'decision', title: t('case.decision'), value: (row) => latest(row)?.decision ?? '', show: (row) => <DecisionTag of={row} />, width: 'minmax(9rem, 13rem)'},
    {key: 'by', title: t('case.by'), value: (row) => row.created_by, width: '7rem'}, {key: 'updated', title: t('case.updated'), value: (row) => minute(row.updated ?? row.created), width: '11rem'},
  ], []);
  useKeys([{keys: '/', says: 'keys.search', run: () => document.querySelector<HTMLInputElement>('#case-find')?.focus()}, {keys: 'n', says: 'case.new', run: () => document.querySelector<HTMLDialogElement>('#new-case')?.showModal()}], []);
  const states = [...new Set((found.value ?? []).map((each) => each.status))];
  return <div class="desk cases"><section class="desk-main" aria-label={t('view.cases')}><div class="desk-filter"><input id="case-find" type="search" value={param('q')} placeholder={t('case.find')} aria-label={t('case.find')} onInput={(event) => setParams({q: event.currentTarget.value})} />
    <label class="inline">{t('case.status')} <select value={state} onChange={(event) => setParams({status: event.currentTarget.value})}><option value="">{t('all')}</option>{states.map((each) => <option key={each} value={each}>{word('caseStatus', each)}</option>)}</select></label>
    <span class="spring" /><button type="button" class="main" onClick={() => document.querySelector<HTMLDialogElement>('#new-case')?.showModal()}>{t('case.new')}</button></div>
    <div class="desk-table"><Load from={found}>{() => <Table columns={columns} rows={rows} id={(row) => row.id} label={t('view.cases')} name="cases" current={id || undefined} onPick={(row) => setId(row.id)} sort={{key: 'updated', down: true}} empty={t('case.none')} />}</Load></div></section>
    <aside class="desk-side" aria-label={t('case.page')}>{id ? <Page key={id} id={id} changed={() => again((n) => n + 1)} /> : <Empty title={t('case.choose')}>{t('case.chooseWhy')}</Empty>}</aside>
    <NewCase made={() => again((n) => n + 1)} /></div>;
}

function Page({id, changed}: {id: string; changed: () => void}) {
  const found = useLoad(() => loadCase(id), [id]);
  const renew = () => { found.again(); changed(); };
  return <Load from={found}>{(one) => <Body one={one} renew={renew} />}</Load>;
}
function Body({one, renew}: {one: Case; renew: () => void}) {
  const [note, setNote] = useState('');
  const keep = async (work: Promise<unknown>, says: string) => { try { await work; toast(says, 'good'); renew(); } catch (error) { fail(error); } };
  const pending = one.decision && !one.decision.final ? one.decision : null;
  return <div class="case"><header><h3>{one.title}</h3><p class="soft"><About subject={one.subject} /></p>
    <p class="tags"><span class={`tag ${TONE[one.status] ?? ''}`}>{word('caseStatus', one.status)}</span><span class="tag">{one.id}</span><span class="tag">{t('case.openedBy', {who: one.created_by})}</span>{pending && mayConfirm(pending) && <span class="tag amber">{t('case.yours')}</span>}</p>
    <p class="row no-print"><button type="button" onClick={() => saveJson(`${one.id}.json`, one)}><Icon name="save" />JSON</button><a class="button" href={href('ledger', '', {q: `case:${one.id}`})}>{t('case.inLedger')}</a><button type="button" onClick={() => print()}><Icon name="print" />{t('export.print')}</button></p></header>
    <Decide subject={one.subject} title={one.title} done={renew} />
    <section class="card"><h3>{t('case.notes')}</h3>{one.notes.length === 0 && <p class="soft">{t('case.noNotes')}</p>}<ul class="notes">{one.notes.map((each, i) => <li key={i}><p>{each.text}</p><small>{each.actor} · <time>{minute(each.time)}</time></small></li>)}</ul>
      <form onSubmit={(event) => { event.preventDefault(); if (note.trim()) void keep(addNote(one.id, note.trim()).then(() => setNote('')), t('case.noteKept')); }}><label class="asked-field"><span>{t('case.addNote')}</span><textarea rows={2} value={note} onInput={(event) => setNote(event.currentTarget.value)} /></label><button disabled={!note.trim()}>{t('case.keepNote')}</button></form></section>
    <section class="card"><h3>{t('case.attachments')}</h3>{one.attachments.length === 0 && <p class="soft">{t('case.noAttachments')}</p>}<ul class="files">{one.attachments.map((each, i) => <li key={i}><a href={attachmentUrl(one.id, each.entry)} download={each.name}>{each.name}</a> <span class="tnum soft">{t('bytes', {n: each.bytes})}</span><small>{each.actor} · {minute(each.time)}{each.sha256 ? ` · SHA-256 ${each.sha256.slice(0, 16)}…` : ''}</small></li>)}</ul>
      <label class="button file"><Icon name="open" />{t('case.attach')}<input type="file" onChange={(event) => { const file = event.currentTarget.files?.[0]; if (file) void keep(attach(one.id, file), t('case.attached')); event.currentTarget.value = ''; }} /></label></section>
    <section class="card"><h3>{t('case.decisions')}</h3>{one.signed.length === 0 ? <p class="soft">{t('case.noDecisions')}</p> : <ol class="signatures">{one.signed.map((each, i) => <li key={i}><DecisionTag of={{...one, decision: each}} /> {each.note && <q>{each.note}</q>}
      <dl class="pairs"><div><dt>{t('case.first')}</dt><dd>{each.actor}, {minute(each.time)}</dd></div><div><dt>{t('case.second')}</dt><dd>{each.confirmed_by ? `${each.confirmed_by}, ${minute(each.confirmed)}` : t('case.waits')}</dd></div></dl></li>)}</ol>}</section>
    <section class="card"><h3>{t('case.history')}</h3><ol class="history">{one.history.map((each) => <li key={each.entry}>{each.entry > 0 && <a class="tnum" href={href('ledger', String(each.entry))}>#{number(each.entry)}</a>} {word('act', each.what)} <small>{each.actor} · {minute(each.time)}</small></li>)}</ol></section></div>;
}

function NewCase({made}: {made: () => void}) {
  const [type, setType] = useState('entity');
  useEffect(() => { const wanted = param('new'); if (wanted) document.querySelector<HTMLDialogElement>('#new-case')?.showModal(); }, []);
  const submit = async (event: SubmitEvent) => {
    const form = new FormData(event.currentTarget as HTMLFormElement);
    try { const one = await openCase(String(form.get('title')), {type, id: String(form.get('subject'))}); made(); go('cases', one.id); } catch (error) { fail(error); }
  };
  return <dialog id="new-case" aria-labelledby="new-case-title"><form method="dialog" onSubmit={(event) => void submit(event)}><h2 id="new-case-title">{t('case.new')}</h2>
    <label class="asked-field"><span>{t('case.title')}</span><input name="title" required maxLength={200} defaultValue={param('new')} /></label>
    <label class="asked-field"><span>{t('case.subjectKind')}</span><select value={type} onChange={(event) => setType(event.currentTarget.value)}>{['entity', 'target', 'vessel', 'network', 'event', 'other'].map((each) => <option key={each} value={each}>{word('subject', each)}</option>)}</select></label>
    <label class="asked-field"><span>{t('case.subject')}</span><input name="subject" required maxLength={200} defaultValue={param('subject')} /></label>
    <div class="row"><button class="main">{t('case.create')}</button><button type="button" onClick={(event) => event.currentTarget.closest('dialog')!.close()}>{t('cancel')}</button></div></form></dialog>;
}
