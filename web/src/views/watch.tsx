// Ranked targets, most wanted first, live. Facets narrow, j/k walk, Enter opens the dossier.
import {useEffect, useMemo, useRef} from 'preact/hooks';
import {api} from '../api';
import {status, turn} from '../app';
import {minute, t, word} from '../i18n';
import {useKeys} from '../keyboard';
import {go, param, route, setParams} from '../router';
import type {TargetRow} from '../types';
import {Empty, Load, useLoad} from '../ui/states';
import {Table, type Column} from '../ui/table';

export function Watch() {
  const found = useLoad((signal) => api.targets({limit: 10000}, signal), [turn.value]);
  return <Load from={found}>{(page) => <Ranked targets={page.targets} />}</Load>;
}

const LISTED: [string, (row: TargetRow) => boolean][] = [['listed', (row) => row.listed], ['dprk', (row) => row.dprk]];
const few = (text: string) => new Set(text.split(',').filter(Boolean));

function Ranked({targets}: {targets: TargetRow[]}) {
  const q = param('q').toLowerCase(), types = param('type'), flags = param('flag'), says = param('is'), current = param('at');
  const before = useRef<Set<string> | null>(null);
  // Targets that were not there at the last load light up once.
  const fresh = useMemo(() => new Set(before.current ? targets.filter((row) => !before.current!.has(row.id)).map((row) => row.id) : []), [targets]);
  useEffect(() => { before.current = new Set(targets.map((row) => row.id)); }, [targets]);

  const tests = useMemo(() => {
    const type = few(types), flag = few(flags), is = few(says);
    return {
      q: (row: TargetRow) => !q || `${row.name} ${row.imo ?? ''} ${row.mmsi.join(' ')} ${row.headline}`.toLowerCase().includes(q),
      type: (row: TargetRow) => !type.size || row.types.some((each) => type.has(each)),
      flag: (row: TargetRow) => !flag.size || flag.has(row.flag),
      is: (row: TargetRow) => !is.size || LISTED.some(([name, test]) => is.has(name) && test(row)),
    };
  }, [q, types, flags, says]);
  const rows = useMemo(() => targets.filter((row) => Object.values(tests).every((test) => test(row))), [targets, tests]);
  const most = useMemo(() => Math.max(1, ...targets.map((row) => row.score)), [targets]);
  // How many rows each choice would leave, with the other facets as they are.
  const count = (facet: keyof typeof tests, of: (row: TargetRow) => string[]) => {
    const counts = new Map<string, number>();
    for (const row of targets) if ((Object.keys(tests) as (keyof typeof tests)[]).every((name) => name === facet || tests[name](row))) for (const value of of(row)) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  };
  const columns: Column<TargetRow>[] = useMemo(() => [
    {key: 'rank', title: '#', value: (row) => row.rank, number: true, width: '3.6rem', show: (row) => <span class="soft">{row.rank}</span>},
    {key: 'name', title: t('watch.vessel'), value: (row) => row.name || row.id, width: 'minmax(10rem, 15rem)', show: (row) => <div class="who"><b>{row.name || row.id}</b><small>{[row.flag.toUpperCase(), row.imo ? `IMO ${row.imo}` : `MMSI ${row.mmsi[0]}`].filter(Boolean).join(' · ')}</small></div>},
    {key: 'score', title: t('watch.score'), value: (row) => Math.round(row.score), number: true, width: '6rem', show: (row) => <><span class="score">{Math.round(row.score)}</span>
      <i class={`bar-of ${row.listed ? 'red' : 'amber'}`} ref={(node) => { if (node) node.style.width = `${Math.max(4, (row.score / most) * 100)}%`; }} /></>},
    {key: 'why', title: t('watch.why'), value: (row) => row.headline, width: 'minmax(16rem, 1fr)', show: (row) => <span class="why" lang="en" title={row.headline}>{row.headline}</span>},
    {key: 'types', title: t('watch.seen'), value: (row) => [...(row.listed ? [t('tag.listed')] : []), ...row.types.map((type) => word('event', type))].join(', '), width: 'minmax(10rem, 17rem)',
      show: (row) => <span class="tags">{row.listed && <span class="tag red">{t('tag.listed')}</span>}{row.dprk && <span class="tag red">{t('tag.dprk')}</span>}{row.types.filter((type) => type !== 'listed_vessel').map((type) => <span key={type} class="tag">{word('event', type)}</span>)}</span>},
    {key: 'last', title: t('watch.last'), value: (row) => minute(row.last), width: '10.5rem', show: (row) => <span class="tnum soft">{minute(row.last)}</span>},
  ], [most, t('watch.vessel')]);
  const move = (step: number) => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, rows.findIndex((row) => row.id === route.peek().params.get('at')) + step))];
    if (next) setParams({at: next.id});
  };
  const chosen = rows.find((row) => row.id === current);
  useKeys([{keys: 'j, ArrowDown', says: 'keys.next', run: () => move(1)}, {keys: 'k, ArrowUp', says: 'keys.previous', run: () => move(-1)}, {keys: 'Enter, o', says: 'keys.open', run: () => { if (chosen) go('target', chosen.id); }},
    {keys: 'm', says: 'target.onMap', run: () => { if (chosen) go('map', '', {vessel: chosen.mmsi[0], lon: chosen.lon?.toFixed(3), lat: chosen.lat?.toFixed(3), z: 6.5}); }},
    {keys: 'Escape', says: 'watch.clear', run: () => setParams({q: null, type: null, flag: null, is: null})}], [rows, current]);
  if (!targets.length) return <Empty title={t('d.noTarget')}>{status.value && !status.value.feeds.length ? t('watch.noFeed') : t('watch.noneReached')}</Empty>;
  return <div class="watch">
    <aside class="facets" aria-label={t('watch.facets')}>
      <label><span class="only-read">{t('watch.find')}</span><input type="search" placeholder={t('watch.find')} value={param('q')} onInput={(event) => setParams({q: event.currentTarget.value})} /></label>
      <Facet name="is" title={t('watch.lists')} values={count('is', (row) => LISTED.filter(([, test]) => test(row)).map(([name]) => name))} show={(value) => t(`tag.${value}`)} />
      <Facet name="type" title={t('watch.seen')} values={count('type', (row) => row.types)} show={(value) => word('event', value)} />
      <Facet name="flag" title={t('map.flag')} values={count('flag', (row) => [row.flag])} show={(value) => value.toUpperCase()} />
    </aside>
    <div class="watch-main">
      <div class="watch-sum"><h2>{t('watch.title')}</h2><span class="soft" role="status">{t('watch.count', {n: rows.length})}{status.value && ` · ${t('watch.judged', {date: status.value.as_of})}`}</span><span class="spring" /><span class="soft">{t('watch.caution')}</span></div>
      <Table columns={columns} rows={rows} id={(row) => row.id} label={t('watch.title')} name="targets" rowHeight={56} current={current} rowClass={(row) => (fresh.has(row.id) ? 'fresh' : '')}
        onPick={(row) => setParams({at: row.id})} onOpen={(row) => go('target', row.id)} empty={t('watch.noMatch')} />
    </div>
  </div>;
}

function Facet({name, title, values, show}: {name: string; title: string; values: [string, number][]; show: (value: string) => string}) {
  const chosen = few(param(name));
  const all = [...values, ...[...chosen].filter((value) => !values.some(([each]) => each === value)).map((value): [string, number] => [value, 0])];
  const toggle = (value: string) => { const next = new Set(chosen); if (!next.delete(value)) next.add(value); setParams({[name]: [...next].join(',')}); };
  return <fieldset><legend>{title}</legend>{all.length === 0 && <span class="none">–</span>}
    {all.map(([value, n]) => <label key={value}><input type="checkbox" checked={chosen.has(value)} onChange={() => toggle(value)} />{show(value)}<small class="tnum">{n}</small></label>)}</fieldset>;
}
