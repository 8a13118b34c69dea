import {useState} from 'preact/hooks';
import {api} from '../api';
import {t} from '../i18n';

export function Login() {
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true); setError('');
    try { await api.login(String(form.get('name')), String(form.get('password'))); } catch (problem) { setError((problem as Error).message); }
    setBusy(false);
  };
  return <form class="login card" onSubmit={submit}><h2>{t('session.title')}</h2>
    <label>{t('session.name')}<input name="name" autocomplete="username" required autofocus /></label>
    <label>{t('session.password')}<input name="password" type="password" autocomplete="current-password" required /></label>
    {error && <p class="bad" role="alert">{error}</p>}
    <button class="main" disabled={busy}>{t('session.in')}</button></form>;
}
