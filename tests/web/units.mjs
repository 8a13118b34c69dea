// The parts of the page that are arithmetic, without a browser: bytes of positions, places in time, reachable areas, exports,
// hidden characters. esbuild turns the TypeScript into something Node runs.
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..'), folder = mkdtempSync(path.join(tmpdir(), 'cordon-units-'));
let esbuild;
try { esbuild = createRequire(path.join(root, 'build/web/x.js'))('esbuild'); } catch { esbuild = createRequire(path.join(root, 'web/x.js'))('esbuild'); }
const load = async (file) => {
  const outfile = path.join(folder, path.basename(file) + '.mjs');
  await esbuild.build({entryPoints: [path.join(root, 'web', file)], outfile, bundle: true, format: 'esm', logLevel: 'error'});
  return import(pathToFileURL(outfile).href);
};
const {columnsOf, readColumns, placeAt, unwrap, histogram} = await load('src/map/columns.ts');
const {Crowd} = await load('src/map/crowd.ts');
const {segments, mercatorY, motion, WORDS} = await load('src/map/segments.ts');
const {reachable, reachableAt, distanceNm} = await load('src/map/reach.ts');
const {csv, cutAtAntimeridian, geojson, kml} = await load('src/ui/export.ts');
const {hides, pieces, plainly} = await load('shared/visible.js');
rmSync(folder, {recursive: true});

// The form of GET /positions, written here by hand from its description.
function positions(vessels, base) {
  const rows = vessels.flatMap((vessel, v) => vessel.rows.map((row) => [...row, v])), parts = [];
  let length = 24;
  const head = Buffer.alloc(24);
  head.write('CRDN'); head.writeUInt32LE(1, 4); head.writeUInt32LE(rows.length, 8); head.writeUInt32LE(vessels.length, 12); head.writeDoubleLE(base, 16);
  parts.push(head);
  const put = (typed) => { const bytes = Buffer.from(typed.buffer); parts.push(bytes); length += bytes.length; const pad = (8 - (length % 8)) % 8; parts.push(Buffer.alloc(pad)); length += pad; };
  put(new Float64Array(rows.map((row) => row[0])));
  for (const at of [1, 2, 3, 4]) put(new Float32Array(rows.map((row) => row[at])));
  put(new Uint32Array(rows.map((row) => row[5])));
  put(new Uint32Array(vessels.map((vessel) => vessel.mmsi)));
  let first = 0;
  put(new Uint32Array(vessels.map((vessel) => { const at = first; first += vessel.rows.length; return at; })));
  const words = Buffer.from(JSON.stringify(vessels.map(({mmsi, name}) => ({mmsi, name, imo: null, flag: '', type: '', target: null})))), size = Buffer.alloc(4);
  size.writeUInt32LE(words.length);
  const all = Buffer.concat([...parts, size, words]);
  return all.buffer.slice(all.byteOffset, all.byteOffset + all.length);
}

const sea = readColumns(positions([
  {mmsi: 445000001, name: 'A', rows: [[0, 10, 20, 12, 90], [600, 10, 20.2, 12, 90], [20000, 11, 21, NaN, NaN]]},
  {mmsi: 445000002, name: '가', rows: [[100, 0, 179.9, 10, 90], [1900, 0, -179.9, 10, 90]]},
  {mmsi: 445000003, name: '', rows: [[50, -5, 5, 6, 0]]},
], 1.7e9));
assert.deepEqual([sea.rows, sea.vessels, sea.base, sea.first, sea.last, sea.words[1].name], [6, 3, 1.7e9, 0, 20000, '가']);
assert.equal(placeAt(sea, 0, -1), null);
assert.ok(Math.abs(placeAt(sea, 0, 300).lon - 20.1) < 1e-5);
const coasting = placeAt(sea, 0, 900);  // in a silence: carried on for ten minutes at most
assert.ok(Math.abs(coasting.lon - (20.2 + (12 * 300) / 3600 / 60 / Math.cos((10 * Math.PI) / 180))) < 1e-4 && !coasting.silent);
assert.deepEqual([placeAt(sea, 0, 9000).silent, placeAt(sea, 0, 9000).lon], [true, placeAt(sea, 0, 18000).lon]);
assert.ok(Math.abs(unwrap(placeAt(sea, 1, 1000).lon, 180) - 180) < 1e-4);  // over the antimeridian, not around the world
assert.equal(placeAt(sea, 2, 50 + 7201), null);  // its track ended
assert.equal(histogram(sea, 10).reduce((a, b) => a + b), 6);
// A crowd drawn without a graphics card: each vessel where placeAt() has it, whichever way time goes, hidden ones not at all.
{
  let drawn, edge = 32, wide = 720, high = 360;
  const gl = new Proxy({drawingBufferWidth: wide, drawingBufferHeight: high, texSubImage2D: (...values) => { drawn = new Uint32Array(values[8].buffer).slice(); }}, {get: (all, name) => all[name] ?? (() => ({}))});
  const crowd = new Crowd(gl, () => ({})), world = new Float32Array([2, 0, 0, 0, 0, -2, 0, 0, 0, 0, 1, 0, -1, 1, 0, 1]);  // the world from edge to edge
  const looks = new Uint8Array([1, 2, 3, 128, 4, 5, 6, 128, 7, 8, 9, 128]);
  const lit = () => { const all = []; drawn.forEach((colour, at) => { if (colour) all.push([(at % (wide + 2 * edge)) - edge, Math.floor(at / (wide + 2 * edge)) - edge, colour & 255, colour >>> 24]); }); return all; };
  const expected = (time, vessels = [0, 1, 2]) => vessels.map((v) => [placeAt(sea, v, time), looks[v * 4]]).filter(([at]) => at)
    .map(([at, red]) => [Math.round((at.lon / 360 + 0.5) * wide), Math.round((1 - mercatorY(at.lat)) * high), red, 255]).filter(([x]) => x < wide);
  const same = (time, ...more) => { crowd.draw(sea, looks, {time, chosen: -1, matrix: world, copies: [0], size: 1, bold: 5}); const by = (a, b) => a[2] - b[2]; assert.deepEqual(lit().sort(by), expected(time, ...more).sort(by), `at ${time}`); };
  for (const time of [-1, 60, 300, 1000, 700, 9000, 20000, 50]) same(time);
  looks[3] = 0;
  same(300, [1, 2]);
  looks[3] = 255;                                  // a target: larger, above the others
  crowd.draw(sea, looks, {time: 60, chosen: -1, matrix: world, copies: [0], size: 1, bold: 5});
  assert.ok(lit().filter((each) => each[2] === 1).length > 12);
  looks[3] = 128;
}
// Records for the graphics card: every report once (twice for a line's two ends), silences at the end, the rest by time.
const cut = segments(sea), floats = new Float32Array(cut.data), words = new Uint32Array(cut.data);
const record = (at) => ({t0: floats[at * WORDS * 2], t1: floats[at * WORDS * 2 + 1], x0: floats[at * WORDS * 2 + 2], y0: floats[at * WORDS * 2 + 3], x1: floats[at * WORDS * 2 + 4], vessel: words[at * WORDS * 2 + 7]});
const records = Array.from({length: cut.rows}, (_, at) => record(at));
assert.deepEqual([cut.rows, cut.long, cut.data.byteLength], [6, 5, 6 * WORDS * 8]);
assert.deepEqual([records[5].t0, records[5].t1, records[5].vessel], [600, 20000, 0]);
assert.deepEqual(records.slice(0, 5).map((each) => each.t0), [0, 50, 100, 1900, 20000]);
assert.ok(Math.abs(records[2].x1 - records[2].x0 - 0.2 / 360) < 1e-6, 'over the antimeridian, not around the world');
assert.equal(records[3].t1, -1);
for (const [from, until] of [[0, 0], [40, 120], [1900, 1900], [-5, 1e6], [101, 1899]]) {
  const [first, count] = cut.run(from, until);
  records.slice(0, cut.long).forEach((each, at) => { if (each.t0 >= from && each.t0 <= until) assert.ok(at >= first && at < first + count, `${from} ${until} holds ${each.t0}`); });
}
assert.deepEqual(cut.run(-10, -1), [0, 0]);
assert.deepEqual([segments(sea, 0).rows, segments(sea, 2).rows, segments(readColumns(positions([], 0))).rows], [3, 1, 0]);
assert.ok(Math.abs(mercatorY(0) - 0.5) < 1e-12 && mercatorY(89.9) === mercatorY(85));
assert.deepEqual([motion(12.34, 359.97) & 1023, motion(12.34, 359.97) >> 10, motion(NaN, NaN), motion(500, -90) & 1023, motion(1, -90) >> 10], [123, 0, 1023 | (4095 << 10), 1022, 2700]);
assert.throws(() => readColumns(new ArrayBuffer(30)));
assert.throws(() => readColumns(positions([{mmsi: 1, name: '', rows: [[0, 0, 0, 0, 0]]}], 0).slice(0, 60)));
assert.equal(readColumns(positions([], 0)).rows, 0);
const dropped = columnsOf([{mmsi: 1, name: 'A', track: [[1000, 1, 2], [1600, 1.5, 2.5]]}, {mmsi: 2, name: 'B', track: [[900, -3, 179]]}]);
assert.deepEqual([dropped.base, dropped.first, dropped.last, [...dropped.time], [...dropped.firstRow], [...dropped.vessel]], [900, 0, 700, [100, 700, 0], [0, 2], [0, 0, 1]]);
assert.equal(placeAt(dropped, 0, 400).lat, 1.25);
assert.deepEqual([columnsOf([]).rows, columnsOf([]).last], [0, 0]);

const a = {lat: 38, lon: 124, time: 0}, b = {lat: 38.5, lon: 124.5, time: 10 * 3600};
for (const [lon, lat] of reachable(a, b, 12)) {
  const way = distanceNm(a, {lat, lon}) + distanceNm({lat, lon}, b);
  assert.ok(Math.abs(way - 120) < 0.1, `the edge of the ellipse is as far as it can sail: ${way}`);
}
for (const [lon, lat] of reachableAt(a, b, 12, 4 * 3600)) assert.ok(distanceNm(a, {lat, lon}) < 48.01 && distanceNm(b, {lat, lon}) < 72.01);
assert.equal(reachable(a, b, 3), null);  // faster than it may be: no area, not an empty one
const east = reachable({lat: 0, lon: 179.9, time: 0}, {lat: 0, lon: 180.3, time: 3600 * 5}, 10);
assert.ok(Math.max(...east.map(([lon]) => lon)) - Math.min(...east.map(([lon]) => lon)) < 3);

assert.deepEqual(cutAtAntimeridian([[179, 10], [-179, 12]]), [[[179, 10], [180, 11]], [[-180, 11], [-179, 12]]]);
assert.equal(csv(['a'], [['=cmd()'], ['-5.2'], ['x,"y"'], [null]]), "a\r\n'=cmd()\r\n-5.2\r\n\"x,\"\"y\"\"\"\r\n\r\n");
assert.equal(geojson([{name: 'n', lat: 1, lon: 2}]).features[0].geometry.coordinates[0], 2);
assert.ok(!kml('<x>', [{name: '</name><script>\u202e', lat: 1, lon: 2}]).includes('<script>') && !kml('', [{name: '\u202e', lat: 1, lon: 2}]).includes('\u202e'));
assert.deepEqual(pieces('a\u202eb\u200b'), ['a', {code: 'U+202E'}, 'b', {code: 'U+200B'}]);
assert.deepEqual([hides('김정은 Ярослав 中'), hides('x\u00ad'), plainly('\udb40\udc41x')], [false, true, '[U+E0041]x']);
console.log('ok');
