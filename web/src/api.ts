// The typed client of the program's API (openapi.json is its contract). All requests go to the origin the page came from.
import {signal} from '@preact/signals';
import type {Dossier, RunInfo} from './types';
import * as types from './types';

export class ApiError extends Error {
  constructor(readonly status: number, readonly code: string, message: string, readonly where = '') { super(message); }
}
export type Query = Record<string, string | number | boolean | null | undefined>;

const BASE = 'api/v1/';
export const session = signal<types.Session>({user: null, csrf: '', roles: [], four_eyes: true, login: false});
/** True while the program answers; the page says so when it does not. */
export const reachable = signal(true);

export function url(path: string, query: Query = {}): string {
  const list = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined && value !== '') list.set(name, String(value));
  const text = list.toString();
  return BASE + path + (text ? '?' + text : '');
}

async function request(path: string, init: RequestInit & {query?: Query} = {}): Promise<Response> {
  const {query, ...rest} = init;
  const headers = new Headers(rest.headers);
  if (rest.method && rest.method !== 'GET') headers.set('X-CSRF-Token', session.peek().csrf);
  let answer: Response;
  try {
    answer = await fetch(url(path, query), {...rest, headers, credentials: 'same-origin'});
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    reachable.value = false;
    throw new ApiError(0, 'unreachable', 'The program does not answer.');
  }
  reachable.value = true;
  if (answer.ok) return answer;
  let body: {error?: {code?: string; message?: string; where?: string}} = {};
  try { body = await answer.json(); } catch { /* not JSON: the status says enough */ }
  if (answer.status === 401 && session.peek().user) session.value = {...session.peek(), user: null};
  throw new ApiError(answer.status, body.error?.code ?? 'http', body.error?.message ?? `${answer.status} ${answer.statusText}`, body.error?.where);
}
export const get = async <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> => (await request(path, {query, signal})).json();
export const file = async (path: string, query?: Query): Promise<Blob> => (await request(path, {query})).blob();
export const post = async <T>(path: string, body: unknown, query?: Query): Promise<T> =>
  (await request(path, {method: 'POST', query, headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)})).json();
/** A file of the program's making, as text. */
export const postText = async (path: string, body: unknown, query?: Query): Promise<string> =>
  (await request(path, {method: 'POST', query, headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)})).text();
export const send = async <T>(path: string, body: BodyInit, type: string, query?: Query): Promise<T> =>
  (await request(path, {method: 'POST', query, headers: {'Content-Type': type}, body})).json();
const id = encodeURIComponent;

export const api = {
  status: () => get<types.Status>('status'),
  async session() { return (session.value = await get<types.Session>('session')); },
  async login(name: string, password: string) { await post('session', {name, password}); return api.session(); },
  async logout() { await request('session', {method: 'DELETE'}); return api.session(); },

  targets: (query?: Query, signal?: AbortSignal) => get<types.TargetPage>('targets', query, signal),
  target: (which: string) => get<Dossier>(`targets/${id(which)}`),
  events: (query?: Query, signal?: AbortSignal) => get<types.EventPage>('events', query, signal),
  /** `every`: where there are more rows than the program sends, every so-many-th of each vessel. */
  async positions(query?: Query, signal?: AbortSignal) {
    const answer = await request('positions', {query, signal});
    return {bytes: await answer.arrayBuffer(), every: Number(answer.headers.get('X-Cordon-Every') ?? 1) || 1};
  },
  track: (mmsi: number, query?: Query) => get<types.Track>(`tracks/${mmsi}`, query),
  vessels: (query?: Query, signal?: AbortSignal) => get<{vessels: types.VesselRow[]}>('vessels', query, signal),
  area: (body: types.AreaQuery) => post<types.AreaReport>('area', body),

  screen: (queries: types.ScreenQuery[]) => post<types.ScreenAnswers>('screen', {queries}),
  screenCsv: (text: string) => send<types.ScreenAnswers>('screen', text, 'text/csv'),
  entity: (which: string) => get<types.Entity>(`entities/${id(which)}`),
  compare: (left: Record<string, unknown>, right: Record<string, unknown>) => post<types.Comparison>('compare', {left, right}),

  networkSearch: (q: string, signal?: AbortSignal) => get<{nodes: types.NetworkNode[]}>('network/search', {q}, signal),
  networkExpand: (which: string, query: Query = {}) => get<types.NetworkPart>('network/expand', {id: which, ...query}),
  networkPaths: (from: string, query: Query = {}) => get<{paths: types.NetworkPath[]}>('network/paths', {from, to: 'listed', ...query}),
  networkControl: (which: string, as_of?: string) => get<types.Control>('network/control', {id: which, as_of}),

  lawVocabulary: () => get<types.LawVocabulary>('law/vocabulary'),
  lawCheck: (facts: unknown) => post<types.LawAnswer[]>('law/check', facts),
  lawMeasures: (query?: Query) => get<{measures: types.Measure[]}>('law/measures', query),
  lawMeasure: (which: string) => get<types.Measure>(`law/measures/${id(which)}`),

  analyse: (file: File) => send<types.Analysis>('analyse', file, 'application/octet-stream', {name: file.name}),
};

/** Live news of the program: server-sent events, resumed by the browser after a break. */
export function stream(handlers: Partial<Record<'status' | 'target' | 'alert' | 'reload' | 'missed', (data: unknown) => void>>): () => void {
  const source = new EventSource(url('stream'));
  for (const [name, handler] of Object.entries(handlers))
    source.addEventListener(name, (event) => {
      let data: unknown;
      try { data = JSON.parse((event as MessageEvent).data); } catch { return; }  // one bad record never stops a stream
      handler(data);
    });
  source.onopen = () => { reachable.value = true; };
  return () => source.close();
}
export type {Dossier, RunInfo};
