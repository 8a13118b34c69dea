// One target, whole. The dossier itself is drawn by web/shared, as report.html draws it; here are the ways in and out of it.
import {useEffect, useMemo, useRef, useState} from 'preact/hooks';
import {drawDossier, nameOf, tagsOf} from '../../shared/dossier.js';
import {plainly} from '../../shared/visible.js';
import {api} from '../api';
import {status, turn} from '../app';
import {language, t} from '../i18n';
import {useKeys} from '../keyboard';
import {landIn, world, type World} from '../map/world';
import {go, href, route} from '../router';
import {shown} from '../theme';
import type {Dossier, TargetRow} from '../types';
import {saveSvgPng} from '../ui/export';
import {Icon} from '../ui/icons';
import {Load, useLoad} from '../ui/states';
import {fail, toast} from '../ui/toast';

export function Target() {
  const {id} = route.value;
  const found = useLoad(async (signal) => {
    const [target, land, ranked] = await Promise.all([api.target(id), world(), api.targets({limit: 10000}, signal)]);
    return {target, land, ranked: ranked.targets};
  }, [id, turn.value]);
  return <Load from={found}>{(value) => <Whole key={value.target.id} {...value} />}</Load>;
}

const SECTIONS = ['where', 'when', 'owners', 'law', 'unknown', 'evidence', 'events', 'identity'] as const;

function Whole({target, land, ranked}: {target: Dossier; land: World; ranked: TargetRow[]}) {
  const box = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState(false);
  const data = useMemo(() => {
    const all = [...target.track.map(([, lat, lon]) => [lat, lon] as const), ...target.events.flatMap((each) => (each.lat === null || each.lat === undefined ? [] : [[each.lat, each.lon!] as const]))];
    const lats = all.map(([lat]) => lat), lons = all.map(([, lon]) => lon);
    const margin = 8;
    const near: [number, number, number, number] = all.length ? [Math.min(...lats) - margin, Math.min(...lons) - margin, Math.max(...lats) + margin, Math.max(...lons) + margin] : [30, 117, 42, 137];
    return {box: near, land: landIn(land, near)};
  }, [target, land]);
  useEffect(() => {
    const now = status.peek();
    const run = {...now, program_version: now?.program ?? '', law_version: now?.law ?? '', lists: now?.lists ?? [], feeds: now?.feeds ?? [], warnings: now?.warnings ?? []};
    box.current?.replaceChildren(...drawDossier(target, run, data, false).filter((part: unknown) => part !== ''));
  }, [target, data, language.value, status.value]);
  useEffect(() => { document.title = `${plainly(nameOf(target))} · cordon`; }, [target]);

  const at = ranked.findIndex((each) => each.id === target.id);
  const step = (by: number) => { const next = ranked[at + by]; if (next) go('target', next.id); };
  useKeys([{keys: 'j', says: 'target.next', run: () => step(1)}, {keys: 'k', says: 'target.previous', run: () => step(-1)}, {keys: 'Escape', says: 'keys.back', run: () => go('watch', '', {at: target.id})},
    {keys: 'm', says: 'target.onMap', run: () => go('map', '', {vessel: target.identity.mmsi[0]})}], [target, at]);
  const copy = () => navigator.clipboard.writeText(location.href).then(() => toast(t('target.copied'), 'good'), fail);
  const last = target.track.at(-1);
  return <article class="pane target" lang={language.value}>
    <div class="target-bar no-print">
      <a class="button" href={href('watch', '', {at: target.id})}><Icon name="back" />{t('view.watch')}</a>
      <nav class="sections" aria-label={t('target.sections')}>{SECTIONS.filter((name) => name !== 'owners' || target.chains.length).map((name) =>
        <button key={name} type="button" class="plain" onClick={() => box.current?.querySelector(`#${name}`)?.scrollIntoView({behavior: 'smooth', block: 'start'})}>{t(`target.${name}`)}</button>)}</nav>
      <span class="spring" />
      <button type="button" class="plain" disabled={at <= 0} onClick={() => step(-1)} aria-label={t('target.previous')}>↑</button><span class="soft tnum">{at + 1} / {ranked.length}</span>
      <button type="button" class="plain" disabled={at < 0 || at >= ranked.length - 1} onClick={() => step(1)} aria-label={t('target.next')}>↓</button>
      {target.identity.mmsi[0] !== undefined && <a class="button" href={href('map', '', {vessel: target.identity.mmsi[0], lon: last?.[2].toFixed(3), lat: last?.[1].toFixed(3), z: 6.5})}><Icon name="map" />{t('view.map')}</a>}
      <button type="button" class="icon-only" onClick={copy} aria-label={t('target.link')} title={t('target.link')}><Icon name="link" /></button>
      <button type="button" class="icon-only" onClick={() => print()} aria-label={t('export.print')} title={t('export.print')}><Icon name="print" /></button>
      <details class="menu left" open={menu} onToggle={(event) => setMenu((event.currentTarget as HTMLDetailsElement).open)}><summary class="button"><Icon name="save" />{t('export.as')}</summary>
        <div>{['html', 'csv', 'geojson', 'kml'].map((format) => <a key={format} class="button" download href={`api/v1/targets/${encodeURIComponent(target.id)}?format=${format}`}>{format === 'html' ? 'HTML' : t(`export.${format}`)}</a>)}
          <button type="button" onClick={() => { const svg = box.current?.querySelector<SVGSVGElement>('.map svg'); if (svg) saveSvgPng(`${target.id}-map.png`, svg).catch(fail); }}>{t('target.mapPng')}</button>
          {target.chains.length > 0 && <button type="button" onClick={() => { const svg = box.current?.querySelector<SVGSVGElement>('.owner-graph svg'); if (svg) saveSvgPng(`${target.id}-owners.png`, svg).catch(fail); }}>{t('target.chainPng')}</button>}</div></details>
    </div>
    <header class="title"><h2><span class="rank">{target.rank}</span>{nameOf(target)}</h2><Tags target={target} /><span class="total">{t('d.score')} <b>{Math.round(target.score)}</b></span></header>
    <div ref={box} class={`dossier ${shown.value}`} />
  </article>;
}

function Tags({target}: {target: Dossier}) {
  const box = useRef<HTMLSpanElement>(null);
  useEffect(() => { box.current?.replaceChildren(...tagsOf(target)); }, [target, language.value]);
  return <span class="tags" ref={box} />;
}
