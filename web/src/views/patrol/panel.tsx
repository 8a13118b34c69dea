// The answer: the chance with its bound, each sortie, what the map is made of, what was assumed and what is not modelled.
import {useEffect, useRef, useState} from 'preact/hooks';
import {curvePlot} from '../../../shared/patrol.js';
import {postText} from '../../api';
import {language, minute, number, t, word} from '../../i18n';
import {coordinates} from '../../map/panels';
import {hueOf, signOf} from '../../map/plan_layers';
import {setParams} from '../../router';
import {download} from '../../ui/export';
import {fail} from '../../ui/toast';
import {evaluate, type Evaluation, type Plan, type Sortie} from './data';

const KINDS: Record<string, [string, string]> = {geojson: ['tracks.geojson', 'application/geo+json'], gpx: ['tracks.gpx', 'application/gpx+xml'], kml: ['tracks.kml', 'application/vnd.google-earth.kml+xml'], html: ['briefing.html', 'text/html']};
export async function saveTracks(plan: Plan, format: string) {
  const [name, type] = KINDS[format]!;
  try { download(name, await postText('patrol/export', plan, {format}), type); } catch (problem) { fail(problem); }
}
const percent = (part: number, digits = 1) => `${number(100 * part, digits)}\u202f%`;
const when = (iso: string) => minute(iso).slice(5);

function Curve({plan}: {plan: Plan}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { box.current?.replaceChildren(curvePlot(plan.curves)); }, [plan, language.value]);
  return <div ref={box} />;
}

export function PlanPanel({plan, chosen, busy, goOn}: {plan: Plan; chosen: string; busy: boolean; goOn: () => void}) {
  const [checked, setChecked] = useState<Evaluation | null>(null), [checking, setChecking] = useState(false);
  useEffect(() => setChecked(null), [plan]);
  const check = async () => { setChecking(true); try { setChecked(await evaluate(plan, {runs: 50000})); } catch (problem) { fail(problem); } setChecking(false); };
  const random = plan.curves.random.at(-1)?.[1] ?? 0, assumed = plan.assets.flatMap((asset) => Object.values(asset.figures)), weak = assumed.filter((each) => each.assumed).length;
  const sortie = plan.sorties.find((each) => signOf(plan, each) === chosen);
  return <section class="panel right plan-panel" aria-label={t('pt.plan')}>
    <header><h2>{t('pt.plan')}</h2><p class="soft tnum">{minute(plan.from)} – {minute(plan.to)} UTC<br />{t('pt.under', {target: word('pt.of', plan.conditions.target), sea: plan.conditions.sea_state, law: word('pt.lawOf', plan.detection)})}</p></header>
    <dl class="plan-sums"><div class="first"><dd class="tnum">{percent(plan.pos.value)}</dd><dt>{t('pt.pos', {low: number(100 * plan.pos.low, 1), high: number(100 * plan.pos.high, 1)})}</dt></div>
      <div><dd class="tnum">{percent(plan.bound)}</dd><dt>{t('pt.bound')}</dt></div><div><dd class="tnum">{percent(random)}</dd><dt>{t('pt.random')}</dt></div>
      <div><dd class="tnum">{percent(plan.prior.out_of_bounds)}</dd><dt>{t('pt.closed')}</dt></div><div><dd class="tnum">{number(plan.hours)} h</dd><dt>{t('pt.hours', {n: plan.sorties.length, cost: number(plan.cost / 1000)})}</dt></div></dl>
    <h3>{t('pt.curve')}</h3><Curve plan={plan} />
    <p class="checked">{checked ? <span role="status"><span class={`tag ${checked.agree ? 'green' : 'red'}`}>{t(checked.agree ? 'pt.agrees' : 'pt.differs')}</span> {t('pt.checked', {found: checked.found, runs: checked.runs, share: percent(checked.simulated.value), low: number(100 * checked.simulated.low, 1), high: number(100 * checked.simulated.high, 1)})}</span>
      : <button type="button" class="no-print" disabled={checking} onClick={() => void check()}>{checking ? t('pt.checking') : t('pt.check')}</button>}</p>
    <section class="before"><h3>{t('pt.before')}</h3><ul><li><b>{t('pt.assumedOf', {n: weak, all: assumed.length})}</b> {t('pt.assumedSays')}</li>{plan.notes.map((note) => <li key={note} lang="en">{note}</li>)}</ul></section>
    <h3>{t('pt.sorties')}</h3>
    {plan.sorties.length + plan.looks.length === 0 ? <p class="soft">{t('pt.noSorties')}</p> : <div class="scroll" tabIndex={0} role="region" aria-label={t('pt.sorties')}><table class="sorties"><thead><tr><th><span class="only-read">{t('pt.s.sign')}</span></th><th>{t('pt.s.asset')}</th><th>{t('pt.s.off')}</th><th class="num">{t('pt.s.hours')}</th><th class="num">{t('pt.s.search')}</th><th class="num">{t('pt.s.pos')}</th></tr></thead>
      <tbody>{plan.sorties.map((each) => { const sign = signOf(plan, each); return <tr key={sign} class={sign === chosen ? 'current' : ''}><td><button type="button" class={`sign ${hueOf(plan, each.asset)}`} aria-pressed={sign === chosen} aria-label={t('pt.s.show', {sign})} onClick={() => setParams({sortie: sign === chosen ? null : sign})}>{sign}</button></td>
        <td>{each.asset}</td><td class="tnum">{when(each.start)}<br /><small>{when(each.end)}</small></td><td class="num tnum">{number(each.transit_h + each.search_h, 1)}</td><td class="num tnum">{number(each.search_h, 1)}</td><td class="num tnum">{percent(each.pos, 2)}</td></tr>; })}
      {plan.looks.map((each) => <tr key={`${each.asset}${each.pass}`}><td><span class="sign">SAT</span></td><td>{each.asset}<br /><small>{t('pt.s.look', {chance: percent(each.chance, 0)})}</small></td><td class="tnum">{when(each.time)}</td><td /><td /><td class="num tnum">{percent(each.pos, 2)}</td></tr>)}</tbody></table></div>}
    {sortie && <Areas plan={plan} sortie={sortie} />}
    <p class="saves no-print"><button type="button" class="main" disabled={busy} onClick={goOn}>{t('pt.goOn')}</button></p><p class="soft no-print">{t('pt.goOnSays')}</p>
    <h3>{t('pt.made')}</h3>
    <ul class="parts">{plan.prior.parts.map((part) => <li key={part.name}><span>{word('pt.part', part.name) === part.name.replace(/_/g, ' ') ? word('event', part.name) : word('pt.part', part.name)}{part.name !== 'floor' && <small> × {number(part.count)}</small>}</span><i aria-hidden="true" ref={(node) => { node?.style.setProperty('--part', `${100 * part.share}%`); }} /><b class="tnum">{percent(part.share)}</b></li>)}</ul>
    <h3>{t('pt.figures')}</h3>
    {plan.assets.map((asset) => <details key={asset.name} class="figures"><summary>{asset.name}: {asset.title}</summary><div class="scroll" tabIndex={0} role="region" aria-label={asset.name}><table><tbody>{Object.entries(asset.figures).map(([name, figure]) => <tr key={name}><th scope="row">{word('pt.figure', name)}</th><td class="num tnum">{+figure.value.toPrecision(6)}</td><td>{figure.assumed && <span class="tag amber">{t('pt.assumed')}</span>} <span lang="en">{figure.source}</span></td></tr>)}</tbody></table></div></details>)}
  </section>;
}

function Areas({plan, sortie}: {plan: Plan; sortie: Sortie}) {
  const sign = signOf(plan, sortie);
  return <div class="scroll" tabIndex={0} role="region" aria-label={t('pt.areasOf', {sign})}><table class="areas"><caption>{t('pt.areasOf', {sign})}</caption><thead><tr><th>{t('pt.v.area')}</th><th>{t('pt.v.on')}</th><th class="num">{t('pt.v.legs')}</th><th class="num">S, nm</th><th class="num">C</th><th class="num">POD</th><th class="num">POC</th><th class="num">POS</th></tr></thead>
    <tbody>{sortie.visits.map((visit, i) => { const [s, w, n, e] = visit.corners; return <tr key={i}><td title={`${coordinates(s, w)} – ${coordinates(n, e)}`}>{sign}.{i + 1}</td><td class="tnum">{when(visit.start)}</td><td class="num tnum">{visit.legs}</td><td class="num tnum">{number(visit.track_spacing_nm, 1)}</td><td class="num tnum">{number(visit.coverage_factor, 2)}</td><td class="num tnum">{percent(visit.pod, 0)}</td><td class="num tnum">{percent(visit.poc)}</td><td class="num tnum">{percent(visit.pos, 2)}</td></tr>; })}</tbody></table></div>;
}
