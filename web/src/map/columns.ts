// Positions as typed arrays, straight from the bytes of GET /positions: no row is ever an object.
// "CRDN", u32 version = 1, u32 rows, u32 vessels, f64 base (seconds since 1970), then columns, each at a multiple of 8 bytes,
// rows by vessel and time; then the vessel table, and its words as JSON. All little endian.
export interface VesselWords { mmsi: number; imo: number | null; name: string; flag: string; type: string; target: string | null }
export interface Columns {
  rows: number; vessels: number; base: number;
  time: Float64Array; lat: Float32Array; lon: Float32Array; sog: Float32Array; cog: Float32Array; vessel: Uint32Array;
  mmsi: Uint32Array; firstRow: Uint32Array; words: VesselWords[];
  first: number; last: number;  // seconds since base
}

export function readColumns(buffer: ArrayBuffer): Columns {
  const head = new DataView(buffer);
  if (buffer.byteLength < 24 || String.fromCharCode(...new Uint8Array(buffer, 0, 4)) !== 'CRDN' || head.getUint32(4, true) !== 1)
    throw new Error('The positions are not in the form this page reads.');
  const rows = head.getUint32(8, true), vessels = head.getUint32(12, true), base = head.getFloat64(16, true);
  let at = 24;
  const next = <T>(type: new (buffer: ArrayBuffer, at: number, length: number) => T, size: number, length: number): T => {
    at = Math.ceil(at / 8) * 8;
    const column = new type(buffer, at, length);
    at += size * length;
    return column;
  };
  const time = next(Float64Array, 8, rows), lat = next(Float32Array, 4, rows), lon = next(Float32Array, 4, rows);
  const sog = next(Float32Array, 4, rows), cog = next(Float32Array, 4, rows), vessel = next(Uint32Array, 4, rows);
  const mmsi = next(Uint32Array, 4, vessels), firstRow = next(Uint32Array, 4, vessels);
  at = Math.ceil(at / 8) * 8;
  const words = vessels ? JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, at + 4, head.getUint32(at, true)))) as VesselWords[] : [];
  let first = Infinity, last = -Infinity;
  for (let v = 0; v < vessels; v++) {  // rows of one vessel are in order of time
    first = Math.min(first, time[firstRow[v]!]!);
    last = Math.max(last, time[(v + 1 < vessels ? firstRow[v + 1]! : rows) - 1]!);
  }
  return {rows, vessels, base, time, lat, lon, sog, cog, vessel, mmsi, firstRow, words, first, last};
}

/** The same from tracks, as a dropped file comes back: neither speed nor course. */
export function columnsOf(tracks: {mmsi: number; name: string; track: [seconds: number, lat: number, lon: number][]}[]): Columns {
  const rows = tracks.reduce((sum, each) => sum + each.track.length, 0), vessels = tracks.length;
  let base = Infinity, end = -Infinity;
  for (const {track} of tracks) for (const [at] of track) { if (at < base) base = at; if (at > end) end = at; }
  if (!rows) base = end = 0;
  const unknown = () => new Float32Array(rows).fill(NaN);
  const c: Columns = {rows, vessels, base, first: 0, last: end - base, time: new Float64Array(rows), lat: new Float32Array(rows), lon: new Float32Array(rows), sog: unknown(), cog: unknown(), vessel: new Uint32Array(rows),
    mmsi: new Uint32Array(vessels), firstRow: new Uint32Array(vessels), words: tracks.map(({mmsi, name}) => ({mmsi, imo: null, name, flag: '', type: '', target: null}))};
  let row = 0;
  tracks.forEach(({mmsi, track}, v) => {
    c.mmsi[v] = mmsi; c.firstRow[v] = row;
    for (const [at, lat, lon] of track) { c.time[row] = at - base; c.lat[row] = lat; c.lon[row] = lon; c.vessel[row++] = v; }
  });
  return c;
}

export const unwrap = (lon: number, near: number) => lon - 360 * Math.round((lon - near) / 360);
export const SILENCE_S = 2 * 3600;   // a longer time between two reports is silence, not a way sailed
export const COAST_S = 600;          // how long a last report is carried on with its course and speed

export interface Now { vessel: number; lat: number; lon: number; cog: number; sog: number; silent: boolean }
/** Where a vessel was at a time: between two reports on the line between them, in a silence at the last one heard. */
export function placeAt(c: Columns, vessel: number, time: number): Now | null {
  let low = c.firstRow[vessel]!, high = vessel + 1 < c.vessels ? c.firstRow[vessel + 1]! : c.rows;
  const end = high;
  if (low >= end || c.time[low]! > time) return null;
  while (high - low > 1) { const middle = (low + high) >> 1; if (c.time[middle]! <= time) low = middle; else high = middle; }
  const place: Now = {vessel, lat: 0, lon: 0, cog: 0, sog: 0, silent: false};
  return placeRow(c, low, end, time, place) ? place : null;
}
/** The same from the vessel's last row before `time`; `end` is past its rows. False where its track has ended. */
export function placeRow(c: Columns, row: number, end: number, time: number, place: Now): boolean {
  const lat = c.lat[row]!, lon = c.lon[row]!, t0 = c.time[row]!;
  place.vessel = c.vessel[row]!; place.lat = lat; place.lon = lon; place.cog = c.cog[row]!; place.sog = c.sog[row]!; place.silent = false;
  if (row + 1 < end && c.time[row + 1]! - t0 <= SILENCE_S) {
    const share = (time - t0) / Math.max(1e-6, c.time[row + 1]! - t0);
    place.lat += (c.lat[row + 1]! - lat) * share;
    place.lon += (unwrap(c.lon[row + 1]!, lon) - lon) * share;
    return true;
  }
  if (time - t0 > SILENCE_S && row + 1 >= end) return false;
  const run = Math.min(time - t0, COAST_S);
  if (place.sog > 0.3 && !Number.isNaN(place.cog)) {
    const degrees = (place.sog * run) / 3600 / 60, angle = (place.cog * Math.PI) / 180;
    place.lat += degrees * Math.cos(angle);
    place.lon += (degrees * Math.sin(angle)) / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  }
  place.silent = time - t0 > COAST_S;
  return true;
}

/** How many reports fall in each of `bins` equal parts of the time. */
export function histogram(c: Columns, bins: number): Uint32Array {
  const counts = new Uint32Array(bins), scale = bins / Math.max(1, c.last - c.first);
  for (let i = 0; i < c.rows; i++) counts[Math.min(bins - 1, ((c.time[i]! - c.first) * scale) | 0)]!++;
  return counts;
}
