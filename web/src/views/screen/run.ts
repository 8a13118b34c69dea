// One screening: what was asked, the answers as they come in, and what they rest on. It lives in this tab only.
import {signal} from '@preact/signals';
import {post} from '../../api';
import type {ListInfo, ScreenAnswers, ScreenHit, ScreenQuery} from '../../types';

export interface Query extends ScreenQuery { id: string; name: string }
/** One question with its answer; `rank` counts from the highest score. */
export interface Alert { key: string; query: Query; hits: ScreenHit[]; best: ScreenHit | null }
export interface Run { source: string; total: number; done: number; alerts: Alert[]; versions: ListInfo[]; at: string; busy: boolean; error?: Error }

export const run = signal<Run | null>(null);
/** Names per request: small enough that the first answers show at once. */
const CHUNK = 200;
/** More than this in one go belongs to `cordon screen` on the command line. */
export const MOST = 200_000;

const FIELDS: Record<string, string[]> = {
  id: ['id', 'ref', 'reference', 'customer_id', 'no', 'numero'], schema: ['schema', 'type', 'kind', 'sorte'],
  name: ['name', 'full_name', 'names', 'customer', 'party', 'nom', 'raison_sociale', 'vessel', 'navire', '이름', '名称', '姓名'],
  birth_date: ['birth_date', 'birthdate', 'date_of_birth', 'dob', 'born', 'date_de_naissance', 'naissance'],
  country: ['country', 'country_code', 'pays'], nationality: ['nationality', 'citizenship', 'nationalite'], gender: ['gender', 'sex', 'sexe'],
  imo: ['imo', 'imo_number', 'numero_omi', 'omi'], imo_company: ['imo_company'], mmsi: ['mmsi'], callsign: ['callsign', 'call_sign', 'indicatif'],
  flag: ['flag', 'flag_state', 'pavillon'], passport: ['passport', 'passport_number', 'passeport'], lei: ['lei'], build_year: ['build_year', 'year_built', 'built'],
};
const plain = (text: string) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').trim().toLowerCase().replace(/[\s.-]+/g, '_');
const fieldOf = (head: string) => Object.keys(FIELDS).find((field) => FIELDS[field]!.includes(plain(head)));

/** RFC 4180, with the separator that the first line uses. */
export function cells(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [], cell = '', quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') { cell += '"'; i++; } else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === separator) { row.push(cell); cell = ''; }
    else if (c === '\n' || c === '\r') {
      if (c === '\r' && text[i + 1] === '\n') i++;
      row.push(cell); rows.push(row); row = []; cell = '';
    } else cell += c;
  }
  if (cell || row.length) { row.push(cell); rows.push(row); }
  return rows.filter((each) => each.some((value) => value.trim()));
}
/** A list of names, one a line, or a table whose first line names at least one known column. */
export function parse(text: string): {queries: Query[]; columns: string[]; unknown: string[]} {
  const body = text.replace(/^\ufeff/, '');
  const first = body.split(/\r?\n/, 1)[0] ?? '';
  const separator = ['\t', ';', ','].map((each) => [each, first.split(each).length] as const).sort((a, b) => b[1] - a[1])[0]![0];
  const heads = cells(first, separator)[0] ?? [];
  const known = heads.map(fieldOf);
  const isTable = known.some((field) => field === 'name' || field === 'imo' || field === 'mmsi') && (heads.length > 1 || known[0] === 'name');
  if (!isTable) {
    const names = body.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
    return {queries: names.map((name, i) => ({id: String(i + 1), name})), columns: ['name'], unknown: []};
  }
  const queries = cells(body, separator).slice(1).map((row, i) => {
    const query: Query = {id: String(i + 1), name: ''};
    known.forEach((field, column) => { const value = row[column]?.trim(); if (field && value) query[field] = value; });
    return query;
  });
  return {queries, columns: known.filter((each) => each !== undefined), unknown: heads.filter((_, i) => !known[i])};
}

/** The lists among the versions that an answer rests on. */
export const listsOf = (versions: unknown): ListInfo[] => {
  const lists = Array.isArray(versions) ? versions : (versions as {lists?: unknown} | null)?.lists;
  return Array.isArray(lists) ? lists : lists && typeof lists === 'object' ? Object.entries(lists).map(([dataset, version]) => ({dataset, version: typeof version === 'string' ? version : String((version as ListInfo).version ?? ''), file: '', entities: 0})) : [];
};

let turn = 0;
/** Asks in pieces; the queue fills as they are answered. A new run ends the one before. */
export async function screen(queries: Query[], source: string) {
  const mine = ++turn;
  const alerts: Alert[] = [];
  run.value = {source, total: queries.length, done: 0, alerts, versions: [], at: new Date().toISOString(), busy: true};
  try {
    for (let from = 0; from < queries.length; from += CHUNK) {
      const part = queries.slice(from, from + CHUNK);
      // The place in the run is the id: two rows of a table may carry the same one.
      const answer = await post<ScreenAnswers>('screen', {queries: part.map((query, i) => ({...query, id: String(from + i)}))});
      if (mine !== turn) return;
      answer.answers.forEach((each, i) => {
        const query = part[i]!;
        alerts.push({key: String(from + i), query, hits: each.hits, best: each.hits[0] ?? null});
      });
      run.value = {...run.peek()!, done: from + part.length, alerts: alerts.slice(), versions: listsOf(answer.versions)};
    }
    run.value = {...run.peek()!, busy: false};
  } catch (error) { if (mine === turn) run.value = {...run.peek()!, busy: false, error: error as Error}; }
}
export function stop() { turn++; if (run.value) run.value = {...run.value, busy: false}; }
export function forget() { turn++; run.value = null; }

/** What a case about this hit is about; the same party and entry meet the same case again. */
export const subjectOf = (query: Query, hit: ScreenHit) =>
  ({type: 'entity', id: `${hit.entity_id} ~ ${[query.name, query.birth_date, query.imo, query.mmsi].filter(Boolean).join(' ')}`});
