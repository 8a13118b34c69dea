// Ranked targets, most wanted first. Facets narrow, j/k walk, Enter opens the dossier.
import {useMemo} from 'preact/hooks';
import {api} from '../api';
import {turn} from '../app';
import {minute, t, word} from '../i18n';
import {useKeys} from '../keyboard';
import {go, param, setParams} from '../router';
import type {TargetRow} from '../types';
import {Load, useLoad} from '../ui/states';
import {Table, type Column} from '../ui/table';

export function Watch() {
  const found = useLoad((signal) => api.targets({limit: 10000}, signal), [turn.value]);
  return <Load from={found}>{(page) => <List targets={page.targets} />}</Load>;
}

function List({targets}: {targets: TargetRow[]}) {
  const q = param('q').toLowerCase(), current = param('at');
  const rows = useMemo(() => targets.filter((each) => !q || `${each.name} ${each.imo ?? ''} ${each.mmsi.join(' ')} ${each.headline}`.toLowerCase().includes(q)), [targets, q]);
  const columns: Column<TargetRow>[] = useMemo(() => [
    {key: 'rank', title: '#', value: (row) => row.rank, number: true, width: '4rem'},
    {key: 'name', title: t('watch.vessel'), value: (row) => row.name || row.id, show: (row) => <b>{row.name || row.id}</b>, width: 'minmax(9rem, 14rem)'},
    {key: 'score', title: t('watch.score'), value: (row) => Math.round(row.score), number: true, width: '5.5rem'},
    {key: 'why', title: t('watch.why'), value: (row) => row.headline, width: 'minmax(14rem, 1fr)'},
    {key: 'types', title: t('watch.seen'), value: (row) => row.types.map((type) => word('event', type)).join(', '), width: 'minmax(9rem, 16rem)'},
    {key: 'last', title: t('watch.last'), value: (row) => minute(row.last), width: '9.5rem'},
  ], []);
  const move = (step: number) => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, rows.findIndex((row) => row.id === current) + step))];
    if (next) setParams({at: next.id});
  };
  useKeys([{keys: 'j, ArrowDown', says: 'keys.next', run: () => move(1)}, {keys: 'k, ArrowUp', says: 'keys.previous', run: () => move(-1)},
    {keys: 'Enter, o', says: 'keys.open', run: () => current && go('target', current)}], [rows, current]);
  return <Table columns={columns} rows={rows} id={(row) => row.id} label={t('view.watch')} name="targets" current={current}
    onPick={(row) => setParams({at: row.id})} onOpen={(row) => go('target', row.id)} />;
}
