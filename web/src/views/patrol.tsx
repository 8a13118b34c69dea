// Where to search next: from what the program has seen to tracks, with the chance they have and the bound none exceeds.
import {useEffect, useMemo, useRef, useState} from 'preact/hooks';
import {turn} from '../app';
import {t} from '../i18n';
import {useKeys} from '../keyboard';
import {unwrap} from '../map/columns';
import {Engine, feature} from '../map/engine';
import {HUES, PlanLayers, signOf, type Shown} from '../map/plan_layers';
import {world} from '../map/world';
import {param, route, setParams} from '../router';
import {shown} from '../theme';
import {saveJson, savePng} from '../ui/export';
import {Icon} from '../ui/icons';
import {Failed, Load, useLoad} from '../ui/states';
import {fail, toast} from '../ui/toast';
import {makePlan, readQuestion, update, vocabulary, writeQuestion, type Plan, type Question, type Vocabulary} from './patrol/data';
import {AskPatrol} from './patrol/ask';
import {PlanPanel, saveTracks} from './patrol/panel';

export function Patrol() {
  const found = useLoad(async () => ({words: await vocabulary(), land: await world()}), [turn.value]);
  return <Load from={found}>{(value) => <Desk {...value} />}</Load>;
}

const SHOWN: Shown[] = ['prior', 'effort', 'posterior'];
type Corner = [number, number];

function Desk({words, land}: {words: Vocabulary; land: Awaited<ReturnType<typeof world>>}) {
  const [question, setQuestion] = useState<Question>(() => readQuestion(route.value.params, words.example));
  const [plan, setPlan] = useState<Plan | null>(null), [asked, setAsked] = useState(''), [busy, setBusy] = useState(false), [error, setError] = useState<Error | null>(null);
  const [engine, setEngine] = useState<Engine | null>(null), [layers, setLayers] = useState<PlanLayers | null>(null);
  const [drawing, setDrawing] = useState<{what: 'area' | 'nogo'; ring: Corner[]} | null>(null);
  const [asking, setAsking] = useState(innerWidth > 1000), [paper, setPaper] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const what = (SHOWN as string[]).includes(param('show')) ? param('show') as Shown : 'prior', chosen = param('sortie');
  const change = (part: Partial<Question>) => { const next = {...question, ...part}; setQuestion(next); setParams(writeQuestion(next, words.example)); };

  const run = async (which: Question, prior?: unknown, first = false) => {
    setBusy(true); setError(null); setDrawing(null);
    setParams({...writeQuestion(which, words.example), run: prior ? null : '1', ...(first ? {} : {sortie: null})});
    try { setPlan(await makePlan(which, prior)); setAsked(JSON.stringify(which)); if (innerWidth < 1300) setAsking(false); } catch (problem) { setError(problem as Error); setAsking(true); }
    setBusy(false);
  };
  // What was flown and found nothing becomes the map of the days that follow.
  const goOn = async () => {
    if (!plan) return;
    const length = Date.parse(question.to) - Date.parse(question.from), day = (at: number) => new Date(at).toISOString().slice(0, 10);
    const next = {...question, from: day(Date.parse(question.to)), to: day(Date.parse(question.to) + length)};
    try { const prior = await update(plan); setQuestion(next); await run(next, prior); toast(t('pt.wentOn'), 'good'); } catch (problem) { fail(problem); }
  };
  useEffect(() => { if (param('run') === '1') void run(question, undefined, true); }, []);

  useEffect(() => {
    const place = (name: string, otherwise: number) => { const given = param(name); return given !== '' && Number.isFinite(+given) ? +given : otherwise; };
    const made = new Engine(box.current!, land, {lon: place('lon', 124.5), lat: place('lat', 32.2), zoom: place('z', 4.9)});
    let gone = false;
    made.map.on('moveend', () => { const {lng, lat} = made.map.getCenter(); setParams({lon: lng.toFixed(3), lat: lat.toFixed(3), z: made.map.getZoom().toFixed(2)}); });
    made.ready.then(() => { if (!gone) { setEngine(made); setLayers(new PlanLayers(made)); } }, fail);
    return () => { gone = true; made.remove(); };
  }, []);
  useEffect(() => { engine?.paint(); layers?.paint(); }, [engine, layers, shown.value]);
  useEffect(() => { layers?.show(plan, what, chosen, question.nogo); }, [layers, plan, what, chosen, question.nogo]);
  // A new plan is brought into sight between the panels.
  useEffect(() => {
    if (!engine || !plan || (param('lon') !== '' && param('z') !== '')) return;
    const {south, west, step_lat, step_lon, rows, columns} = plan.grid, side = innerWidth > 900;
    engine.map.fitBounds([[west, south], [west + columns * step_lon, south + rows * step_lat]], {padding: side ? {left: asking ? 400 : 70, right: 470, top: 40, bottom: 30} : 20, duration: 0});
  }, [engine, plan]);
  // The area asked for, and what is being drawn.
  useEffect(() => {
    const [s, w, n, e] = question.area.split(',').map(Number);
    const east = e !== undefined && w !== undefined && e < w ? e + 360 : e, ring: Corner[] = !plan && [s, w, n, e].every(Number.isFinite) ? [[w!, s!], [east!, s!], [east!, n!], [w!, n!]] : [];
    engine?.set('area', drawing ? [...(drawing.ring.length > 1 ? [feature('LineString', drawing.ring)] : []), ...drawing.ring.map((at) => feature('Point', at))] : ring.length ? [feature('LineString', [...ring, ring[0]])] : []);
  }, [engine, drawing, plan, question.area]);
  useEffect(() => {
    if (!engine || !drawing) return;
    const click = ({lngLat}: {lngLat: {lng: number; lat: number}}) => setDrawing({...drawing, ring: [...drawing.ring, [lngLat.lng, lngLat.lat]]});
    engine.map.getCanvas().style.cursor = 'crosshair'; engine.map.on('click', click);
    return () => { engine.map.getCanvas().style.cursor = ''; engine.map.off('click', click); };
  }, [engine, drawing]);

  const boxOf = (s: number, w: number, n: number, e: number) => [s, unwrap(w, 0), n, unwrap(e, 0)].map((each) => each.toFixed(2)).join(',');
  const finish = () => {
    if (!drawing) return;
    const {ring} = drawing, lats = ring.map(([, lat]) => lat), lons = ring.map(([lon]) => lon);
    if (drawing.what === 'area' ? ring.length < 2 : ring.length < 3) { toast(t(drawing.what === 'area' ? 'pt.twoCorners' : 'map.area.three')); return; }
    setDrawing(null);
    if (drawing.what === 'area') { setPlan(null); change({area: boxOf(Math.min(...lats), Math.min(...lons), Math.max(...lats), Math.max(...lons))}); }
    else change({nogo: [...question.nogo, ring.map(([lon, lat]): Corner => [+unwrap(lon, 0).toFixed(3), +lat.toFixed(3)])]});
  };
  const inSight = () => { const b = engine!.map.getBounds(); setPlan(null); change({area: boxOf(b.getSouth(), b.getWest(), b.getNorth(), b.getEast())}); };
  const picture = () => engine!.picture();
  const onPaper = async () => {
    try { setPaper((await picture()).toDataURL('image/png')); } catch (problem) { fail(problem); }
    requestAnimationFrame(() => setTimeout(() => print(), 60));
  };
  const step = (by: number) => {
    if (!plan?.sorties.length) return;
    const signs = plan.sorties.map((each) => signOf(plan, each)), at = signs.indexOf(param('sortie'));  // as it is now: a key may come before the next drawing
    setParams({sortie: signs[at < 0 ? (by > 0 ? 0 : signs.length - 1) : Math.max(0, Math.min(signs.length - 1, at + by))]});
  };
  useKeys([{keys: 'r', says: 'pt.make', run: () => { if (!busy) void run(question); }}, {keys: 'f', says: 'pt.key.ask', run: () => setAsking((open) => !open)}, {keys: 'a', says: 'pt.drawArea', run: () => setDrawing({what: 'area', ring: []})},
    ...SHOWN.map((each, i) => ({keys: String(i + 1), says: `pt.show.${each}`, run: () => setParams({show: each === 'prior' ? null : each})})),
    {keys: 'j, ArrowDown', says: 'keys.next', run: () => step(1)}, {keys: 'k, ArrowUp', says: 'keys.previous', run: () => step(-1)}, {keys: 'Enter', says: 'map.key.close', run: finish},
    {keys: 'Escape', says: 'keys.back', run: () => { if (drawing) setDrawing(null); else setParams({sortie: null}); }}], [plan, chosen, drawing, busy, question]);

  const saves: [string, () => unknown][] = plan ? [...['geojson', 'gpx', 'kml'].map((format): [string, () => unknown] => [format, () => saveTracks(plan, format)]), ['html', () => saveTracks(plan, 'html')], ['png', () => picture().then((canvas) => savePng('cordon-patrol.png', canvas)).catch(fail)], ['json', () => saveJson('plan.json', plan)]] : [];
  return <div class="chart plan-chart">
    <div class="chart-box no-print" ref={box} role="region" aria-label={t('pt.map')} />
    {paper && <img class="on-paper" src={paper} alt={t('pt.map')} />}
    {!engine && <div class="chart-wait" role="status">{t('state.loading')}</div>}
    <div class="chart-tools no-print">
      <button type="button" aria-pressed={asking} aria-label={t('pt.key.ask')} title={t('pt.key.ask')} onClick={() => setAsking(!asking)}><Icon name="filter" /></button>
      <button type="button" aria-pressed={drawing?.what === 'area'} aria-label={t('pt.drawArea')} title={t('pt.drawArea')} onClick={() => setDrawing(drawing ? null : {what: 'area', ring: []})}><Icon name="draw" /></button>
      {plan && <details class="menu"><summary role="button" aria-label={t('export.as')} title={t('export.as')}><Icon name="save" /></summary><div>{saves.map(([name, save]) => <button key={name} type="button" class="plain" onClick={() => void save()}>{t(`pt.save.${name}`)}</button>)}</div></details>}
      {plan && <button type="button" aria-label={t('export.print')} title={t('export.print')} onClick={() => void onPaper()}><Icon name="print" /></button>}
    </div>
    {asking && <AskPatrol words={words} question={question} change={change} busy={busy} stale={!!plan && JSON.stringify(question) !== asked} run={() => void run(question)} draw={(which) => setDrawing({what: which, ring: []})} inSight={inSight} error={error} />}
    {drawing && <div class="chart-note" role="status"><span>{t(drawing.what === 'area' ? 'pt.drawingArea' : 'map.drawing', {n: drawing.ring.length})}</span><button type="button" class="main" onClick={finish}>{t('map.area.close')}</button></div>}
    {plan ? <PlanPanel plan={plan} chosen={chosen} busy={busy} goOn={() => void goOn()} /> : error && !asking ? <section class="panel right"><Failed error={error} /></section> : null}
    {plan && <section class="plan-legend no-print" aria-label={t('map.legend')}>
      <span class="switch" role="group" aria-label={t('pt.show')}>{SHOWN.map((each) => <button key={each} type="button" aria-pressed={what === each} title={t(`pt.showSays.${each}`)} onClick={() => setParams({show: each === 'prior' ? null : each})}>{t(`pt.show.${each}`)}</button>)}</span>
      <span class="ramp"><i aria-hidden="true" />{t(what === 'effort' ? 'pt.ramp.effort' : 'pt.ramp.chance')}</span>
      <ul class="legend">{plan.assets.filter((each) => each.base).map((asset) => <li key={asset.name}><i class={`line ${HUES[plan.assets.indexOf(asset) % HUES.length]}`} aria-hidden="true" />{asset.name}</li>)}
        <li><i class="line dashed" aria-hidden="true" />{t('pt.legend.transit')}</li><li><i class="block shore" aria-hidden="true" />{t('pt.legend.shore', {n: plan.clearance_nm})}</li>{plan.no_go.length > 0 && <li><i class="block nogo" aria-hidden="true" />{t('pt.legend.nogo')}</li>}{plan.looks.length > 0 && <li><i class="block swath" aria-hidden="true" />{t('pt.legend.swath')}</li>}</ul>
    </section>}
    {busy && <div class="chart-note" role="status"><span class="spinner" aria-hidden="true" />{t('pt.busy')}</div>}
  </div>;
}
