// Cases as the program keeps them: every act is an entry of the ledger; a decision stands when a second person has signed it.
import {signal} from '@preact/signals';
import {get, post, send, session} from '../api';

export interface Decision { time: string; actor: string; decision: string; note?: string; final?: boolean; confirmed_by?: string | null; confirmed?: string | null; entry?: number }
export interface CaseRow { id: string; title: string; status: string; subject: {type: string; id: string}; created_by: string; created?: string; updated?: string;
  decision?: Decision | null }
export interface Case extends CaseRow {
  notes: {time: string; actor: string; text: string; entry?: number}[];
  attachments: {time: string; actor: string; name: string; type?: string; size?: number; sha256?: string; entry?: number; id?: string}[];
  decisions: Decision[];
  history: {entry: number; time: string; actor: string; role?: string; what: string; payload?: Record<string, unknown>}[];
}
const id = encodeURIComponent;
export const cases = signal<CaseRow[] | null>(null);
export async function loadCases(): Promise<CaseRow[]> {
  const {cases: all} = await get<{cases: CaseRow[]}>('cases');
  return (cases.value = all);
}
export const loadCase = (which: string) => get<Case>(`cases/${id(which)}`);
export const openCase = (title: string, subject: {type: string; id: string}) => post<Case>('cases', {title, subject});
export const addNote = (which: string, text: string) => post<Case>(`cases/${id(which)}/notes`, {text});
export const attach = (which: string, file: File) => send<Case>(`cases/${id(which)}/attachments`, file, file.type || 'application/octet-stream', {name: file.name});
export const decide = (which: string, decision: string, note: string) => post<Case>(`cases/${id(which)}/decisions`, {decision, note});

export const latest = (of: {decision?: Decision | null; decisions?: Decision[]}) => of.decisions?.at(-1) ?? of.decision ?? null;
/** Four eyes: who proposed may not confirm. */
export const mayConfirm = (decision: Decision) => !decision.final && decision.actor !== session.value.user?.name;
