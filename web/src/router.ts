// Every view, selection, filter and time window is in the address: #/view/id?name=value. A link opens the same thing
// for someone else, and Back undoes. The part after # never reaches the server or its logs.
import {computed, signal} from '@preact/signals';

export interface Route { view: string; id: string; params: URLSearchParams }

function read(): Route {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?', 2);
  const [view = '', ...rest] = path.split('/');
  return {view: view || 'watch', id: rest.map(decode).join('/'), params: new URLSearchParams(query)};
}
function decode(text: string) { try { return decodeURIComponent(text); } catch { return text; } }

export const route = signal<Route>(read());
export const view = computed(() => route.value.view);
for (const news of ['hashchange', 'popstate']) addEventListener(news, () => { route.value = read(); });

type Params = Record<string, string | number | null | undefined>;
export function href(view: string, id = '', params: Params = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== null && value !== undefined && value !== '') query.set(name, String(value));
  const text = query.toString();
  return `#/${view}${id ? '/' + encodeURIComponent(id) : ''}${text ? '?' + text : ''}`;
}
// Not location.hash: its news comes later, and a parameter set in between would be lost.
function push(next: string) { history.pushState(null, '', next); route.value = read(); }
export function go(view: string, id = '', params: Params = {}) { push(href(view, id, params)); }

/** Changes parameters of the present address; null or '' removes one. Filters replace, so that Back leaves the view. */
export function setParams(change: Params, how: 'replace' | 'push' = 'replace') {
  const now = read();
  const all: Params = {...Object.fromEntries(now.params), ...change};
  const next = href(now.view, now.id, all);
  if (next === location.hash) return;
  if (how === 'push') { push(next); return; }
  history.replaceState(null, '', next);
  route.value = read();
}
export const param = (name: string, fallback = '') => route.value.params.get(name) ?? fallback;
export const setId = (id: string) => {
  const now = read();
  history.replaceState(null, '', href(now.view, id, Object.fromEntries(now.params)));
  route.value = read();
};
