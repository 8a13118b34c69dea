// Cases as the program keeps them: every act is an entry of the ledger; a decision stands when a second person has signed it.
import {signal} from '@preact/signals';
import {get, post, send, session, url} from '../api';

interface RawAct { entry: number; time: string; by: string; role?: string }
interface Act extends RawAct { actor: string }
interface RawDecision extends RawAct { outcome: string; reason: string; effect: 'proposed' | 'confirmed' | 'contested' | 'reopened' }
interface RawRow { id: string; title: string; status: string; subject: {type: string; id: string}; created_by: string; created: string; updated: string; outcome?: string; waits_for_second_after?: string; decided_by?: string[]; seen: number }
interface RawCase extends RawRow { notes: (RawAct & {text: string})[]; attachments: (RawAct & {name: string; type: string; bytes: number; sha256: string})[]; decisions: RawDecision[] }

/** A proposal, and who signed it second; `final` once somebody has. */
export interface Decision { time: string; actor: string; decision: string; note: string; final: boolean; confirmed_by?: string; confirmed?: string }
export interface CaseRow extends RawRow { decision: Decision | null }
export interface Case extends CaseRow { notes: (Act & {text: string})[]; attachments: (Act & {name: string; type: string; bytes: number; sha256: string})[]; decisions: (Act & RawDecision)[]; signed: Decision[]; history: {entry: number; time: string; actor: string; what: string}[] }

export const cases = signal<CaseRow[] | null>(null);
const id = encodeURIComponent;
const row = (raw: RawRow): CaseRow => ({...raw, decision: raw.outcome ? {time: raw.updated, actor: raw.waits_for_second_after ?? raw.decided_by?.[0] ?? '', decision: raw.outcome, note: '', final: raw.status === 'decided', confirmed_by: raw.decided_by?.[1]} : null});
const named = <T extends RawAct>(each: T): T & Act => ({...each, actor: each.by});
function whole(sent: RawCase): Case {
  const raw = {...sent, notes: sent.notes.map(named), attachments: sent.attachments.map(named), decisions: sent.decisions.map(named)};
  const signed: Decision[] = [];
  for (const each of raw.decisions) {
    const pending = signed.at(-1);
    if (each.effect === 'confirmed' && pending) Object.assign(pending, {final: true, confirmed_by: each.actor, confirmed: each.time});
    else signed.push({time: each.time, actor: each.actor, decision: each.outcome, note: each.reason, final: each.effect === 'reopened'});
  }
  const history = [{entry: 0, time: raw.created, actor: raw.created_by, what: 'case.open'}, ...raw.notes.map((each) => ({...each, what: 'case.note'})), ...raw.attachments.map((each) => ({...each, what: 'case.attach'})), ...raw.decisions.map((each) => ({...each, what: `case.${each.effect}`}))];
  return {...raw, signed, decision: raw.status === 'open' ? null : signed.at(-1) ?? null, history: history.sort((a, b) => a.entry - b.entry)};
}
export async function loadCases(): Promise<CaseRow[]> {
  const {cases: all} = await get<{cases: RawRow[]}>('cases', {limit: 10_000});
  return (cases.value = all.map(row));
}
export const loadCase = async (which: string) => whole(await get<RawCase>(`cases/${id(which)}`));
export const openCase = (title: string, subject: {type: string; id: string}) => post<RawCase>('cases', {title: title.slice(0, 200), subject});
export const addNote = (which: string, text: string) => post<RawCase>(`cases/${id(which)}/notes`, {text});
export const attach = (which: string, file: File) => send<RawCase>(`cases/${id(which)}/attachments`, file, file.type || 'application/octet-stream', {name: file.name});
export const attachmentUrl = (which: string, entry: number) => url(`cases/${id(which)}/attachments/${entry}`);
/** `seen`: the last entry the person saw; the program refuses where somebody was faster. */
export const decide = (which: string, outcome: string, reason: string, seen?: number) => post<RawCase>(`cases/${id(which)}/decisions`, {outcome, reason, ...(seen ? {seen} : {})});

export const latest = (of: {decision: Decision | null}) => of.decision;
/** Four eyes: who proposed may not confirm. */
export const mayConfirm = (decision: Decision) => !decision.final && decision.actor !== session.value.user?.name;
