import {signal} from '@preact/signals';

export type Theme = 'dark' | 'light' | 'system';
const read = (): Theme => { try { return (localStorage.getItem('cordon.theme') as Theme) || 'dark'; } catch { return 'dark'; } };
export const theme = signal<Theme>(read());

const light = matchMedia('(prefers-color-scheme: light)');
/** What is shown now; a canvas or map reads its colours again when this changes. */
export const shown = signal<'dark' | 'light'>('dark');

function apply() {
  const now = theme.value === 'system' ? (light.matches ? 'light' : 'dark') : theme.value;
  document.documentElement.dataset.theme = now;
  shown.value = now;
}
export function setTheme(value: Theme) {
  theme.value = value;
  try { localStorage.setItem('cordon.theme', value); } catch { /* a private window keeps nothing */ }
  apply();
}
light.addEventListener('change', apply);
apply();

/** A colour token as "rgb(r, g, b)": what light-dark() comes to in the theme shown. */
export function colour(token: string): string {
  const probe = document.createElement('i');
  probe.style.color = `var(--${token})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}
