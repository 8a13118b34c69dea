// Files for people: CSV, GeoJSON, KML, PNG, made from what is shown.
import {hides, plainly} from '../../shared/visible.js';

export function download(name: string, body: BlobPart, type: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([body], {type}));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
// A cell that starts with = + - @ is a formula to a spreadsheet: an apostrophe keeps it text. Numbers stay numbers.
function cell(value: unknown): string {
  let text = value === null || value === undefined ? '' : Array.isArray(value) ? value.join(' ') : String(value);
  if (/^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
export const csv = (head: string[], rows: unknown[][]) => [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
export const saveCsv = (name: string, head: string[], rows: unknown[][]) => download(name, '\ufeff' + csv(head, rows), 'text/csv;charset=utf-8');
export const saveJson = (name: string, value: unknown, type = 'application/json') => download(name, JSON.stringify(value, null, 1), type);

export interface Place { name: string; lat: number; lon: number; time?: string; end?: string; about?: string; properties?: Record<string, unknown> }
export interface Way { name: string; points: {lat: number; lon: number; time?: string}[] }
const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;

export function geojson(places: Place[], ways: Way[] = []) {
  return {type: 'FeatureCollection', features: [
    ...places.map((p) => ({type: 'Feature', geometry: {type: 'Point', coordinates: [round(p.lon), round(p.lat)]}, properties: {name: p.name, start: p.time, end: p.end, ...p.properties}})),
    ...ways.map((w) => ({type: 'Feature', geometry: {type: 'MultiLineString', coordinates: cutAtAntimeridian(w.points.map((p) => [round(p.lon), round(p.lat)]))},
      properties: {name: w.name, times: w.points.map((p) => p.time)}}))]};
}
/** RFC 7946 3.1.9: a line over the antimeridian is cut there. */
export function cutAtAntimeridian(points: number[][]): number[][][] {
  const parts: number[][][] = [[]];
  points.forEach((point, i) => {
    const before = points[i - 1];
    if (before && Math.abs(point[0]! - before[0]!) > 180) {
      const east = before[0]! > 0 ? 180 : -180;
      const to = point[0]! + 2 * east, share = (east - before[0]!) / (to - before[0]! || 1);
      const lat = round(before[1]! + (point[1]! - before[1]!) * share);
      parts.at(-1)!.push([east, lat]);
      parts.push([[-east, lat]]);
    }
    parts.at(-1)!.push(point);
  });
  return parts.filter((part) => part.length > 1);
}
const xml = (text: string) => (hides(text) ? plainly(text) : text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
export function kml(name: string, places: Place[], ways: Way[] = []): string {
  const when = (p: {time?: string; end?: string}) => (p.time ? `<TimeSpan><begin>${xml(p.time)}</begin>${p.end ? `<end>${xml(p.end)}</end>` : ''}</TimeSpan>` : '');
  const dots = places.map((p) => `<Placemark><name>${xml(p.name)}</name>${p.about ? `<description>${xml(p.about)}</description>` : ''}${when(p)}<Point><coordinates>${round(p.lon)},${round(p.lat)}</coordinates></Point></Placemark>`);
  const lines = ways.map((w) => `<Placemark><name>${xml(w.name)}</name><LineString><tessellate>1</tessellate><coordinates>${w.points.map((p) => `${round(p.lon)},${round(p.lat)}`).join(' ')}</coordinates></LineString></Placemark>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>${xml(name)}</name>${dots.join('')}${lines.join('')}</Document></kml>\n`;
}
export const saveGeojson = (name: string, places: Place[], ways: Way[] = []) => saveJson(name, geojson(places, ways), 'application/geo+json');
export const saveKml = (name: string, places: Place[], ways: Way[] = []) => download(name, kml(name.replace(/\.kml$/, ''), places, ways), 'application/vnd.google-earth.kml+xml');

export async function savePng(name: string, canvas: HTMLCanvasElement) {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob) download(name, blob, 'image/png');
}
/** An SVG of the page as PNG, with the colours it has now (its styles are copied in; a picture has no style sheet). */
export async function saveSvgPng(name: string, svg: SVGSVGElement, scale = 2) {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = [svg, ...svg.querySelectorAll<SVGElement>('*')], to = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  from.forEach((node, i) => {
    const style = getComputedStyle(node);
    for (const property of ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline', 'opacity'])
      to[i]!.setAttribute(property, style.getPropertyValue(property));
  });
  const {width, height} = svg.getBoundingClientRect();
  copy.setAttribute('width', String(width)); copy.setAttribute('height', String(height));
  const image = new Image();
  image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(new XMLSerializer().serializeToString(copy));
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * scale; canvas.height = height * scale;
  const paint = canvas.getContext('2d')!;
  paint.fillStyle = getComputedStyle(document.body).backgroundColor;
  paint.fillRect(0, 0, canvas.width, canvas.height);
  paint.drawImage(image, 0, 0, canvas.width, canvas.height);
  await savePng(name, canvas);
}
