// Reads the basemap file (basemap.mjs writes it and describes its form).
interface Country { name: string; label: [number, number]; rank: number; polygons: [number, number][][][] }
export interface World { countries: Country[]; borders: [number, number][][] }
const SCALE = 1000;

export function readWorld(buffer: ArrayBuffer): World {
  const bytes = new Uint8Array(buffer);
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== 'CBM1') throw new Error('The basemap is not in the form this page reads.');
  let at = 4;
  const varint = () => { let value = 0, shift = 0, byte; do { byte = bytes[at++]!; value += (byte & 127) * 2 ** shift; shift += 7; } while (byte > 127); return value; };
  const zigzag = () => { const value = varint(); return value % 2 ? -(value + 1) / 2 : value / 2; };
  const arcs = Array.from({length: varint()}, () => {
    let x = 0, y = 0;
    return Array.from({length: varint()}, (): [number, number] => { x += zigzag(); y += zigzag(); return [x / SCALE, y / SCALE]; });
  });
  const join = (numbers: number[]) => {
    const ring: [number, number][] = [];
    for (const n of numbers) { const arc = n < 0 ? [...arcs[~n]!].reverse() : arcs[n]!; ring.push(...(ring.length ? arc.slice(1) : arc)); }
    return ring;
  };
  const list = <T>(each: () => T) => Array.from({length: varint()}, each);
  const countries = list((): Country => {
    const length = varint(), name = new TextDecoder().decode(bytes.subarray(at, at + length));
    at += length;
    return {name, label: [zigzag() / SCALE, zigzag() / SCALE], rank: varint(), polygons: list(() => list(() => join(list(zigzag))))};
  });
  return {countries, borders: list(() => arcs[zigzag()]!)};
}

let loading: Promise<World> | undefined;
export const world = () => (loading ??= fetch(document.querySelector<HTMLMetaElement>('meta[name=cordon-world]')!.content).then(async (answer) => {
  if (!answer.ok) throw new Error(`The basemap: ${answer.status} ${answer.statusText}`);
  return readWorld(await answer.arrayBuffer());
}));

/** Rings that touch a box, as the dossier's small map takes them: [lat, lon, lat, lon, ...]. */
export function landIn(from: World, [south, west, north, east]: [number, number, number, number]): number[][] {
  const rings: number[][] = [];
  for (const country of from.countries)
    for (const polygon of country.polygons) {
      const ring = polygon[0]!;
      let s = 90, n = -90, w = 180, e = -180;
      for (const [lon, lat] of ring) { if (lat < s) s = lat; if (lat > n) n = lat; if (lon < w) w = lon; if (lon > e) e = lon; }
      if (n < south || s > north || e < west || w > east) continue;
      rings.push(ring.flatMap(([lon, lat]) => [lat, lon]));
    }
  return rings;
}
