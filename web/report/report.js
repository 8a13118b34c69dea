'use strict';
// The page: ranked targets on the left, the chosen dossier on the right. Keys: j/k or arrows in the list, / to find.
const DATA = JSON.parse(document.getElementById('data').textContent);
const RUN = DATA.run;

const STRONG = new Set(['prohibited', 'freeze', 'seize_inspect_impound', 'deny_port_entry', 'inspect_with_flag_consent']);
const OPEN = new Set(['needs_more_information', 'permit_or_certificate_required', 'prohibited_unless_committee_approves', 'report_required',
  'humanitarian_request_required', 'allowed_with_conditions']);
// Which verdict speaks first in the chain strip.
const WEIGHT = ['seize_inspect_impound', 'freeze', 'deny_port_entry', 'prohibited', 'inspect_with_flag_consent', 'prohibited_unless_committee_approves', 'report_required', 'needs_more_information'];
const weightOf = (verdict) => { const at = WEIGHT.indexOf(verdict); return at < 0 ? WEIGHT.length : at; };

const nameOf = (target) => target.identity.name || target.id;

function idWords(identity) {
  return [identity.imo && `IMO ${identity.imo}${identity.imo_check ? '' : ' (check digit fails)'}`, 'MMSI ' + identity.mmsi.join(', '),
    identity.callsign && 'call sign ' + identity.callsign, identity.flag_name && `${identity.flag_name} by ${identity.flag_basis}`, identity.type,
    identity.length_m && `${identity.length_m} × ${identity.beam_m || '?'} m`, identity.built && 'built ' + identity.built].filter(Boolean).join(' · ');
}

function tagsOf(target) {
  const tags = [];
  if (target.listings.some((listing) => listing.score >= 1)) tags.push(['red', 'listed']);
  else if (target.listings.length) tags.push(['amber', target.listings.some((listing) => listing.corroborated) ? 'probably listed' : 'may be listed']);
  if (target.chains.some((chain) => chain.verdicts.some((verdict) => verdict.verdict === 'blocked'))) tags.push(['red', 'owner listed']);
  else if (target.chains.length) tags.push(['amber', 'linked to listed']);
  const counts = {};
  for (const event of target.events) counts[event.type] = (counts[event.type] || 0) + 1;
  for (const [type, count] of Object.entries(counts)) if (type !== 'listed_vessel') tags.push(['', words(type) + (count > 1 ? ' ×' + count : '')]);
  return tags.map(([tone, text]) => h('span', {class: 'tag ' + tone}, text));
}

// Behaviour -> vessel -> owners -> listed party -> measure: the whole case in five boxes.
function chainStrip(target) {
  const behaviour = target.evidence.find((each) => each.kind === 'behaviour') || target.evidence.find((each) => each.kind === 'identity');
  const chain = target.chains[0];
  const listing = target.listings[0];
  const point = [...target.law].sort((a, b) => weightOf(a.verdict) - weightOf(b.verdict))[0];
  const basis = point && point.basis[0];
  const box = (kind, title, main, sub) => h('section', {class: main ? kind : 'none'}, h('h3', {}, title), main ? h('b', {}, main) : h('span', {}, sub), main && sub ? h('small', {}, sub) : '');
  const between = chain ? chain.steps.map((step) => step.from.name).filter((name) => name !== chain.listed.name) : [];
  const listed = chain && (!listing || listing.score < 1) ? chain.listed : null;
  return h('div', {class: 'chain'},
    box('behaviour', 'Behaviour', behaviour && behaviour.statement, behaviour ? '' : 'No event at sea in this period.'),
    box('vessel', 'Vessel', nameOf(target), [target.identity.imo && 'IMO ' + target.identity.imo, target.identity.flag_name].filter(Boolean).join(', ')),
    box('owners', 'Owners and managers', between.length ? between.join(' ← ') : chain ? 'Directly' : '', chain ? chain.steps.map((step) => [words(step.kind), step.share].filter(Boolean).join(' ')).join(', ') : 'None known that leads to a listed party.'),
    box('listed', 'Listed party', listed ? listed.caption || listed.name : listing && (listing.score >= 1 ? 'The vessel itself: ' : listing.corroborated ? 'Probably: ' : 'May be: ') + listing.caption,
      listed ? [listed.datasets.join(', '), listed.programs.join('; '), listed.listing_date].filter(Boolean).join(' · ')
        : listing ? [listing.source.dataset, listing.programs.join('; '), listing.listing_date].filter(Boolean).join(' · ') : 'No list entry found. That is no clearance.'),
    box('measure', 'Measure', point && words(point.verdict), point ? [point.jurisdiction, basis && basis.citation, basis && !basis.paragraph_verified && '(paragraph number not verified)'].filter(Boolean).join(' ') : 'None derived from what is known.'));
}

function evidenceCard(target) {
  const most = Math.max(...target.evidence.map((each) => each.points), 1);
  return h('section', {class: 'card'}, h('h3', {}, 'Why it ranks here', h('small', {}, 'points by kind of evidence')),
    h('table', {}, h('tbody', {}, target.evidence.map((each) => h('tr', {},
      h('td', {class: 'num', style: 'width:4.5rem'}, each.points.toFixed(1), h('span', {class: 'points', style: `width:${Math.max(4, (each.points / most) * 100)}%`})),
      h('td', {}, each.statement, ' ', each.sources.length ? h('small', {}, '[' + each.sources.slice(0, 5).map(sourceWords).join(' | ') + ']') : ''))))));
}

function eventsCard(target) {
  return h('section', {class: 'card', id: 'events'}, h('h3', {}, 'Events', h('small', {}, 'numbers as on map and timeline, UTC')),
    h('table', {}, h('thead', {}, h('tr', {}, ['', 'What', 'When', 'Where', 'Score'].map((each) => h('th', {}, each)))),
      h('tbody', {}, target.events.map((event, index) => h('tr', {id: 'event-' + index},
        h('td', {class: 'num'}, index + 1),
        h('td', {}, h('b', {}, words(event.type)), event.mmsi.length > 1 ? ' with MMSI ' + event.mmsi.filter((mmsi) => !target.identity.mmsi.includes(mmsi)).join(', ') : '',
          h('details', {}, h('summary', {}, 'evidence'),
            h('ul', {}, (event.reasons || []).map((reason) => h('li', {}, reason))),
            h('small', {}, [event.rule, ...Object.entries(event.evidence || {}).map(([name, value]) => `${words(name)} ${value}`)].join(' · ')))),
        h('td', {}, minute(event.start), h('br'), minute(event.end)),
        h('td', {}, event.lat === undefined || event.lat === null ? '' : `${event.lat.toFixed(3)}, ${event.lon.toFixed(3)}`),
        h('td', {class: 'num'}, event.score.toFixed(2)))))));
}

function ownersCard(target) {
  if (!target.chains.length) return '';
  return h('section', {class: 'card'}, h('h3', {}, 'Who stands behind it', h('small', {}, 'each arrow has its source: hover')),
    target.chains.slice(0, 4).map((chain) => [drawOwners(chain),
      h('table', {}, h('tbody', {}, chain.verdicts.map((verdict) => h('tr', {}, h('td', {}, h('b', {}, verdict.rule)), h('td', {}, verdict.verdict, verdict.share ? ` (${verdict.share} held)` : ''),
        h('td', {}, h('details', {}, h('summary', {}, 'proof'), h('ul', {}, verdict.proof.map((step) => h('li', {}, step))))))))),
      h('p', {}, h('small', {}, chain.listed.match_reasons.join(' ')))]));
}

function lawCard(target) {
  const situations = [...new Set(target.law.map((point) => point.situation))];
  const verified = (basis) => basis.paragraph_verified ? h('span', {class: 'verified'}, ' ✓ paragraph verified')
    : h('span', {class: 'unverified'}, basis.content_verified ? ' content verified, paragraph number not' : ' not verified against a source text');
  const FIRST = 3;  // what a reader takes in at once; the rest is one click away
  const item = (point) => (basis) => h('li', {}, h('span', {class: 'cite'}, basis.citation), verified(basis), h('br'), basis.summary,
    basis.may_or_must ? h('div', {class: OPEN.has(point.verdict) ? 'may open' : 'may'}, (point.verdict === 'needs_more_information' ? 'If established: ' : '') + basis.may_or_must) : '');
  return h('section', {class: 'card law'}, h('h3', {}, 'What the law says', h('small', {}, `judged at ${RUN.as_of}; law data of ${RUN.law_version}`)),
    situations.length ? situations.map((situation) => h('section', {}, h('h4', {}, situation),
      target.law.filter((point) => point.situation === situation).map((point) => h('div', {class: 'row'}, h('b', {}, point.jurisdiction),
        h('div', {}, h('span', {class: 'verdict ' + (STRONG.has(point.verdict) ? 'strong' : OPEN.has(point.verdict) ? 'open' : '')}, words(point.verdict)),
          h('ul', {}, point.basis.slice(0, FIRST).map(item(point))),
          point.basis.length > FIRST ? h('details', {}, h('summary', {}, `${point.basis.length - FIRST} more: ` + point.basis.slice(FIRST).map((basis) => basis.citation).join('; ')),
            h('ul', {}, point.basis.slice(FIRST).map(item(point)))) : '',
          point.missing.length ? h('p', {}, h('small', {}, 'Must be known first: ' + point.missing.join(' '))) : ''))))) : h('p', {}, 'No measure follows from what is known. That is no clearance.'));
}

function identityCard(target) {
  return h('section', {class: 'card'}, h('h3', {}, 'Identity as broadcast', h('small', {}, target.registry || 'no register row')),
    h('table', {}, h('thead', {}, h('tr', {}, ['First heard', 'Last heard', 'Name', 'IMO', 'MMSI', 'Call sign', 'Size', 'Reports'].map((each) => h('th', {}, each)))),
      h('tbody', {}, target.identity.history.map((heard) => h('tr', {}, [minute(heard.first), minute(heard.last), heard.name, heard.imo, heard.mmsi, heard.callsign,
        heard.length_m ? `${heard.length_m} × ${heard.beam_m || '?'}` : '', heard.reports].map((each) => h('td', {}, each === undefined ? '' : String(each))))))));
}

function show(target) {
  const dossier = document.getElementById('dossier');
  const select = (index) => {
    const row = document.getElementById('event-' + index);
    row.querySelector('details').open = true;
    row.scrollIntoView({block: 'center'});
  };
  dossier.replaceChildren(
    h('div', {class: 'title'}, h('h2', {}, `${target.rank}. ${nameOf(target)}`), h('span', {}, tagsOf(target)), h('span', {class: 'total'}, 'score ', h('b', {}, target.score.toFixed(0)))),
    h('p', {class: 'ids'}, idWords(target.identity)),
    h('p', {class: 'headline'}, target.headline),
    chainStrip(target),
    h('div', {class: 'grid'},
      h('div', {}, h('section', {class: 'card'}, h('h3', {}, 'Where', h('small', {}, 'red dashes: silent for more than 2 h')), drawMap(target, DATA, select)),
        h('section', {class: 'card'}, h('h3', {}, 'When', h('small', {}, 'UTC')), drawTimeline(target, RUN, select)),
        ownersCard(target)),
      h('div', {}, lawCard(target),
        h('section', {class: 'card unknown'}, h('h3', {}, 'What is not known'), h('ul', {}, target.unknown.map((each) => h('li', {}, each)))))),
    evidenceCard(target), eventsCard(target), identityCard(target),
    h('footer', {}, `Lists: ${RUN.lists.map((list) => `${list.dataset} (${list.version || 'no date'}, ${list.entities} entries)`).join('; ')}. Traffic: ${RUN.feeds.map((feed) => feed.split('/').pop()).join(', ')}. `
      + `cordon ${RUN.program_version}. A score ranks work; it is no finding of law. That a party is not on a list is no clearance.`,
      RUN.warnings.length ? h('details', {}, h('summary', {}, 'What could not be read'), h('ul', {}, RUN.warnings.map((each) => h('li', {}, each)))) : ''));
  dossier.scrollTop = 0;
  for (const button of document.querySelectorAll('#list button')) button.setAttribute('aria-current', button.dataset.id === target.id);
  document.title = `cordon: ${nameOf(target)}`;
  history.replaceState(null, '', '#' + target.id);
}

function fillList(filter) {
  const needle = filter.trim().toLowerCase();
  const text = (target) => JSON.stringify([target.identity, target.headline, target.chains.map((chain) => chain.summary)]).toLowerCase();
  const found = DATA.targets.filter((target) => !needle || text(target).includes(needle));
  document.getElementById('list').replaceChildren(...found.map((target) => h('li', {}, h('button', {type: 'button', 'data-id': target.id, onclick: () => show(target)},
    h('span', {class: 'rank'}, target.rank), h('b', {}, nameOf(target)), h('span', {class: 'score'}, target.score.toFixed(0)),
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
else document.getElementById('dossier').append(h('p', {}, 'No vessel reached the least score. That is no clearance.'));
