// What is known of the chosen party or tie: verdict by rule with its proof, ownership by jurisdiction, ways to a listed party.
import {useEffect} from 'preact/hooks';
import {number, t, word} from '../../i18n';
import {href} from '../../router';
import {Load, useLoad} from '../../ui/states';
import {control, paths, type Party, type Proof, type Tie, type Verdict, type Way} from './data';

const TONE: Record<string, string> = {blocked: 'red', possible: 'amber', unknown: 'amber', no: ''};
export const VerdictTag = ({of}: {of: string}) => <span class={`tag ${TONE[of] ?? ''}`}>{word('control', of)}</span>;
export const STATUS_TONE: Record<string, string> = {alleged: 'amber', denied: 'amber', withdrawn: '', set_aside: '', final: 'blue'};
export const Status = ({of}: {of: string}) => <span class={`tag ${STATUS_TONE[of] ?? ''} status-${of}`}>{word('status', of)}</span>;
export const share = (of: {share_min: number; share_max: number}) => (of.share_min === of.share_max ? `${number(of.share_min, of.share_min % 1 ? 1 : 0)} %` : t('network.range', {least: number(of.share_min, of.share_min % 1 ? 1 : 0), most: number(of.share_max, of.share_max % 1 ? 1 : 0)}));
const sourceText = (tie: Tie) => [tie.source?.record ?? tie.source?.dataset, tie.source?.version].filter(Boolean).join(', ');
export const dates = (tie: Tie) => (tie.start || tie.end ? `${tie.start ?? t('network.open')} – ${tie.end ?? t('network.open')}` : '');

export function PartyPanel({party, asOf, nameOf, onParty, onWay, onTie, way, open, actions}: {party: Party; asOf: string; nameOf: (id: string) => string; onParty: (id: string) => void; onWay: (way: Way | null) => void; onTie: (id: string) => void; way: Way | null; open: Tie[];
  actions: preact.ComponentChildren}) {
  const found = useLoad(() => control(party.id, asOf), [party.id, asOf]);
  const ways = useLoad(() => paths(party.id, asOf), [party.id, asOf]);
  // Who looks up a party wants to see how it is tied to a listed one, if it is: the best way is drawn at once.
  useEffect(() => { if (!way && ways.value?.[0]) onWay(ways.value[0]); }, [ways.value]);
  return <div class="leaf">
    <header><h3>{party.name}</h3><p class="soft">{[word('schema', party.schema), party.country?.toUpperCase(), party.id].filter(Boolean).join(' · ')}</p>
      <p class="tags">{party.listed && <span class="tag red">{t('tag.listed')}</span>}</p></header>
    <div class="row">{actions}</div>
    <section><h4>{t('network.control')} <small class="tnum">{t('network.on', {day: asOf})}</small></h4>
      <Load from={found}>{({verdicts, by_country}) => <>
        <table class="rules"><tbody>{verdicts.map((each) => <RuleRow key={each.rule} of={each} nameOf={nameOf} onParty={onParty} />)}</tbody></table>
        <p class="never-small">{t('network.noIsNotClear')}</p>
        {by_country.length > 0 && <><h4>{t('network.byCountry')}</h4><ul class="bars">{by_country.map((each) => <li key={each.country}><span>{each.country ? each.country.toUpperCase() : t('network.noCountry')}</span>
          <span class="bar" ref={(node) => { node?.style.setProperty('--least', `${Math.min(100, each.share_min)}%`); node?.style.setProperty('--most', `${Math.min(100, each.share_max)}%`); }} /><span class="tnum">{share(each)}</span></li>)}</ul></>}
      </>}</Load></section>
    {!party.listed && <section><h4>{t('network.ways')}</h4>
      <Load from={ways}>{(all) => (all.length === 0 ? <p class="soft">{t('network.noWay')}</p> : <ol class="ways">{all.map((each, i) => {
        const on = way !== null && way.steps.map((step) => step.edge.id).join() === each.steps.map((step) => step.edge.id).join();
        return <li key={i}><button type="button" class="way" aria-pressed={on} onClick={() => onWay(on ? null : each)}><b>{each.caption}</b><small>{t('network.steps', {n: each.steps.length})}</small></button>
          {on && <ol class="steps">{each.steps.map((step, j) => <li key={j}><p><button type="button" class="as-link" onClick={() => onParty(step.from)}>{nameOf(step.from)}</button> <span class="soft">{step.forward ? '→' : '←'} {word('relation', step.edge.kind)}{step.edge.role ? ` (${step.edge.role})` : ''}</span> <button type="button" class="as-link" onClick={() => onParty(step.to)}>{step.caption}</button> <Status of={step.edge.status} /></p>
            {step.edge.note && <p class="soft">{step.edge.note}</p>}<small>{[dates(step.edge), sourceText(step.edge)].filter(Boolean).join(' · ')}</small></li>)}</ol>}</li>;
      })}</ol>)}</Load></section>}
    <section><h4>{t('network.ties', {n: open.length})}</h4><ul class="ties">{open.slice(0, 60).map((tie) => { const out = tie.from === party.id, other = out ? tie.to : tie.from;
      return <li key={tie.id}><button type="button" class="as-link" onClick={() => onTie(tie.id)}>{out ? '→' : '←'} {word('relation', tie.kind)}{tie.share ? ` ${tie.share}` : ''}</button> <button type="button" class="as-link strong" onClick={() => onParty(other)}>{nameOf(other)}</button> <Status of={tie.status} /></li>; })}</ul>
      {open.length > 60 && <p class="soft">{t('more', {n: open.length - 60})}</p>}</section>
    <p class="row"><a class="button" href={href('screen', '', {q: party.name})}>{t('network.screenIt')}</a></p>
  </div>;
}
function RuleRow({of, nameOf, onParty}: {of: Verdict; nameOf: (id: string) => string; onParty: (id: string) => void}) {
  return <tr><th scope="row">{of.rule}</th><td><VerdictTag of={of.verdict} />
    {of.share_max > 0 && <span class="tnum"> {share(of)}</span>} {of.basis && of.basis !== 'none' && <span class="soft">{word('basis', of.basis)}</span>}
    {of.proof.length > 0 && <details><summary>{t('network.proof', {n: of.proof.length})}</summary><ol class="proof">{of.proof.map((each: Proof | string, i) => (typeof each === 'string' ? <li key={i} lang="en">{each}</li> : <li key={i}><span lang="en">{each.statement}</span>
      {each.edges?.map((tie, j) => <small key={j}><button type="button" class="as-link" onClick={() => onParty(tie.from)}>{nameOf(tie.from)}</button> → {nameOf(tie.to)}: {word('relation', tie.kind)} <Status of={tie.status} /> {[tie.note, sourceText(tie)].filter(Boolean).join(' · ')}</small>)}</li>))}</ol></details>}
    {of.text && <details><summary>{t('network.rule')}</summary><p class="soft" lang="en">{of.text} <small>{of.citation}</small></p></details>}{of.notes?.map((note) => <p key={note} class="soft" lang="en">{note}</p>)}</td></tr>;
}

export function TiePanel({tie, nameOf, onParty}: {tie: Tie; nameOf: (id: string) => string; onParty: (id: string) => void}) {
  return <div class="leaf"><header><h3>{word('relation', tie.kind)}</h3><p class="tags"><Status of={tie.status} /></p></header>
    <p class="status-says">{t(`statusSays.${tie.status}`) === `statusSays.${tie.status}` ? word('status', tie.status) : t(`statusSays.${tie.status}`)}</p>
    <dl class="pairs"><div><dt>{t('network.from')}</dt><dd><button type="button" class="as-link" onClick={() => onParty(tie.from)}>{nameOf(tie.from)}</button></dd></div>
      <div><dt>{t('network.to')}</dt><dd><button type="button" class="as-link" onClick={() => onParty(tie.to)}>{nameOf(tie.to)}</button></dd></div>
      {tie.role && <div><dt>{t('network.role')}</dt><dd>{tie.role}</dd></div>}
      <div><dt>{t('network.share')}</dt><dd>{tie.share !== undefined && tie.share !== null && tie.share !== '' ? tie.share : t('network.notStated')}</dd></div>
      <div><dt>{t('network.dates')}</dt><dd class="tnum">{dates(tie) || t('network.notStated')}</dd></div>
      {tie.note && <div><dt>{t('network.note')}</dt><dd>{tie.note}</dd></div>}
      <div><dt>{t('source')}</dt><dd>{sourceText(tie) || t('network.notStated')}{tie.source?.line ? ` (${tie.source.line})` : ''}</dd></div></dl></div>;
}
