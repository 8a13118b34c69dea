// Postures side by side. The comparison is drawn by web/shared, as report.html of `cordon posture compare` draws it.
import {useEffect, useRef, useState} from 'preact/hooks';
import {drawPostures} from '../../shared/posture_page.js';
import {nameOf} from '../../shared/posture.js';
import {get, post, postText} from '../api';
import {language, number, t} from '../i18n';
import {useKeys} from '../keyboard';
import {param, setParams} from '../router';
import {download, saveJson, saveSvgPng} from '../ui/export';
import {Icon} from '../ui/icons';
import {Input} from '../ui/input';
import {Failed, Load, Loading, useLoad} from '../ui/states';
import {fail} from '../ui/toast';

interface Listed { id: string; name: string; summary: string; extends: string }
interface Offer { scenarios: Listed[]; limits: {postures: number; runs: number}; runs: number }
interface Comparison { runs: number; seed: number; baseline: string; simulated_years: number; outcomes: {posture: {id: string; name: string}}[]; assumptions_one_at_a_time: unknown[]; published: unknown[] }
const SECTIONS = [['before', 'po.before'], ['all', 'po.postures'], ['changes', 'po.changes'], ['barrels', 'po.barrels'], ['calendar', 'po.watches'], ['limits', 'po.clever'], ['tornado', 'po.hangs'], ['published', 'po.held'], ['method', 'po.worked'], ['numbers', 'po.numbers']] as const;
const OWN = 'format = "cordon-posture/1"\nextends = "canada_alone"\nname = "Canada with two frigates"\n\n[asset.ca_second_frigate]\ncountry = "CA"\nname = "Second frigate"\nkind = "ship"\nweeks = ["20-26", 30]\ndays_a_week = { value = 6, low = 5, high = 7, unit = "days", assumed = "as the first" }\nswept_km2_a_day = { value = 20000, low = 10000, high = 35000, unit = "km2", assumed = "as the first" }\ncost_a_day = { value = 350000, low = 200000, high = 600000, unit = "CAD", assumed = "as the first" }\nwhere = { off_shanghai = 1, east_china_sea = 1 }\n';

export function Posture() {
  const offer = useLoad(() => get<Offer>('posture/scenarios'), []);
  return <Load from={offer}>{(value) => <Desk offer={value} />}</Load>;
}

function Desk({offer}: {offer: Offer}) {
  const names = new Set(param('postures') ? param('postures').split(',') : offer.scenarios.map((each) => each.id)), own = param('own');
  const runs = Math.max(100, Math.min(offer.limits.runs, Math.round(+param('runs')) || offer.runs)), seed = Math.max(0, Math.round(+param('seed', '1')) || 0), quick = param('quick') === '1', baseline = param('baseline');
  const picked = offer.scenarios.filter((each) => names.has(each.id));
  const [result, setResult] = useState<Comparison | null>(null), [error, setError] = useState<Error | null>(null), [busy, setBusy] = useState(false);
  const body = {built_in: picked.map((each) => each.id), ...(own ? {scenarios: [own]} : {}), runs, seed, quick, ...(picked.some((each) => each.id === baseline) ? {baseline} : {})};
  const asked = JSON.stringify(body), [shownFor, setShownFor] = useState('');
  const compare = async () => {
    if (!picked.length && !own) { setError(new Error(t('po.q.one'))); return; }
    setBusy(true); setError(null);
    try { setResult(await post<Comparison>('posture/compare', body)); setShownFor(asked); } catch (problem) { setError(problem as Error); }
    setBusy(false);
  };
  useEffect(() => { void compare(); }, []);  // a link that names postures shows them
  const toggle = (id: string) => { const next = new Set(names); if (!next.delete(id)) next.add(id); setParams({postures: offer.scenarios.every((each) => next.has(each.id)) ? null : offer.scenarios.filter((each) => next.has(each.id)).map((each) => each.id).join(',')}); };
  const report = async (format: 'html' | 'csv') => { try { download(`posture.${format}`, await postText('posture/compare', body, {format}), format === 'csv' ? 'text/csv' : 'text/html'); } catch (problem) { fail(problem); } };
  const jump = (id: string) => { const node = document.getElementById(`posture-${id}`); node?.scrollIntoView({block: 'start'}); node?.querySelector<HTMLElement>('select, [tabindex]')?.focus({preventScroll: true}); };
  useKeys([{keys: 'r', says: 'po.q.compare', run: () => { if (!busy) void compare(); }}, ...SECTIONS.map(([id, says], i) => ({keys: String((i + 1) % 10), says, run: () => jump(id)}))], [asked, busy]);
  const png = () => { document.querySelectorAll<SVGSVGElement>('.posture figure svg').forEach((svg, i) => void saveSvgPng(`posture-${i + 1}.png`, svg).catch(fail)); };

  return <div class="posture-view"><form class="posture-ask no-print" aria-label={t('po.q.postures')} onSubmit={(event) => { event.preventDefault(); void compare(); }}>
    <h2>{t('view.posture')}</h2>
    <fieldset><legend>{t('po.q.postures')}</legend>{offer.scenarios.map((each) => <label key={each.id} class="check" title={each.summary}><Input type="checkbox" checked={names.has(each.id)} onChange={() => toggle(each.id)} /><span>{nameOf({posture: each})}</span></label>)}</fieldset>
    <label class="asked-field"><span>{t('po.q.baseline')}</span><select value={baseline || picked[0]?.id} onChange={(event) => setParams({baseline: event.currentTarget.value})}>{picked.map((each) => <option key={each.id} value={each.id}>{nameOf({posture: each})}</option>)}</select></label>
    <div class="pair"><label class="asked-field"><span>{t('po.q.runs')}</span><Input type="number" min="100" max={String(offer.limits.runs)} step="100" value={runs} onChange={(event) => setParams({runs: +event.currentTarget.value === offer.runs ? null : event.currentTarget.value})} /></label>
      <label class="asked-field"><span>{t('po.q.seed')}</span><Input type="number" min="0" step="1" value={seed} onChange={(event) => setParams({seed: event.currentTarget.value === '1' ? null : event.currentTarget.value})} /></label></div>
    <label class="check"><Input type="checkbox" checked={quick} onChange={(event) => setParams({quick: event.currentTarget.checked ? '1' : null})} /><span>{t('po.q.quick')}</span></label>
    <details open={!!own}><summary>{t('po.q.own')}</summary><p class="soft">{t('po.q.ownHint')}</p><textarea class="code" rows={12} spellcheck={false} aria-label={t('po.q.own')} value={own} placeholder={OWN} onInput={(event) => setParams({own: event.currentTarget.value})} />{!own && <button type="button" onClick={() => setParams({own: OWN})}>{t('po.q.use')}</button>}</details>
    <button type="submit" class="main" disabled={busy}>{busy ? t('po.q.busy') : t('po.q.compare')}</button>
    {result && asked !== shownFor && !busy && <small role="status">{t('pt.stale')}</small>}
    {result && <><p class="saves"><button type="button" onClick={() => void report('html')}><Icon name="save" />{t('po.q.report')}</button><button type="button" onClick={() => void report('csv')}>CSV</button><button type="button" onClick={() => saveJson('posture.json', result)}>JSON</button><button type="button" onClick={png}>PNG</button><button type="button" onClick={() => print()}><Icon name="print" />{t('export.print')}</button></p>
      <nav aria-label={t('po.q.sections')}><ol>{SECTIONS.filter(([id]) => (id !== 'tornado' || result.assumptions_one_at_a_time.length) && (id !== 'published' || result.published.length) && (id !== 'changes' || result.outcomes.length > 1)).map(([id, title]) => <li key={id}><button type="button" class="as-link" onClick={() => jump(id)}>{t(title)}</button></li>)}</ol></nav></>}
  </form>
  <section class="posture-answer" aria-label={t('po.title')} aria-busy={busy}>
    {error ? <Failed error={error} again={() => void compare()} /> : !result ? <Loading what={t('po.q.busy')} /> : <Drawn result={result} busy={busy} />}
  </section></div>;
}

function Drawn({result, busy}: {result: Comparison; busy: boolean}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { box.current?.replaceChildren(...drawPostures(result)); }, [result, language.value]);
  return <><header class="pane-head"><h2>{t('po.title')}</h2><p class="soft tnum">{t('po.run', {postures: result.outcomes.length, runs: number(result.runs), seed: String(result.seed)})}{busy && <> · {t('po.q.busy')}</>}</p></header><div class="posture" ref={box} /></>;
}
