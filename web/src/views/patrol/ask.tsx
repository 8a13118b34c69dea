// The question: when, where, with what. Rows for what most have; text (TOML) for every figure.
import {useState} from 'preact/hooks';
import {t, word} from '../../i18n';
import {Icon} from '../../ui/icons';
import {Input} from '../../ui/input';
import {Failed} from '../../ui/states';
import {toToml, type AssetRow, type Question, type Vocabulary} from './data';

interface Props { words: Vocabulary; question: Question; change: (part: Partial<Question>) => void; busy: boolean; stale: boolean; run: () => void; draw: (what: 'area' | 'nogo') => void; inSight: () => void; error: Error | null }

export function AskPatrol({words, question: q, change, busy, stale, run, draw, inSight, error}: Props) {
  const types = words.types.filter((each) => each.kind !== 'satellite');
  const [text, setText] = useState(q.toml !== '');
  const row = (i: number, part: Partial<AssetRow>) => change({rows: q.rows.map((each, k) => (k === i ? {...each, ...part} : each))});
  const place = (i: number, part: Partial<AssetRow['base']>) => row(i, {base: {...q.rows[i]!.base, ...part}});
  const free = (base: string) => { let name = base; for (let n = 2; q.rows.some((each) => each.name === name); n++) name = `${base} ${n}`; return name; };
  const add = () => { const type = types.find((each) => each.name === 'maritime_patrol_aircraft') ?? types[0]!; change({rows: [...q.rows, {name: free(word('pt.type', type.name)), type: type.name, mode: type.modes[0] ?? 'radar', base: q.rows.at(-1)?.base ?? {name: 'Kadena', lat: 26.355, lon: 127.767}, sorties: 1}]}); };
  return <form class="panel left plan-ask no-print" aria-label={t('pt.key.ask')} onSubmit={(event) => { event.preventDefault(); run(); }}>
    <h2>{t('pt.title')}</h2><p class="soft">{t('pt.lead', {events: words.evidence.events, targets: words.evidence.targets, sites: words.evidence.sites.length})}</p>
    <div class="pair"><label class="asked-field"><span>{t('pt.from')}</span><Input type="date" required value={q.from} onInput={(event) => change({from: event.currentTarget.value})} /></label>
      <label class="asked-field"><span>{t('pt.to')}</span><Input type="date" required value={q.to} onInput={(event) => change({to: event.currentTarget.value})} /></label></div>
    <label class="asked-field"><span>{t('pt.area')}</span><Input type="text" required value={q.area} pattern={'\\s*-?[0-9.]+(\\s*,\\s*-?[0-9.]+){3}\\s*'} title={t('pt.areaForm')} onInput={(event) => change({area: event.currentTarget.value})} /></label>
    <p class="saves"><button type="button" onClick={() => draw('area')}>{t('pt.draw')}</button><button type="button" onClick={inSight}>{t('map.area.sight')}</button></p>
    <fieldset><legend>{t('pt.assets')}</legend>
      {!text ? <><ul class="asset-rows">{q.rows.map((each, i) => { const type = types.find((one) => one.name === each.type); return <li key={i}>
        <div class="pair"><Input type="text" required aria-label={t('pt.a.name')} value={each.name} onInput={(event) => row(i, {name: event.currentTarget.value})} />
          <button type="button" class="plain icon" aria-label={t('pt.a.remove', {name: each.name})} title={t('pt.a.remove', {name: each.name})} disabled={q.rows.length < 2} onClick={() => change({rows: q.rows.filter((_, k) => k !== i)})}><Icon name="close" /></button></div>
        <div class="pair"><select aria-label={t('pt.a.type')} value={each.type} onChange={(event) => { const next = types.find((one) => one.name === event.currentTarget.value)!; row(i, {type: next.name, mode: next.modes.includes(each.mode) ? each.mode : next.modes[0] ?? 'radar'}); }}>{types.map((one) => <option key={one.name} value={one.name} title={one.title}>{word('pt.type', one.name)}</option>)}</select>
          <select aria-label={t('pt.a.mode')} value={each.mode} onChange={(event) => row(i, {mode: event.currentTarget.value})}>{(type?.modes ?? [each.mode]).filter((mode) => mode !== 'ais').map((mode) => <option key={mode} value={mode}>{word('pt.mode', mode)}</option>)}</select></div>
        <div class="pair wide"><label class="asked-field"><span>{t('pt.a.base')}</span><Input type="text" value={each.base.name} onInput={(event) => place(i, {name: event.currentTarget.value})} /></label>
          <label class="asked-field"><span>{t('pt.a.sorties')}</span><Input type="number" required min="1" max={String(words.limits.sorties)} value={each.sorties} onChange={(event) => row(i, {sorties: Math.max(1, Math.round(+event.currentTarget.value))})} /></label></div>
        <div class="pair"><label class="asked-field"><span>{t('pt.a.lat')}</span><Input type="number" required min="-90" max="90" step="any" value={each.base.lat} onChange={(event) => place(i, {lat: +event.currentTarget.value})} /></label>
          <label class="asked-field"><span>{t('pt.a.lon')}</span><Input type="number" required min="-180" max="180" step="any" value={each.base.lon} onChange={(event) => place(i, {lon: +event.currentTarget.value})} /></label></div>
      </li>; })}</ul>
      <p class="saves"><button type="button" onClick={add}>{t('pt.a.add')}</button><button type="button" class="plain" onClick={() => { change({toml: toToml(q)}); setText(true); }}>{t('pt.asText')}</button></p></>
        : <><label class="asked-field"><span>{t('pt.textSays')}</span><textarea class="code" rows={14} spellcheck={false} value={q.toml} onInput={(event) => change({toml: event.currentTarget.value})} /></label>
          <p class="saves"><button type="button" class="plain" onClick={() => { change({toml: ''}); setText(false); }}>{t('pt.asRows')}</button></p></>}
    </fieldset>
    <fieldset><legend>{t('pt.conditions')}</legend>
      {!text && <><label class="field">{t('pt.target')}<select value={q.target} onChange={(event) => change({target: event.currentTarget.value})}>{words.targets.map((each) => <option key={each} value={each}>{word('pt.of', each)}</option>)}</select></label>
        <label class="field">{t('pt.sea')}<select value={q.sea} onChange={(event) => change({sea: +event.currentTarget.value})}>{[0, 1, 2, 3, 4, 5, 6].map((each) => <option key={each} value={each}>{each}</option>)}</select></label></>}
      <label class="field">{t('pt.law')}<select value={q.law} onChange={(event) => change({law: event.currentTarget.value, ...(event.currentTarget.value === 'exponential' ? {} : {motion: 0})})}>{words.detection.map((each) => <option key={each} value={each}>{word('pt.lawOf', each)}</option>)}</select></label>
      <label class="field">{t('pt.motion')}<select value={q.motion} disabled={q.law !== 'exponential'} onChange={(event) => change({motion: +event.currentTarget.value})}><option value={0}>{t('pt.stands')}</option>{[1, 2, 3, 5, 8].map((each) => <option key={each} value={each}>{each} kn</option>)}</select></label>
      <label class="field">{t('pt.cell')}<select value={q.cell} onChange={(event) => change({cell: +event.currentTarget.value})}>{[...new Set([5, 8, 10, 15, 20, 30, q.cell])].sort((a, b) => a - b).map((each) => <option key={each} value={each}>{each} nm</option>)}</select></label>
      <label class="field">{t('pt.clear')}<Input type="number" min="0" max="200" step="any" value={q.clear} onChange={(event) => change({clear: +event.currentTarget.value})} /></label>
      <label class="check"><Input type="checkbox" checked={q.events} onChange={(event) => change({events: event.currentTarget.checked})} />{t('pt.useEvents')}</label>
      <label class="check"><Input type="checkbox" checked={q.sites} onChange={(event) => change({sites: event.currentTarget.checked})} />{t('pt.useSites')}</label>
      <p class="saves"><button type="button" onClick={() => draw('nogo')}>{t('pt.drawNogo')}</button>{q.nogo.length > 0 && <button type="button" class="plain" onClick={() => change({nogo: []})}>{t('pt.noNogo', {n: q.nogo.length})}</button>}</p>
    </fieldset>
    {error && <Failed error={error} />}
    <footer><button type="submit" class="main" disabled={busy}>{busy ? t('pt.busy') : t('pt.make')}</button>{stale && <small role="status">{t('pt.stale')}</small>}</footer>
  </form>;
}
