// Positions as the graphics card draws them: a record for each report and the way to the next one of the same vessel, ordered by
// the time it begins. What can be seen at one time then lies in one short run, however many days are loaded.
import {SILENCE_S, type Columns} from './columns';

export const WORDS = 8;          // 32-bit words of a record: t0, t1 (-1: no later report), x0, y0, x1, y1, motion, vessel
export const SPEED_UNKNOWN = 1023, COURSE_UNKNOWN = 4095;
const PARTS = 4096;              // the order is by part of the loaded time, not by second: one pass, no sorting

/** Web Mercator, the whole world from 0 to 1, y downwards, as MapLibre's matrix takes it. */
export const mercatorY = (lat: number) => 0.5 - Math.log(Math.tan(Math.PI / 4 + (Math.max(-85, Math.min(85, lat)) * Math.PI) / 360)) / (2 * Math.PI);
/** Speed in tenths of a knot (10 bits, at most 102.2) and course in tenths of a degree (12 bits) above it. */
export const motion = (sog: number, cog: number) =>
  (Number.isNaN(sog) ? SPEED_UNKNOWN : Math.min(1022, Math.round(sog * 10))) | ((Number.isNaN(cog) ? COURSE_UNKNOWN : ((Math.round(cog * 10) % 3600) + 3600) % 3600) << 10);

export interface Segments {
  data: ArrayBuffer;             // each record twice: the two ends of a line are two vertices, a point takes every other one
  rows: number;
  long: number;                  // from this record on: silences, which are drawn at any time they last
  run: (from: number, until: number) => [first: number, count: number];  // holds every record before `long` with from <= t0 <= until
}

/** `only`: the records of this vessel alone, in the order of time. */
export function segments(c: Columns, only = -1): Segments {
  const begin = only < 0 ? 0 : c.firstRow[only]!, end = only < 0 || only + 1 >= c.vessels ? c.rows : c.firstRow[only + 1]!, rows = end - begin;
  const width = Math.max(1e-3, (c.last - c.first) / (PARTS - 1)), start = new Uint32Array(PARTS + 2);
  const more = (i: number) => i + 1 < c.rows && c.vessel[i + 1] === c.vessel[i];
  const part = (i: number) => (only >= 0 ? 0 : more(i) && c.time[i + 1]! - c.time[i]! > SILENCE_S ? PARTS : Math.floor((c.time[i]! - c.first) / width));
  const parts = new Uint16Array(rows);
  for (let i = begin; i < end; i++) start[(parts[i - begin] = part(i)) + 1]!++;
  for (let p = 1; p < start.length; p++) start[p]! += start[p - 1]!;
  const next = start.slice(), data = new ArrayBuffer(rows * WORDS * 8), floats = new Float32Array(data), words = new Uint32Array(data);
  for (let i = begin; i < end; i++) {
    const at = next[parts[i - begin]!]!++ * WORDS * 2, on = more(i) ? i + 1 : i, x = c.lon[i]! / 360 + 0.5;
    floats[at] = c.time[i]!; floats[at + 1] = on > i ? c.time[on]! : -1;
    floats[at + 2] = x; floats[at + 3] = mercatorY(c.lat[i]!);
    const x1 = c.lon[on]! / 360 + 0.5;
    floats[at + 4] = x1 - Math.round(x1 - x); floats[at + 5] = mercatorY(c.lat[on]!);  // over the antimeridian, not around the world
    words[at + 6] = motion(c.sog[i]!, c.cog[i]!); words[at + 7] = c.vessel[i]!;
    words.copyWithin(at + WORDS, at, at + WORDS);
  }
  const long = start[PARTS]!, clamp = (time: number) => Math.max(0, Math.min(PARTS - 1, Math.floor((time - c.first) / width)));
  const run = (from: number, until: number): [number, number] => {
    if (until < c.first) return [0, 0];
    const first = start[clamp(from)]!;
    return [first, start[clamp(until) + 1]! - first];
  };
  return {data, rows, long, run};
}
