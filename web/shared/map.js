// An offline map: Mercator, coast from the file itself, the target's track, silences dashed, events as numbered marks.
// Drag to move, wheel or buttons to zoom.
import {h, HEAT, markOf, s, say} from './dom.js';

export const SILENCE_S = 2 * 3600;  // a longer time between two reports is drawn as silence, not as a way sailed
const SEAS = [['Yellow Sea', 35.6, 123.4], ['Korea Bay', 39.0, 123.9], ['East China Sea', 29.8, 125.2],
  ['Sea of Japan (East Sea)', 39.7, 134.6], ['Bohai Sea', 38.6, 119.6], ['South China Sea', 20.5, 115.5]];
const PLACES = [['CHINA', 36.2, 117.2], ['DPRK', 40.1, 127.0], ['REPUBLIC OF KOREA', 36.4, 127.9], ['JAPAN', 35.6, 137.2],
  ['RUSSIAN FEDERATION', 44.6, 134.0], ['TAIWAN', 23.7, 120.95]];

const mercator = (lat) => Math.log(Math.tan(Math.PI / 4 + (Math.max(-85, Math.min(85, lat)) * Math.PI) / 360)) * (180 / Math.PI);

function landPath(rings) {
  let path = '';
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) path += (i ? 'L' : 'M') + ring[i + 1].toFixed(3) + ' ' + (-mercator(ring[i])).toFixed(3);
    path += 'Z';
  }
  return path;
}

// A longitude next to `near`, so that a track over the antimeridian stays one line.
const unwrap = (lon, near) => lon - 360 * Math.round((lon - near) / 360);

export function drawMap(target, data, select) {
  const width = 600, height = 410;
  const points = target.track.map(([time, lat, lon]) => ({time, lat, lon}));
  for (let i = 1; i < points.length; i++) points[i].lon = unwrap(points[i].lon, points[i - 1].lon);
  const marks = target.events.map((event, index) => ({event, index})).filter(({event}) => event.lat !== undefined && event.lat !== null);

  // Start with everything of this target in view.
  let [south, west, north, east] = data.box;
  const all = [...points, ...marks.map(({event}) => event)];
  if (all.length) {
    south = Math.min(...all.map((p) => p.lat)); north = Math.max(...all.map((p) => p.lat));
    west = Math.min(...all.map((p) => p.lon)); east = Math.max(...all.map((p) => p.lon));
    const pad = Math.max(0.8, (east - west) * 0.12, (north - south) * 0.12);
    south -= pad; north += pad; west -= pad; east += pad;
  }
  let view = {x: (west + east) / 2, y: -(mercator(south) + mercator(north)) / 2,
    k: Math.min(width / (east - west), height / (mercator(north) - mercator(south)))};

  const world = s('g', {});  // scaled; strokes keep their width
  const overlay = s('g', {});  // placed in pixels
  const svg = s('svg', {viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': say('d.mapLabel')}, world, overlay);
  world.append(s('path', {class: 'land', 'fill-rule': 'evenodd', d: data.path || (data.path = landPath(data.land)), 'vector-effect': 'non-scaling-stroke'}));
  let heard = '', silent = '';
  points.forEach((point, i) => {
    const at = point.lon.toFixed(4) + ' ' + (-mercator(point.lat)).toFixed(4);
    const before = points[i - 1];
    const broken = !before || point.time - before.time > SILENCE_S;
    heard += (broken ? 'M' : 'L') + at;
    if (before && broken) silent += 'M' + before.lon.toFixed(4) + ' ' + (-mercator(before.lat)).toFixed(4) + 'L' + at;
  });
  world.append(s('path', {class: 'silent', d: silent, 'vector-effect': 'non-scaling-stroke'}));
  world.append(s('path', {class: 'track', d: heard, 'vector-effect': 'non-scaling-stroke'}));

  const px = (lat, lon) => [(lon - view.x) * view.k + width / 2, (-mercator(lat) - view.y) * view.k + height / 2];
  const inside = ([x, y]) => x > -20 && x < width + 20 && y > -20 && y < height + 20;

  function graticule() {
    const degrees = width / view.k;
    const step = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30].find((d) => degrees / d <= 7) || 30;
    const lines = [];
    const left = view.x - degrees / 2;
    for (let lon = Math.ceil(left / step) * step; lon < left + degrees; lon += step) {
      const [x] = px(0, lon);
      lines.push(s('line', {class: 'grid-line', x1: x, x2: x, y1: 0, y2: height}));
      lines.push(s('text', {x: x + 3, y: height - 5}, Math.abs(+lon.toFixed(2)) + '°' + (lon < 0 ? 'W' : 'E')));
    }
    for (let lat = -80; lat <= 80; lat = +(lat + step).toFixed(2)) {
      const [, y] = px(lat, view.x);
      if (y < 0 || y > height) continue;
      lines.push(s('line', {class: 'grid-line', x1: 0, x2: width, y1: y, y2: y}));
      lines.push(s('text', {x: 4, y: y - 3}, Math.abs(lat) + '°' + (lat < 0 ? 'S' : 'N')));
    }
    return lines;
  }

  function scaleBar() {
    const lat = (2 * Math.atan(Math.exp((-view.y * Math.PI) / 180)) - Math.PI / 2);
    const pixelsPerMile = view.k / 60 / Math.cos(lat);
    const miles = [1, 2, 5, 10, 20, 50, 100, 200, 500].filter((m) => m * pixelsPerMile < 120).pop() || 1;
    const length = miles * pixelsPerMile, x = width - 16 - length, y = height - 16;
    return [s('path', {d: `M${x} ${y - 5}V${y}H${x + length}V${y - 5}`, fill: 'none', stroke: 'currentColor'}), s('text', {x: x + length / 2, y: y - 6, 'text-anchor': 'middle'}, miles + ' nm')];
  }

  function draw() {
    world.setAttribute('transform', `translate(${width / 2 - view.x * view.k} ${height / 2 - view.y * view.k}) scale(${view.k})`);
    overlay.replaceChildren(...graticule());
    for (const [kind, labels] of [['sea', SEAS], ['place', PLACES]]) {
      for (const [name, lat, lon] of labels) {
        const at = px(lat, lon);
        if (inside(at)) overlay.append(s('text', {class: kind, x: at[0], y: at[1]}, name));
      }
    }
    overlay.append(...scaleBar());
    if (points.length) {
      for (const [point, label] of [[points[0], say('d.firstHeard')], [points[points.length - 1], say('d.lastHeard')]]) {
        const [x, y] = px(point.lat, point.lon);
        overlay.append(s('circle', {class: 'ends', cx: x, cy: y, r: 4.5}, s('title', {}, label + ' ' + new Date(point.time * 1000).toISOString())));
      }
    }
    for (const {event, index} of marks) {
      const at = px(event.lat, points.length ? unwrap(event.lon, points[0].lon) : event.lon);
      if (!inside(at)) continue;
      overlay.append(markOf(event, index, select, {transform: `translate(${at[0]} ${at[1]})`},
        s('circle', {class: HEAT[event.type] || 'cool', r: 9.5}), s('text', {}, String(index + 1))));
    }
  }

  function zoom(factor, cx = width / 2, cy = height / 2) {
    const k = Math.max(1.5, Math.min(8000, view.k * factor));
    view.x += (cx - width / 2) * (1 / view.k - 1 / k);
    view.y += (cy - height / 2) * (1 / view.k - 1 / k);
    view.k = k;
    draw();
  }
  const local = (event) => {
    const box = svg.getBoundingClientRect();
    const scale = Math.max(width / box.width, height / box.height);
    return [(event.clientX - box.left - box.width / 2) * scale + width / 2, (event.clientY - box.top - box.height / 2) * scale + height / 2];
  };
  svg.addEventListener('wheel', (event) => { event.preventDefault(); zoom(event.deltaY < 0 ? 1.25 : 0.8, ...local(event)); }, {passive: false});
  let held = null;
  svg.addEventListener('pointerdown', (event) => { held = local(event); });
  svg.addEventListener('pointermove', (event) => {
    if (!held) return;
    const now = local(event);
    view.x -= (now[0] - held[0]) / view.k; view.y -= (now[1] - held[1]) / view.k;
    held = now;
    draw();
  });
  for (const end of ['pointerup', 'pointerleave', 'pointercancel']) svg.addEventListener(end, () => { held = null; });
  draw();
  return h('div', {class: 'map'}, svg,
    h('div', {class: 'zoom'}, h('button', {type: 'button', 'aria-label': say('d.zoomIn'), onclick: () => zoom(1.5)}, '+'),
      h('button', {type: 'button', 'aria-label': say('d.zoomOut'), onclick: () => zoom(1 / 1.5)}, '−')));
}
