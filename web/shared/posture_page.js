// A comparison of postures for a reader (posture.json): what was found, how sure it is, what it rests on. The report and the
// page of the program draw it from here, in the words of the dictionary given to dom.js.
import {h, s, say, words} from './dom.js';
import {boundsPlot, calendar, dotPlot, fanPlot, nameOf, people, percent, signed, thousands, tornado} from './posture.js';

// A text with nodes in its gaps.
const rich = (key, values) => say(key).split(/(\{\w+\})/).map((part) => (part.startsWith('{') && part.slice(1, -1) in values ? values[part.slice(1, -1)] : part));
const measure = (outcome, name) => outcome.measures[name];
const money = (value) => say('po.money', {n: value >= 1e6 ? say('po.m', {n: people(Math.round(value / 1e5) / 10)}) : thousands(value)});
const between = (range) => say('po.range', {low: people(range[0]), high: people(range[1])});
const inYears = (part) => (part > 0.9995 ? say('po.inAll') : part < 0.0005 ? say('po.inNone') : say('po.inPart', {part: percent(part, part > 0.99 || part < 0.01 ? 1 : 0)}));
const card = (id, title, small, ...content) => h('section', {class: 'card', id: `posture-${id}`}, h('h3', {}, title, small ? h('small', {}, small) : ''), content);
const how = (...text) => h('p', {class: 'how'}, text);
const key = (...items) => h('div', {class: 'key'}, items.map(([mark, text]) => h('span', {}, s('svg', {viewBox: '0 0 34 14', 'aria-hidden': 'true'}, mark), text)));
const sheet = (heads, numbers, rows) => h('div', {class: 'scroll', tabindex: 0}, h('table', {}, h('thead', {}, h('tr', {}, heads.map((each, i) => h('th', {class: numbers(i) ? 'num' : ''}, each)))), h('tbody', {}, rows)));
const labelOf = (swing) => (say(`po.of.${swing.path}`) === `po.of.${swing.path}` ? swing.label : say(`po.of.${swing.path}`));

export function drawPostures(data) {
  const all = data.outcomes, base = all.find((each) => each.posture.id === data.baseline), ranges = data.assumption_sets > 0;
  const named = (id) => nameOf(all.find((each) => each.posture.id === id) || {posture: {id, name: id}});
  const best = [...all].sort((a, b) => measure(b, 'detections').mean - measure(a, 'detections').mean)[0];
  const bold = (value) => h('b', {}, people(value));

  function lead() {
    const found = measure(best, 'detections'), made = measure(best, 'deliveries'), missed = measure(best, 'undetected_barrels');
    const parts = rich('po.lead', {name: nameOf(best), found: bold(found.mean), made: people(made.mean)});
    if (ranges) parts.push(' ', say('po.leadRange', {range: between(found.assumptions_90)}));
    parts.push('. ');
    if (best !== base) parts.push(...rich('po.leadBase', {name: nameOf(base), found: bold(measure(base, 'detections').mean), made: people(measure(base, 'deliveries').mean)}), ' ');
    const least = Math.min(...all.map((each) => measure(each, 'undetected_over_cap').mean));
    parts.push(least > 0.9995 ? say('po.overAll', {cap: thousands(data.cap_barrels), barrels: people(missed.mean), times: people(missed.mean / data.cap_barrels)}) : say('po.overSome', {cap: thousands(data.cap_barrels), years: inYears(least)}));
    return h('p', {class: 'lead'}, parts);
  }

  function caveats() {
    const numbers = Object.values(base.posture.parameters), assumed = numbers.filter((each) => each.assumed).length;
    return h('section', {class: 'card warn', id: 'posture-before'}, h('h3', {}, say('po.before')), h('ul', {},
      h('li', {}, say('po.before1')),
      h('li', {}, say('po.before2', {all: numbers.length, name: nameOf(base), assumed, rest: numbers.length - assumed})),
      h('li', {}, say('po.before3')), data.published.length ? h('li', {}, say('po.before4')) : '', h('li', {}, say('po.before5')),
      all.flatMap((each) => each.posture.caveats.map((text) => h('li', {}, h('b', {}, nameOf(each) + ': '), text)))));
  }

  function overview() {
    const most = Math.max(...all.map((each) => measure(each, 'undetected_barrels').mean));
    const bar = (part) => { const node = h('span', {class: 'points'}); node.style.width = `${part * 100}%`; return node; };
    return card('all', say('po.postures'), say('po.aYearEach'), sheet(['po.h.posture', 'po.h.detections', 'po.h.named', 'po.h.reports', 'po.h.undetected', 'po.h.unseen', 'po.h.cost'].map((each) => say(each)), (i) => i > 0, all.map((each) => {
      const found = measure(each, 'detections'), missed = measure(each, 'undetected_barrels');
      return h('tr', {}, h('td', {class: 'who'}, h('b', {}, nameOf(each)), h('br'), h('small', {}, each.posture.summary)),
        h('td', {class: 'num'}, bold(found.mean), h('br'), h('small', {}, ranges ? between(found.assumptions_90) : '')),
        h('td', {class: 'num'}, people(measure(each, 'unique_ships').mean)), h('td', {class: 'num'}, people(measure(each, 'reports').mean)),
        h('td', {class: 'num'}, bold(missed.mean), h('br'), h('small', {}, say('po.timesCap', {n: people(missed.mean / data.cap_barrels)})), bar(missed.mean / most)),
        h('td', {class: 'num'}, inYears(measure(each, 'cap_exceeded_unseen').mean), h('br'), h('small', {}, say('po.ofYears'))),
        h('td', {class: 'num'}, each.cost_cad ? [money(each.cost_cad), h('br'), h('small', {}, each.cost_per_detection_cad.mean ? say('po.each', {cost: money(each.cost_per_detection_cad.mean)}) : '')] : say('po.none')));
    })), how(say('po.overviewHow'), ' ', ranges ? say('po.smallFigures') : ''));
  }

  function differences() {
    const others = all.filter((each) => each !== base);
    if (!others.length) return '';
    const rows = (list, get, sub, name) => list.map((each) => {
      const d = get(each)[name];
      return {label: nameOf(each), sub: sub(each), mean: d.mean, sure: d.mean_95, range: d.assumptions_90 || [d.mean, d.mean], text: signed(d.mean),
        note: ranges ? (d.same_sign > 0.995 ? say('po.sameAll') : say('po.sameIn', {part: percent(d.same_sign)})) : ''};
    });
    const children = all.filter((each) => each.against && each.against !== data.baseline);
    const from = (each) => each.from_baseline, parent = (each) => each.from_parent;
    const none = () => '', against = (each) => say('po.against', {name: named(each.against)});
    const figure = (title, list, get, sub, name) => h('figure', {}, h('h4', {}, say(title)), dotPlot(rows(list, get, sub, name), say(title)));
    return card('changes', say('po.changes'), say('po.changesSmall', {name: nameOf(base)}),
      key([s('circle', {class: 'dot', cx: 17, cy: 7, r: 5}), say('po.key.mean')], [s('line', {class: 'sure', x1: 3, x2: 31, y1: 7, y2: 7}), say('po.key.sure')], ...(ranges ? [[s('rect', {class: 'range', x: 2, y: 1, width: 30, height: 12, rx: 3}), say('po.key.range')]] : [])),
      figure('po.dDetections', others, from, none, 'detections'), figure('po.dBarrels', others, from, none, 'undetected_barrels'),
      children.length ? [figure('po.stepDetections', children, parent, against, 'detections'), figure('po.stepBarrels', children, parent, against, 'undetected_barrels')] : '', how(say('po.changesHow')));
  }

  function barrels() {
    const most = Math.max(...all.map((each) => each.undetected_by_week.q95[51])) * 1.03;
    return card('barrels', say('po.barrels'), say('po.barrelsSmall'), h('div', {class: 'many'}, all.map((each) => h('figure', {}, h('h4', {}, nameOf(each)), fanPlot(each, data.cap_barrels, most)))), how(say('po.barrelsHow', {cap: thousands(data.cap_barrels)})));
  }

  function coverage() {
    const most = Math.max(...all.flatMap((each) => each.coverage_by_week), 1e-9);
    return card('calendar', say('po.watches'), say('po.watchesSmall'), all.map((each) => h('figure', {}, h('h4', {}, nameOf(each)), h('div', {class: 'scroll', tabindex: 0}, calendar(each, most)))), how(say('po.watchesHow')));
  }

  function limits() {
    const most = Math.max(...all.map((each) => each.detection_chance.ceiling_of_any_plan));
    const dot = (kind, text) => [s('circle', {class: 'dot ' + kind, cx: 17, cy: 7, r: 5}), say(text)];
    return card('limits', say('po.clever'), say('po.cleverSmall'), key(dot('red', 'po.key.floor'), dot('green', 'po.key.ceiling'), dot('', 'po.key.simulated'), dot('hollow', 'po.key.habit')), h('figure', {}, boundsPlot(all)),
      h('p', {}, say('po.cleverText', {best: percent(most, 1)})), how(say('po.cleverHow', {gap: Math.max(...all.map((each) => each.detection_chance.certificate_gap)).toExponential(0)})));
  }

  function sensitivity() {
    if (!data.assumptions_one_at_a_time.length) return '';
    const place = h('div');
    const pick = (label, options, at) => h('label', {}, label + ' ', h('select', {onchange: () => draw()}, options.map(([value, text], i) => h('option', {value, selected: i === at ? '' : null}, text))));
    const who = pick(say('po.h.posture'), all.map((each) => [each.posture.id, nameOf(each)]), all.indexOf(best));
    const what = pick(say('po.effect'), [['detections', say('po.perYear.detections')], ['undetected_barrels', say('po.perYear.undetected_barrels')]], 0);
    const chosen = (label) => label.querySelector('select').value;
    function draw() {
      const pairs = data.assumptions_one_at_a_time.map((each) => ({label: labelOf(each), low: each[chosen(what)][chosen(who)][0], high: each[chosen(what)][chosen(who)][1], ends: each.path.includes('*') ? [say('po.low'), say('po.high')] : each.range.map((value) => people(value))}))
        .sort((a, b) => Math.max(Math.abs(b.low), Math.abs(b.high)) - Math.max(Math.abs(a.low), Math.abs(a.high))).slice(0, 14).filter((each) => each.low || each.high);
      place.replaceChildren(h('h4', {}, say('po.swing', {name: named(chosen(who)), what: say(`po.perYear.${chosen(what)}`)})), tornado(pairs, say('po.hangs')));
    }
    draw();
    return card('tornado', say('po.hangs'), say('po.hangsSmall'), h('div', {class: 'choose'}, who, what),
      key([s('rect', {class: 'bar-low', x: 4, y: 1, width: 26, height: 12}), say('po.key.low')], [s('rect', {class: 'bar-high', x: 4, y: 1, width: 26, height: 12}), say('po.key.high')]), h('figure', {}, place), how(say('po.hangsHow')));
  }

  const missOf = (miss) => { const rounded = Math.round(100 * miss); return (rounded > 0 ? '+' : rounded < 0 ? '−' : '') + Math.abs(rounded) + '\u202f%'; };
  function published() {
    if (!data.published.length) return '';
    const row = (each) => h('tr', {class: each.use === 'calibrates' ? '' : Math.abs(each.miss) > 0.25 ? 'far' : 'near'},
      h('td', {}, say(each.use === 'calibrates' ? 'po.calibrates' : 'po.checks')), h('td', {}, each.period), h('td', {}, words(each.measure, 'po.measure')),
      h('td', {class: 'num'}, h('small', {}, each.bound + ' '), people(each.published)), h('td', {class: 'num'}, people(each.model), h('br'), h('small', {}, between(each.years_90))),
      h('td', {class: 'num miss'}, missOf(each.miss)), h('td', {}, h('span', {class: 'from'}, each.source)));
    return card('published', say('po.held'), say('po.heldSmall'), sheet(['', ...['po.h.period', 'po.h.what', 'po.h.published', 'po.h.model', 'po.h.miss', 'po.h.source'].map((each) => say(each))], (i) => i > 2 && i < 6, data.published.map(row)),
      h('p', {}, say('po.heldText')), how(say('po.heldHow')));
  }

  function assumptions() {
    const rows = new Map();
    for (const each of all) for (const [path, parameter] of Object.entries(each.posture.parameters)) {
      const same = path + JSON.stringify(parameter), known = rows.get(same);
      if (known) known.where.push(nameOf(each));
      else rows.set(same, {path, parameter, where: [nameOf(each)]});
    }
    const list = [...rows.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    const basis = (one) => [one.assumed ? h('b', {class: 'weak'}, say('po.assumed') + ' ') : h('b', {}, say('po.source') + ' '), one.basis];
    const row = ({path, parameter, where}) => h('tr', {}, h('td', {class: 'path'}, path, where.length < all.length ? [h('br'), h('small', {}, where.length > 2 ? say('po.nPostures', {n: where.length}) : where.join(', '))] : ''),
      h('td', {class: 'num'}, String(parameter.value)), h('td', {class: 'num'}, parameter.range[0] < parameter.range[1] ? say('po.range', {low: parameter.range[0], high: parameter.range[1]}) : ''), h('td', {}, parameter.unit), h('td', {}, basis(parameter)));
    const pauses = all.flatMap((each) => each.posture.pauses.map((pause) => h('tr', {}, h('td', {class: 'path'}, 'pause.' + pause.id, h('br'), h('small', {}, nameOf(each))), h('td', {class: 'num', colspan: 2}, say('po.weeks', {weeks: pause.weeks})), h('td', {}, pause.countries.join(', ') || say('po.allCountries')), h('td', {}, basis(pause)))));
    return card('numbers', say('po.numbers'), say('po.numbersSmall', {n: list.filter((each) => each.parameter.assumed).length, all: list.length}),
      sheet(['po.h.number', 'po.h.value', 'po.h.range', 'po.h.unit', 'po.h.basis'].map((each) => say(each)), (i) => i === 1 || i === 2, [...list.map(row), ...pauses]));
  }

  const method = () => card('method', say('po.worked'), '', h('p', {}, say('po.worked1')), h('p', {}, say('po.worked2')),
    how(say('po.workedHow', {runs: thousands(data.runs), years: thousands(data.simulated_years), sets: data.assumption_sets, seed: data.seed})));

  return [lead(), caveats(), overview(), ...[differences(), barrels(), coverage(), limits(), sensitivity(), published(), method(), assumptions()].filter(Boolean)];
}
