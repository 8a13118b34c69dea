// The book of law as the program holds it: words a form may offer, measures, verdicts.
import {get, post} from '../../api';

export interface Fact { name: string; kind: string; meaning: string; ask?: string; values?: string[]; required?: boolean; unit?: string }
export interface Goods { words: string[]; hs: string; tags?: string }
export interface Jurisdiction { code: string; name: string; note?: string }
export interface VerdictWord { word: string; kind: 'restrictive' | 'open' | 'permissive' | 'none'; meaning: string }
export interface Vocabulary { facts: Fact[]; goods?: Goods[]; jurisdictions: Jurisdiction[]; verdicts: VerdictWord[]; activities?: string[] }
export interface Basis { measure_id?: string; exemption_id?: string; citation: string; paragraph_verified: boolean; content_verified?: boolean }
export interface Answer { jurisdiction: string; verdict: string; basis: Basis[]; because: string; missing?: string[]; may_or_must?: string[]; id?: string }
export interface Measure { id: string; jurisdiction: string; kind?: string; instrument: string; citation: string; category: string; direction?: string; force?: string; summary: string; start: string | null; end?: string | null; status: string; paragraph_verified: boolean; content_verified: boolean;
  may_or_must?: string | string[]; sources?: (string | {key: string; what: string; location?: string; grade?: string})[]; [field: string]: unknown }
export type Facts = Record<string, string | number | boolean | string[]>;
export interface Question { date: string; facts: Facts; jurisdictions: string[] }

let words: Promise<Vocabulary> | null = null;
export const vocabulary = () => (words ??= get<Vocabulary>('law/vocabulary').catch((error) => { words = null; throw error; }));
export const check = (question: Question) => post<Answer[]>('law/check', question);
export const measures = async (query: Record<string, string>) => (await get<{measures: Measure[]}>('law/measures', {...query, limit: 10_000})).measures;
export const measure = (id: string) => get<Measure>(`law/measures/${encodeURIComponent(id)}`);
