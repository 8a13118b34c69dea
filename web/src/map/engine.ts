// MapLibre with our own basemap and layers. What is shown comes in through the setters; what the user does goes out as events.
import {Map as Chart, NavigationControl, ScaleControl, setWorkerUrl, type GeoJSONSource, type StyleSpecification} from 'maplibre-gl';
import {plainly} from '../../shared/visible.js';
import {colour} from '../theme';
import {VesselLayer, type Rgb} from './points';
import type {World} from './world';

setWorkerUrl(new URL(document.querySelector<HTMLMetaElement>('meta[name=cordon-worker]')!.content, document.baseURI).href);

type Geometry = {type: string; coordinates: unknown};
export interface Feature { type: 'Feature'; geometry: Geometry; properties: Record<string, unknown> }
export const feature = (type: string, coordinates: unknown, properties: Record<string, unknown> = {}): Feature => ({type: 'Feature', geometry: {type, coordinates}, properties});
const collection = (features: Feature[]) => ({type: 'FeatureCollection', features}) as unknown as GeoJSON.FeatureCollection;
const EMPTY = collection([]);
const SEAS: [string, number, number, number][] = [['Yellow Sea', 35.6, 123.4, 4], ['Korea Bay', 39.0, 123.9, 6], ['East China Sea', 29.3, 125.2, 4], ['Sea of Japan (East Sea)', 39.9, 134.6, 4], ['Bohai Sea', 38.6, 119.6, 5.5],
  ['South China Sea', 15.5, 114.5, 3], ['Philippine Sea', 21, 133, 3], ['Sea of Okhotsk', 54, 149, 3], ['Bering Sea', 57.5, -178, 3], ['Taiwan Strait', 24.4, 119.4, 6], ['Tsushima Strait', 34.3, 129.8, 7],
  ['Pacific Ocean', 15, -160, 1.5], ['Pacific Ocean', 30, 165, 1.5], ['Indian Ocean', -20, 80, 1.5], ['Atlantic Ocean', 25, -45, 1.5], ['Arabian Sea', 15, 64, 3], ['Bay of Bengal', 14, 88, 3], ['Mediterranean Sea', 35.2, 18, 4], ['Gulf of Oman', 24.7, 58.8, 5]];

export const rgb = (token: string): Rgb => {
  const [r, g, b] = (colour(token).match(/[\d.]+/g) ?? ['0', '0', '0']).map(Number);
  return [r! / 255, g! / 255, b! / 255];
};

export class Engine {
  readonly map: Chart;
  readonly vessels = new VesselLayer();
  readonly ready: Promise<void>;
  constructor(box: HTMLElement, world: World, view: {lon: number; lat: number; zoom: number}) {
    this.map = new Chart({container: box, style: style(world), center: [view.lon, view.lat], zoom: view.zoom, minZoom: 0.8, maxZoom: 15, attributionControl: false, dragRotate: false, pitchWithRotate: false,
      fadeDuration: 0, renderWorldCopies: true, canvasContextAttributes: {antialias: false}, localIdeographFontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font') || 'sans-serif'});
    this.map.on('error', ({error}) => console.error(error));
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new NavigationControl({showCompass: false}), 'top-right');
    this.map.addControl(new ScaleControl({unit: 'nautical', maxWidth: 110}), 'bottom-right');
    this.ready = new Promise((done) => this.map.once('style.load', () => {
      this.map.addLayer(this.vessels, 'events');
      this.paint();
      this.graticule();
      this.map.on('moveend', () => this.graticule());
      done();
    }));
  }
  set(source: string, features: Feature[]) { (this.map.getSource(source) as GeoJSONSource | undefined)?.setData(features.length ? collection(features) : EMPTY); }

  /** Colours by role, read again when the theme changes. */
  paint() {
    const set = (layer: string, property: string, value: unknown) => this.map.setPaintProperty(layer, property as never, value as never);
    const hex = (token: string) => colour(token);
    set('sea', 'background-color', hex('sea'));
    set('land', 'fill-color', hex('land'));
    set('coast', 'line-color', hex('coast'));
    set('border', 'line-color', hex('coast'));
    set('graticule', 'line-color', hex('soft'));
    for (const layer of ['country', 'seas', 'degrees']) { set(layer, 'text-color', hex('soft')); set(layer, 'text-halo-color', hex(layer === 'country' ? 'land' : 'sea')); }
    set('names', 'text-color', hex('ink')); set('names', 'text-halo-color', hex('sea'));
    for (const layer of ['reach', 'reach-now']) set(layer, 'fill-color', hex('red'));
    set('reach-edge', 'line-color', hex('red')); set('silence', 'line-color', hex('red'));
    set('area', 'fill-color', hex('violet')); set('area-edge', 'line-color', hex('violet')); set('area-dots', 'circle-color', hex('violet'));
    set('events', 'circle-color', ['match', ['get', 'heat'], 'hot', hex('red'), 'warm', hex('amber'), hex('accent')]);
    set('events', 'circle-stroke-color', ['case', ['get', 'chosen'], hex('ink'), hex('paper')]);
    this.vessels.rim = rgb('sea'); this.vessels.silence = rgb('red');
    this.map.triggerRepaint();
  }

  private graticule() {
    const bounds = this.map.getBounds(), west = bounds.getWest(), east = bounds.getEast(), south = Math.max(-85, bounds.getSouth()), north = Math.min(85, bounds.getNorth());
    const step = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30].find((each) => (east - west) / each <= 9) ?? 30;
    const lines: Feature[] = [], words: Feature[] = [];
    const text = (value: number, sides: string) => `${Math.abs(+value.toFixed(2))}°${value === 0 || Math.abs(value) === 180 ? '' : sides[value < 0 ? 1 : 0]}`;
    for (let lon = Math.ceil(west / step) * step; lon <= east; lon += step) {
      lines.push(feature('LineString', [[lon, south], [lon, north]]));
      if (lon < west + (east - west) * 0.9) words.push(feature('Point', [lon, south + (north - south) * 0.012], {text: text(((((lon + 180) % 360) + 360) % 360) - 180, 'EW'), at: 'bottom-left'}));
    }
    for (let lat = Math.ceil(south / step) * step; lat <= north; lat += step) {
      lines.push(feature('LineString', [[west, lat], [(west + east) / 2, lat], [east, lat]]));
      words.push(feature('Point', [west + (east - west) * 0.004, lat], {text: text(lat, 'NS'), at: 'bottom-left'}));
    }
    this.set('graticule', lines);
    this.set('degrees', words);
  }

  /** A picture of the map as it is now; the drawing is still in the buffer only within the frame. */
  picture(): Promise<HTMLCanvasElement> {
    return new Promise((done) => {
      this.map.once('render', () => {
        const from = this.map.getCanvas(), copy = document.createElement('canvas');
        copy.width = from.width; copy.height = from.height;
        copy.getContext('2d')!.drawImage(from, 0, 0);
        done(copy);
      });
      this.map.triggerRepaint();
    });
  }
  remove() { this.map.remove(); }
}

export const label = (text: string, most = 24) => { const shown = plainly(text); return shown.length > most ? shown.slice(0, most - 1) + '…' : shown; };

function style(world: World): StyleSpecification {
  const land = world.countries.map((country) => feature('MultiPolygon', country.polygons));
  const coast = world.countries.flatMap((country) => country.polygons.map((rings) => feature('LineString', rings[0])));
  const places = world.countries.map(({name, label: at, rank}) => feature('Point', at, {name: COUNTRY_WORDS[name] ?? name, rank}));
  const seas = SEAS.map(([name, lat, lon, zoom]) => feature('Point', [lon, lat], {name, zoom}));
  const source = (features: Feature[] = [], more = {}) => ({type: 'geojson' as const, data: collection(features), ...more});
  const text = (size: unknown, more: object = {}) => ({'text-font': ['sans'], 'text-size': size as number, ...more});
  return {
    version: 8,
    sources: {land: source(land, {tolerance: 0.3, maxzoom: 10}), coast: source(coast, {tolerance: 0.3, maxzoom: 10}), borders: source(world.borders.map((line) => feature('LineString', line)), {maxzoom: 10}), places: source(places), seas: source(seas),
      graticule: source(), degrees: source(), reach: source(), area: source(), events: source(), names: source()},
    layers: [
      {id: 'sea', type: 'background'},
      {id: 'graticule', type: 'line', source: 'graticule', paint: {'line-opacity': 0.16, 'line-width': 0.7}},
      {id: 'reach', type: 'fill', source: 'reach', filter: ['==', ['get', 'part'], 'all'], paint: {'fill-opacity': ['case', ['get', 'chosen'], 0.16, 0.06]}},
      {id: 'reach-edge', type: 'line', source: 'reach', filter: ['==', ['get', 'part'], 'all'], paint: {'line-width': ['case', ['get', 'chosen'], 1.4, 0.7], 'line-opacity': ['case', ['get', 'chosen'], 0.9, 0.4]}},
      {id: 'reach-now', type: 'fill', source: 'reach', filter: ['==', ['get', 'part'], 'now'], paint: {'fill-opacity': 0.3}},
      {id: 'land', type: 'fill', source: 'land', paint: {'fill-antialias': false}},
      {id: 'coast', type: 'line', source: 'coast', paint: {'line-width': 0.8}},
      {id: 'border', type: 'line', source: 'borders', paint: {'line-width': 0.8, 'line-dasharray': [4, 3], 'line-opacity': 0.8}},
      {id: 'seas', type: 'symbol', source: 'seas', filter: ['>=', ['zoom'], ['get', 'zoom']], layout: {'text-field': ['get', 'name'], ...text(12.5, {'text-letter-spacing': 0.06, 'text-max-width': 7})}, paint: {'text-opacity': 0.75, 'text-halo-width': 1}},
      {id: 'country', type: 'symbol', source: 'places', filter: ['<=', ['get', 'rank'], ['step', ['zoom'], 0, 3, 1, 4, 2, 5.5, 3]], layout: {'text-field': ['upcase', ['get', 'name']], ...text(11, {'text-letter-spacing': 0.09, 'text-max-width': 8, 'symbol-sort-key': ['get', 'rank']})}, paint: {'text-halo-width': 1.2}},
      {id: 'degrees', type: 'symbol', source: 'degrees', layout: {'text-field': ['get', 'text'], 'text-anchor': 'bottom-left', 'text-allow-overlap': true, ...text(10.5)}, paint: {'text-halo-width': 1, 'text-opacity': 0.9}},
      {id: 'area', type: 'fill', source: 'area', filter: ['==', ['geometry-type'], 'Polygon'], paint: {'fill-opacity': 0.12}},
      {id: 'area-edge', type: 'line', source: 'area', filter: ['!=', ['geometry-type'], 'Point'], paint: {'line-width': 1.8}},
      {id: 'area-dots', type: 'circle', source: 'area', filter: ['==', ['geometry-type'], 'Point'], paint: {'circle-radius': 4}},
      {id: 'silence', type: 'line', source: 'reach', filter: ['==', ['get', 'part'], 'way'], paint: {'line-width': 1.1, 'line-dasharray': [3, 3], 'line-opacity': ['case', ['get', 'chosen'], 1, 0.55]}},
      {id: 'events', type: 'circle', source: 'events', layout: {'circle-sort-key': ['get', 'score']}, paint: {'circle-radius': ['interpolate', ['linear'], ['zoom'], 2, ['case', ['get', 'chosen'], 6, 3.2], 8, ['case', ['get', 'chosen'], 10, 7]], 'circle-stroke-width': ['case', ['get', 'chosen'], 2.5, 1.2], 'circle-opacity': ['case', ['get', 'now'], 1, 0.55]}},
      {id: 'names', type: 'symbol', source: 'names', layout: {'text-field': ['get', 'text'], 'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-radial-offset': 0.9, 'text-justify': 'auto', 'symbol-sort-key': ['get', 'order'], ...text(12)}, paint: {'text-halo-width': 1.6}},
    ],
  } as unknown as StyleSpecification;
}
const COUNTRY_WORDS: Record<string, string> = {'North Korea': 'DPRK', 'South Korea': 'Republic of Korea', 'Russia': 'Russian Federation', 'United States of America': 'United States'};
