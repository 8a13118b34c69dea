// One target, whole: the chain of evidence, where, when, who, which law, what is not known, and the sources of it all.
import {drawOwners, drawTimeline} from './diagrams.js';
import {h, minute, say, sourceWords, words} from './dom.js';
import {drawMap} from './map.js';

const STRONG = new Set(['prohibited', 'freeze', 'seize_inspect_impound', 'deny_port_entry', 'inspect_with_flag_consent']);
const OPEN = new Set(['needs_more_information', 'permit_or_certificate_required', 'prohibited_unless_committee_approves', 'report_required',
  'humanitarian_request_required', 'allowed_with_conditions']);
// Which verdict speaks first in the chain strip.
const WEIGHT = ['seize_inspect_impound', 'freeze', 'deny_port_entry', 'prohibited', 'inspect_with_flag_consent', 'prohibited_unless_committee_approves', 'report_required', 'needs_more_information'];
const weightOf = (verdict) => { const at = WEIGHT.indexOf(verdict); return at < 0 ? WEIGHT.length : at; };
const FIRST_BASES = 3;  // what a reader takes in at once; the rest is one click away
const FIRST_CHAINS = 4;

export const nameOf = (target) => target.identity.name || target.id;

export function idWords(identity) {
  return [identity.imo && `IMO ${identity.imo}${identity.imo_check ? '' : ` (${say('d.badCheck')})`}`, 'MMSI ' + identity.mmsi.join(', '),
    identity.callsign && `${say('d.callsign')} ${identity.callsign}`, identity.flag_name && `${identity.flag_name} (${identity.flag_basis})`, identity.type,
    identity.length_m && `${identity.length_m} × ${identity.beam_m || '?'} m`, identity.built && say('d.built', {year: identity.built})].filter(Boolean).join(' · ');
}

export function tagsOf(target) {
  const tags = [];
  if (target.listings.some((listing) => listing.score >= 1)) tags.push(['red', say('d.listed')]);
  else if (target.listings.length) tags.push(['amber', say(target.listings.some((listing) => listing.corroborated) ? 'd.probablyListed' : 'd.maybeListed')]);
  if (target.chains.some((chain) => chain.verdicts.some((verdict) => verdict.verdict === 'blocked'))) tags.push(['red', say('d.ownerListed')]);
  else if (target.chains.length) tags.push(['amber', say('d.linked')]);
  const counts = {};
  for (const event of target.events) counts[event.type] = (counts[event.type] || 0) + 1;
  for (const [type, count] of Object.entries(counts)) if (type !== 'listed_vessel') tags.push(['', words(type, 'event') + (count > 1 ? ' ×' + count : '')]);
  return tags.map(([tone, text]) => h('span', {class: 'tag ' + tone}, text));
}

// Behaviour -> vessel -> owners -> listed party -> measure: the whole case in five boxes.
export function drawChainStrip(target) {
  const behaviour = target.evidence.find((each) => each.kind === 'behaviour') || target.evidence.find((each) => each.kind === 'identity');
  const chain = target.chains[0];
  const listing = target.listings[0];
  const point = [...target.law].sort((a, b) => weightOf(a.verdict) - weightOf(b.verdict))[0];
  const basis = point && point.basis[0];
  let number = 0;
  const box = (kind, main, sub) => h('section', {class: main ? kind : kind + ' none'}, h('h3', {}, h('i', {'aria-hidden': 'true'}, String(++number)), say('d.strip.' + kind)),
    main ? h('b', {}, main) : h('span', {}, sub), main && sub ? h('small', {}, sub) : '');
  const between = chain ? chain.steps.map((step) => step.from.name).filter((name) => name !== chain.listed.name) : [];
  const listed = chain && (!listing || listing.score < 1) ? chain.listed : null;
  const how = listing && (listing.score >= 1 ? 'd.itself' : listing.corroborated ? 'd.probably' : 'd.maybe');
  return h('div', {class: 'chain'},
    box('behaviour', behaviour && behaviour.statement, behaviour ? '' : say('d.noEvent')),
    box('vessel', nameOf(target), [target.identity.imo && 'IMO ' + target.identity.imo, target.identity.flag_name].filter(Boolean).join(', ')),
    box('owners', between.length ? between.join(' ← ') : chain ? say('d.directly') : '',
      chain ? chain.steps.map((step) => [words(step.kind, 'relation'), step.share].filter(Boolean).join(' ')).join(', ') : say('d.noChain')),
    box('listed', listed ? listed.caption || listed.name : listing && `${say(how)} ${listing.caption}`,
      listed ? [listed.datasets.join(', '), listed.programs.join('; '), listed.listing_date].filter(Boolean).join(' · ')
        : listing ? [listing.source.dataset, listing.programs.join('; '), listing.listing_date].filter(Boolean).join(' · ') : say('d.noList')),
    box('measure', point && words(point.verdict, 'verdict'),
      point ? [basis ? point.jurisdiction + ':' : point.jurisdiction, basis && basis.citation, basis && !basis.paragraph_verified && `(${say('d.notVerified')})`].filter(Boolean).join(' ') : say('d.noMeasure')));
}

const card = (key, note, attributes, ...children) => h('section', {class: 'card', ...attributes}, h('h3', {}, say(key), note ? h('small', {}, note) : ''), children);
const head = (...keys) => h('thead', {}, h('tr', {}, keys.map((key) => h('th', {scope: 'col'}, key ? say(key) : h('span', {class: 'only-read'}, '#')))));

function evidenceCard(target) {
  const most = Math.max(...target.evidence.map((each) => each.points), 1);
  return card('d.why', say('d.whyNote'), {id: 'evidence'}, h('table', {}, h('tbody', {}, target.evidence.map((each) => h('tr', {},
    h('td', {class: 'num points-cell'}, each.points.toFixed(1), h('span', {class: 'points', style: `width:${Math.max(4, (each.points / most) * 100)}%`})),
    h('td', {}, each.statement, each.sources.length ? h('small', {class: 'sources'}, each.sources.slice(0, 5).map((source) => h('span', {}, sourceWords(source)))) : ''))))));
}

function eventsCard(target) {
  const where = (event) => (event.lat === undefined || event.lat === null ? '' : `${Math.abs(event.lat).toFixed(3)}° ${event.lat < 0 ? 'S' : 'N'} ${Math.abs(event.lon).toFixed(3)}° ${event.lon < 0 ? 'W' : 'E'}`);
  const others = (event) => event.mmsi.filter((mmsi) => !target.identity.mmsi.includes(mmsi)).join(', ');
  return card('d.events', say('d.eventsNote'), {id: 'events'}, h('table', {}, head('', 'd.what', 'd.when', 'd.where', 'd.score'),
    h('tbody', {}, target.events.map((event, index) => h('tr', {id: 'event-' + index},
      h('td', {class: 'num'}, String(index + 1)),
      h('td', {}, h('b', {}, words(event.type, 'event')), others(event) ? ` ${say('d.with')} MMSI ${others(event)}` : '',
        h('details', {}, h('summary', {}, say('d.evidence')), h('ul', {}, (event.reasons || []).map((reason) => h('li', {}, reason))),
          h('small', {}, [event.rule, ...Object.entries(event.evidence || {}).map(([name, value]) => `${words(name)} ${value}`)].join(' · ')))),
      h('td', {class: 'tnum'}, minute(event.start), h('br'), minute(event.end)),
      h('td', {class: 'tnum'}, where(event)),
      h('td', {class: 'num'}, event.score.toFixed(2)))))));
}

function ownersCard(target) {
  if (!target.chains.length) return '';
  const draw = (chain) => [drawOwners(chain),
    chain.verdicts.length ? h('table', {}, h('tbody', {}, chain.verdicts.map((verdict) => h('tr', {}, h('td', {}, h('b', {}, verdict.rule)),
      h('td', {}, words(verdict.verdict, 'control'), verdict.share ? ` (${verdict.share})` : ''),
      h('td', {}, h('details', {}, h('summary', {}, say('d.proof')), h('ul', {}, verdict.proof.map((step) => h('li', {}, step))))))))) : '',
    h('p', {}, h('small', {}, chain.listed.match_reasons.join(' ')))];
  return card('d.owners', say('d.ownersNote'), {id: 'owners'}, target.chains.slice(0, FIRST_CHAINS).map(draw),
    target.chains.length > FIRST_CHAINS ? h('details', {}, h('summary', {}, say('d.moreChains', {n: target.chains.length - FIRST_CHAINS})), target.chains.slice(FIRST_CHAINS).map(draw)) : '');
}

function lawCard(target, run) {
  const situations = [...new Set(target.law.map((point) => point.situation))];
  const verified = (basis) => (basis.paragraph_verified ? h('span', {class: 'verified'}, '✓ ' + say('d.verified'))
    : h('span', {class: 'unverified'}, basis.content_verified ? say('d.contentVerified') : say('d.unverified')));
  const item = (point) => (basis) => h('li', {}, h('span', {class: 'cite'}, basis.citation), ' ', verified(basis), h('br'), basis.summary,
    basis.may_or_must ? h('div', {class: OPEN.has(point.verdict) ? 'may open' : 'may'}, (point.verdict === 'needs_more_information' ? say('d.ifSo') + ' ' : '') + basis.may_or_must) : '');
  return card('d.law', say('d.lawNote', {date: run.as_of, version: run.law_version}), {class: 'card law', id: 'law'},
    situations.length ? situations.map((situation) => h('section', {}, h('h4', {}, situation),
      target.law.filter((point) => point.situation === situation).map((point) => h('div', {class: 'row'}, h('b', {}, point.jurisdiction),
        h('div', {}, h('span', {class: 'verdict ' + (STRONG.has(point.verdict) ? 'strong' : OPEN.has(point.verdict) ? 'open' : '')}, words(point.verdict, 'verdict')),
          h('ul', {}, point.basis.slice(0, FIRST_BASES).map(item(point))),
          point.basis.length > FIRST_BASES ? h('details', {}, h('summary', {}, say('d.more', {n: point.basis.length - FIRST_BASES, what: point.basis.slice(FIRST_BASES).map((basis) => basis.citation).join('; ')})),
            h('ul', {}, point.basis.slice(FIRST_BASES).map(item(point)))) : '',
          point.missing.length ? h('p', {}, h('small', {}, say('d.mustKnow') + ' ' + point.missing.join(' '))) : ''))))) : h('p', {}, say('d.noLaw')));
}

function identityCard(target) {
  return card('d.identity', target.registry || say('d.noRegister'), {id: 'identity'},
    h('div', {class: 'wide'}, h('table', {}, head('d.firstHeard', 'd.lastHeard', 'd.name', 'IMO', 'MMSI', 'd.callsign', 'd.size', 'd.reports'),
      h('tbody', {}, target.identity.history.map((heard) => h('tr', {}, [minute(heard.first), minute(heard.last), heard.name, heard.imo, heard.mmsi, heard.callsign,
        heard.length_m ? `${heard.length_m} × ${heard.beam_m || '?'}` : '', heard.reports].map((each) => h('td', {class: 'tnum'}, each === undefined ? '' : String(each)))))))));
}

// data: {box: [south, west, north, east], land: [[lat, lon, ...], ...]}. `titled` false: the caller draws its own title.
export function drawDossier(target, run, data, titled = true) {
  const select = (index) => {
    const row = document.getElementById('event-' + index);
    row.querySelector('details').open = true;
    row.scrollIntoView({block: 'center'});
  };
  const title = h('div', {class: 'title'}, h('h2', {}, h('span', {class: 'rank'}, String(target.rank)), nameOf(target)), h('span', {class: 'tags'}, tagsOf(target)),
    h('span', {class: 'total'}, say('d.score') + ' ', h('b', {}, target.score.toFixed(0))));
  return [titled ? title : '', h('p', {class: 'ids'}, idWords(target.identity)), h('p', {class: 'headline'}, target.headline), drawChainStrip(target),
    h('div', {class: 'grid'},
      h('div', {}, card('d.where', say('d.whereNote'), {id: 'where'}, drawMap(target, data, select)), card('d.when', 'UTC', {id: 'when'}, drawTimeline(target, run, select)), ownersCard(target)),
      h('div', {}, lawCard(target, run), card('d.unknown', '', {class: 'card unknown', id: 'unknown'}, h('ul', {}, target.unknown.map((each) => h('li', {}, each)))))),
    evidenceCard(target), eventsCard(target), identityCard(target),
    h('footer', {class: 'basis'}, `${say('d.lists')}: ${run.lists.map((list) => `${list.dataset} (${list.version || say('d.noDate')}, ${list.entities})`).join('; ')}. ${say('d.traffic')}: ${run.feeds.map((feed) => feed.split('/').pop()).join(', ')}. `
      + `cordon ${run.program_version}. ${say('d.caution')}`,
    run.warnings.length ? h('details', {}, h('summary', {}, say('d.notRead')), h('ul', {}, run.warnings.map((each) => h('li', {}, each)))) : '')];
}
