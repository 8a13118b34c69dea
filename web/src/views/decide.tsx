// Decide on one subject: a first person proposes with a note, a second one confirms or asks again.
import {useState} from 'preact/hooks';
import {minute, t, word} from '../i18n';
import {href} from '../router';
import {fail, toast} from '../ui/toast';
import {cases, decide, latest, loadCases, mayConfirm, openCase, type CaseRow} from './cases_data';

export const CHOICES = ['confirmed', 'dismissed', 'more_information'] as const;
const TONE: Record<string, string> = {confirmed: 'red', dismissed: 'blue', more_information: 'amber', escalated: 'amber', reopen: ''};

export function DecisionTag({of}: {of: CaseRow | undefined}) {
  const decision = of && latest(of);
  if (!decision) return <span class="soft">{of ? t('case.open') : ''}</span>;
  return <span class={`tag ${TONE[decision.decision] ?? ''}`}>{word('decision', decision.decision)}{decision.final ? '' : ` · ${t('case.oneOfTwo')}`}</span>;
}

export function Decide({subject, title, choices = CHOICES, done}: {subject: {type: string; id: string}; title: string; choices?: readonly string[]; done?: () => void}) {
  const known = cases.value?.find((each) => each.subject.type === subject.type && each.subject.id === subject.id);
  const decision = known ? latest(known) : null;
  const [note, setNote] = useState(''), [choice, setChoice] = useState(''), [busy, setBusy] = useState(false);
  const act = async (what: string, reason: string) => {
    setBusy(true);
    try {
      const which = known?.id ?? (await openCase(title, subject)).id;
      await decide(which, what, reason, known?.seen);
      await loadCases();
      setNote(''); setChoice('');
      toast(t('decide.kept', {id: which}), 'good', href('cases', which));
      done?.();
    } catch (error) { fail(error); }
    setBusy(false);
  };
  const pending = decision && !decision.final;
  return <section class="decide card" aria-label={t('decide.title')}>
    <h3>{t('decide.title')} {known && <small><a href={href('cases', known.id)}>{known.id}</a></small>}</h3>
    {decision && <p class="decided"><DecisionTag of={known} /> {decision.actor && <span>{t('decide.by', {who: decision.actor, when: minute(decision.time)})}</span>}
      {decision.final && decision.confirmed_by && <span>{t('decide.confirmedBy', {who: decision.confirmed_by})}</span>}
      {decision.note && <q>{decision.note}</q>}</p>}
    {pending && <p class={mayConfirm(decision) ? '' : 'soft'}>{mayConfirm(decision) ? t('decide.second') : t('decide.notYou')}</p>}
    {pending && mayConfirm(decision) && <button type="button" class="main" disabled={busy} onClick={() => void act(decision.decision, note.trim() || t('decide.agreed'))}>{t('decide.confirm', {what: word('decision', decision.decision)})}</button>}
    {!decision?.final && <>
      <div class="choices" role="radiogroup" aria-label={t('decide.choose')}>{choices.map((each) => <label key={each} class={choice === each ? 'chosen' : ''}>
        <input type="radio" name={`decision-${subject.id}`} checked={choice === each} onChange={() => setChoice(each)} />{word('decision', each)}</label>)}</div>
      <label class="asked-field"><span>{t('decide.note')}</span>
        <textarea rows={2} value={note} placeholder={t('decide.noteHint')} onInput={(event) => setNote(event.currentTarget.value)} /></label>
      <div class="row"><button type="button" class={pending ? '' : 'main'} disabled={busy || !choice || !note.trim()} onClick={() => void act(choice, note.trim())}>{t('decide.propose')}</button>
        <small>{t('decide.four')}</small></div>
    </>}
  </section>;
}
