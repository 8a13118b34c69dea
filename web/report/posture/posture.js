// The frame of the report: the comparison itself is drawn by shared/posture_page.js, as the page draws it.
useWords(JSON.parse(document.getElementById('words').textContent));
const DATA = JSON.parse(document.getElementById('data').textContent);
document.getElementById('run').textContent = say('po.run', {postures: DATA.outcomes.length, runs: thousands(DATA.runs), seed: DATA.seed});
document.getElementById('page').append(h('h2', {}, DATA.outcomes.length > 1 ? say('po.title') : nameOf(DATA.outcomes[0])), ...drawPostures(DATA));
