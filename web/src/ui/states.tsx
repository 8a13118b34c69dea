// What a view shows while it waits, when there is nothing, and when something failed.
import type {ComponentChildren} from 'preact';
import {useEffect, useState} from 'preact/hooks';
import {ApiError} from '../api';
import {t} from '../i18n';

export const Loading = ({what}: {what?: string}) => <div class="state" role="status"><span class="spinner" aria-hidden="true" />{what ?? t('state.loading')}</div>;
export const Empty = ({title, children}: {title: string; children?: ComponentChildren}) => <div class="state"><strong>{title}</strong>{children && <p>{children}</p>}</div>;
export function Failed({error, again}: {error: Error; again?: () => void}) {
  const where = error instanceof ApiError && error.where ? ` (${error.where})` : '';
  return <div class="state failed" role="alert"><strong>{t('state.failed')}</strong><p>{error.message}{where}</p>
    {again && <button type="button" onClick={again}>{t('state.again')}</button>}</div>;
}

export interface Loaded<T> { value?: T; error?: Error; loading: boolean; again: () => void }
/** Loads when `deps` change; an answer that comes after a newer question is dropped. The last value stays while the next loads. */
export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>, deps: unknown[]): Loaded<T> {
  const [state, set] = useState<{value?: T; error?: Error; loading: boolean}>({loading: true});
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    set((old) => ({...old, error: undefined, loading: true}));
    load(stop.signal).then((value) => { if (!stop.signal.aborted) set({value, loading: false}); },
      (error: Error) => { if (!stop.signal.aborted) set({error, loading: false}); });
    return () => stop.abort();
  }, [...deps, turn]);
  return {...state, again: () => setTurn((n) => n + 1)};
}
/** The usual three states around one value. */
export function Load<T>({from, children}: {from: Loaded<T>; children: (value: T) => ComponentChildren}) {
  if (from.error) return <Failed error={from.error} again={from.again} />;
  if (from.value === undefined) return <Loading />;
  return <>{children(from.value)}</>;
}
