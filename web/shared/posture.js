// Drawings of a posture comparison (posture.json). Text enters as text only (dom.js).
import {clip, s, say} from './dom.js';

const WIDTH = 900;

export const thousands = (value) => Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, '\u202f').replace('-', '\u2212');
const point = (text) => text.replace('.', say('po.point'));
// As many digits as the evidence bears: 0.43, 4.6, 34, 254, 155 000, 2.05 million.
export function people(value) {
  const size = Math.abs(value);
  if (size >= 1e6) return say('po.million', {n: point((value / 1e6).toFixed(2))});
  if (size >= 1e4) return thousands(Number(value.toPrecision(3)));
  if (size >= 10) return thousands(value);
  return point(value.toFixed(size >= 1 ? 1 : 2).replace(/\.0+$|(\.\d*?)0+$/, '$1').replace(/^-0$/, '0')) || '0';
}
export const signed = (value) => (value > 0 ? '+' : value < 0 ? '−' : '') + people(Math.abs(value));
export const percent = (part, digits = 0) => (part > 0 && part < 0.5 * 10 ** (-digits - 2) ? say('po.under', {n: point((10 ** -digits).toFixed(digits))}) : point((100 * part).toFixed(digits))) + '\u202f%';
/** A built-in posture in the reader's words; another by its own name. */
export const nameOf = ({posture}) => (say(`po.name.${posture.id}`) === `po.name.${posture.id}` ? posture.name : say(`po.name.${posture.id}`));

// Round numbers that divide [low, high] into about `count` parts.
function ticks(low, high, count = 6) {
  const rough = (high - low) / count || 1, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough);
  const out = [];
  for (let at = Math.ceil(low / step) * step; at <= high + step * 1e-9; at += step) out.push(Math.abs(at) < step * 1e-9 ? 0 : at);
  return out;
}

function axisX(svg, x, low, high, top, bottom, words = people) {
  for (const at of ticks(low, high)) {
    svg.append(s('line', {class: at === 0 ? 'zero' : 'axis', x1: x(at), x2: x(at), y1: top, y2: bottom}),
      s('text', {class: 'soft mid', x: x(at), y: bottom + 15}, words(at)));
  }
}

// Rows of a dot with its interval and the wider range of the assumptions.
// rows: [{label, sub, mean, sure: [low, high], range: [low, high], text}]
export function dotPlot(rows, label) {
  const left = 285, right = 150, row = 40, top = 6, bottom = top + rows.length * row;
  const all = rows.flatMap((each) => [each.mean, ...each.sure, ...each.range, 0]);
  let low = Math.min(...all), high = Math.max(...all);
  const pad = (high - low || 1) * 0.04;
  low -= low < 0 ? pad : 0;
  high += high > 0 ? pad : 0;
  const x = (value) => left + ((value - low) / (high - low || 1)) * (WIDTH - left - right);
  const svg = s('svg', {viewBox: `0 0 ${WIDTH} ${bottom + 22}`, role: 'img', 'aria-label': label});
  axisX(svg, x, low, high, top, bottom);
  rows.forEach((each, index) => {
    const y = top + index * row + row / 2;
    svg.append(s('text', {class: 'strong', x: 0, y: each.sub ? y - 2 : y + 4}, clip(each.label, 42)),
      each.sub ? s('text', {class: 'soft', x: 0, y: y + 13}, clip(each.sub, 48)) : '',
      s('rect', {class: 'range', x: x(each.range[0]), width: Math.max(1, x(each.range[1]) - x(each.range[0])), y: y - 7, height: 14, rx: 3}),
      s('line', {class: 'sure', x1: x(each.sure[0]), x2: x(each.sure[1]), y1: y, y2: y}),
      s('circle', {class: 'dot', cx: x(each.mean), cy: y, r: 5}, s('title', {}, say('po.tip.mean', {label: each.label, mean: people(each.mean), low: people(each.range[0]), high: people(each.range[1])}))),
      s('text', {class: 'strong end', x: WIDTH, y: y - 2}, each.text), each.note ? s('text', {class: 'soft end', x: WIDTH, y: y + 13}, each.note) : '');
  });
  return svg;
}

// Cumulative undetected barrels over the weeks, and the cap.
export function fanPlot(outcome, cap, most) {
  const width = 300, height = 165, left = 44, right = 10, bottom = height - 22, top = 10;
  const x = (week) => left + (week / 52) * (width - left - right), y = (barrels) => bottom - (barrels / most) * (bottom - top);
  const fan = outcome.undetected_by_week;
  const path = (values, from) => values.map((value, week) => `${week || from ? 'L' : 'M'}${x(week + 1).toFixed(1)} ${y(value).toFixed(1)}`);
  const svg = s('svg', {viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `${nameOf(outcome)}: ${say('po.barrels')}`});
  for (const at of ticks(0, most, 4)) svg.append(s('line', {class: 'axis', x1: left, x2: width - right, y1: y(at), y2: y(at)}), s('text', {class: 'soft end', x: left - 5, y: y(at) + 4}, at ? say('po.m', {n: point((at / 1e6).toFixed(1))}) : '0'));
  for (const week of [1, 13, 26, 39, 52]) svg.append(s('text', {class: 'soft mid', x: x(week), y: height - 6}, String(week)));
  svg.append(s('path', {class: 'fan', d: `M${x(0)} ${y(0)}` + path(fan.q95, true).join('') + path(fan.q05, true).reverse().join('') + 'Z'}),
    s('path', {class: 'median', d: `M${x(0)} ${y(0)}` + path(fan.q50, true).join('')}),
    s('line', {class: 'cap', x1: left, x2: width - right, y1: y(cap), y2: y(cap)}));
  const over = fan.q50.findIndex((value) => value > cap);
  if (over >= 0) svg.append(s('circle', {class: 'dot red', cx: x(over + 1), cy: y(cap), r: 3.6}), s('text', {class: 'red', x: x(over + 1) + 6, y: y(cap) + 15}, say('po.week', {n: over + 1})));
  return svg;
}

// Weeks across; first the chance that a delivery of the week is detected, then days on station by country.
export function calendar(outcome, most) {
  const left = 170, cell = (WIDTH - left - 60) / 52, high = 17;
  const countries = outcome.posture.countries.map((country) => {
    const days = new Array(52).fill(0);
    for (const asset of outcome.posture.assets) if (asset.country === country.id) asset.days.forEach((each, week) => { days[week] += each; });
    return {name: country.name, days};
  });
  const height = 24 + countries.length * (high + 3) + 16;
  const svg = s('svg', {viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-label': `${nameOf(outcome)}: ${say('po.watchesSmall')}`});
  const x = (week) => left + week * cell;
  svg.append(s('text', {class: 'strong', x: 0, y: 14}, say('po.chance')));
  outcome.coverage_by_week.forEach((chance, week) => {
    svg.append(s('rect', {class: 'empty', x: x(week), y: 0, width: cell - 1, height: 20}),
      s('rect', {class: 'days', 'fill-opacity': (0.08 + 0.92 * Math.sqrt(chance / most)).toFixed(3), x: x(week), y: 0, width: cell - 1, height: chance > 0 ? 20 : 0},
        s('title', {}, say('po.tip.week', {n: week + 1, habit: percent(chance, 1), seen: percent(outcome.seen_by_week[week], 1)}))));
  });
  svg.append(s('text', {class: 'soft', x: WIDTH - 54, y: 14}, '≤ ' + percent(Math.max(...outcome.coverage_by_week))));
  const full = Math.max(7, ...countries.flatMap((country) => country.days));
  countries.forEach((country, index) => {
    const y = 24 + index * (high + 3);
    svg.append(s('text', {class: 'soft', x: 0, y: y + 13}, clip(country.name, 26)));
    country.days.forEach((days, week) => {
      const tall = (days / full) * high;
      svg.append(s('rect', {class: 'empty', x: x(week), y, width: cell - 1, height: high}), tall ? s('rect', {class: 'days', x: x(week), y: y + high - tall, width: cell - 1, height: tall}, s('title', {}, say('po.tip.days', {name: country.name, n: week + 1, days: people(days)}))) : '');
    });
    svg.append(s('text', {class: 'soft', x: WIDTH - 54, y: y + 13}, say('po.days', {n: people(country.days.reduce((a, b) => a + b, 0))})));
  });
  for (const week of [1, 10, 20, 30, 40, 52]) svg.append(s('text', {class: 'soft mid', x: x(week - 0.5), y: height - 3}, String(week)));
  return svg;
}

// Floor, simulated, habit and ceiling of the detection chance of one delivery.
export function boundsPlot(outcomes) {
  const left = 285, right = 20, row = 34, top = 6, bottom = top + outcomes.length * row;
  const most = Math.max(...outcomes.map((each) => each.detection_chance.habit_closed_form), 0.01) * 1.12;
  const x = (chance) => left + (chance / most) * (WIDTH - left - right);
  const svg = s('svg', {viewBox: `0 0 ${WIDTH} ${bottom + 22}`, role: 'img', 'aria-label': say('po.cleverSmall')});
  axisX(svg, x, 0, most, top, bottom, (at) => percent(at, most < 0.05 ? 1 : 0));
  outcomes.forEach((outcome, index) => {
    const y = top + index * row + row / 2, chance = outcome.detection_chance;
    const mark = (at, kind, name) => s('circle', {class: 'dot ' + kind, cx: x(at), cy: y, r: 5.5}, s('title', {}, `${name}: ${percent(at, 1)}`));
    svg.append(s('text', {class: 'strong', x: 0, y: y + 4}, clip(nameOf(outcome), 42)),
      s('line', {class: 'axis', x1: x(chance.floor_of_this_plan), x2: x(chance.habit_closed_form), y1: y, y2: y}),
      mark(chance.floor_of_this_plan, 'red', say('po.key.floor')), mark(chance.ceiling_of_any_plan, 'green', say('po.key.ceiling')),
      mark(chance.habit_closed_form, 'hollow', say('po.key.habit')), mark(chance.simulated, '', say('po.key.simulated')));
  });
  return svg;
}

// Bars from the low to the high end of each assumption. pairs: [{label, sub, low, high, assumed}]
export function tornado(pairs, label) {
  const left = 330, right = 10, row = 25, top = 4, bottom = top + pairs.length * row;
  const most = Math.max(...pairs.flatMap((each) => [Math.abs(each.low), Math.abs(each.high)]), 1e-9) * 1.18;
  const x = (value) => left + ((value + most) / (2 * most)) * (WIDTH - left - right);
  const svg = s('svg', {viewBox: `0 0 ${WIDTH} ${bottom + 22}`, role: 'img', 'aria-label': label});
  axisX(svg, x, -most, most, top, bottom, signed);
  pairs.forEach((each, index) => {
    const y = top + index * row + 4;
    const bar = (value, kind, end) => s('rect', {class: kind, x: Math.min(x(0), x(value)), width: Math.max(0.5, Math.abs(x(value) - x(0))), y: y + (Math.sign(each.low) === Math.sign(each.high) && kind === 'bar-high' ? 8 : 0), height: Math.sign(each.low) === Math.sign(each.high) ? 8 : 16},
      s('title', {}, `${each.label} ${end}: ${signed(value)}`));
    svg.append(s('text', {x: 0, y: y + 12}, clip(each.label, 50)), bar(each.low, 'bar-low', 'low'), bar(each.high, 'bar-high', 'high'),
      each.low ? s('text', {class: 'soft' + (each.low < 0 ? ' end' : ''), x: x(each.low) + (each.low < 0 ? -4 : 4), y: y + 12}, Math.sign(each.low) === Math.sign(each.high) ? '' : each.ends[0]) : '',
      each.high ? s('text', {class: 'soft' + (each.high < 0 ? ' end' : ''), x: x(each.high) + (each.high < 0 ? -4 : 4), y: y + 12}, Math.sign(each.low) === Math.sign(each.high) ? '' : each.ends[1]) : '');
  });
  return svg;
}
