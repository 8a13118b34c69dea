// Words of the page. One dictionary a language under web/i18n; a new language is one more file and one more line here.
import {computed, effect, signal} from '@preact/signals';
import en from '../i18n/en.json';
import fr from '../i18n/fr.json';
import {useWords} from '../shared/dom.js';

const DICTIONARIES: Record<string, Record<string, string>> = {'en': en, 'fr-CA': fr};
export const LANGUAGES = [['en', 'English'], ['fr-CA', 'Français (Canada)']] as const;

const kept = () => { try { return localStorage.getItem('cordon.language'); } catch { return null; } };
const first = kept() ?? (navigator.language.startsWith('fr') ? 'fr-CA' : 'en');
export const language = signal(first in DICTIONARIES ? first : 'en');
const dictionary = computed(() => DICTIONARIES[language.value]!);
effect(() => useWords(dictionary.value));  // web/shared draws in the same words

export function setLanguage(code: string) {
  language.value = code;
  document.documentElement.lang = code;
  try { localStorage.setItem('cordon.language', code); } catch { /* a private window keeps nothing */ }
}

/** The text of a key; `{name}` is replaced. With `n`, "key.one" or "key.other" by the language's own plural rule. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  let text = dictionary.value[key];
  if (text === undefined && values.n !== undefined)
    text = dictionary.value[`${key}.${new Intl.PluralRules(language.value).select(Number(values.n))}`] ?? dictionary.value[`${key}.other`];
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (all, name) => {
    const value = values[name];
    return value === undefined ? all : typeof value === 'number' ? number(value) : value;
  });
}

/** A word of the data (event type, verdict, role): translated where the dictionary knows it, else its own words. */
export function word(group: string, code: string | null | undefined): string {
  if (!code) return '';
  return dictionary.value[`${group}.${code}`] ?? code.replace(/_/g, ' ');
}

export const number = (value: number, digits = 0) =>
  new Intl.NumberFormat(language.value, {minimumFractionDigits: digits, maximumFractionDigits: digits}).format(value);
/** "2024-02-05 19:44", UTC, the same in every language. */
export const minute = (time: string | number | null | undefined) => {
  if (time === null || time === undefined || time === '') return '';
  const iso = typeof time === 'number' ? new Date(time).toISOString() : time;
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}`.trim();
};
export const day = (time: string | null | undefined) => (time ?? '').slice(0, 10);
