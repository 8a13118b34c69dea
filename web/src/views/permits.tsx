// Requests for exemptions and permits: what is missing, which step comes next and who may take it, which clock runs.
import {useMemo, useState} from 'preact/hooks';
import {session} from '../api';
import {status} from '../app';
import {day, t, word} from '../i18n';
import {useKeys} from '../keyboard';
import {go, href, param, route, setParams} from '../router';
import {Icon} from '../ui/icons';
import {Load, useLoad} from '../ui/states';
import {Table, type Column} from '../ui/table';
import {fail, toast} from '../ui/toast';
import {draftUrl, drafters, kinds, open, permit, permits, step, type Due, type Kind, type Permit, type StepOf} from './permits/data';
import {RequestForm, type Values} from './permits/form';

const today = () => status.value?.as_of?.slice(0, 10) ?? new Date().toISOString().slice(0, 10);
// A request that has left is no draft any more, until it comes back revised.
const stateOf = (of: Permit) => (of.closed_as ? `closed_${of.closed_as}` : of.state === 'open' && of.history.some((each) => each.step === 'submit' && each.revision === of.revision) ? 'sent' : of.state);
const TONE: Record<string, string> = {open: 'blue', sent: 'amber', refused: 'red', granted: 'green'};

export function Permits() {
  const known = useLoad(kinds, []);
  const making = param('new');
  return <Load from={known}>{(all) => { const kind = all.find((each) => each.id === making); return route.value.id ? <One key={route.value.id} id={route.value.id} all={all} /> : kind ? <New kind={kind} /> : <List all={all} />; }}</Load>;
}

function List({all}: {all: Kind[]}) {
  const found = useLoad(permits, []), at = param('at');
  const name = new Map(all.map((each) => [each.id, each.name]));
  const columns: Column<Permit>[] = useMemo(() => [
    {key: 'id', title: t('permit.id'), value: (row) => row.id, show: (row) => <a href={href('permits', row.id)}>{row.id}</a>, width: '9rem'},
    {key: 'kind', title: t('permit.kind'), value: (row) => name.get(row.kind) ?? row.kind, show: (row) => <span lang="en">{name.get(row.kind) ?? row.kind}</span>, width: 'minmax(14rem, 2fr)'},
    {key: 'state', title: t('permit.state'), value: stateOf, show: (row) => <span class={`tag ${TONE[stateOf(row)] ?? ''}`}>{word('permitState', stateOf(row))}</span>, width: '9rem'},
    {key: 'missing', title: t('permit.missing'), value: (row) => row.missing.length, show: (row) => (row.missing.length ? <span class="tag amber">{t('permit.items', {n: row.missing.length})}</span> : t('permit.complete')), width: '8rem'},
    {key: 'next', title: t('permit.next'), value: (row) => row.next.map((each) => stepLabel(all, row.kind, each)).join(', '), show: (row) => row.next.map((each, i) => <>{i > 0 && ', '}<StepName all={all} kind={row.kind} id={each} /></>), width: 'minmax(12rem, 2fr)'},
    {key: 'by', title: t('permit.drafted'), value: (row) => [...drafters(row)].join(', '), width: '9rem'},
  ], [all]);
  return <div class="pane permits"><h2>{t('permit.title')}</h2><p class="lead">{t('permit.lead')}</p>
    <section class="kinds" aria-label={t('permit.kinds')}>{all.map((each) => <a key={each.id} class="card" href={href('permits', '', {new: each.id})}><b lang="en">{each.name}</b><small lang="en">{each.authority}</small><span class="tags"><span class="tag">{each.id}</span>{each.bases?.slice(0, 2).map((one) => <span key={one.citation} class="tag">{one.citation}</span>)}</span></a>)}</section>
    <h3>{t('permit.requests')}</h3><div class="short-table"><Load from={found}>{(rows) => <Table columns={columns} rows={rows} id={(row) => row.id} label={t('permit.requests')} name="permits" current={at || undefined} onPick={(row) => setParams({at: row.id})} onOpen={(row) => go('permits', row.id)} empty={t('permit.none')} />}</Load></div></div>;
}
const stepOf = (all: Kind[], kind: string, id: string) => all.find((each) => each.id === kind)?.steps.find((each) => each.id === id);
const stepLabel = (all: Kind[], kind: string, id: string) => stepOf(all, kind, id)?.label ?? word('permitStep', id);
// The book of permits is in English; words of the page, where it has no label, are not.
const StepName = ({all, kind, id, label}: {all: Kind[]; kind: string; id: string; label?: string}) => <span lang={stepOf(all, kind, id) ? 'en' : undefined}>{label ?? stepLabel(all, kind, id)}</span>;

function New({kind}: {kind: Kind}) {
  const [busy, setBusy] = useState(false);
  const save = async (fields: Values) => {
    setBusy(true);
    try { const made = await open({kind: kind.id, date: today(), fields, facts: {}}); toast(t('permit.opened', {id: made.id}), 'good'); go('permits', made.id); } catch (error) { fail(error); }
    setBusy(false);
  };
  return <div class="pane permits"><p><a href={href('permits')}>{t('permit.all')}</a></p><h2 lang="en">{kind.name}</h2><p class="lead" lang="en">{kind.authority}. {kind.form}</p><RequestForm kind={kind} start={{}} save={(fields) => void save(fields)} label={t('permit.open')} busy={busy} /></div>;
}

function One({id, all}: {id: string; all: Kind[]}) {
  const found = useLoad(() => permit(id), [id]), tab = param('tab', 'steps');
  useKeys([{keys: 'b', says: 'keys.back', run: () => go('permits')}], []);
  return <Load from={found}>{(one) => { const kind = all.find((each) => each.id === one.kind); return kind ? <Page one={one} kind={kind} tab={tab} again={found.again} /> : null; }}</Load>;
}
function Page({one, kind, tab, again}: {one: Permit; kind: Kind; tab: string; again: () => void}) {
  const [busy, setBusy] = useState(false);
  const missing = one.check?.missing ?? one.missing, due = one.due ?? one.clocks ?? [];
  const fields = (one.request?.fields ?? one.fields ?? {}) as Values;
  const act = async (name: string, body: object) => { setBusy(true); try { await step(one.id, name, body); toast(t('permit.stepKept'), 'good'); again(); } catch (error) { fail(error); } setBusy(false); };
  const revise = (next: Values) => act('revise', {request: {kind: one.kind, id: one.id, date: one.request?.date ?? today(), fields: next, facts: one.request?.facts ?? {}}});
  return <div class="pane permits one"><p><a href={href('permits')}>{t('permit.all')}</a></p>
    <header class="pane-head"><h2>{one.id}</h2><span class={`tag ${TONE[stateOf(one)] ?? ''}`}>{word('permitState', stateOf(one))}</span><span class="soft"><span lang="en">{kind.name}</span> · {t('permit.revision', {n: one.revision})}</span></header>
    <nav class="tabs" aria-label={t('permit.parts')}>{['steps', 'request', 'draft'].map((each) => <a key={each} href={href('permits', one.id, {tab: each})} aria-current={tab === each ? 'page' : undefined}>{t(`permit.tab.${each}`)}{each === 'request' && missing.length > 0 && <span class="tag amber">{missing.length}</span>}</a>)}</nav>
    {tab === 'request' ? <RequestForm key={one.revision} kind={kind} start={fields} check={one.check} save={(next) => void revise(next)} label={t('permit.revise')} busy={busy} />
      : tab === 'draft' ? <section class="draft"><p class="row"><a class="button" href={draftUrl(one.id, 'html')} target="_blank" rel="noopener"><Icon name="print" />{t('permit.openDraft')}</a><a class="button" href={draftUrl(one.id, 'json')} download={`${one.id}.json`}><Icon name="save" />JSON</a><small>{t('permit.draftSays')}</small></p><Draft id={one.id} revision={one.revision} /></section>
      : <div class="two uneven"><div><Steps one={one} kind={kind} busy={busy} act={act} /><History one={one} kind={kind} /></div>
        <div><section class="card"><h3>{t('permit.checklist')}</h3>{missing.length === 0 ? <p class="good">{t('permit.nothingMissing')}</p> : <ul class="checklist" lang="en">{missing.map((each, i) => (typeof each === 'string' ? <li key={i}>{each}</li> : <li key={i}><b>{each.label}</b>{each.place && <span class="soft"> {each.place}</span>}: {each.why}<small>{each.ask}{each.citation ? ` (${each.citation})` : ''}</small></li>))}</ul>}
          {missing.length > 0 && <a class="button" href={href('permits', one.id, {tab: 'request'})}>{t('permit.completeIt')}</a>}</section>
          <Clocks due={due} kind={kind} />
          {!!one.check?.findings?.length && <section class="card"><h3>{t('permit.findings')}</h3><ul>{one.check.findings.map((each, i) => <li key={i} lang="en">{each.finding} <small>{each.citation}</small></li>)}</ul></section>}
          {!!one.check?.permissions_in_order?.length && <section class="card"><h3>{t('permit.order')}</h3><ol class="order">{one.check.permissions_in_order.map((each) => <li key={each.kind} class={each.needed === 'no' ? 'soft' : ''}><b>{each.kind}</b> <span class={`tag ${each.needed === 'yes' ? 'blue' : ''}`}>{word('needed', each.needed)}</span><small>{each.place}</small></li>)}</ol></section>}
        </div></div>}
  </div>;
}

function Draft({id, revision}: {id: string; revision: number}) {
  const found = useLoad(async () => { const answer = await fetch(draftUrl(id, 'text')); if (!answer.ok) throw new Error(`${answer.status}`); return answer.text(); }, [id, revision]);
  return <Load from={found}>{(text) => <pre class="letter" lang="en" tabIndex={0}>{text}</pre>}</Load>;
}
function Steps({one, kind, busy, act}: {one: Permit; kind: Kind; busy: boolean; act: (name: string, body: object) => Promise<void>}) {
  const last = new Map(one.history.map((each) => [each.step, each])), user = session.value.user;
  const approvedNow = (each: StepOf) => { const done = last.get(each.id); return done && (each.id !== 'approve' || done.revision === one.revision) ? done : undefined; };
  const steps: StepOf[] = [...kind.steps, ...(one.next.includes('close') && !kind.steps.some((each) => each.id === 'close') ? [{id: 'close', label: t('permit.close')}] : [])];
  return <section class="card"><h3>{t('permit.steps')}</h3><ol class="step-list">{steps.map((each) => {
    const done = approvedNow(each), next = one.next.includes(each.id), mine = each.four_eyes && user && drafters(one).has(user.name.toLowerCase()), role = !each.roles || !user || each.roles.includes(user.role);
    return <li key={each.id} class={done ? 'done' : next ? 'next' : ''}><span class="step-mark" aria-hidden="true">{done ? '✓' : next ? '→' : ''}</span><div><b><StepName all={[kind]} kind={kind.id} id={each.id} label={each.label} /></b>{each.basis && <small>{each.basis.citation}</small>}
      {done && <p class="soft">{[done.actor, done.date || day(done.time)].filter(Boolean).join(', ')}{done.outcome ? ` · ${word('outcome', done.outcome)}` : ''}{done.reference ? ` · ${done.reference}` : ''}</p>}
      {next && (mine ? <p class="tag amber wrap">{t('permit.notDrafter')}</p> : !role ? <p class="tag amber wrap">{t('permit.needsRole', {roles: each.roles!.map((one) => word('role', one)).join(', ')})}</p> : <Act of={each} busy={busy} act={act} />)}
      {!done && !next && <p class="soft">{(each.after ?? []).filter((name) => !last.has(name)).length ? t('permit.after', {steps: (each.after ?? []).filter((name) => !last.has(name)).map((name) => stepLabel([kind], kind.id, name)).join('; ')}) : t('permit.notYet')}</p>}</div></li>;
  })}</ol></section>;
}
function Act({of, busy, act}: {of: StepOf; busy: boolean; act: (name: string, body: object) => Promise<void>}) {
  const plain = of.id === 'approve' || of.id === 'close';
  return <form class="act" onSubmit={(event) => { event.preventDefault(); const form = new FormData(event.currentTarget); void act(of.id, Object.fromEntries([...form].map(([name, value]) => [name, String(value).trim()] as const).filter(([, value]) => value))); }}>
    {!plain && <><label class="asked-field"><span>{t('permit.date')}</span><input name="date" type="date" required defaultValue={today()} /></label>
      {!!of.outcomes?.length && <label class="asked-field"><span>{t('permit.outcome')}</span><select name="outcome" required><option value="">{t('law.pick')}</option>{of.outcomes.map((each) => <option key={each} value={each}>{word('outcome', each)}</option>)}</select></label>}
      <label class="asked-field"><span>{t('permit.reference')}</span><input name="reference" /></label><label class="asked-field"><span>{t('permit.note')}</span><input name="note" /></label></>}
    <button class="main" disabled={busy}>{of.id === 'approve' ? t('permit.approve') : of.id === 'close' ? t('permit.close') : t('permit.record')}</button></form>;
}
function Clocks({due, kind}: {due: Due[]; kind: Kind}) {
  return <section class="card"><h3>{t('permit.clocks')}</h3>
    {due.length > 0 && <ul class="clocks">{due.map((each, i) => { const left = each.working_days_left ?? each.days_left; return <li key={i} class={left !== undefined && left < 0 ? 'late' : ''}><b lang="en">{each.label ?? each.clock}</b><span class="tnum">{String(each.due ?? '')}</span>{left !== undefined && <span class={`tag ${left < 0 ? 'red' : left <= 5 ? 'amber' : 'blue'}`}>{left < 0 ? t('permit.late', {n: -left}) : t('permit.left', {n: left})}</span>}</li>; })}</ul>}
    {due.length === 0 && <p class="soft">{t('permit.noClock')}</p>}
    {kind.clocks.length > 0 && <details open={due.length === 0}><summary>{t('permit.allClocks')}</summary><table><tbody>{kind.clocks.map((each) => <tr key={each.id}><th scope="row" lang="en">{each.label}</th><td class="tnum">{each.amount} {word('unit', each.unit)}<br /><small>{t('permit.fromTo', {from: stepLabel([kind], kind.id, each.starts), to: stepLabel([kind], kind.id, each.stops)})}</small></td>
      <td><span class={`tag ${each.nature === 'statutory' ? 'blue' : 'amber'}`}>{word('nature', each.nature)}</span> <small>{each.basis?.citation}</small></td></tr>)}</tbody></table></details>}
    <p class="never-small">{t('permit.workingDays')}</p></section>;
}
const History = ({one, kind}: {one: Permit; kind: Kind}) => <section class="card"><h3>{t('permit.history')}</h3><table><thead><tr><th scope="col" class="num">{t('ledger.entry')}</th><th scope="col">{t('permit.step')}</th><th scope="col">{t('ledger.who')}</th><th scope="col">{t('permit.outcome')}</th></tr></thead>
  <tbody>{one.history.map((each) => <tr key={each.entry}><td class="num"><a href={href('ledger', String(each.entry))}>{each.entry}</a></td><td><StepName all={[kind]} kind={kind.id} id={each.step} /></td><td>{each.actor} <small>{word('role', each.role)}</small></td><td>{[each.date, word('outcome', each.outcome), each.reference, each.note].filter(Boolean).join(' · ')}</td></tr>)}</tbody></table></section>;
