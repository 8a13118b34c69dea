// The page: what was found, how sure it is, what it rests on.
const DATA = JSON.parse(document.getElementById('data').textContent);
const ALL = DATA.outcomes;
const BASE = ALL.find((each) => each.posture.id === DATA.baseline);
const nameOf = (id) => (ALL.find((each) => each.posture.id === id) || {posture: {name: id}}).posture.name;
const measure = (outcome, name) => outcome.measures[name];
const money = (value) => (value >= 1e6 ? `CAD ${(value / 1e6).toFixed(1)} m` : `CAD ${thousands(value)}`);
const between = (range) => `${people(range[0])} to ${people(range[1])}`;
const inYears = (part) => (part > 0.9995 ? 'in all' : part < 0.0005 ? 'in none' : `in ${percent(part, part > 0.99 || part < 0.01 ? 1 : 0)}`);
const hasRanges = DATA.assumption_sets > 0;
const card = (title, small, ...content) => h('section', {class: 'card'}, h('h3', {}, title, small ? h('small', {}, small) : ''), content);
const how = (...text) => h('p', {class: 'how'}, text);

function lead() {
  const most = [...ALL].sort((a, b) => measure(b, 'detections').mean - measure(a, 'detections').mean)[0];
  const found = measure(most, 'detections'), made = measure(most, 'deliveries'), missed = measure(most, 'undetected_barrels');
  const parts = [`${most.posture.name}: patrols would detect about `, h('b', {}, people(found.mean)), ` of ${people(made.mean)} deliveries in a year`,
    hasRanges ? ` (${between(found.assumptions_90)} as the assumptions vary)` : '', '. '];
  if (most !== BASE) parts.push(`${BASE.posture.name}: `, h('b', {}, people(measure(BASE, 'detections').mean)), ` of ${people(measure(BASE, 'deliveries').mean)}. `);
  const least = Math.min(...ALL.map((each) => measure(each, 'undetected_over_cap').mean));
  parts.push(least > 0.9995
    ? `In every posture the barrels that nobody detects exceed the yearly cap of ${thousands(DATA.cap_barrels)} by themselves: at best ${people(missed.mean)}, ${(missed.mean / DATA.cap_barrels).toFixed(1)} times the cap.`
    : `Undetected barrels exceed the yearly cap of ${thousands(DATA.cap_barrels)} by themselves ${inYears(least)} of the simulated years at best.`);
  return h('p', {class: 'lead'}, parts);
}

function caveats() {
  const own = ALL.flatMap((each) => each.posture.caveats.map((text) => h('li', {}, h('b', {}, each.posture.name + ': '), text)));
  const all = Object.values(BASE.posture.parameters), assumed = all.filter((each) => each.assumed).length;
  return h('section', {class: 'card warn'}, h('h3', {}, 'Before you rely on this'), h('ul', {},
    h('li', {}, 'These are simulated years, not observations. They compare postures with one another; they do not foretell a year.'),
    h('li', {}, `Of the ${all.length} numbers behind “${BASE.posture.name}”, ${assumed} are assumed and ${all.length - assumed} come from a published figure. All are listed below with their basis.`),
    h('li', {}, 'The rate of detection rests on a single published figure: ten cases that Japan made public for January to September 2018. Published deliveries are lower bounds reported by governments.'),
    DATA.published.length ? h('li', {}, 'Held against figures of later years the model misses, in places by far. The misses stand below unrepaired.') : '',
    h('li', {}, 'A detection here is a suspicion at sea. Nothing on this page says that any ship, person or State broke a measure.'),
    own));
}

function overview() {
  const most = Math.max(...ALL.map((each) => measure(each, 'undetected_barrels').mean));
  return card('The postures', 'a simulated year each', h('div', {class: 'scroll'}, h('table', {}, h('thead', {}, h('tr', {},
    ['Posture', 'Detections', 'Ships named', 'Reports', 'Undetected barrels', 'Cap exceeded unseen', 'Cost a year, a detection'].map((each, i) => h('th', {class: i ? 'num' : ''}, each)))),
    h('tbody', {}, ALL.map((each) => {
      const found = measure(each, 'detections'), missed = measure(each, 'undetected_barrels');
      return h('tr', {}, h('td', {class: 'who'}, h('b', {}, each.posture.name), h('br'), h('small', {}, each.posture.summary)),
        h('td', {class: 'num'}, h('b', {}, people(found.mean)), h('br'), h('small', {}, hasRanges ? between(found.assumptions_90) : '')),
        h('td', {class: 'num'}, people(measure(each, 'unique_ships').mean)), h('td', {class: 'num'}, people(measure(each, 'reports').mean)),
        h('td', {class: 'num'}, h('b', {}, people(missed.mean)), h('br'), h('small', {}, `${(missed.mean / DATA.cap_barrels).toFixed(1)} × cap`), h('span', {class: 'points', style: `width:${(missed.mean / most) * 100}%`})),
        h('td', {class: 'num'}, inYears(measure(each, 'cap_exceeded_unseen').mean), h('br'), h('small', {}, 'of the years')),
        h('td', {class: 'num'}, each.cost_cad ? [money(each.cost_cad), h('br'), h('small', {}, each.cost_per_detection_cad.mean ? money(each.cost_per_detection_cad.mean) + ' each' : '')] : 'none'));
    })))),
  how('“Cap exceeded unseen”: all supplies exceed the cap, while what is on record (reported and detected) does not show it. ',
    'Costs are assumed throughout: no official figure was found. ', hasRanges ? 'Small figures: nine results in ten when every assumption is drawn within its range.' : ''));
}

const key = (...items) => h('div', {class: 'key'}, items.map(([mark, text]) => h('span', {}, s('svg', {viewBox: '0 0 34 14'}, mark), text)));
const dotKey = () => key([s('circle', {class: 'dot', cx: 17, cy: 7, r: 5}), 'mean difference, assumptions at their base'], [s('line', {class: 'sure', x1: 3, x2: 31, y1: 7, y2: 7}), '95 %: chance in the simulation'], ...(hasRanges ? [[s('rect', {class: 'range', x: 2, y: 1, width: 30, height: 12, rx: 3}), 'nine in ten as assumptions vary']] : []));

function differences() {
  const others = ALL.filter((each) => each !== BASE);
  if (!others.length) return '';
  const rows = (list, get, sub, name) => list.map((each) => {
    const d = get(each)[name];
    return {label: each.posture.name, sub: sub(each), mean: d.mean, sure: d.mean_95, range: d.assumptions_90 || [d.mean, d.mean], text: signed(d.mean),
      note: hasRanges ? (d.same_sign > 0.995 ? 'same direction in all' : `same direction in ${percent(d.same_sign)}`) : ''};
  });
  const children = ALL.filter((each) => each.against && each.against !== DATA.baseline);
  const from = (each) => each.from_baseline, parent = (each) => each.from_parent;
  const none = () => '', against = (each) => 'against ' + nameOf(each.against);
  return card('What each posture changes', `against “${BASE.posture.name}”, in the same simulated years`, dotKey(),
    h('figure', {}, h('h4', {}, 'Detections a year'), dotPlot(rows(others, from, none, 'detections'), 'Differences in detections')),
    h('figure', {}, h('h4', {}, 'Undetected barrels a year (to the left is better)'), dotPlot(rows(others, from, none, 'undetected_barrels'), 'Differences in undetected barrels')),
    children.length ? h('figure', {}, h('h4', {}, 'One step at a time: detections a year, against the posture each builds on'), dotPlot(rows(children, parent, against, 'detections'), 'Differences step by step, detections')) : '',
    children.length ? h('figure', {}, h('h4', {}, 'One step at a time: undetected barrels a year'), dotPlot(rows(children, parent, against, 'undetected_barrels'), 'Differences step by step, barrels')) : '',
    how('Each year is simulated under every posture with the same weather, ships and luck, so that what differs is the posture. “Same direction”: part of the drawn assumptions under which the difference keeps its sign. A range that crosses zero means that the evidence does not settle whether the posture helps.'));
}

function barrels() {
  const most = Math.max(...ALL.map((each) => each.undetected_by_week.q95[51])) * 1.03;
  return card('Undetected barrels against the cap', 'over the weeks of a year', h('div', {class: 'many'}, ALL.map((each) => h('figure', {}, h('h4', {}, each.posture.name), fanPlot(each, DATA.cap_barrels, most)))),
    how(`Line: the middle year; band: nine years in ten; dashed: the cap of ${thousands(DATA.cap_barrels)} barrels (UNSCR 2397 (2017), paragraph 5); red dot: the week in which undetected barrels alone exceed it. Lawful supplies come on top. The band holds the assumptions at their base values; how far they move it stands in the table above.`));
}

function coverage() {
  const most = Math.max(...ALL.flatMap((each) => each.coverage_by_week), 1e-9);
  return card('Who watches when', 'coverage by week', ALL.map((each) => h('figure', {}, h('h4', {}, each.posture.name), h('div', {class: 'scroll'}, calendar(each, most)))),
    how('Upper strip: the chance that a delivery of that week is detected if smugglers keep to their habits: the stronger the colour the higher, one scale for all postures. Below: days on station, full height is seven a week or the busiest country. Empty weeks are weeks in which nobody looks.'));
}

function limits() {
  const best = Math.max(...ALL.map((each) => each.detection_chance.ceiling_of_any_plan));
  return card('What clever smugglers could make of it', 'chance that one delivery is detected', key(
    [s('circle', {class: 'dot red', cx: 17, cy: 7, r: 5}), 'floor: they know this plan'], [s('circle', {class: 'dot green', cx: 17, cy: 7, r: 5}), 'ceiling: best plan against those who know it'],
    [s('circle', {class: 'dot', cx: 17, cy: 7, r: 5}), 'simulated: they learn from detections'], [s('circle', {class: 'dot hollow', cx: 17, cy: 7, r: 5}), 'they keep to their habits']),
  h('figure', {}, boundsPlot(ALL)),
  h('p', {}, `If smugglers knew every plan and used the waters that patrols may not enter as far as those can carry the trade, no plan of these patrols could detect more than ${percent(best, 1)} of deliveries to ships that are on no list. What patrols detect beyond that they owe to smugglers who do not know, do not care or cannot move.`),
  how(`The two bounds solve a zero-sum game of place and method, week by week, with the capacities assumed below; the ceiling is certified to ${Math.max(...ALL.map((each) => each.detection_chance.certificate_gap)).toExponential(0)}. Timing is not a choice in it: fuel is needed all year. Ships on a list are found more readily than both bounds say.`));
}

function sensitivity() {
  if (!DATA.assumptions_one_at_a_time.length) return '';
  const place = h('div');
  const pick = (label, options, at) => h('label', {}, label + ' ', h('select', {onchange: () => draw()}, options.map(([value, text], i) => h('option', {value, selected: i === at ? '' : null}, text))));
  const most = ALL.indexOf([...ALL].sort((a, b) => measure(b, 'detections').mean - measure(a, 'detections').mean)[0]);
  const who = pick('Posture', [...ALL.map((each) => [each.posture.id, each.posture.name])], most);
  const what = pick('Effect on', [['detections', 'detections a year'], ['undetected_barrels', 'undetected barrels a year']], 0);
  const chosen = (label) => label.querySelector('select').value;
  const number = (value) => people(value);
  function draw() {
    const pairs = DATA.assumptions_one_at_a_time.map((each) => ({label: each.label, low: each[chosen(what)][chosen(who)][0], high: each[chosen(what)][chosen(who)][1],
      ends: each.path.includes('*') ? ['low', 'high'] : each.range.map(number)}))
      .sort((a, b) => Math.max(Math.abs(b.low), Math.abs(b.high)) - Math.max(Math.abs(a.low), Math.abs(a.high))).slice(0, 14).filter((each) => each.low || each.high);
    place.replaceChildren(h('h4', {}, `${nameOf(chosen(who))}: change in ${chosen(what) === 'detections' ? 'detections' : 'undetected barrels'} a year`), tornado(pairs, 'What the assumptions do, one at a time'));
  }
  draw();
  return card('What the result hangs on', 'one assumption at its low and at its high', h('div', {class: 'choose'}, who, what),
    key([s('rect', {class: 'bar-low', x: 4, y: 1, width: 26, height: 12}), 'at its low'], [s('rect', {class: 'bar-high', x: 4, y: 1, width: 26, height: 12}), 'at its high']), h('figure', {}, place),
    how('The fourteen that matter most. Assumptions of one kind move together: the area swept by all aircraft and ships, access to all places, and so on.'));
}

const missed = (miss) => { const rounded = Math.round(100 * miss); return (rounded > 0 ? '+' : rounded < 0 ? '−' : '') + Math.abs(rounded) + '\u202f%'; };
function published() {
  if (!DATA.published.length) return '';
  const row = (each) => {
    const far = Math.abs(each.miss) > 0.25;
    return h('tr', {class: each.use === 'calibrates' ? '' : far ? 'far' : 'near'},
      h('td', {}, each.use === 'calibrates' ? 'calibrated on' : 'checked against'), h('td', {}, each.period), h('td', {}, words(each.measure)),
      h('td', {class: 'num'}, h('small', {}, each.bound + ' '), people(each.published)),
      h('td', {class: 'num'}, people(each.model), h('br'), h('small', {}, between(each.years_90))),
      h('td', {class: 'num miss'}, missed(each.miss)), h('td', {}, h('span', {class: 'from'}, each.source)));
  };
  return card('Held against published figures', 'the smugglers of 2018, the patrols of each year', h('div', {class: 'scroll'}, h('table', {}, h('thead', {}, h('tr', {}, ['', 'Period', 'What', 'Published', 'Model', 'Miss', 'Source'].map((each, i) => h('th', {class: i > 2 && i < 6 ? 'num' : ''}, each)))),
    h('tbody', {}, DATA.published.map(row)))),
  h('p', {}, 'Read: fewer but larger deliveries were published for 2020 and 2022 than in 2018, and the model, which keeps the smugglers of 2018, has too many and too small ones. In autumn 2021 the Canadian patrol alone reported several times the suspicions that the model gives it: patrols are led by tips that the model knows only as one factor, and a suspicion is less than a published case. Use the model to compare postures, not to foretell counts.'),
  how('Small figures under the model: nine simulated years in ten. Reports of the Panel of Experts were not at hand; the pages named were.'));
}

function assumptions() {
  const rows = new Map();
  for (const each of ALL) for (const [path, parameter] of Object.entries(each.posture.parameters)) {
    const text = JSON.stringify(parameter), known = rows.get(path + text);
    if (known) known.where.push(each.posture.name);
    else rows.set(path + text, {path, parameter, where: [each.posture.name]});
  }
  const list = [...rows.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const row = ({path, parameter, where}) => h('tr', {}, h('td', {class: 'path'}, path, where.length < ALL.length ? [h('br'), h('small', {}, where.length > 2 ? `${where.length} postures` : where.join(', '))] : ''),
    h('td', {class: 'num'}, String(parameter.value)), h('td', {class: 'num'}, parameter.range[0] < parameter.range[1] ? `${parameter.range[0]} to ${parameter.range[1]}` : ''), h('td', {}, parameter.unit),
    h('td', {}, parameter.assumed ? h('b', {class: 'weak'}, 'assumed: ') : h('b', {}, 'source: '), parameter.basis));
  const pauses = ALL.flatMap((each) => each.posture.pauses.map((pause) => h('tr', {}, h('td', {class: 'path'}, 'pause.' + pause.id, h('br'), h('small', {}, each.posture.name)), h('td', {class: 'num', colspan: 2}, 'weeks ' + pause.weeks), h('td', {}, pause.countries.join(', ') || 'all'),
    h('td', {}, pause.assumed ? h('b', {class: 'weak'}, 'assumed: ') : h('b', {}, 'source: '), pause.basis))));
  return card('Every number and where it comes from', `${list.filter((each) => each.parameter.assumed).length} of ${list.length} are assumed`, h('div', {class: 'scroll'}, h('table', {}, h('thead', {}, h('tr', {}, ['Number', 'Value', 'Range', 'Unit', 'Basis'].map((each, i) => h('th', {class: i === 1 || i === 2 ? 'num' : ''}, each)))),
    h('tbody', {}, list.map(row), pauses))));
}

function method() {
  return card('How it was worked out', '', h('p', {}, 'A year is a row of deliveries, a random number of them each week. Each has a ship, a load, and a way: a place and a method (ship to ship, direct, barge). Patrols sweep area; a delivery is detected by the law of random search while it can be seen (Koopman 1946). A detected ship is named if it can be, more readily where a list at hand has it; it is told to partners after a delay; a named case may be reported, and the ship then lies up. Smugglers who notice shun the place and method for a time, by a logit choice with a memory, and partly foresee the plan of patrols.'),
    h('p', {}, 'Without that learning the mean has a formula, which the simulation meets; the two agree in the program’s tests.'),
    how(`${thousands(DATA.runs)} years of each posture, ${thousands(DATA.simulated_years)} in all; ${DATA.assumption_sets} sets of assumptions drawn; seed ${DATA.seed}. The same command gives the same page. Exempted deliveries (UNSCR 2397 (2017), paragraph 25) are kept apart from the cap: whether they count towards it is not for this program to say.`));
}

document.getElementById('run').textContent = `${ALL.length} posture${ALL.length > 1 ? 's' : ''} · ${thousands(DATA.runs)} simulated years each · seed ${DATA.seed}`;
document.getElementById('page').append(h('h2', {}, ALL.length > 1 ? 'Which patrols, with whom: what would change' : ALL[0].posture.name), lead(), caveats(), overview(),
  ...[differences(), barrels(), coverage(), limits(), sensitivity(), published(), method(), assumptions()].filter(Boolean));
