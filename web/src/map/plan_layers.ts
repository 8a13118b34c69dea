// What a patrol plan puts on the map: the cells by worth or effort, waters that are closed, tracks, bases and passes.
import type {CanvasSource, GeoJSONSource} from 'maplibre-gl';
import type {Plan, Sortie} from '../views/patrol/data';
import {unwrap} from './columns';
import {feature, rgb, type Engine, type Feature} from './engine';

export const HUES = ['accent', 'amber', 'violet', 'green', 'red'] as const;
export const hueOf = (plan: Plan, asset: string) => HUES[Math.max(0, plan.assets.findIndex((each) => each.name === asset)) % HUES.length]!;
export const signOf = (plan: Plan, sortie: Sortie) => `${String.fromCharCode(65 + (Math.max(0, plan.assets.findIndex((each) => each.name === sortie.asset)) % 26))}${sortie.number}`;
export type Shown = 'prior' | 'effort' | 'posterior';

const mercator = (lat: number) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
const latitude = (y: number) => (Math.atan(Math.exp(y)) - Math.PI / 4) * (360 / Math.PI);
const SCALE = 8;  // pixels of the picture to a cell

/** Values of the cells, 0..1 for the eye: by the root, so that thin parts stay visible beside thick ones. */
function strength(plan: Plan, what: Shown): Float32Array {
  const values = what === 'prior' ? plan.prior.mass : what === 'posterior' ? plan.posterior : plan.best_coverage;
  const {south, step_lat, columns} = plan.grid, out = new Float32Array(values.length);
  // Mass by area, for cells get narrower to the north; coverage is a density already. One scale before and after the search.
  const density = (list: number[]) => list.map((value, cell) => (what === 'effort' ? value : value / Math.cos(((south + (Math.floor(cell / columns) + 0.5) * step_lat) * Math.PI) / 180)));
  const own = density(values), sorted = (what === 'effort' ? own : density(plan.prior.mass)).filter((value) => value > 0).sort((a, b) => a - b), most = sorted[Math.floor(sorted.length * 0.995)] || 1;
  own.forEach((value, cell) => { out[cell] = Math.sqrt(Math.min(1, value / most)); });
  return out;
}

export class PlanLayers {
  private readonly canvas = document.createElement('canvas');
  private plan: Plan | null = null;
  private what: Shown = 'prior';
  constructor(private readonly engine: Engine) {
    const {map} = engine;
    this.canvas.width = this.canvas.height = 1;
    map.addSource('plan-heat', {type: 'canvas', canvas: this.canvas, animate: false, coordinates: [[0, 1], [1, 1], [1, 0], [0, 0]]});
    for (const name of ['plan-shut', 'plan-ways', 'plan-blocks', 'plan-places']) map.addSource(name, {type: 'geojson', data: {type: 'FeatureCollection', features: []}});
    const dim = (on: number, off: number) => ['case', ['get', 'dim'], off, on] as never;
    map.addLayer({id: 'plan-heat', type: 'raster', source: 'plan-heat', paint: {'raster-opacity': 0.92, 'raster-fade-duration': 0, 'raster-resampling': 'linear'}}, 'land');
    map.addLayer({id: 'plan-shut', type: 'fill', source: 'plan-shut', paint: {'fill-opacity': ['match', ['get', 'part'], 'nogo', 0.16, 0.1], 'fill-antialias': false}}, 'land');
    map.addLayer({id: 'plan-nogo', type: 'line', source: 'plan-shut', filter: ['==', ['get', 'part'], 'nogo'], paint: {'line-width': 1.8, 'line-dasharray': [3, 2]}}, 'events');
    map.addLayer({id: 'plan-box', type: 'line', source: 'plan-blocks', filter: ['==', ['get', 'part'], 'area'], paint: {'line-width': 1.2, 'line-opacity': 0.7, 'line-dasharray': [6, 4]}}, 'events');
    map.addLayer({id: 'plan-swath', type: 'fill', source: 'plan-blocks', filter: ['==', ['get', 'part'], 'swath'], paint: {'fill-opacity': 0.12}}, 'land');
    map.addLayer({id: 'plan-blocks', type: 'line', source: 'plan-blocks', filter: ['==', ['get', 'part'], 'block'], paint: {'line-width': 1, 'line-opacity': 0.7}}, 'events');
    map.addLayer({id: 'plan-transit', type: 'line', source: 'plan-ways', filter: ['==', ['get', 'part'], 'transit'], paint: {'line-width': 1.3, 'line-dasharray': [2, 2.5], 'line-opacity': dim(0.6, 0.12)}}, 'events');
    map.addLayer({id: 'plan-halo', type: 'line', source: 'plan-ways', filter: ['==', ['get', 'part'], 'search'], layout: {'line-cap': 'round', 'line-join': 'round'}, paint: {'line-width': ['interpolate', ['linear'], ['zoom'], 4, 3.4, 8, 6.5], 'line-opacity': dim(0.75, 0.1)}}, 'events');
    map.addLayer({id: 'plan-search', type: 'line', source: 'plan-ways', filter: ['==', ['get', 'part'], 'search'], layout: {'line-cap': 'round', 'line-join': 'round'}, paint: {'line-width': ['interpolate', ['linear'], ['zoom'], 4, 1.5, 8, 3], 'line-opacity': dim(1, 0.2)}}, 'events');
    map.addLayer({id: 'plan-bases', type: 'circle', source: 'plan-places', paint: {'circle-radius': 5, 'circle-stroke-width': 2}}, 'events');
  }

  paint() {
    const {map} = this.engine, css = (token: string) => { const [r, g, b] = rgb(token); return `rgb(${r * 255},${g * 255},${b * 255})`; };
    const byHue = ['match', ['get', 'hue'], ...HUES.flatMap((hue) => [hue, css(hue)]), css('ink')] as never;
    for (const layer of ['plan-transit', 'plan-search', 'plan-blocks']) map.setPaintProperty(layer, 'line-color', byHue);
    map.setPaintProperty('plan-halo', 'line-color', css('sea'));
    map.setPaintProperty('plan-shut', 'fill-color', ['match', ['get', 'part'], 'nogo', css('red'), css('soft')] as never);
    map.setPaintProperty('plan-nogo', 'line-color', css('red'));
    map.setPaintProperty('plan-box', 'line-color', css('soft'));
    map.setPaintProperty('plan-swath', 'fill-color', css('green'));
    map.setPaintProperty('plan-bases', 'circle-color', css('card')); map.setPaintProperty('plan-bases', 'circle-stroke-color', css('ink'));
    this.heat();
  }

  private set(source: string, features: Feature[]) { (this.engine.map.getSource(source) as GeoJSONSource).setData({type: 'FeatureCollection', features} as never); }

  show(plan: Plan | null, what: Shown, chosen: string, nogo: [number, number][][]) {
    this.plan = plan; this.what = what;
    this.heat();
    const shut: Feature[] = nogo.map((ring) => feature('Polygon', [[...ring, ring[0]]], {part: 'nogo'}));
    if (!plan) { this.set('plan-shut', shut); for (const name of ['plan-ways', 'plan-blocks', 'plan-places']) this.set(name, []); this.engine.set('names', []); return; }
    const {south, west, step_lat, step_lon, rows, columns, states} = plan.grid, middle = west + (step_lon * columns) / 2, lon = (value: number) => unwrap(value, middle);
    const box = (s: number, w: number, n: number, e: number) => [[w, s], [e, s], [e, n], [w, n], [w, s]];
    states.forEach((letters, row) => {
      for (const run of letters.matchAll(/n+/g)) shut.push(feature('Polygon', [box(south + row * step_lat, west + run.index * step_lon, south + (row + 1) * step_lat, west + (run.index + run[0].length) * step_lon)], {part: 'shore'}));
    });
    this.set('plan-shut', shut);
    const ways: Feature[] = [], blocks: Feature[] = [feature('LineString', box(south, west, south + rows * step_lat, west + columns * step_lon), {part: 'area'})], places = new Map<string, Feature>(), names: Feature[] = [];
    for (const sortie of plan.sorties) {
      const sign = signOf(plan, sortie), more = {hue: hueOf(plan, sortie.asset), sign, dim: chosen !== '' && chosen !== sign};
      ways.push(feature('LineString', sortie.points.map((each) => [lon(each.lon), each.lat]), {part: 'transit', ...more}));
      ways.push(feature('MultiLineString', sortie.legs.map(({line: [a, b, c, d]}) => [[lon(b), a], [lon(d), c]]), {part: 'search', ...more}));
      // The areas of the sortie chosen, by name; of the others only their sign, at the first.
      sortie.visits.forEach(({corners: [s, w, n, e]}, i) => {
        if (chosen === sign) blocks.push(feature('LineString', box(s, lon(w), n, lon(e)), {part: 'block', ...more}));
        if (chosen === sign || (chosen === '' && i === 0)) names.push(feature('Point', [(lon(w) + lon(e)) / 2, n], {text: chosen ? `${sign}.${i + 1}` : sign, order: i}));
      });
    }
    for (const {base} of plan.assets) if (base) { places.set(base.name, feature('Point', [lon(base.lon), base.lat])); names.push(feature('Point', [lon(base.lon), base.lat], {text: base.name, order: -1})); }
    for (const asset of plan.assets) {
      const half = (asset.figures.swath_km?.value ?? 0) / 2 / 111.2;
      for (const {line: [a, b, c, d]} of asset.passes ?? []) {
        const squeeze = Math.cos((((a + c) / 2) * Math.PI) / 180), dy = c - a, dx = (lon(d) - lon(b)) * squeeze, size = Math.hypot(dx, dy) || 1, across = [-dy / size, dx / size];
        const at = (lat: number, x: number, side: number) => [lon(x) + (side * half * across[0]!) / squeeze, lat + side * half * across[1]!];
        blocks.push(feature('Polygon', [[at(a, b, 1), at(c, d, 1), at(c, d, -1), at(a, b, -1), at(a, b, 1)]], {part: 'swath'}));
      }
    }
    this.set('plan-ways', ways); this.set('plan-blocks', blocks); this.set('plan-places', [...places.values()]); this.engine.set('names', names);
  }

  private heat() {
    const {plan, canvas} = this, {map} = this.engine;
    map.setLayoutProperty('plan-heat', 'visibility', plan ? 'visible' : 'none');
    if (!plan) return;
    const {south, west, step_lat, step_lon, rows, columns, states} = plan.grid, north = south + rows * step_lat, values = strength(plan, this.what);
    canvas.width = columns * SCALE; canvas.height = rows * SCALE;
    const paint = canvas.getContext('2d')!, picture = paint.createImageData(canvas.width, canvas.height), top = mercator(north), tall = top - mercator(south);
    const low = rgb('heat-low'), high = rgb('heat-high');
    for (let py = 0; py < canvas.height; py++) {
      const row = Math.min(rows - 1, Math.max(0, Math.floor((latitude(top - ((py + 0.5) / canvas.height) * tall) - south) / step_lat)));
      for (let px = 0; px < canvas.width; px++) {
        const column = Math.floor(px / SCALE), value = values[row * columns + column]!, at = (py * canvas.width + px) * 4;
        if (value <= 0.02 || 'lx'.includes(states[row]![column]!)) continue;
        const seam = px % SCALE === 0 ? 0.82 : 1;  // cells stay cells for the eye
        for (let k = 0; k < 3; k++) picture.data[at + k] = 255 * (low[k]! + (high[k]! - low[k]!) * value);
        picture.data[at + 3] = 255 * seam * Math.min(0.9, 0.12 + 0.85 * value);
      }
    }
    paint.putImageData(picture, 0, 0);
    const source = map.getSource('plan-heat') as CanvasSource, east = west + columns * step_lon;
    source.setCoordinates([[west, north], [east, north], [east, south], [west, south]]);
    source.play(); map.triggerRepaint(); map.once('render', () => source.pause());
  }
}
