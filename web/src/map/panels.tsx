// What stands beside the map: filters, and what is known of the vessel, event or area chosen.
import type {Signal} from '@preact/signals';
import {useMemo, useState} from 'preact/hooks';
import {minute, number, t, word} from '../i18n';
import {href, param, setParams} from '../router';
import type {AreaReport, SeaEvent} from '../types';
import {Icon} from '../ui/icons';
import {saveCsv, saveGeojson} from '../ui/export';
import {placeAt, type Columns} from './columns';
import {heatToken} from './timebar';
import type {Sea} from '../views/map';

export interface Choice { q: string; types: Set<string>; flag: string; kind: string; least: number; only: string; colour: string; trail: number }
const EVENT_TYPES = ['dark_rendezvous', 'encounter', 'gap', 'loitering', 'port_call', 'identity_change', 'identity_mismatch', 'shared_mmsi', 'position_spoofing', 'listed_vessel'];

export function coordinates(lat: number, lon: number): string {
  const part = (value: number, sides: string, width: number) => {
    const all = Math.round(Math.abs(value) * 60 * 1000), degrees = Math.floor(all / 60000);
    return `${String(degrees).padStart(width, '0')}°${((all % 60000) / 1000).toFixed(3).padStart(6, '0')}′${sides[value < 0 ? 1 : 0]}`;
  };
  return `${part(lat, 'NS', 2)}  ${part(lon, 'EW', 3)}`;
}
export function flagsOf(columns: Columns): [string, number][] {
  const counts = new Map<string, number>();
  for (const {flag} of columns.words) if (flag) counts.set(flag, (counts.get(flag) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
const Dot = ({type}: {type: string}) => <i class={`dot ${heatToken(type)}`} aria-hidden="true" />;

export function Filters({choice, sea, flags, left, seen, onPick, passes}: {choice: Choice; sea: Sea; flags: [string, number][]; left: number; seen: number; onPick: (mmsi: number) => void; passes: boolean[]}) {
  const counts = useMemo(() => { const all = new Map<string, number>(); for (const {type} of sea.events) all.set(type, (all.get(type) ?? 0) + 1); return all; }, [sea]);
  const kinds = useMemo(() => [...new Set(sea.columns.words.map((each) => each.type).filter(Boolean))].sort(), [sea]);
  const toggle = (type: string) => { const next = new Set(choice.types); if (!next.delete(type)) next.add(type); setParams({type: [...next].join(',')}); };
  const found = choice.q.trim() ? sea.columns.words.flatMap((vessel, i) => (passes[i] ? [{...vessel, mmsi: sea.columns.mmsi[i]!}] : [])).slice(0, 12) : [];
  return <section class="panel left" aria-label={t('map.filters')}>
    <label class="field"><span class="only-read">{t('map.find')}</span><input type="search" placeholder={t('map.find')} value={choice.q} onInput={(event) => setParams({q: event.currentTarget.value})} /></label>
    {found.length > 0 && <ul class="found">{found.map((vessel) => <li key={vessel.mmsi}><button type="button" class="plain" onClick={() => onPick(vessel.mmsi)}><b>{vessel.name || vessel.mmsi}</b><small>{vessel.flag.toUpperCase()} {vessel.mmsi}</small></button></li>)}</ul>}
    <p class="soft tnum" role="status">{t('map.left', {vessels: left, events: seen})}{sea.every > 1 && <><br />{t('map.every', {n: sea.every})}</>}</p>
    <fieldset><legend>{t('map.vessels')}</legend>
      <label class="field">{t('map.show')}<select value={choice.only} onChange={(event) => setParams({only: event.currentTarget.value})}>
        <option value="">{t('map.only.all')}</option><option value="targets">{t('map.only.targets')}</option><option value="listed">{t('map.only.listed')}</option></select></label>
      <label class="field">{t('map.flag')}<select value={choice.flag} onChange={(event) => setParams({flag: event.currentTarget.value})}>
        <option value="">{t('map.any')}</option>{flags.map(([flag, n]) => <option key={flag} value={flag}>{flag.toUpperCase()} ({n})</option>)}</select></label>
      {kinds.length > 0 && <label class="field">{t('map.kind')}<select value={choice.kind} onChange={(event) => setParams({kind: event.currentTarget.value})}>
        <option value="">{t('map.any')}</option>{kinds.map((kind) => <option key={kind} value={kind}>{kind}</option>)}</select></label>}
      <label class="field">{t('map.least')}<span class="range"><input type="range" min="0" max="150" step="5" value={choice.least} onInput={(event) => setParams({score: +event.currentTarget.value || null})} /><output class="tnum">{choice.least || '–'}</output></span></label>
      <label class="field">{t('map.trail')}<select value={choice.trail} onChange={(event) => setParams({trail: event.currentTarget.value === '2' ? null : event.currentTarget.value})}>
        {[0, 2, 6, 24, 72].map((hours) => <option key={hours} value={hours}>{hours ? `${hours} h` : t('map.none')}</option>)}</select></label>
      <label class="field">{t('map.colour')}<select value={choice.colour} onChange={(event) => setParams({colour: event.currentTarget.value === 'risk' ? null : event.currentTarget.value})}>
        <option value="risk">{t('map.colour.risk')}</option><option value="type">{t('map.colour.type')}</option></select></label>
    </fieldset>
    <ul class="legend" aria-label={t('map.legend')}>{(choice.colour === 'risk' ? [['red', 'map.legend.listed'], ['amber', 'map.legend.target'], ['soft', 'map.legend.other']] : [['violet', 'map.legend.tanker'], ['accent', 'map.legend.cargo'], ['green', 'map.legend.fishing'], ['soft', 'map.legend.else']])
      .map(([token, key]) => <li key={key}><i class={`arrow ${token}`} aria-hidden="true" />{t(key!)}</li>)}<li><i class="ring" aria-hidden="true" />{t('map.legend.silent')}</li></ul>
    <fieldset class="types"><legend>{t('map.events')}</legend>
      {EVENT_TYPES.filter((type) => counts.has(type)).map((type) => <label key={type}><input type="checkbox" checked={!choice.types.size || choice.types.has(type)} onChange={() => {
        if (!choice.types.size) setParams({type: EVENT_TYPES.filter((each) => counts.has(each) && each !== type).join(',')}); else toggle(type);
      }} /><Dot type={type} />{word('event', type)}<span class="spring" /><small class="tnum">{counts.get(type)}</small></label>)}
    </fieldset>
  </section>;
}

const Close = ({onClick}: {onClick: () => void}) => <button type="button" class="plain close" aria-label={t('close')} onClick={onClick}><Icon name="close" /></button>;
const Row = ({name, value}: {name: string; value: string | number | null | undefined}) => (value === null || value === undefined || value === '' ? null : <><dt>{name}</dt><dd class="tnum">{value}</dd></>);
function EventList({events, onEvent}: {events: SeaEvent[]; onEvent: (event: SeaEvent) => void}) {
  const [all, setAll] = useState(false);
  return <ul class="events">{(all ? events : events.slice(0, 30)).map((event, i) => <li key={i}><button type="button" class="plain" onClick={() => onEvent(event)}><Dot type={event.type} /><span>{word('event', event.type)}</span><small class="tnum">{minute(event.start)}</small></button></li>)}
    {!all && events.length > 30 && <li><button type="button" class="plain" onClick={() => setAll(true)}>{t('map.more', {n: events.length - 30})}</button></li>}</ul>;
}

export function VesselPanel({sea, index, events, time, onClose, onEvent}: {sea: Sea; index: number; events: SeaEvent[]; time: Signal<number>; onClose: () => void; onEvent: (event: SeaEvent) => void}) {
  const {columns} = sea, vessel = columns.words[index]!, target = vessel.target ? sea.targets.get(vessel.target) : undefined;
  const rows = (index + 1 < columns.vessels ? columns.firstRow[index + 1]! : columns.rows) - columns.firstRow[index]!;
  return <section class="panel right" aria-label={t('map.vessel')}><Close onClick={onClose} />
    <h2>{vessel.name || `MMSI ${columns.mmsi[index]}`}</h2>
    <p class="tags">{target?.listed && <span class="tag red">{t('tag.listed')}</span>}{target?.dprk && <span class="tag red">{t('tag.dprk')}</span>}{target && <span class="tag amber tnum">{t('map.rank', {rank: target.rank, score: Math.round(target.score)})}</span>}</p>
    {target ? <p lang="en">{target.headline}</p> : <p class="soft">{t('map.noTarget')}</p>}
    {target && <p><a class="button" href={href('target', target.id)}>{t('map.dossier')}</a></p>}
    <dl class="facts"><Row name="MMSI" value={columns.mmsi[index]} /><Row name="IMO" value={vessel.imo} /><Row name={t('map.flag')} value={vessel.flag.toUpperCase()} /><Row name={t('map.kind')} value={vessel.type} /><Row name={t('map.reports')} value={number(rows)} /></dl>
    <Here columns={columns} index={index} time={time} />
    {events.length > 0 && <><h3>{t('map.events')}</h3><EventList events={events} onEvent={onEvent} /></>}
    <p class="saves"><a class="button" download href={`api/v1/tracks/${columns.mmsi[index]}?format=csv`}>CSV</a><a class="button" download href={`api/v1/tracks/${columns.mmsi[index]}?format=geojson`}>GeoJSON</a><a class="button" download href={`api/v1/tracks/${columns.mmsi[index]}?format=kml`}>KML</a></p>
  </section>;
}
function Here({columns, index, time}: {columns: Columns; index: number; time: Signal<number>}) {
  const at = placeAt(columns, index, time.value - columns.base);
  return <p class="here tnum">{at ? <>{coordinates(at.lat, at.lon)}<br />{[Number.isNaN(at.sog) ? '' : `${number(at.sog, 1)} kn`, Number.isNaN(at.cog) ? '' : `${String(Math.round(at.cog)).padStart(3, '0')}°`, at.silent ? t('map.silent') : ''].filter(Boolean).join(' · ')}</> : <span class="soft">{t('map.notHeard')}</span>}</p>;
}

export function EventPanel({event, knots, onClose, onVessel}: {event: SeaEvent; knots: number; onClose: () => void; onVessel: (mmsi: number) => void}) {
  const evidence = Object.entries(event.evidence ?? {}).filter(([name]) => !name.startsWith('parameter_'));
  return <section class="panel right" aria-label={t('map.event')}><Close onClick={onClose} />
    <h2 class="capital"><Dot type={event.type} />{word('event', event.type)}</h2>
    <p class="tnum soft">{minute(event.start)}{event.end && event.end !== event.start ? ` – ${minute(event.end)}` : ''} UTC{event.lat !== null && event.lat !== undefined && <><br />{coordinates(event.lat, event.lon!)}</>}</p>
    <ul class="reasons" lang="en">{(event.reasons ?? []).map((reason, i) => <li key={i}>{reason}</li>)}</ul>
    {event.type === 'gap' && <p class="soft">{t('map.reach', {knots})}</p>}
    <p class="buttons">{event.mmsi.map((mmsi) => <button key={mmsi} type="button" onClick={() => onVessel(mmsi)}>MMSI {mmsi}</button>)}{event.target && <a class="button" href={href('target', event.target)}>{t('map.dossier')}</a>}</p>
    <dl class="facts"><Row name={t('map.score')} value={number(event.score, 2)} /><Row name={t('map.rule')} value={event.rule} />{evidence.map(([name, value]) => <Row key={name} name={name.replace(/_/g, ' ')} value={String(value)} />)}</dl>
  </section>;
}

export function AreaPanel({ring, report, onClose, onVessel, onEvent}: {ring: [number, number][]; report: AreaReport | null; onClose: () => void; onVessel: (mmsi: number) => void; onEvent: (event: SeaEvent) => void}) {
  const vessels = useMemo(() => [...(report?.vessels ?? [])].sort((a, b) => Number(!!b.target) - Number(!!a.target) || (b.minutes ?? 0) - (a.minutes ?? 0)), [report]);
  return <section class="panel right" aria-label={t('map.area')} aria-busy={!report}><Close onClick={onClose} />
    <h2>{t('map.area')}</h2>
    {!report ? <p class="soft" role="status">{t('state.loading')}</p> : <>
      <dl class="sums">{([['map.vessels', report.vessels.length], ['map.targets', report.targets.length], ['map.events', report.events.length], ['map.gaps', report.gaps], ['map.reports', report.positions]] as const)
        .map(([name, value]) => <div key={name}><dd class="tnum">{number(value)}</dd><dt>{t(name)}</dt></div>)}</dl>
      {report.targets.length > 0 && <><h3>{t('map.targets')}</h3><ul class="events">{report.targets.map((target) => <li key={target.id}><a href={href('target', target.id)}>{target.rank}. {target.name || target.id}</a><small class="tnum">{Math.round(target.score)}</small></li>)}</ul></>}
      {report.events.length > 0 && <><h3>{t('map.events')}</h3><EventList events={report.events} onEvent={onEvent} /></>}
      <h3>{t('map.vessels')}</h3>
      {vessels.length === 0 ? <p class="soft">{t('map.area.none')}</p> : <ul class="events">{vessels.slice(0, 200).map((vessel) => <li key={vessel.mmsi}><button type="button" class="plain" onClick={() => onVessel(vessel.mmsi)}><span>{vessel.name || vessel.mmsi}{vessel.target && <span class="tag amber">{t('map.legend.target')}</span>}</span><small class="tnum">{vessel.minutes !== undefined ? t('map.minutes', {n: Math.round(vessel.minutes)}) : ''}</small></button></li>)}</ul>}
      <p class="saves"><button type="button" onClick={() => saveCsv('cordon-area.csv', ['mmsi', 'imo', 'name', 'flag', 'type', 'first', 'last', 'minutes', 'target'], vessels.map((v) => [v.mmsi, v.imo, v.name, v.flag, v.type, v.first, v.last, v.minutes, v.target]))}>{t('export.csv')}</button>
        <button type="button" onClick={() => saveGeojson('cordon-area.geojson', report.events.filter((e) => e.lat !== null && e.lat !== undefined).map((e) => ({name: e.type, lat: e.lat!, lon: e.lon!, time: e.start, properties: {type: e.type, mmsi: e.mmsi, score: e.score}})), [{name: 'area', points: [...ring, ring[0]!].map(([lon, lat]) => ({lat, lon}))}])}>{t('export.geojson')}</button></p>
    </>}
    {param('from') || param('to') ? <p class="soft">{t('map.area.window')}</p> : null}
  </section>;
}
