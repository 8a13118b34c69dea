// Drawings of a patrol plan (plan.json). Text enters as text only (dom.js).
import {s, say} from './dom.js';

// Chance of success against hours away from base: no plan above, this plan, the same miles without a map.
export function curvePlot(curves) {
  const wide = 420, high = 236, left = 40, right = 104, top = 12, bottom = 36;
  const hours = Math.max(1, curves.bound.at(-1)[0]), all = Object.values(curves).flat().map(([, chance]) => chance);
  const most = Math.max(0.05, ...all), step = most > 0.5 ? 0.2 : most > 0.2 ? 0.1 : most > 0.1 ? 0.05 : 0.02, full = Math.min(1, Math.ceil(most / step - 1e-9) * step);
  const x = (h) => left + (h / hours) * (wide - left - right), y = (p) => high - bottom - (p / full) * (high - top - bottom);
  const path = (points) => points.map(([h, p], i) => `${i ? 'L' : 'M'}${x(h).toFixed(1)} ${y(p).toFixed(1)}`).join('');
  const svg = s('svg', {viewBox: `0 0 ${wide} ${high}`, role: 'img', 'aria-label': say('pt.curve'), class: 'curve-plot'});
  for (let p = 0; p <= full + 1e-9; p += step) svg.append(s('path', {class: 'net', d: `M${left} ${y(p).toFixed(1)}H${wide - right}`}), s('text', {x: left - 6, y: y(p) + 4, 'text-anchor': 'end'}, `${Math.round(100 * p)}\u202f%`));
  for (let i = 0; i <= 4; i++) svg.append(s('text', {x: x((hours * i) / 4), y: high - bottom + 16, 'text-anchor': 'middle'}, String(Math.round((hours * i) / 4))));
  svg.append(s('text', {x: (left + wide - right) / 2, y: high - 3, 'text-anchor': 'middle'}, say('pt.curveHours')),
    s('path', {class: 'between', d: path(curves.planned) + path([...curves.random].reverse()).replace('M', 'L') + 'Z'}));
  const rows = ['bound', 'planned', 'random'];
  for (const row of ['random', 'bound', 'planned']) svg.append(s('path', {class: row, d: path(curves[row])}));
  for (const [h, p] of curves.planned) svg.append(s('circle', {class: 'knot', cx: x(h), cy: y(p), r: 2.6}, s('title', {}, `${Math.round(h)} h: ${(100 * p).toFixed(1)}\u202f%`)));
  // Names at the ends of the lines, pushed apart where they meet.
  let last = -99;
  for (const row of rows) {
    const at = Math.max(y(curves[row].at(-1)[1]), last + 26);
    last = at;
    svg.append(s('text', {class: `end-${row}`, x: wide - right + 7, y: at + 1}, say(`pt.curve.${row}`), s('tspan', {class: 'sub', x: wide - right + 7, dy: 12}, `${(100 * curves[row].at(-1)[1]).toFixed(1)}\u202f%`)));
  }
  return svg;
}
