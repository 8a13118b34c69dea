// The frame of report.html: ranked targets on the left, the chosen dossier on the right. Keys: j/k or arrows, / to find.
useWords(JSON.parse(document.getElementById('words').textContent));
const DATA = JSON.parse(document.getElementById('data').textContent);
const RUN = DATA.run;
unfoldOnPaper();

function show(target) {
  const dossier = document.getElementById('dossier');
  dossier.replaceChildren(...drawDossier(target, RUN, DATA));
  dossier.scrollTop = 0;
  for (const button of document.querySelectorAll('#list button')) button.setAttribute('aria-current', button.dataset.id === target.id);
  document.title = `cordon: ${plainly(nameOf(target))}`;
  history.replaceState(null, '', '#' + target.id);
}

function fillList(filter) {
  const needle = filter.trim().toLowerCase();
  const text = (target) => JSON.stringify([target.identity, target.headline, target.chains.map((chain) => chain.summary)]).toLowerCase();
  const found = DATA.targets.filter((target) => !needle || text(target).includes(needle));
  document.getElementById('list').replaceChildren(...found.map((target) => h('li', {}, h('button', {type: 'button', 'data-id': target.id, onclick: () => show(target)},
    h('span', {class: 'rank'}, String(target.rank)), h('b', {}, nameOf(target)), h('span', {class: 'score'}, target.score.toFixed(0)),
    h('span', {class: 'why'}, target.headline), h('span', {class: 'tags'}, tagsOf(target).slice(0, 4))))));
  return found;
}

function move(step) {
  const buttons = [...document.querySelectorAll('#list button')];
  const now = buttons.findIndex((button) => button.getAttribute('aria-current') === 'true');
  const next = buttons[Math.max(0, Math.min(buttons.length - 1, now + step))];
  if (next) { next.click(); next.scrollIntoView({block: 'nearest'}); }
}

document.addEventListener('keydown', (event) => {
  if (event.target.tagName === 'INPUT') { if (event.key === 'Escape') event.target.blur(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'j' || event.key === 'ArrowDown') move(1);
  else if (event.key === 'k' || event.key === 'ArrowUp') move(-1);
  else if (event.key === '/') { event.preventDefault(); document.getElementById('find').focus(); } else return;
});
document.getElementById('find').addEventListener('input', (event) => fillList(event.target.value));
document.getElementById('run').textContent = `${minute(RUN.first)} to ${minute(RUN.last)} UTC · ${RUN.positions.toLocaleString('en')} positions · ${RUN.vessels.toLocaleString('en')} vessels · `
  + `${RUN.events.toLocaleString('en')} events · ${DATA.targets.length} targets · lists of ${RUN.lists.map((list) => (list.version || '?').slice(0, 10)).join(', ')}`;
const all = fillList('');
const wanted = all.find((target) => '#' + target.id === location.hash) || all[0];
if (wanted) show(wanted);
else document.getElementById('dossier').append(h('p', {}, say('d.noTarget')));
