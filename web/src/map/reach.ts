// Where a vessel can have been between two reports: everywhere that lies within its greatest speed of both. Over the whole
// silence that is an ellipse with the two reports as foci; at one moment of it, where two discs overlap. A great-circle sphere.
const NM = 60;  // nautical miles in a degree of arc
const rad = Math.PI / 180;
export interface Fix { lat: number; lon: number; time: number }  // time in seconds

export function distanceNm(a: {lat: number; lon: number}, b: {lat: number; lon: number}): number {
  const s = Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2;
  return (2 * Math.asin(Math.min(1, Math.sqrt(s))) / rad) * NM;
}
function along(from: {lat: number; lon: number}, bearing: number, nm: number) {
  const d = (nm / NM) * rad, lat = from.lat * rad;
  const to = Math.asin(Math.sin(lat) * Math.cos(d) + Math.cos(lat) * Math.sin(d) * Math.cos(bearing));
  const turn = Math.atan2(Math.sin(bearing) * Math.sin(d) * Math.cos(lat), Math.cos(d) - Math.sin(lat) * Math.sin(to));
  return {lat: to / rad, lon: from.lon + turn / rad};
}
function bearing(a: {lat: number; lon: number}, b: {lat: number; lon: number}) {
  const d = (b.lon - a.lon) * rad;
  return Math.atan2(Math.sin(d) * Math.cos(b.lat * rad), Math.cos(a.lat * rad) * Math.sin(b.lat * rad) - Math.sin(a.lat * rad) * Math.cos(b.lat * rad) * Math.cos(d));
}
const SIDES = 72;
function shape(centre: {lat: number; lon: number}, most: number, holds: (at: {lat: number; lon: number}) => boolean): [number, number][] {
  const ring: [number, number][] = [];
  for (let i = 0; i <= SIDES; i++) {
    const angle = ((i % SIDES) / SIDES) * 2 * Math.PI;
    let low = 0, high = most;
    for (let turn = 0; turn < 24; turn++) { const middle = (low + high) / 2; if (holds(along(centre, angle, middle))) low = middle; else high = middle; }
    const {lat, lon} = along(centre, angle, low);
    ring.push([lon, lat]);
  }
  return ring;
}
/** The whole silence; null where even the straight way is too long for the speed. */
export function reachable(a: Fix, b: Fix, knots: number): [number, number][] | null {
  const length = (knots * (b.time - a.time)) / 3600, d = distanceNm(a, b);
  if (length < d) return null;
  return shape(along(a, bearing(a, b), d / 2), length / 2 + 1, (at) => distanceNm(at, a) + distanceNm(at, b) <= length);
}
/** At one time in it. */
export function reachableAt(a: Fix, b: Fix, knots: number, time: number): [number, number][] | null {
  const before = (knots * (time - a.time)) / 3600, after = (knots * (b.time - time)) / 3600, d = distanceNm(a, b);
  if (before < 0 || after < 0 || before + after < d) return null;
  // This point is in both discs: the share of the way that the share of the time allows.
  const centre = along(a, bearing(a, b), (d * before) / Math.max(1e-9, before + after));
  return shape(centre, Math.min(before, after) * 2 + 1, (at) => distanceNm(at, a) <= before && distanceNm(at, b) <= after);
}
