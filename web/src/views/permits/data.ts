// Exemption and permit requests. The program holds the rules: order of steps, four eyes, clocks; the page shows them.
import {get, post, url} from '../../api';

export interface Basis { citation: string; says?: string; verified?: boolean; paragraph_verified?: boolean; sources?: string[] }
export interface Column { id: string; label: string; mandatory?: boolean; type?: string }
export interface Field { id: string; label: string; ask: string; type: string; mandatory?: boolean | string; section?: string; choices?: string[]; columns?: Column[]; basis?: Basis }
export interface StepOf { id: string; label: string; after?: string[]; roles?: string[]; needs?: string[]; four_eyes?: boolean; basis?: Basis; outcomes?: string[] }
export interface Clock { id: string; label: string; amount: number; unit: string; starts: string; stops: string; nature?: string; basis?: Basis }
export interface Kind { id: string; name: string; authority: string; jurisdiction?: string; form?: string; bases?: Basis[]; fields: Field[]; steps: StepOf[]; clocks: Clock[] }
export interface Missing { field: string; place?: string; label: string; why: string; ask?: string; citation?: string; verified?: boolean; paragraph_verified?: boolean }
export interface Check { kind: string; complete: boolean; missing: Missing[]; unknown_fields?: string[]; findings?: {finding: string; citation?: string; verified?: boolean}[]; law?: {jurisdiction: string; verdict: string; because: string}[]; permissions_in_order?: {kind: string; name: string; needed: string; place: string}[]; steps?: {step: string; label: string; citation?: string; says?: string}[] }
export interface Act { entry: number; step: string; actor: string; role: string; revision?: number; date?: string; time?: string; outcome?: string; reference?: string; note?: string; draft_sha256?: string }
export interface Due { id?: string; kind?: string; clock: string; label: string; state?: string; due?: string; from?: string; started?: string; days_left?: number; working_days_left?: number; citation?: string; statutory?: boolean; doubts?: string[]; [key: string]: unknown }
export interface Permit { id: string; kind: string; state: string; closed_as?: string; revision: number; complete: boolean; missing: (Missing | string)[]; next: string[]; history: Act[]; fields?: Record<string, unknown>; date?: string; request?: {date?: string; fields?: Record<string, unknown>; facts?: Record<string, unknown>}; check?: Check; due?: Due[]; clocks?: Due[] }
const id = encodeURIComponent;

// The program writes a basis beside what rests on it.
const based = <T extends {basis?: Basis}>(raw: T): T => ('citation' in raw ? {...raw, basis: raw as unknown as Basis} : raw);
const read = (kind: Kind): Kind => ({...kind, fields: kind.fields.map(based), steps: kind.steps.map(based), clocks: kind.clocks.map(based)});

let all: Promise<Kind[]> | null = null;
export const kinds = () => (all ??= get<{kinds: Kind[]}>('permits/kinds').then((answer) => answer.kinds.map(read)).catch((error) => { all = null; throw error; }));
export const permits = async () => (await get<{permits: Permit[]}>('permits')).permits;
interface Answer { request: Permit['request']; state: Permit; checklist: Check; due: Due[] }
export const permit = async (which: string): Promise<Permit> => { const {request, state, checklist, due} = await get<Answer>(`permits/${id(which)}`); return {...state, request, check: checklist, due}; };
export const open = async (request: object) => (await post<Answer>('permits', request)).state;
export const step = (which: string, name: string, body: object) => post<Answer>(`permits/${id(which)}/${id(name)}`, body);
export const draftUrl = (which: string, format: 'html' | 'json' | 'text') => url(`permits/${id(which)}/draft`, {format});
/** Who drafted: the last one who opened or revised. */
export const drafters = (of: Permit) => new Set(of.history.filter((act) => act.step === 'open' || act.step === 'revise').map((act) => act.actor.toLowerCase()));
