// Keys. A view adds its own while it is shown; `?` lists all that work now.
import {signal} from '@preact/signals';
import {useLayoutEffect} from 'preact/hooks';
import {go} from './router';

export interface Key { keys: string; says: string; run: (event: KeyboardEvent) => void }
const layers: Key[][] = [];
export const helpOpen = signal(false);
let prefix = '';

const JUMPS: [string, string][] = [['w', 'watch'], ['m', 'map'], ['s', 'screen'], ['n', 'network'], ['r', 'patrol'], ['o', 'posture'], ['l', 'law'], ['p', 'permits'], ['c', 'cases'], ['e', 'ledger']];
layers.push([
  {keys: '?', says: 'keys.help', run: () => { helpOpen.value = !helpOpen.value; }},
  {keys: '/', says: 'keys.search', run: () => document.querySelector<HTMLInputElement>('main input[type=search]')?.focus()},
  ...JUMPS.map(([key, view]): Key => ({keys: `g ${key}`, says: `view.${view}`, run: () => go(view)})),
]);

export const allKeys = () => layers.flat();

/** Keys of a component, for as long as it is shown. */
export function useKeys(keys: Key[], deps: unknown[]) {
  useLayoutEffect(() => {  // with the drawing itself: a key pressed at once meets what is seen
    layers.push(keys);
    return () => { layers.splice(layers.indexOf(keys), 1); };
  }, deps);
}

const typing = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  && !['checkbox', 'radio', 'range', 'button'].includes((target as HTMLInputElement).type);

addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target)) {
    if (event.key === 'Escape') (event.target as HTMLElement).blur();
    return;
  }
  // Enter and the space bar belong to the button or link that has the focus.
  if ((event.key === 'Enter' || event.key === ' ') && (event.target as Element).closest?.('button, a, summary, [role=button]')) return;
  if (document.querySelector('dialog[open]') && event.key !== '?') return;
  const pressed = prefix ? `${prefix} ${event.key}` : event.key;
  const found = layers.slice().reverse().flat().find((key) => key.keys.split(', ').includes(pressed));
  const starts = !prefix && layers.some((layer) => layer.some((key) => key.keys.split(', ').some((each) => each.startsWith(event.key + ' '))));
  prefix = !found && starts ? event.key : '';
  if (!found) return;
  event.preventDefault();
  found.run(event);
});
