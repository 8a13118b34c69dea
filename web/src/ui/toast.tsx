import {signal} from '@preact/signals';
import {t} from '../i18n';

interface Toast { id: number; text: string; tone: 'note' | 'good' | 'bad'; href?: string }
const toasts = signal<Toast[]>([]);
let last = 0;
/** Says something at the foot of the page, and to a screen reader; gone after a while, errors stay until closed. */
export function toast(text: string, tone: Toast['tone'] = 'note', href?: string) {
  const id = ++last;
  toasts.value = [...toasts.value.slice(-3), {id, text, tone, href}];
  if (tone !== 'bad') setTimeout(() => close(id), 6000);
}
const close = (id: number) => { toasts.value = toasts.value.filter((each) => each.id !== id); };
export const fail = (error: unknown) => toast((error as Error).message, 'bad');

export const Toasts = () => <div class="toasts" role="status" aria-live="polite">
  {toasts.value.map((each) => <div key={each.id} class={`toast ${each.tone}`}>
    {each.href ? <a href={each.href}>{each.text}</a> : <span>{each.text}</span>}
    <button type="button" class="plain" aria-label={t('close')} onClick={() => close(each.id)}>×</button></div>)}
</div>;
