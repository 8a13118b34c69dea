// The sea: vessels moving in time, what happened, where a silent vessel can have been. Everything chosen is in the address.
import {effect, useSignal, type Signal} from '@preact/signals';
import {useEffect, useMemo, useRef, useState} from 'preact/hooks';
import {api} from '../api';
import {turn} from '../app';
import {analysis} from '../drop';
import {minute, number, t, word} from '../i18n';
import {useKeys} from '../keyboard';
import {columnsOf, histogram, placeAt, readColumns, unwrap, type Columns, type Now} from '../map/columns';
import {Engine, feature, label, rgb, type Feature} from '../map/engine';
import {AreaPanel, EventPanel, Filters, VesselPanel, coordinates, flagsOf, type Choice} from '../map/panels';
import {reachable, reachableAt} from '../map/reach';
import {TimeBar, heatToken} from '../map/timebar';
import {world} from '../map/world';
import {param, setParams} from '../router';
import {shown} from '../theme';
import type {AreaReport, SeaEvent, TargetRow} from '../types';
import {Icon} from '../ui/icons';
import {saveCsv, saveGeojson, saveKml, savePng, type Place, type Way} from '../ui/export';
import {Load, useLoad} from '../ui/states';
import {fail, toast} from '../ui/toast';

// A silent vessel is taken to do no more than this; merchant ships seldom do. Shown in the panel beside the area it gives.
const GREATEST_KNOTS = 15;
const TYPE_TOKENS: Record<string, string> = {tanker: 'violet', cargo: 'accent', fishing: 'green'};

export interface Sea { columns: Columns; every: number; events: SeaEvent[]; targets: Map<string, TargetRow> }

/** What a dropped AIS file holds, as /analyse tells it: its tracks are thinned. */
interface Dropped { positions: number; vessels_heard: number; cut: boolean; events: SeaEvent[]; vessels: {mmsi: number; name: string; track: [number, number, number][]}[] }

export function MapView() {
  const file = param('file'), dropped = analysis.value?.kind === 'ais' && analysis.value.name === file ? analysis.value.result as Dropped : null;
  const sea = useLoad(async (signal) => {
    if (dropped) return {columns: columnsOf(dropped.vessels.filter((each) => each.track.length)), every: 1, events: dropped.events, targets: new Map<string, TargetRow>(), land: await world(), file: {...dropped, name: file}};
    const [{bytes, every}, events, targets, land] = await Promise.all([api.positions({}, signal), api.events({limit: 20000}, signal), api.targets({limit: 10000}, signal), world()]);
    return {columns: readColumns(bytes), every, events: events.events, targets: new Map(targets.targets.map((each) => [each.id, each])), land, file: null};
  }, [turn.value, dropped]);
  return <Load from={sea}>{({land, file, ...value}) => <><Chart key={file?.name ?? ''} sea={value} land={land} />
    {file && <p class="chart-note" role="status"><span><b>{file.name}</b> {t('map.file', {vessels: value.columns.vessels, positions: file.positions})}{value.columns.vessels < file.vessels_heard || file.cut ? ` ${t('map.fileCut')}` : ''}</span>
      <button type="button" onClick={() => setParams({file: null, vessel: null, event: null, from: null, to: null, at: null, lon: null, lat: null, z: null}, 'push')}>{t('map.fileBack')}</button></p>}</>}</Load>;
}

const numberOf = (name: string, fallback: number) => { const text = param(name); return text !== '' && Number.isFinite(+text) ? +text : fallback; };
const seconds = (iso: string | null | undefined, fallback: number) => { const ms = Date.parse(iso ?? ''); return Number.isNaN(ms) ? fallback : ms / 1000; };
const isoOf = (at: number) => new Date(Math.round(at) * 1000).toISOString().replace('.000Z', 'Z');

function Chart({sea, land}: {sea: Sea; land: Awaited<ReturnType<typeof world>>}) {
  const {columns, events, targets} = sea;
  const first = columns.rows ? columns.base + columns.first : seconds(events[0]?.start, Date.now() / 1000 - 86400), last = columns.rows ? columns.base + columns.last : first + 86400;
  const from = seconds(param('from'), first), until = seconds(param('to'), last);
  const time = useSignal(Math.max(from, Math.min(until, seconds(param('at'), Math.min(until, first + (last - first) * 0.6)))));
  const box = useRef<HTMLDivElement>(null);
  const [engine, setEngine] = useState<Engine | null>(null);
  const [pointer, setPointer] = useState<{lat: number; lon: number} | null>(null);
  const [hover, setHover] = useState<{x: number; y: number; text: string; more: string} | null>(null);
  const [drawing, setDrawing] = useState<[number, number][] | null>(null);
  const [area, setArea] = useState<{ring: [number, number][]; report: AreaReport | null} | null>(null);
  const [panelOpen, setPanelOpen] = useState(innerWidth > 900);
  const mmsi = +param('vessel') || 0, eventId = param('event');
  const choice: Choice = {q: param('q'), types: new Set(param('type').split(',').filter(Boolean)), flag: param('flag'), kind: param('kind'), least: numberOf('score', 0), only: param('only'), colour: param('colour', 'risk'), trail: numberOf('trail', 2)};
  const key = [param('q'), param('type'), param('flag'), param('kind'), param('score'), param('only'), param('colour')].join('|');
  const idOf = (event: SeaEvent) => event.id ?? `${event.type}@${event.start}@${event.mmsi.join('-')}`;

  // Which vessels and events the filters leave.
  const passes = useMemo(() => {
    const q = choice.q.trim().toLowerCase();
    return columns.words.map((vessel, i) => {
      const target = vessel.target ? targets.get(vessel.target) : undefined;
      return (!q || `${vessel.name} ${vessel.imo ?? ''} ${columns.mmsi[i]}`.toLowerCase().includes(q)) && (!choice.flag || vessel.flag === choice.flag) && (!choice.kind || vessel.type === choice.kind)
        && (!choice.least || (target?.score ?? 0) >= choice.least) && (choice.only !== 'targets' || !!target) && (choice.only !== 'listed' || !!target?.listed);
    });
  }, [columns, key]);
  const chosen = useMemo(() => (mmsi ? columns.mmsi.indexOf(mmsi) : -1), [columns, mmsi]);
  const indexOf = useMemo(() => new Map(Array.from(columns.mmsi, (each, i) => [each, i])), [columns]);
  const seen = useMemo(() => events.filter((event) => (!choice.types.size || choice.types.has(event.type)) && seconds(event.end ?? event.start, 0) >= from && seconds(event.start, 0) <= until
    && (event.mmsi.length === 0 || event.mmsi.some((each) => { const i = indexOf.get(each); return i === undefined || passes[i]; }))), [events, key, from, until, passes]);
  const event = seen.find((each) => idOf(each) === eventId) ?? events.find((each) => idOf(each) === eventId) ?? null;
  const counts = useMemo(() => histogram(columns, 240), [columns]);

  useEffect(() => {
    const start = param('file') ? middle(columns) : {lon: 127.5, lat: 37, zoom: 4.6};
    const made = new Engine(box.current!, land, {lon: numberOf('lon', start.lon), lat: numberOf('lat', start.lat), zoom: numberOf('z', start.zoom)});
    let gone = false;
    made.map.on('moveend', () => { const {lng, lat} = made.map.getCenter(); setParams({lon: lng.toFixed(3), lat: lat.toFixed(3), z: made.map.getZoom().toFixed(2)}); });
    made.map.on('mousemove', (at) => setPointer({lat: at.lngLat.lat, lon: at.lngLat.wrap().lng}));
    made.map.on('mouseout', () => { setPointer(null); setHover(null); });
    made.ready.then(() => { if (!gone) setEngine(made); }, fail);
    return () => { gone = true; made.remove(); };
  }, []);
  useEffect(() => { engine?.vessels.setColumns(columns); }, [engine, columns]);
  useEffect(() => { engine?.paint(); }, [engine, shown.value]);

  // Looks: colour by risk or by type; a hidden vessel has none.
  useEffect(() => {
    if (!engine) return;
    const looks = new Uint8Array(columns.vessels * 4), tokens = new Map<string, number[]>();
    const of = (token: string) => { if (!tokens.has(token)) tokens.set(token, rgb(token).map((part) => Math.round(part * 255))); return tokens.get(token)!; };
    columns.words.forEach((vessel, i) => {
      if (!passes[i] && i !== chosen) return;
      const target = vessel.target ? targets.get(vessel.target) : undefined;
      const token = choice.colour === 'type' ? TYPE_TOKENS[vessel.type] ?? typeToken(vessel.type) : target?.listed ? 'red' : target ? 'amber' : 'soft';
      looks.set([...of(token), target ? 255 : 128], i * 4);
    });
    engine.vessels.chosen = chosen; engine.vessels.trail = choice.trail * 3600;
    engine.vessels.from = from - columns.base; engine.vessels.until = until - columns.base;
    engine.vessels.setLooks(looks);
  }, [engine, passes, chosen, choice.trail, shown.value, from, until]);

  // What moves with the time: the layer's clock at every frame, words and marks four times a second.
  useEffect(() => {
    if (!engine) return;
    let waiting = 0;
    const slow = () => {
      waiting = 0;
      const now = time.peek();
      engine.set('events', seen.filter((each) => each.lat !== null && each.lat !== undefined).map((each) => feature('Point', [each.lon, each.lat], {id: idOf(each), heat: {red: 'hot', amber: 'warm', accent: 'cool'}[heatToken(each.type)],
        score: each.score, chosen: idOf(each) === eventId, now: seconds(each.start, 0) - 3600 <= now && seconds(each.end ?? each.start, 0) + 3600 >= now})));
      engine.set('reach', seen.filter((each) => each.type === 'gap' || idOf(each) === eventId).flatMap((each) => reachOf(each, now, idOf(each) === eventId || (chosen >= 0 && each.mmsi.includes(mmsi)))));
      engine.set('names', namesAt(now));
      setParams({at: isoOf(now)});
    };
    const bounds = () => engine.map.getBounds();
    const namesAt = (now: number): Feature[] => {
      const sight = bounds(), all = engine.map.getZoom() >= 8, out: Feature[] = [];
      for (let i = 0; i < columns.vessels && out.length < 250; i++) {
        const target = columns.words[i]!.target;
        if (i !== chosen && (!passes[i] || !(all || (target && engine.map.getZoom() >= 4)))) continue;
        const at = placeAt(columns, i, now - columns.base);
        if (!at) continue;
        const lon = unwrap(at.lon, sight.getCenter().lng);
        if (at.lat < sight.getSouth() || at.lat > sight.getNorth() || lon < sight.getWest() || lon > sight.getEast()) continue;
        out.push(feature('Point', [lon, at.lat], {text: label(columns.words[i]!.name || String(columns.mmsi[i])), order: i === chosen ? -1 : target ? targets.get(target)?.rank ?? 900 : 1000}));
      }
      return out;
    };
    const stop = effect(() => {
      engine.vessels.time = time.value - columns.base;
      engine.map.triggerRepaint();
      if (!waiting) waiting = window.setTimeout(slow, 250);
    });
    slow();
    engine.map.on('moveend', slow);
    return () => { stop(); clearTimeout(waiting); engine.map.off('moveend', slow); };
  }, [engine, seen, passes, chosen, eventId]);

  // Choosing by hand: the event under the pointer first, then the nearest vessel.
  useEffect(() => {
    if (!engine) return;
    const {map} = engine;
    const nearest = (x: number, y: number): Now | null => {
      const corner = map.unproject([x - 14, y + 14]), other = map.unproject([x + 14, y - 14]);
      let best: Now | null = null, least = 14;
      for (let i = 0; i < columns.vessels; i++) {
        if (!passes[i] && i !== chosen) continue;
        const at = placeAt(columns, i, time.peek() - columns.base);
        if (!at || at.lat < corner.lat || at.lat > other.lat) continue;
        const lon = unwrap(at.lon, (corner.lng + other.lng) / 2);
        if (lon < corner.lng || lon > other.lng) continue;
        const pixel = map.project([lon, at.lat]), d = Math.hypot(pixel.x - x, pixel.y - y);
        if (d < least) { least = d; best = at; }
      }
      return best;
    };
    const eventAt = (point: {x: number; y: number}) => {
      const [found] = map.queryRenderedFeatures([[point.x - 4, point.y - 4], [point.x + 4, point.y + 4]], {layers: ['events']});
      return found ? seen.find((each) => idOf(each) === found.properties.id) : undefined;
    };
    const click = (at: {point: {x: number; y: number}; lngLat: {lng: number; lat: number}}) => {
      if (drawing) { setDrawing([...drawing, [at.lngLat.lng, at.lngLat.lat]]); return; }
      const found = eventAt(at.point);
      if (found) { setParams({event: idOf(found), vessel: null}, 'push'); return; }
      const vessel = nearest(at.point.x, at.point.y);
      setParams({vessel: vessel ? columns.mmsi[vessel.vessel]! : null, event: null}, vessel ? 'push' : 'replace');
    };
    let asked = 0;
    const move = (at: {point: {x: number; y: number}}) => {
      if (asked) return;
      asked = requestAnimationFrame(() => {
        asked = 0;
        if (drawing) { setHover(null); map.getCanvas().style.cursor = 'crosshair'; return; }
        const found = eventAt(at.point), vessel = found ? null : nearest(at.point.x, at.point.y);
        map.getCanvas().style.cursor = found || vessel ? 'pointer' : '';
        setHover(found ? {...at.point, text: word('event', found.type), more: `${minute(found.start)} UTC`}
          : vessel ? {...at.point, text: columns.words[vessel.vessel]!.name || `MMSI ${columns.mmsi[vessel.vessel]}`, more: [columns.words[vessel.vessel]!.flag.toUpperCase(), Number.isNaN(vessel.sog) ? '' : `${number(vessel.sog, 1)} kn`, vessel.silent ? t('map.silent') : ''].filter(Boolean).join(' · ')} : null);
      });
    };
    const close = (at: {preventDefault: () => void}) => { if (drawing) { at.preventDefault(); finish(); } };
    map.on('click', click); map.on('mousemove', move); map.on('dblclick', close);
    return () => { map.off('click', click); map.off('mousemove', move); map.off('dblclick', close); cancelAnimationFrame(asked); };
  }, [engine, passes, seen, chosen, drawing]);

  const ask = async (ring: [number, number][]) => {
    setArea({ring, report: null});
    try { setArea({ring, report: await api.area({polygon: ring.map(([lon, lat]) => [unwrap(lon, 0), lat]), from: isoOf(from), to: isoOf(until)})}); } catch (error) { fail(error); setArea(null); }
  };
  const finish = () => {
    const ring = (drawing ?? []).filter(([lon, lat], i, all) => i === 0 || Math.hypot(lon - all[i - 1]![0], lat - all[i - 1]![1]) > 1e-6);
    setDrawing(null);
    if (ring.length >= 3) void ask(ring); else if (drawing?.length) toast(t('map.area.three'));
  };
  const inSight = () => { const b = engine!.map.getBounds(); setDrawing(null); void ask([[b.getWest(), b.getSouth()], [b.getEast(), b.getSouth()], [b.getEast(), b.getNorth()], [b.getWest(), b.getNorth()]]); };
  useEffect(() => {
    const ring = drawing ?? area?.ring ?? [];
    const closed = !drawing && ring.length > 2;
    engine?.set('area', [...(closed ? [feature('Polygon', [[...ring, ring[0]]])] : ring.length > 1 ? [feature('LineString', ring)] : []), ...(drawing ? ring.map((at) => feature('Point', at)) : [])]);
  }, [engine, drawing, area]);
  useKeys([{keys: 'd', says: 'map.key.draw', run: () => setDrawing(drawing ? null : [])}, {keys: 'Enter', says: 'map.key.close', run: finish}, {keys: 'f', says: 'map.key.filters', run: () => setPanelOpen((open) => !open)},
    {keys: 'Escape', says: 'keys.back', run: () => { if (drawing) setDrawing(null); else if (area) setArea(null); else setParams({vessel: null, event: null}); }}], [drawing, area, engine]);

  const show = (lon: number, lat: number) => engine?.map.easeTo({center: [unwrap(lon, engine.map.getCenter().lng), lat], zoom: Math.max(engine.map.getZoom(), 7), duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 500});
  const pickVessel = (which: number) => {
    setParams({vessel: which, event: null}, 'push');
    const i = indexOf.get(which), at = i === undefined ? null : placeAt(columns, i, time.peek() - columns.base);
    if (at) show(at.lon, at.lat);
  };
  const pickEvent = (which: SeaEvent) => {
    setParams({event: idOf(which), vessel: null}, 'push');
    time.value = Math.max(from, Math.min(until, (seconds(which.start, from) + seconds(which.end ?? which.start, from)) / 2));
    if (which.lat !== null && which.lat !== undefined) show(which.lon!, which.lat);
  };

  const places = (): Place[] => seen.filter((each) => each.lat !== null && each.lat !== undefined).map((each) => ({name: each.type, lat: each.lat!, lon: each.lon!, time: each.start, end: each.end ?? undefined, about: (each.reasons ?? []).join(' '), properties: {type: each.type, score: each.score, mmsi: each.mmsi, rule: each.rule, target: each.target}}));
  const ways = (): Way[] => (chosen < 0 ? [] : [wayOf(columns, chosen, from, until)]);
  const saves: Record<string, () => void> = {
    png: () => engine!.picture().then((canvas) => savePng('cordon-map.png', canvas)).catch(fail),
    geojson: () => saveGeojson('cordon-map.geojson', places(), ways()), kml: () => saveKml('cordon-map.kml', places(), ways()),
    csv: () => saveCsv('cordon-events.csv', ['type', 'start', 'end', 'mmsi', 'imo', 'lat', 'lon', 'score', 'rule', 'target'], seen.map((each) => [each.type, each.start, each.end, each.mmsi, each.imo, each.lat, each.lon, each.score, each.rule, each.target])),
  };
  const put = (node: HTMLElement | null) => { if (node && hover) { node.style.left = `${hover.x}px`; node.style.top = `${hover.y}px`; } };
  return <div class="chart">
    <div class="chart-box" ref={box} role="region" aria-label={t('map.label')} />
    {!engine && <div class="chart-wait" role="status">{t('state.loading')}</div>}
    {hover && <div class="tip" ref={put} role="tooltip"><b>{hover.text}</b>{hover.more && <small>{hover.more}</small>}</div>}
    <div class="chart-tools">
      <button type="button" aria-pressed={panelOpen} aria-label={t('map.filters')} title={t('map.filters')} onClick={() => setPanelOpen(!panelOpen)}><Icon name="filter" /></button>
      <button type="button" aria-pressed={!!drawing} aria-label={t('map.draw')} title={t('map.draw')} onClick={() => setDrawing(drawing ? null : [])}><Icon name="draw" /></button>
      <details class="menu"><summary role="button" aria-label={t('export.as')} title={t('export.as')}><Icon name="save" /></summary>
        <div>{Object.entries(saves).map(([what, run]) => <button key={what} type="button" class="plain" onClick={run}>{t(`export.${what}`)}</button>)}</div></details>
    </div>
    {panelOpen && <Filters choice={choice} sea={sea} flags={flagsOf(columns)} left={passes.filter(Boolean).length} seen={seen.length} onPick={pickVessel} passes={passes} />}
    {drawing && <div class="chart-note" role="status"><span>{t('map.drawing', {n: drawing.length})}</span><button type="button" onClick={inSight}>{t('map.area.sight')}</button><button type="button" class="main" disabled={drawing.length < 3} onClick={finish}>{t('map.area.close')}</button></div>}
    {area ? <AreaPanel ring={area.ring} report={area.report} onClose={() => setArea(null)} onVessel={pickVessel} onEvent={pickEvent} />
      : event ? <EventPanel event={event} knots={GREATEST_KNOTS} onClose={() => setParams({event: null})} onVessel={pickVessel} />
        : chosen >= 0 ? <VesselPanel sea={sea} index={chosen} events={events.filter((each) => each.mmsi.includes(mmsi))} time={time} onClose={() => setParams({vessel: null})} onEvent={pickEvent} /> : null}
    <p class="readout tnum" aria-live="off">{pointer ? coordinates(pointer.lat, pointer.lon) : ' '}</p>
    <Bar time={time} first={first} last={last} from={from} until={until} counts={counts} events={seen} />
  </div>;
}

/** A view that holds all that was heard. */
function middle(c: Columns) {
  let south = 90, north = -90, west = 540, east = -540;
  for (let i = 0; i < c.rows; i++) {
    const lon = unwrap(c.lon[i]!, c.lon[0]!);
    if (c.lat[i]! < south) south = c.lat[i]!;
    if (c.lat[i]! > north) north = c.lat[i]!;
    if (lon < west) west = lon;
    if (lon > east) east = lon;
  }
  if (!c.rows) return {lon: 127.5, lat: 37, zoom: 4.6};
  return {lon: unwrap((west + east) / 2, 0), lat: (south + north) / 2, zoom: Math.max(1, Math.min(10, Math.log2(500 / Math.max(0.05, east - west, (north - south) * 2))))};
}

// Only this part is drawn again at every frame of the play.
function Bar({time, ...rest}: {time: Signal<number>; first: number; last: number; from: number; until: number; counts: Uint32Array; events: SeaEvent[]}) {
  return <TimeBar {...rest} time={time.value} onTime={(at) => { time.value = at; }} onWindow={(from, until) => {
    setParams({from: from <= rest.first ? null : isoOf(from), to: until >= rest.last ? null : isoOf(until)});
    time.value = Math.max(from, Math.min(until, time.peek()));
  }} />;
}

const typeToken = (type: string) => (/tank/i.test(type) ? 'violet' : /cargo|container|bulk|ro-?ro/i.test(type) ? 'accent' : /fish/i.test(type) ? 'green' : 'soft');

function reachOf(event: SeaEvent, now: number, chosen: boolean): Feature[] {
  const e = event.evidence ?? {}, read = (name: string) => (typeof e[name] === 'number' ? (e[name] as number) : NaN);
  const a = {lat: read('start_lat'), lon: read('start_lon'), time: seconds(event.start, NaN)}, b = {lat: read('end_lat'), lon: read('end_lon'), time: seconds(event.end, NaN)};
  if ([a.lat, a.lon, a.time, b.lat, b.lon, b.time].some(Number.isNaN)) return [];
  b.lon = unwrap(b.lon, a.lon);
  const whole = reachable(a, b, GREATEST_KNOTS), moment = now >= a.time && now <= b.time ? reachableAt(a, b, GREATEST_KNOTS, now) : null;
  return [...(whole ? [feature('Polygon', [whole], {part: 'all', chosen})] : []), ...(moment ? [feature('Polygon', [moment], {part: 'now', chosen})] : []),
    feature('LineString', [[a.lon, a.lat], [b.lon, b.lat]], {part: 'way', chosen})];
}

function wayOf(columns: Columns, vessel: number, from: number, until: number): Way {
  const end = vessel + 1 < columns.vessels ? columns.firstRow[vessel + 1]! : columns.rows, points: Way['points'] = [];
  for (let i = columns.firstRow[vessel]!; i < end; i++) {
    const at = columns.base + columns.time[i]!;
    if (at >= from && at <= until) points.push({lat: columns.lat[i]!, lon: columns.lon[i]!, time: isoOf(at)});
  }
  return {name: columns.words[vessel]!.name || String(columns.mmsi[vessel]), points};
}
