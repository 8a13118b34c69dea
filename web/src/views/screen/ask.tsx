// Paste names or a table, drop a file, or fill in one party.
import {useState} from 'preact/hooks';
import {status} from '../../app';
import {day, number, t} from '../../i18n';
import {param} from '../../router';
import {Icon} from '../../ui/icons';
import {fail, toast} from '../../ui/toast';
import {MOST, parse, screen} from './run';

const ONE = ['name', 'schema', 'birth_date', 'country', 'imo', 'mmsi', 'callsign', 'flag'] as const;

export function Ask() {
  const [text, setText] = useState(param('q')), [over, setOver] = useState(false);
  const found = parse(text);
  const start = (queries: ReturnType<typeof parse>['queries'], source: string) => {
    if (!queries.length) return;
    if (queries.length > MOST) { toast(t('screen.tooMany', {n: MOST}), 'bad'); return; }
    void screen(queries, source);
  };
  const open = async (file: File) => {
    try { start(parse(await file.text()).queries, file.name); } catch (error) { fail(error); }
  };
  const one = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const query = Object.fromEntries(ONE.map((field) => [field, String(form.get(field) ?? '').trim()] as const).filter(([, value]) => value));
    if (query.name || query.imo || query.mmsi || query.callsign) start([{id: '1', name: '', ...query}], query.name ?? t('screen.one'));
  };
  return <div class="pane ask-names">
    <h2>{t('screen.title')}</h2><p class="lead">{t('screen.lead')}</p>
    <div class="two">
      <section class="card" aria-labelledby="ask-many"><h3 id="ask-many">{t('screen.many')}</h3>
        <div class={`paste ${over ? 'over' : ''}`} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
          onDrop={(event) => { const file = event.dataTransfer?.files[0]; setOver(false); if (file) { event.preventDefault(); event.stopPropagation(); void open(file); } }}>
          <textarea id="screen-names" rows={12} spellcheck={false} aria-label={t('screen.paste')} placeholder={t('screen.pasteHint')} value={text} onInput={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) start(found.queries, t('screen.pasted')); }} />
        </div>
        <div class="row"><button type="button" class="main" disabled={!found.queries.length} onClick={() => start(found.queries, t('screen.pasted'))}>{t('screen.run', {n: found.queries.length})}</button>
          <label class="button file"><Icon name="open" />{t('screen.file')}<input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" onChange={(event) => { const file = event.currentTarget.files?.[0]; if (file) void open(file); }} /></label>
          <small>{text.trim() ? found.columns.length > 1 ? t('screen.columns', {columns: found.columns.join(', ')}) : t('screen.oneALine') : t('screen.keysHint')}</small></div>
        {found.unknown.length > 0 && <p class="note">{t('screen.unknownColumns', {columns: found.unknown.slice(0, 8).join(', ')})}</p>}
      </section>
      <section class="card" aria-labelledby="ask-one"><h3 id="ask-one">{t('screen.one')}</h3>
        <form class="one" onSubmit={one}>
          {ONE.map((field) => <label key={field} class="asked-field"><span>{t(`field.${field}`)}</span>
            {field === 'schema' ? <select name={field}><option value="">{t('screen.anyKind')}</option>{['Person', 'Company', 'Organization', 'Vessel'].map((each) => <option key={each} value={each}>{t(`schema.${each}`)}</option>)}</select>
              : <input name={field} autocomplete="off" inputmode={field === 'imo' || field === 'mmsi' ? 'numeric' : undefined} placeholder={field === 'birth_date' ? '1970 / 1970-01-31' : undefined} />}</label>)}
          <button class="main">{t('screen.run', {n: 1})}</button>
        </form></section>
    </div>
    <section class="card rests"><h3>{t('screen.rests')}</h3>
      <table><thead><tr><th scope="col">{t('screen.list')}</th><th scope="col">{t('screen.version')}</th><th scope="col" class="num">{t('screen.entries')}</th></tr></thead>
        <tbody>{(status.value?.lists ?? []).map((each) => <tr key={each.dataset}><td>{each.dataset}</td><td class="tnum">{day(each.version) || t('run.noDate')}</td><td class="num">{number(each.entities)}</td></tr>)}</tbody></table>
      <p class="never"><Icon name="law" />{t('screen.never')}</p></section>
  </div>;
}
