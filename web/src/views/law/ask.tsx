// The form of a question to the law. What it offers comes from the book; any other fact of the book may be added.
import {useMemo, useState} from 'preact/hooks';
import {t, word} from '../../i18n';
import {Input} from '../../ui/input';
import type {Fact, Facts, Question, Vocabulary} from './data';

const USUAL = new Set(['activity', 'direction', 'goods', 'hs', 'date', 'any', 'tags']);
const PARTY = ['actor', 'counterparty', 'designated_party', 'share', 'person'], VESSEL = ['vessel', 'flag', 'vessel_listed', 'dprk_controlled', 'location'], ROUTE = ['load_port', 'destination', 'via', 'origin'];
const GROUPS: [string, string[]][] = [['party', PARTY], ['vessel', VESSEL], ['route', ROUTE], ['amount', ['quantity_t', 'quantity_bbl', 'value_usd', 'amount_cad']], ['purpose', ['purpose', 'humanitarian', 'notified', 'committee_approved', 'reported']]];

export function AskLaw({known, start, day, busy, ask}: {known: Vocabulary; start: Question | null; day: string; busy: boolean; ask: (question: Question) => void}) {
  const [facts, setFacts] = useState<Facts>(start?.facts ?? {}), [date, setDate] = useState(start?.date || day), [where, setWhere] = useState<string[]>(start?.jurisdictions.length ? start.jurisdictions : ['UN', 'CA']);
  const [more, setMore] = useState<string[]>(() => Object.keys(start?.facts ?? {}).filter((name) => !USUAL.has(name) && !GROUPS.some(([, names]) => names.includes(name))));
  const fact = useMemo(() => new Map(known.facts.map((each) => [each.name, each])), [known]);
  const set = (name: string, value: Facts[string] | null) => setFacts((old) => {
    const next = {...old};
    if (value === null || value === '') delete next[name]; else next[name] = value;
    return next;
  });
  const text = String(facts.goods ?? '').toLowerCase();
  const meant = useMemo(() => (text.length < 3 ? [] : (known.goods ?? []).filter((each) => each.words.some((one) => one.toLowerCase().includes(text) || text.includes(one.toLowerCase()))).slice(0, 6)), [text, known]);
  const others = known.facts.filter((each) => !USUAL.has(each.name) && !GROUPS.some(([, names]) => names.includes(each.name)) && !more.includes(each.name));
  const activities = fact.get('activity')?.values ?? known.activities ?? [], directions = fact.get('direction')?.values ?? [];
  const field = (name: string) => { const each = fact.get(name); return each && <FactField key={name} fact={each} value={facts[name]} set={(value) => set(name, value)} />; };
  return <form class="ask-law" onSubmit={(event) => { event.preventDefault(); ask({date, facts, jurisdictions: where}); }}>
    <fieldset><legend>{t('law.what')}</legend><div class="fields">
      <label class="asked-field"><span>{t('fact.activity')}</span><select required value={String(facts.activity ?? '')} onChange={(event) => set('activity', event.currentTarget.value)}><option value="">{t('law.pick')}</option>{activities.map((each) => <option key={each} value={each}>{word('activity', each)}</option>)}</select></label>
      <label class="asked-field"><span>{t('fact.direction')}</span><select value={String(facts.direction ?? '')} onChange={(event) => set('direction', event.currentTarget.value)}><option value="">{t('law.notStated')}</option>{directions.map((each) => <option key={each} value={each}>{word('direction', each)}</option>)}</select></label>
      <label class="asked-field"><span>{t('fact.date')}</span><input type="date" required value={date} onChange={(event) => setDate(event.currentTarget.value)} /></label></div></fieldset>
    <fieldset><legend>{t('law.goods')}</legend><div class="fields">
      <label class="asked-field broad"><span>{t('fact.goods')}</span><input value={String(facts.goods ?? '')} autocomplete="off" placeholder={t('law.goodsHint')} onInput={(event) => set('goods', event.currentTarget.value)} /></label>
      <label class="asked-field"><span>{t('fact.hs')}</span><input value={String(facts.hs ?? '')} autocomplete="off" inputmode="decimal" placeholder="2701.12" onInput={(event) => set('hs', event.currentTarget.value)} /></label></div>
      {meant.length > 0 && !facts.hs && <p class="offer"><span class="soft">{t('law.meant')}</span>{meant.map((each) => <button key={each.hs + each.words[0]} type="button" class="plain chip" onClick={() => set('hs', each.hs)}>{each.words[0]} <b class="tnum">{each.hs}</b></button>)}</p>}</fieldset>
    {GROUPS.map(([group, names]) => <details key={group} class="group" open={names.some((name) => facts[name] !== undefined) || undefined}><summary>{t(`law.group.${group}`)}<span class="soft">{names.filter((name) => facts[name] !== undefined).length || ''}</span></summary><div class="fields">{names.map(field)}</div></details>)}
    {more.length > 0 && <fieldset><legend>{t('law.more')}</legend><div class="fields">{more.map(field)}</div></fieldset>}
    <label class="inline add">{t('law.add')} <select value="" onChange={(event) => { const name = event.currentTarget.value; event.currentTarget.value = ''; if (name) setMore((old) => [...old, name]); }}><option value="">{t('law.pick')}</option>{others.map((each) => <option key={each.name} value={each.name}>{each.name.replace(/_/g, ' ')}: {each.meaning}</option>)}</select></label>
    <fieldset><legend>{t('law.jurisdictions')}</legend><div class="checks">{known.jurisdictions.map((each) => <label key={each.code} title={each.note}><input type="checkbox" checked={where.includes(each.code)} onChange={(event) => { const on = event.currentTarget.checked; setWhere((old) => (on ? [...old, each.code] : old.filter((one) => one !== each.code))); }} />{each.code} <span class="soft">{each.name}</span></label>)}</div></fieldset>
    <div class="row"><button class="main" disabled={busy || !where.length || !facts.activity}>{t('law.check')}</button><button type="button" onClick={() => { setFacts({}); setMore([]); }}>{t('law.clear')}</button></div>
  </form>;
}

function FactField({fact, value, set}: {fact: Fact; value: Facts[string] | undefined; set: (value: Facts[string] | null) => void}) {
  const label = t(`fact.${fact.name}`) === `fact.${fact.name}` ? fact.name.replace(/_/g, ' ') : t(`fact.${fact.name}`);
  if (fact.kind === 'flag') return <label class="asked-field" title={fact.meaning}><span>{label}</span><select value={value === undefined ? '' : String(value)} onChange={(event) => set(event.currentTarget.value === '' ? null : event.currentTarget.value === 'true')}><option value="">{t('law.notKnown')}</option><option value="true">{t('yes')}</option><option value="false">{t('no')}</option></select></label>;
  if (fact.values?.length) return <label class="asked-field" title={fact.meaning}><span>{label}</span><select value={String(value ?? '')} onChange={(event) => set(event.currentTarget.value || null)}><option value="">{t('law.notStated')}</option>{fact.values.map((each) => <option key={each} value={each}>{word(fact.name, each)}</option>)}</select></label>;
  const type = fact.kind === 'date' ? 'date' : fact.kind === 'number' ? 'number' : 'text';
  return <label class="asked-field" title={fact.meaning}><span>{label}</span><Input type={type} step="any" min={type === 'number' ? '0' : undefined} autocomplete="off" value={String(value ?? '')} onInput={(event) => { const text = event.currentTarget.value; set(text === '' ? null : type === 'number' ? Number(text) : text); }} /></label>;
}
