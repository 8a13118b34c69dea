// The frame: views on the left, what the run rests on at the top, the view in the middle.
import {signal} from '@preact/signals';
import type {ComponentType} from 'preact';
import {useEffect, useState} from 'preact/hooks';
import {api, reachable, session, stream} from './api';
import {dropped, DropZone} from './drop';
import {LANGUAGES, day, language, minute, number, setLanguage, t, word} from './i18n';
import {allKeys, helpOpen} from './keyboard';
import {href, route} from './router';
import {setTheme, shown} from './theme';
import type {Status} from './types';
import {Icon} from './ui/icons';
import {Login} from './ui/login';
import {Failed, Loading} from './ui/states';
import {Toasts, toast} from './ui/toast';

type View = ComponentType;
// Each view is its own file of the bundle, fetched when it is first opened.
const VIEWS: Record<string, () => Promise<View>> = {
  watch: async () => (await import('./views/watch')).Watch,
  map: async () => (await import('./views/map')).MapView,
  target: async () => (await import('./views/target')).Target,
  screen: async () => (await import('./views/screen')).Screen,
  network: async () => (await import('./views/network')).Network,
  patrol: async () => (await import('./views/patrol')).Patrol,
  posture: async () => (await import('./views/posture')).Posture,
  law: async () => (await import('./views/law')).Law,
  permits: async () => (await import('./views/permits')).Permits,
  cases: async () => (await import('./views/cases')).Cases,
  ledger: async () => (await import('./views/ledger')).Ledger,
};
const RAIL = ['watch', 'map', 'screen', 'network', 'patrol', 'posture', 'law', 'permits', 'cases', 'ledger'].filter((name) => name in VIEWS);

export const status = signal<Status | null>(null);
/** Grows each time the program has new data; views load again when it changes. */
export const turn = signal(0);
export const alerts = signal(0);

const loaded = new Map<string, View>();
function CurrentView() {
  const name = route.value.view;
  const [state, set] = useState<{name: string; View?: View; error?: Error}>({name});
  useEffect(() => {
    const load = VIEWS[name];
    if (!load || loaded.has(name)) return;
    load().then((View) => { loaded.set(name, View); set({name}); }, (error: Error) => set({name, error}));
  }, [name]);
  const View = loaded.get(name);
  if (!(name in VIEWS)) return <Failed error={new Error(t('state.noView', {name}))} />;
  if (View) return <View />;
  return state.error && state.name === name ? <Failed error={state.error} /> : <Loading />;
}

function Rail() {
  const now = route.value.view === 'target' ? 'watch' : route.value.view;
  return <nav class="rail" aria-label={t('nav.views')}>
    <a class="brand" href={href('watch')} aria-label={t('nav.home')}><Icon name="brand" /></a>
    {RAIL.map((name) => <a key={name} href={href(name)} aria-current={now === name ? 'page' : undefined}><Icon name={name} /><span>{t(`view.${name}`)}</span></a>)}
    <span class="spring" />
    <button type="button" onClick={() => { helpOpen.value = true; }}><Icon name="keys" /><span>{t('nav.keys')}</span></button>
  </nav>;
}

function Top() {
  const run = status.value, {user} = session.value;
  return <header class="top">
    <h1 class="word">cordon</h1>
    {run && <p class="run">
      <span class={`live ${run.live && reachable.value ? 'on' : ''}`} title={run.live ? t('run.live') : t('run.still')}>{run.live ? t('run.live') : t('run.still')}</span>
      {run.first && run.last && <span class="tnum">{t('run.period', {first: day(run.first), last: day(run.last)})}</span>}
      <span class="tnum">{t('run.positions', {n: run.positions})}</span>
      <span class="tnum">{t('run.vessels', {n: run.vessels})}</span>
      <a href={href('ledger', '', {})} class="lists" title={run.lists.map((each) => `${each.dataset}: ${each.version || t('run.noDate')}, ${number(each.entities)}`).join('\n')}>
        {t('run.lists', {n: run.lists.length})}</a>
      {run.warnings.length > 0 && <span class="warn" title={run.warnings.join('\n')}>{t('run.warnings', {n: run.warnings.length})}</span>}
    </p>}
    <span class="spring" />
    {!reachable.value && <span class="offline" role="alert">{t('run.unreachable')}</span>}
    <label class="open-file"><Icon name="open" /><span>{t('drop.open')}</span>
      <input type="file" onChange={(event) => { const file = event.currentTarget.files?.[0]; if (file) void dropped(file); event.currentTarget.value = ''; }} /></label>
    <label class="bare"><span class="only-read">{t('nav.language')}</span>
      <select value={language.value} onChange={(event) => setLanguage(event.currentTarget.value)}>
        {LANGUAGES.map(([code, name]) => <option key={code} value={code}>{name}</option>)}</select></label>
    <button type="button" class="plain icon" aria-label={shown.value === 'dark' ? t('theme.light') : t('theme.dark')} title={shown.value === 'dark' ? t('theme.light') : t('theme.dark')}
      onClick={() => setTheme(shown.value === 'dark' ? 'light' : 'dark')}><Icon name={shown.value === 'dark' ? 'sun' : 'moon'} /></button>
    {user && <span class="user" title={t('session.role', {role: user.role})}>{user.name}</span>}
    {user && session.value.login && <button type="button" class="plain" onClick={() => void api.logout()}>{t('session.out')}</button>}
  </header>;
}

function Help() {
  useEffect(() => { if (helpOpen.value) document.querySelector<HTMLDialogElement>('#keys')?.showModal(); }, [helpOpen.value]);
  if (!helpOpen.value) return null;
  const seen = new Set<string>();
  return <dialog id="keys" aria-labelledby="keys-title" onClose={() => { helpOpen.value = false; }} onClick={(event) => { if (event.target === event.currentTarget) event.currentTarget.close(); }}>
    <h2 id="keys-title">{t('keys.title')}</h2>
    <dl>{allKeys().filter((key) => !seen.has(key.keys) && seen.add(key.keys)).map((key) => <div key={key.keys}>
      <dt>{key.keys.split(', ').map((one, i) => <>{i > 0 && ' / '}{one.split(' ').map((part) => <kbd key={part}>{part}</kbd>)}</>)}</dt><dd>{t(key.says)}</dd></div>)}</dl>
    <form method="dialog"><button>{t('close')}</button></form>
  </dialog>;
}

export function App() {
  const [failed, setFailed] = useState<Error | null>(null);
  const again = () => api.status().then((value) => {
    if (status.peek() && status.peek()!.snapshot !== value.snapshot) turn.value++;
    status.value = value;
  });
  const load = () => {
    setFailed(null);
    api.session().then((who) => (who.user || !who.login ? again() : undefined)).catch(setFailed);
  };
  useEffect(load, [session.value.user?.name]);
  useEffect(() => {
    if (!session.value.user) return;
    let waiting = 0;
    // A load brings many events at once: the page asks once.
    const soon = () => { clearTimeout(waiting); waiting = window.setTimeout(() => void again().catch(() => {}), 500); };
    return stream({
      status: soon, target: soon, reload: soon, missed: soon,
      alert: (value) => {
        alerts.value++;
        const alert = value as {headline?: string; type?: string; start?: string; target?: string};
        toast(alert.headline ?? [t('run.alert'), word('event', alert.type), minute(alert.start)].filter(Boolean).join(' · '), 'note', alert.target ? href('target', alert.target) : undefined);
      },
    });
  }, [session.value.user?.name]);
  useEffect(() => { document.title = `${t(`view.${route.value.view}`)} · cordon`; }, [route.value.view, language.value]);
  const needsLogin = !session.value.user && session.value.login;
  return <>
    <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>{t('nav.skip')}</a>
    <Rail /><Top />
    <main id="main" tabIndex={-1} class={`view-${route.value.view}`}>{needsLogin ? <Login /> : failed ? <Failed error={failed} again={load} /> : <CurrentView />}</main>
    <Toasts /><Help /><DropZone />
  </>;
}
