// The form of a request, drawn from its kind: text, choice, yes or no, lists and tables.
import {useState} from 'preact/hooks';
import {t} from '../../i18n';
import {Input} from '../../ui/input';
import type {Check, Column, Field, Kind, Missing} from './data';

export type Values = Record<string, unknown>;
type Row = Record<string, string>;

export function RequestForm({kind, start, check, save, label, busy}: {kind: Kind; start: Values; check?: Check; save: (fields: Values) => void; label: string; busy: boolean}) {
  const [values, setValues] = useState<Values>(start);
  const set = (id: string, value: unknown) => setValues((old) => { const next = {...old}; if (value === '' || value === null || (Array.isArray(value) && !value.length)) delete next[id]; else next[id] = value; return next; });
  const missing = new Map<string, Missing[]>();
  for (const each of check?.missing ?? []) missing.set(each.field, [...(missing.get(each.field) ?? []), each]);
  const sections = [...new Set(kind.fields.map((field) => field.section ?? ''))];
  return <form class="request" onSubmit={(event) => { event.preventDefault(); save(values); }}>
    {sections.map((section) => <fieldset key={section}><legend lang={section ? 'en' : undefined}>{section || t('permit.request')}</legend>
      {kind.fields.filter((field) => (field.section ?? '') === section).map((field) => <Entry key={field.id} field={field} value={values[field.id]} set={(value) => set(field.id, value)} wrong={missing.get(field.id)} />)}</fieldset>)}
    <div class="row sticky"><button class="main" disabled={busy}>{label}</button><small>{t('permit.incompleteIsFine')}</small></div>
  </form>;
}

function Entry({field, value, set, wrong}: {field: Field; value: unknown; set: (value: unknown) => void; wrong?: Missing[]}) {
  const id = `field-${field.id}`, hint = `${id}-ask`;
  const star = field.mandatory === true || field.mandatory === 'yes' ? <abbr title={t('permit.mandatory')}>*</abbr> : field.mandatory && field.mandatory !== 'no' ? <abbr title={t('permit.sometimes')}>+</abbr> : null;
  const about = <small id={hint}><span lang="en">{field.ask}</span> {field.basis && <span class="basis-of">{field.basis.citation}{field.basis.verified === false && <span class="tag amber">{t('permit.fromMemory')}</span>}</span>}</small>;
  const faults = wrong?.map((each, i) => <p key={i} class="bad fault" lang="en">{each.place ? `${each.place}: ` : ''}{each.why}</p>);
  if (field.type === 'table') return <div class="entry" role="group" aria-labelledby={`${id}-label`} aria-describedby={hint}><span id={`${id}-label`} class="label"><span lang="en">{field.label}</span> {star}</span>{about}<Rows columns={field.columns ?? []} rows={(value as Row[] | undefined) ?? []} set={set} label={field.label} />{faults}</div>;
  const common = {id, 'aria-describedby': hint, 'aria-invalid': !!wrong};
  return <div class="entry"><label for={id} class="label"><span lang="en">{field.label}</span> {star}</label>{about}
    {field.type === 'choice' ? <select {...common} value={String(value ?? '')} onChange={(event) => set(event.currentTarget.value)}><option value="">{t('law.pick')}</option>{field.choices?.map((each) => <option key={each} value={each}>{each.replace(/_/g, ' ')}</option>)}</select>
      : field.type === 'flag' ? <select {...common} value={value === undefined ? '' : String(value)} onChange={(event) => set(event.currentTarget.value === '' ? null : event.currentTarget.value === 'true')}><option value="">{t('law.notStated')}</option><option value="true">{t('yes')}</option><option value="false">{t('no')}</option></select>
      : field.type === 'list' ? <textarea {...common} rows={3} placeholder={t('permit.oneALine')} value={Array.isArray(value) ? value.join('\n') : String(value ?? '')} onChange={(event) => set(event.currentTarget.value.split('\n').map((each) => each.trim()).filter(Boolean))} />
      : field.type === 'text' ? <textarea {...common} rows={String(value ?? '').length > 90 ? 3 : 1} value={String(value ?? '')} onInput={(event) => set(event.currentTarget.value)} />
      : <Input {...common} type={field.type === 'date' ? 'date' : field.type === 'email' ? 'email' : 'text'} value={String(value ?? '')} onInput={(event) => set(event.currentTarget.value)} />}
    {faults}</div>;
}

function Rows({columns, rows, set, label}: {columns: Column[]; rows: Row[]; set: (rows: unknown) => void; label: string}) {
  const change = (at: number, id: string, text: string, type?: string) => set(rows.map((row, i) => (i === at ? {...row, [id]: type === 'number' && text !== '' && Number.isFinite(Number(text)) ? Number(text) : text} : row)));
  return <div class="rows"><table aria-label={label}><thead><tr>{columns.map((each) => <th key={each.id} scope="col" lang="en">{each.label}{each.mandatory ? ' *' : ''}</th>)}<th><span class="only-read">{t('permit.remove')}</span></th></tr></thead>
    <tbody>{rows.map((row, i) => <tr key={i}>{columns.map((each) => <td key={each.id}><Input aria-label={`${each.label} ${i + 1}`} type={each.type === 'date' ? 'date' : 'text'} value={String(row[each.id] ?? '')} onChange={(event) => change(i, each.id, event.currentTarget.value, each.type)} /></td>)}
      <td><button type="button" class="plain" aria-label={`${t('permit.remove')} ${i + 1}`} onClick={() => set(rows.filter((_, j) => j !== i))}>×</button></td></tr>)}</tbody></table>
    <button type="button" onClick={() => set([...rows, {}])}>{t('permit.addRow')}</button></div>;
}
