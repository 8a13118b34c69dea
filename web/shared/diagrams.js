// The timeline of one target, and its owner chains as boxes and arrows.
import {clip, h, HEAT, markOf, s, say, seconds, sourceWords, words} from './dom.js';
import {SILENCE_S} from './map.js';

export function drawTimeline(target, run, select) {
  const first = seconds(run.first), last = Math.max(seconds(run.last), first + 1);
  const left = 118, width = 600, row = 22;
  const types = [...new Set(target.events.map((event) => event.type))];
  const height = (types.length + 1) * row + 40;
  const x = (time) => left + ((Math.max(first, Math.min(last, time)) - first) / (last - first)) * (width - left - 40);
  const svg = s('svg', {viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': say('d.timeline')});

  const hours = (last - first) / 3600;
  const step = [1, 3, 6, 12, 24, 48, 24 * 7, 24 * 30, 24 * 90].find((each) => hours / each <= 6) || 24 * 365;
  for (let time = Math.ceil(first / (step * 3600)) * step * 3600; time <= last; time += step * 3600) {
    const iso = new Date(time * 1000).toISOString();
    svg.append(s('line', {class: 'axis', x1: x(time), x2: x(time), y1: 4, y2: height - 22}),
      s('text', {x: x(time), y: height - 8, 'text-anchor': 'middle'}, step < 24 ? iso.slice(5, 10) + ' ' + iso.slice(11, 16) : iso.slice(0, 10)));
  }
  svg.append(s('text', {x: 0, y: row / 2 + 8}, say('d.heard')));
  for (let i = 0; i < target.track.length; i++) {
    let j = i;
    while (j + 1 < target.track.length && target.track[j + 1][0] - target.track[j][0] <= SILENCE_S) j++;
    svg.append(s('line', {class: 'heard', x1: x(target.track[i][0]), x2: Math.max(x(target.track[j][0]), x(target.track[i][0]) + 2), y1: row / 2 + 4, y2: row / 2 + 4}));
    i = j;
  }
  types.forEach((type, line) => {
    const y = (line + 1) * row + 5;
    svg.append(s('text', {x: 0, y: y + 12}, words(type, 'event')));
    target.events.forEach((event, index) => {
      if (event.type !== type) return;
      const from = x(seconds(event.start)), to = x(seconds(event.end || event.start));
      const wide = Math.max(17, to - from);
      svg.append(markOf(event, index, select, {},
        s('rect', {class: HEAT[type] || 'cool', x: Math.min(from, width - wide), y, width: wide, height: 16}),
        s('text', {x: Math.min(from, width - wide) + wide / 2, y: y + 8.5}, String(index + 1))));
    });
  });
  return h('div', {class: 'time'}, svg);
}

// Boxes from the listed party (top) down to the vessel; one column a chain. Words on the arrows: what, how much, how sure.
export function drawOwners(chain) {
  const boxWidth = 320, boxHeight = 42, gap = 46, width = 520;
  const nodes = [];
  const vessel = chain.steps[0].to.schema === 'Vessel' ? chain.steps[0].to : chain.steps[0].from;
  nodes.push(vessel);
  for (const step of chain.steps) {
    const below = nodes[nodes.length - 1];
    nodes.push(step.to.id === below.id ? step.from : step.to);
  }
  const height = nodes.length * boxHeight + (nodes.length - 1) * gap + 8;
  const svg = s('svg', {viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': chain.summary});
  svg.append(s('defs', {}, s('marker', {id: 'tip', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto-start-reverse'},
    s('path', {d: 'M0 0L8 4L0 8Z', fill: 'var(--red)'}))));
  const top = (level) => 4 + (nodes.length - 1 - level) * (boxHeight + gap);
  chain.steps.forEach((step, level) => {
    const downward = step.from.id === nodes[level + 1].id;
    const y1 = top(level + 1) + boxHeight, y2 = top(level);
    const sure = step.status === 'stated' || step.status === 'final' || step.status === 'reported';
    const middle = boxWidth / 2;
    svg.append(s('line', {class: 'edge' + (sure ? '' : ' soft'), x1: middle, x2: middle, y1: downward ? y1 : y2, y2: downward ? y2 - 1 : y1 + 1, 'marker-end': 'url(#tip)'}));
    const dates = step.start || step.end ? `${step.start || '…'} – ${step.end || say('d.now')}` : '';
    svg.append(s('text', {x: middle + 12, y: (y1 + y2) / 2 - 2}, [words(step.kind, 'relation'), step.share].filter(Boolean).join(' '),
      s('tspan', {class: 'sub', x: middle + 12, dy: 14}, clip([step.status !== 'stated' && words(step.status, 'status'), dates, step.note].filter(Boolean).join('; '), 48))),
    );
    svg.lastChild.append(s('title', {}, sourceWords(step.source)));
  });
  nodes.forEach((node, level) => {
    const kind = level === 0 ? ' vessel' : level === nodes.length - 1 ? ' listed' : '';
    const sub = level === nodes.length - 1
      ? say('d.listed') + (chain.listed.listing_date ? ' ' + chain.listed.listing_date : '') + ' · ' + chain.listed.datasets.join(', ')
      : [words(node.schema || '', 'schema').toLowerCase(), node.country && node.country.toUpperCase()].filter(Boolean).join(', ');
    svg.append(s('rect', {class: 'box' + kind, x: 2, y: top(level), width: boxWidth, height: boxHeight, rx: 4}),
      s('text', {x: 12, y: top(level) + 18}, clip(node.name, 44), s('title', {}, node.name + ' (' + node.id + ')')),
      s('text', {class: 'sub', x: 12, y: top(level) + 33}, clip(sub, 50)));
  });
  return h('div', {class: 'owner-graph'}, svg);
}
