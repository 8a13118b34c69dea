// The basemap in one compact file, from world-atlas (Natural Earth 1:10m, public domain): shared arcs, simplified, as
// varint deltas. The theatre (the seas around the Korean peninsula) keeps more detail than the rest of the world.
//   "CBM1" | u8 x4 | varint arcs, each: varint points, zigzag dlon dlat (1e-3 degree) | varint countries, each:
//   varint name length, UTF-8 name, zigzag label lon lat, varint rank, varint polygons, each: varint rings, each:
//   varint arcs, zigzag arc numbers (~n = reversed) | varint border arcs, each: zigzag arc number
import {readFileSync} from 'node:fs';

const THEATRE = [112, 20, 148, 48];
const SCALE = 1000;
const FINE = 0.004, COARSE = 0.03;  // degrees a line may move

function simplify(points, tolerance) {
  if (points.length <= 2) return points;
  const keep = new Uint8Array(points.length);
  keep[0] = keep[points.length - 1] = 1;
  const closed = points[0][0] === points.at(-1)[0] && points[0][1] === points.at(-1)[1];
  const stack = [[0, points.length - 1]];
  if (closed) {  // a ring has no chord: cut it at the point farthest from its start
    let far = 1, most = -1;
    points.forEach(([x, y], i) => { const d = (x - points[0][0]) ** 2 + (y - points[0][1]) ** 2; if (d > most) { most = d; far = i; } });
    keep[far] = 1;
    stack.splice(0, 1, [0, far], [far, points.length - 1]);
  }
  while (stack.length) {
    const [a, b] = stack.pop();
    const [ax, ay] = points[a], [bx, by] = points[b];
    const dx = bx - ax, dy = by - ay, long = dx * dx + dy * dy;
    let most = tolerance * tolerance, at = -1;
    for (let i = a + 1; i < b; i++) {
      const [x, y] = points[i];
      const t = long ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / long)) : 0;
      const d = (x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2;
      if (d > most) { most = d; at = i; }
    }
    if (at > 0) { keep[at] = 1; stack.push([a, at], [at, b]); }
  }
  return points.filter((_, i) => keep[i]);
}

export function basemap(require) {
  const atlas = JSON.parse(readFileSync(require.resolve('world-atlas/countries-10m.json')));
  const {scale, translate} = atlas.transform;
  const arcs = atlas.arcs.map((arc) => {
    let x = 0, y = 0;
    const points = arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
    const inside = points.some(([lon, lat]) => lon > THEATRE[0] && lon < THEATRE[2] && lat > THEATRE[1] && lat < THEATRE[3]);
    return {points, inside, small: simplify(points, inside ? FINE : COARSE)};
  });
  const ringArea = (ring) => {
    const points = ring.flatMap((n) => (n < 0 ? [...arcs[~n].points].reverse() : arcs[n].points));
    let area = 0;
    for (let i = 0; i < points.length; i++) {
      const [x1, y1] = points[i], [x2, y2] = points[(i + 1) % points.length];
      area += x1 * y2 - x2 * y1;
    }
    return Math.abs(area) / 2;
  };
  const insideRing = (ring) => ring.some((n) => arcs[n < 0 ? ~n : n].inside);
  // Islands too small for any zoom the page offers are left out, in the theatre far fewer of them.
  const worth = (rings) => ringArea(rings[0]) > (insideRing(rings[0]) ? 0.00004 : 0.002);
  const countries = [];
  const used = new Map();
  const number = (n) => {
    const at = n < 0 ? ~n : n;
    if (!used.has(at)) used.set(at, used.size);
    return n < 0 ? ~used.get(at) : used.get(at);
  };
  for (const shape of atlas.objects.countries.geometries) {
    const polygons = (shape.type === 'Polygon' ? [shape.arcs] : shape.arcs || []).filter(worth);
    if (!polygons.length) continue;
    const largest = polygons.reduce((a, b) => (ringArea(a[0]) > ringArea(b[0]) ? a : b));
    const area = polygons.reduce((sum, rings) => sum + ringArea(rings[0]), 0);
    const points = largest[0].flatMap((n) => (n < 0 ? [...arcs[~n].points].reverse() : arcs[n].points));
    countries.push({name: shape.properties.name, label: labelPoint(points), rank: area > 300 ? 0 : area > 30 ? 1 : area > 3 ? 2 : 3,
      polygons: polygons.map((rings) => rings.map((ring) => ring.map(number)))});
  }
  // An arc that two countries use is a border on land.
  const users = new Map();
  for (const [i, shape] of atlas.objects.countries.geometries.entries())
    for (const n of (shape.arcs || []).flat(3)) users.set(n < 0 ? ~n : n, (users.get(n < 0 ? ~n : n) ?? new Set()).add(i));
  const borderArcs = [...users].filter(([at, who]) => who.size > 1 && used.has(at)).map(([at]) => used.get(at));

  const bytes = [...Buffer.from('CBM1')];
  const varint = (n) => { while (n > 127) { bytes.push((n & 127) | 128); n >>>= 7; } bytes.push(n); };
  const zigzag = (n) => varint(n < 0 ? -2 * n - 1 : 2 * n);
  varint(used.size);
  for (const at of used.keys()) {
    const points = arcs[at].small.map(([lon, lat]) => [Math.round(lon * SCALE), Math.round(lat * SCALE)])
      .filter(([x, y], i, all) => i === 0 || i === all.length - 1 || x !== all[i - 1][0] || y !== all[i - 1][1]);
    varint(points.length);
    let x = 0, y = 0;
    for (const [px, py] of points) { zigzag(px - x); zigzag(py - y); x = px; y = py; }
  }
  varint(countries.length);
  for (const {name, label, rank, polygons} of countries) {
    const text = Buffer.from(name);
    varint(text.length); bytes.push(...text);
    zigzag(Math.round(label[0] * SCALE)); zigzag(Math.round(label[1] * SCALE)); varint(rank);
    varint(polygons.length);
    for (const rings of polygons) { varint(rings.length); for (const ring of rings) { varint(ring.length); ring.forEach(zigzag); } }
  }
  varint(borderArcs.length);
  borderArcs.forEach(zigzag);
  return Buffer.from(bytes);
}

// A point well inside the ring: of the horizontal cuts through it, the middle of the widest piece.
function labelPoint(ring) {
  const lats = ring.map(([, lat]) => lat), south = Math.min(...lats), north = Math.max(...lats);
  let best = [ring[0][0], ring[0][1]], widest = 0;
  for (let cut = 0.3; cut < 0.75; cut += 0.05) {
    const lat = south + (north - south) * cut, xs = [];
    for (let i = 0; i < ring.length; i++) {
      const [x1, y1] = ring[i], [x2, y2] = ring[(i + 1) % ring.length];
      if (y1 > lat !== y2 > lat) xs.push(x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1));
    }
    xs.sort((a, b) => a - b);
    for (let i = 0; i + 1 < xs.length; i += 2) if (xs[i + 1] - xs[i] > widest) { widest = xs[i + 1] - xs[i]; best = [(xs[i] + xs[i + 1]) / 2, lat]; }
  }
  return best;
}
