// What was asked beside the entry it met: what agrees, what differs, what one side does not say, and why it scored so.
import {useState} from 'preact/hooks';
import {api} from '../../api';
import {day, number, t, word} from '../../i18n';
import {href} from '../../router';
import type {Comparison, ListInfo, ScreenHit} from '../../types';
import {Failed, Loading, useLoad} from '../../ui/states';
import {Decide} from '../decide';
import {Score} from '../screen';
import {subjectOf, type Alert} from './run';

const SAYS: Record<string, {mark: string; tone: string}> = {same: {mark: '=', tone: 'agrees'}, near: {mark: '≈', tone: 'near'}, differs: {mark: '≠', tone: 'differs'}, only_left: {mark: '·', tone: 'missing'}, only_right: {mark: '·', tone: 'missing'}};
const plain = (text: string) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
/** The program says whether two values are the same text. Here: a name that is the same but for case and marks, a date as far
    as it is known, one of several values. Whether two different spellings are one name is for the reasons, not for this table. */
function sayOf(each: Comparison['differs'][number], match: boolean): string {
  if (each.says !== 'differs') return each.says.replace(' ', '_');
  const left = each.left.split('; ').map(plain), right = each.right.split('; ').map(plain);
  if (left.some((one) => right.includes(one))) return 'same';
  if (each.field === 'birth_date' && left.some((a) => right.some((b) => a.startsWith(b) || b.startsWith(a)))) return 'same';
  return each.field === 'name' && match ? 'near' : 'differs';
}
const HIDDEN = new Set(['name', 'alias', 'weakAlias', 'birthDate', 'country', 'nationality', 'gender', 'imoNumber', 'mmsi', 'callSign', 'flag', 'passportNumber', 'leiCode', 'buildDate']);

export function Compare({row, versions}: {row: Alert; versions: ListInfo[]}) {
  const [which, setWhich] = useState(0);
  const hit = row.hits[which] ?? row.hits[0];
  if (!hit) return <div class="compare"><h3>{row.query.name}</h3><p>{t('screen.noHitLong')}</p><p class="never">{t('screen.never')}</p></div>;
  return <div class="compare">
    {row.hits.length > 1 && <div class="candidates" role="group" aria-label={t('screen.candidates')}>{row.hits.map((each, i) =>
      <button key={each.entity_id} type="button" aria-pressed={i === which} onClick={() => setWhich(i)}><Score value={each.score} match={each.match} /><span>{each.caption}</span></button>)}</div>}
    <Pair key={hit.entity_id} row={row} hit={hit} versions={versions} />
  </div>;
}

function Pair({row, hit, versions}: {row: Alert; hit: ScreenHit; versions: ListInfo[]}) {
  const {id: _, ...query} = row.query;
  const both = useLoad(() => Promise.all([api.compare(query, {entity: hit.entity_id}), api.entity(hit.entity_id)]), [row.key, hit.entity_id]);
  const [comparison, entity] = both.value ?? [];
  const datasets = (hit.datasets as string[] | undefined) ?? [];
  const list = versions.filter((each) => datasets.includes(each.dataset));
  const rest = entity ? Object.entries(entity.properties).filter(([name, values]) => !HIDDEN.has(name) && values.length) : [];
  return <>
    <header class="pair-head"><div class="dial" ref={(node) => node?.style.setProperty('--of', String(hit.score))} role="img" aria-label={t('screen.scoreOf', {score: number(hit.score * 100)})}><b class="tnum">{number(hit.score * 100)}</b></div>
      <div><h3>{hit.caption}</h3><p class="soft">{[word('schema', hit.schema as string), ...datasets].filter(Boolean).join(' · ')}</p>
        <p class="tags"><span class={`tag ${hit.match ? 'red' : 'amber'}`}>{hit.match ? t('screen.isMatch') : t('screen.belowThreshold')}</span>{hit.measures.map((each) => <span key={each} class="tag">{each}</span>)}</p></div></header>
    <section><h4>{t('screen.why')}</h4><ul class="whys" lang="en">{hit.reasons.map((each) => <li key={each}>{each}</li>)}</ul></section>
    {both.error ? <Failed error={both.error} again={both.again} /> : !comparison ? <Loading /> : <section><h4>{t('screen.sideBySide')}</h4>
      <table class="sides"><thead><tr><th scope="col">{t('screen.field')}</th><th scope="col">{t('screen.asked')}</th><th scope="col">{t('screen.entry')}</th><th scope="col">{t('screen.says')}</th></tr></thead>
        <tbody>{comparison.differs.map((each) => { const code = sayOf(each, hit.match), says = SAYS[code] ?? {mark: '·', tone: 'missing'}; return <tr key={each.field} class={says.tone}>
          <th scope="row">{word('field', each.field)}</th><td>{each.left || <i>{t('screen.notAsked')}</i>}</td><td>{each.right ? <Names text={each.right} /> : <i>{t('screen.notListed')}</i>}</td>
          <td class="says"><span aria-hidden="true">{says.mark}</span>{t(`says.${code}`)}</td></tr>; })}</tbody></table></section>}
    <Decide key={hit.entity_id} subject={subjectOf(row.query, hit)} title={`${row.query.name || t('screen.one')} ~ ${hit.caption}`} />
    <section><h4>{t('screen.entrySays')}</h4>
      <dl class="pairs">{rest.map(([name, values]) => <div key={name}><dt>{word('property', name).replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()}</dt><dd>{values.slice(0, 6).join('; ')}{values.length > 6 && ` +${values.length - 6}`}</dd></div>)}
        <div><dt>{t('screen.id')}</dt><dd>{hit.entity_id}</dd></div>
        {list.map((each) => <div key={each.dataset}><dt>{t('screen.version')}</dt><dd class="tnum">{each.dataset}, {day(each.version) || t('run.noDate')}</dd></div>)}
        <div><dt>{t('source')}</dt><dd>{String(hit.source ?? '')}</dd></div></dl>
      <p class="row"><a class="button" href={href('network', '', {q: hit.caption})}>{t('screen.inNetwork')}</a><a class="button" href={href('law', '', {facts: JSON.stringify({designated_party: true})})}>{t('screen.inLaw')}</a></p></section>
  </>;
}
/** Many names of one party: the first few, the rest on demand. */
function Names({text}: {text: string}) {
  const all = [...new Set(text.split('; '))];  // a country may come from several properties
  if (all.length <= 4) return <>{all.join('; ')}</>;
  return <>{all.slice(0, 3).join('; ')}<details><summary>{t('more', {n: all.length - 3})}</summary>{all.slice(3).join('; ')}</details></>;
}
