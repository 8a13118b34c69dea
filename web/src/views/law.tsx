// Ask the law about goods, party, vessel, route and day; or read the measures. A verdict is no legal advice, and
// "not covered" is no clearance: both stand on the page.
import {useEffect, useMemo, useState} from 'preact/hooks';
import {status} from '../app';
import {number, t, word} from '../i18n';
import {useKeys} from '../keyboard';
import {go, href, param, route, setParams} from '../router';
import {saveJson} from '../ui/export';
import {Icon} from '../ui/icons';
import {Failed, Load, Loading, useLoad} from '../ui/states';
import {Table, type Column} from '../ui/table';
import {AskLaw} from './law/ask';
import {measure, measures, vocabulary, check, type Answer, type Basis, type Measure, type Question, type Vocabulary} from './law/data';

const TONE = {restrictive: 'red', open: 'amber', permissive: 'green', none: ''} as const;
export const Verified = ({of}: {of: {paragraph_verified: boolean; content_verified?: boolean}}) => <span class="tags">
  <span class={`tag ${of.paragraph_verified ? 'green' : 'amber'}`}>{of.paragraph_verified ? t('law.paragraphVerified') : t('law.paragraphNot')}</span>
  {of.content_verified !== undefined && <span class={`tag ${of.content_verified ? 'green' : 'amber'}`}>{of.content_verified ? t('law.contentVerified') : t('law.contentNot')}</span>}</span>;

export function Law() {
  const tab = route.value.id ? 'measure' : param('tab', 'ask');
  useKeys([{keys: 'a', says: 'law.ask', run: () => go('law')}, {keys: 'b', says: 'law.browse', run: () => go('law', '', {tab: 'measures'})}], []);
  const words = useLoad(vocabulary, []);
  return <div class="law-view"><nav class="tabs" aria-label={t('view.law')}><a href={href('law', '', {facts: param('facts')})} aria-current={tab === 'ask' ? 'page' : undefined}>{t('law.ask')}</a>
    <a href={href('law', '', {tab: 'measures'})} aria-current={tab !== 'ask' ? 'page' : undefined}>{t('law.browse')}</a></nav>
    <Load from={words}>{(known) => (tab === 'measure' ? <OneMeasure id={route.value.id} known={known} /> : tab === 'measures' ? <Browse known={known} /> : <Ask known={known} />)}</Load></div>;
}

function read(text: string): Partial<Question> | null {
  try { const value = JSON.parse(text); return typeof value === 'object' && value ? value : null; } catch { return null; }
}
function Ask({known}: {known: Vocabulary}) {
  const given = read(param('facts'));
  const asked: Question | null = given ? {date: given.date ?? '', jurisdictions: given.jurisdictions ?? [], facts: given.facts ?? (given as Question['facts'])} : null;
  const day = status.value?.as_of?.slice(0, 10) ?? new Date().toISOString().slice(0, 10);
  const [answer, setAnswer] = useState<{of: Question; list: Answer[]} | null>(null), [error, setError] = useState<Error | null>(null), [busy, setBusy] = useState(false);
  const ask = async (question: Question) => {
    setParams({facts: JSON.stringify(question)});
    setBusy(true); setError(null);
    try { setAnswer({of: question, list: await check(question)}); } catch (problem) { setError(problem as Error); setAnswer(null); }
    setBusy(false);
  };
  // A link that carries the whole question is answered when it opens.
  useEffect(() => { if (asked?.facts.activity && asked.date) void ask(asked); }, []);
  const kindOf = new Map(known.verdicts.map((each) => [each.word, each]));
  return <div class="desk law-ask"><section class="desk-main pane" aria-labelledby="ask-law"><h2 id="ask-law">{t('law.title')}</h2><p class="lead">{t('law.lead')}</p><AskLaw known={known} start={asked} day={day} busy={busy} ask={(question) => void ask(question)} /></section>
    <section class="desk-side answers" aria-label={t('law.answers')} aria-live="polite" aria-busy={busy}>
      {error ? <Failed error={error} /> : busy && !answer ? <Loading /> : !answer ? <div class="state"><strong>{t('law.nothingAsked')}</strong><p>{t('law.nothingAskedWhy')}</p></div> : <>
        <header class="row"><h3>{t('law.onDay', {day: answer.of.date})}</h3><span class="spring" /><button type="button" onClick={() => saveJson('law-answer.json', {question: answer.of, answers: answer.list, note: t('law.notAdvice')})}><Icon name="save" />JSON</button><button type="button" onClick={() => print()}><Icon name="print" />{t('export.print')}</button></header>
        {answer.list.map((each, i) => { const verdict = kindOf.get(each.verdict); return <article key={i} class={`answer ${verdict?.kind ?? 'none'}`}>
          <header><b class="where">{each.jurisdiction}</b><span class={`word ${TONE[verdict?.kind ?? 'none']}`}>{word('verdict', each.verdict)}</span></header>
          <p class="meaning">{t(`verdictSays.${each.verdict}`) === `verdictSays.${each.verdict}` ? verdict?.meaning : t(`verdictSays.${each.verdict}`)}</p>
          <p class="because" lang="en">{each.because}</p>
          {!!each.missing?.length && <div class="missing"><h4>{t('law.missing')}</h4><ul lang="en">{each.missing.map((one) => <li key={one}>{one}</li>)}</ul></div>}
          {!!each.may_or_must?.length && <><h4>{t('law.mayOrMust')}</h4><ul lang="en">{each.may_or_must.map((one) => <li key={one}>{one}</li>)}</ul></>}
          {each.basis.length > 0 && <><h4>{t('law.basis')}</h4><ul class="rests-on">{each.basis.map((one, j) => <li key={j}><Cite of={one} /> {one.exemption_id && <span class="tag blue">{t('law.exemption')}</span>} <Verified of={one} /></li>)}</ul></>}
        </article>; })}
        <p class="never"><Icon name="law" />{t('law.notAdvice')}</p></>}
    </section></div>;
}
const Cite = ({of}: {of: Basis}) => (of.measure_id ?? of.exemption_id ? <a href={href('law', of.measure_id ?? of.exemption_id)}>{of.citation}</a> : <>{of.citation}</>);

function Browse({known}: {known: Vocabulary}) {
  const jurisdiction = param('jurisdiction'), at = param('on'), topic = param('topic'), q = param('q').toLowerCase();
  const found = useLoad(() => measures({jurisdiction, at}), [jurisdiction, at]);
  const all = found.value ?? [];
  const topics = useMemo(() => [...new Set(all.map((each) => each.category))].sort(), [all]);
  const rows = useMemo(() => all.filter((each) => (!topic || each.category === topic) && (!q || `${each.id} ${each.citation} ${each.summary} ${each.category}`.toLowerCase().includes(q))), [all, topic, q]);
  const columns: Column<Measure>[] = useMemo(() => [
    {key: 'jurisdiction', title: t('law.where'), value: (row) => row.jurisdiction, show: (row) => <b>{row.jurisdiction}</b>, width: '4.5rem'},
    {key: 'citation', title: t('law.citation'), value: (row) => row.citation, show: (row) => <a href={href('law', row.id)}>{row.citation}</a>, width: 'minmax(12rem, 1fr)'},
    {key: 'category', title: t('law.topic'), value: (row) => word('topic', row.category), width: 'minmax(8rem, 12rem)'},
    {key: 'summary', title: t('law.summary'), value: (row) => row.summary, show: (row) => <span title={row.summary}>{row.summary}</span>, width: 'minmax(16rem, 2.6fr)'},
    {key: 'start', title: t('law.from'), value: (row) => row.start, width: '6.6rem'}, {key: 'status', title: t('law.status'), value: (row) => row.status, show: (row) => <span class={`tag ${row.status === 'in_force' ? 'green' : ''}`}>{word('measureStatus', row.status)}</span>, width: '7.5rem'},
    {key: 'paragraph', title: t('law.paragraph'), value: (row) => (row.paragraph_verified ? 1 : 0), show: (row) => <span class={`tag ${row.paragraph_verified ? 'green' : 'amber'}`}>{row.paragraph_verified ? t('law.confirmed') : t('law.notConfirmed')}</span>, width: '8.5rem'},
  ], []);
  const confirmed = all.filter((each) => each.paragraph_verified).length;
  return <div class="browse"><div class="desk-filter"><input type="search" value={param('q')} placeholder={t('law.find')} aria-label={t('law.find')} onInput={(event) => setParams({q: event.currentTarget.value})} />
    <label class="inline">{t('law.where')} <select value={jurisdiction} onChange={(event) => setParams({jurisdiction: event.currentTarget.value})}><option value="">{t('all')}</option>{known.jurisdictions.map((each) => <option key={each.code} value={each.code}>{each.code} · {each.name}</option>)}</select></label>
    <label class="inline">{t('law.topic')} <select value={topic} onChange={(event) => setParams({topic: event.currentTarget.value})}><option value="">{t('all')}</option>{topics.map((each) => <option key={each} value={each}>{word('topic', each)}</option>)}</select></label>
    <label class="inline">{t('law.inForceOn')} <input type="date" value={at} onChange={(event) => setParams({on: event.currentTarget.value})} /></label><span class="spring" />
    {found.value && <small>{t('law.confirmedOf', {n: number(confirmed), total: number(all.length)})}</small>}</div>
    {found.error ? <Failed error={found.error} again={found.again} /> : <Table columns={columns} rows={rows} id={(row) => row.id} label={t('law.browse')} name="measures" onOpen={(row) => go('law', row.id)} sort={undefined} empty={found.loading ? t('state.loading') : undefined} />}</div>;
}

const SHOWN = new Set(['id', 'jurisdiction', 'kind', 'citation', 'summary', 'paragraph_verified', 'content_verified', 'sources', 'may_or_must', 'condition', 'ways_out', 'exemptions', 'is_exemption', 'lifts']);
function OneMeasure({id, known}: {id: string; known: Vocabulary}) {
  const found = useLoad(() => measure(id), [id]);
  const text = (value: unknown): string => (typeof value === 'string' ? value : Array.isArray(value) ? value.map(text).join('; ') : typeof value === 'boolean' ? t(value ? 'yes' : 'no') : typeof value === 'object' && value ? JSON.stringify(value) : String(value));
  const named = (name: string, value: unknown) => (name === 'status' ? word('measureStatus', String(value)) : name === 'category' ? word('topic', String(value)) : name === 'direction' ? word('direction', String(value)) : text(value));
  return <Load from={found}>{(one) => <article class="pane provision"><p><a href={href('law', '', {tab: 'measures'})}>{t('law.allMeasures')}</a></p>
    <header><h2>{one.citation}</h2><p class="soft">{known.jurisdictions.find((each) => each.code === one.jurisdiction)?.name ?? one.jurisdiction} · {one.id}</p><Verified of={one} /></header>
    <p class="summary">{one.summary}</p>
    {one.may_or_must && <section class="card"><h3>{t('law.mayOrMust')}</h3><ul lang="en">{[one.may_or_must].flat().map((each) => <li key={each}>{each}</li>)}</ul></section>}
    <section class="card"><h3>{t('law.facts')}</h3><dl class="pairs">{Object.entries(one).filter(([name, value]) => !SHOWN.has(name) && value !== null && value !== '' && typeof value !== 'object').map(([name, value]) => <div key={name}><dt>{word('lawField', name)}</dt><dd>{named(name, value)}</dd></div>)}</dl></section>
    {one.condition !== undefined && <section class="card"><h3>{t('law.when')}</h3><p class="soft">{t('law.whenSays')}</p><pre tabIndex={0}>{JSON.stringify(one.condition, null, 1)}</pre></section>}
    {(one.ways_out as Measure[] | undefined)?.length ? <section class="card"><h3>{t('law.exemptions')}</h3><ul>{(one.ways_out as Measure[]).map((each) => <li key={each.id}><a href={href('law', each.id)}>{each.citation}</a>: {each.summary} <Verified of={each} /></li>)}</ul></section> : null}
    {!!one.sources?.length && <section class="card"><h3>{t('law.sources')}</h3><ul class="source-list">{one.sources.map((each, i) => (typeof each === 'string' ? <li key={i}>{each}</li> : <li key={i}><b>{each.key}</b> {each.grade && <span class={`tag ${each.grade === 'A' ? 'green' : each.grade === 'D' ? 'amber' : ''}`}>{t('law.grade', {grade: each.grade})}</span>} {each.what} {each.location && <span class="soft">{each.location}</span>}</li>))}</ul></section>}
    <p class="row"><button type="button" onClick={() => saveJson(`${one.id}.json`, one)}><Icon name="save" />JSON</button><button type="button" onClick={() => print()}><Icon name="print" />{t('export.print')}</button></p>
    <p class="never"><Icon name="law" />{t('law.notAdvice')}</p></article>}</Load>;
}
