// A plan as the program sends it, and the question that makes one. The question is in the address, so that a link is a plan.
import {get, post, type Query} from '../../api';

export interface AssetType { name: string; title: string; kind: 'ship' | 'air' | 'satellite'; modes: string[] }
export interface AssetRow { name: string; type: string; mode: string; base: {name: string; lat: number; lon: number}; sorties: number }
export interface Site { name: string; lat: number; lon: number; reach_nm: number; source: string; placed: string }
export interface Vocabulary {
  types: AssetType[]; targets: string[]; detection: string[]; formats: string[]; limits: {cells: number; sorties: number; days: number; runs: number};
  example: {area: string; from: string; to: string; target: string; sea_state: number; assets: AssetRow[]};
  evidence: {events: number; targets: number; sites: Site[]};
}
export interface Figure { value: number; assumed: boolean; source: string }
export interface PlanAsset { name: string; type: string; title: string; kind: string; mode: string; base?: {name: string; lat: number; lon: number}; effective_sweep_nm?: number; figures: Record<string, Figure>; passes?: {time: string; line: [number, number, number, number]}[] }
// Corners and lines are latitude, longitude, latitude, longitude.
export interface Visit { corners: [number, number, number, number]; legs: number; track_spacing_nm: number; coverage_factor: number; pod: number; poc: number; pos: number; start: string; end: string }
export interface Sortie {
  asset: string; number: number; start: string; end: string; transit_h: number; search_h: number; track_nm: number; cost: number; pos: number; visits: Visit[];
  points: {time: string; lat: number; lon: number; kind: 'base' | 'transit' | 'search'}[]; legs: {line: [number, number, number, number]; start: string; end: string}[];
}
export interface Plan {
  from: string; to: string; detection: string; seed: number; pos: {value: number; low: number; high: number}; bound: number; gap: number; hours: number; cost: number;
  conditions: {target: string; sea_state: number}; motion?: {speed_kn: number}; notes: string[]; assets: PlanAsset[]; sorties: Sortie[]; looks: {asset: string; time: string; pass: number; chance: number; pos: number}[];
  curves: {bound: [number, number][]; planned: [number, number][]; random: [number, number][]};
  clearance_nm: number; no_go: {coordinates: [number, number][][]}[];
  grid: {south: number; west: number; step_lat: number; step_lon: number; cell_nm: number; rows: number; columns: number; states: string[]};
  prior: {parts: {name: string; count: number; share: number}[]; mass: number[]; out_of_bounds: number}; best_coverage: number[]; posterior: number[];
}
export interface Evaluation { runs: number; found: number; simulated: {value: number; low: number; high: number}; planned: {value: number; low: number; high: number}; agree: boolean }

export interface Question {
  from: string; to: string; area: string; target: string; sea: number; law: string; motion: number; cell: number; clear: number; events: boolean; sites: boolean; rows: AssetRow[]; toml: string; nogo: [number, number][][];
}
// A JSON string is a TOML string too.
const text = (value: string) => JSON.stringify(value);
export function toToml({target, sea, rows}: Question): string {
  return `[conditions]\ntarget = ${text(target)}\nsea_state = ${sea}\n` + rows.map((row) =>
    `\n[[asset]]\nname = ${text(row.name)}\ntype = ${text(row.type)}\nmode = ${text(row.mode)}\nbase = { name = ${text(row.base.name)}, lat = ${row.base.lat}, lon = ${row.base.lon} }\n${row.sorties > 0 ? `sorties = ${row.sorties}\n` : ''}`).join('');
}
const polygon = (ring: [number, number][]) => ({type: 'Polygon', coordinates: [[...ring, ring[0]!]]});
export const toBody = (question: Question, prior?: unknown) => ({
  assets: question.toml || toToml(question), from: question.from, to: question.to, detection: question.law, cell_nm: question.cell, clearance_nm: question.clear, events: question.events, sites: question.sites,
  ...(question.motion > 0 ? {motion_kn: question.motion} : {}), ...(question.nogo.length ? {no_go: question.nogo.map(polygon)} : {}), ...(prior ? {prior} : {area: question.area}),
});

export function readQuestion(params: URLSearchParams, start: Vocabulary['example']): Question {
  const number = (name: string, otherwise: number) => { const given = params.get(name); return given !== null && given !== '' && Number.isFinite(+given) ? +given : otherwise; };
  const json = <T>(name: string, otherwise: T): T => { try { const value = JSON.parse(params.get(name) ?? ''); return Array.isArray(value) ? value as T : otherwise; } catch { return otherwise; } };
  const rows = json<AssetRow[]>('assets', start.assets).filter((row) => row && typeof row.name === 'string' && typeof row.type === 'string' && row.base && Number.isFinite(+row.base.lat) && Number.isFinite(+row.base.lon));
  return {from: params.get('from') || start.from.slice(0, 10), to: params.get('to') || start.to.slice(0, 10), area: params.get('area') || start.area, target: params.get('target') || start.target, sea: number('sea', start.sea_state),
    law: params.get('law') || 'exponential', motion: number('motion', 0), cell: number('cell', 10), clear: number('clear', 12), events: params.get('events') !== '0', sites: params.get('sites') !== '0', rows, toml: params.get('toml') ?? '', nogo: json<[number, number][][]>('nogo', [])};
}
export const writeQuestion = (q: Question, start: Vocabulary['example']) => ({
  from: q.from, to: q.to, area: q.area === start.area ? null : q.area, target: q.target === start.target ? null : q.target, sea: q.sea === start.sea_state ? null : q.sea, law: q.law === 'exponential' ? null : q.law, motion: q.motion || null,
  cell: q.cell === 10 ? null : q.cell, clear: q.clear === 12 ? null : q.clear, events: q.events ? null : '0', sites: q.sites ? null : '0', assets: JSON.stringify(q.rows) === JSON.stringify(start.assets) ? null : JSON.stringify(q.rows), toml: q.toml || null, nogo: q.nogo.length ? JSON.stringify(q.nogo) : null,
});

export const vocabulary = () => get<Vocabulary>('patrol/vocabulary');
export const makePlan = (question: Question, prior?: unknown) => post<Plan>('patrol/plan', toBody(question, prior));
export const evaluate = (plan: Plan, query: Query = {}) => post<Evaluation>('patrol/evaluate', plan, query);
export const update = (plan: Plan) => post<unknown>('patrol/update', plan);
