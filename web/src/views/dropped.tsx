// What a dropped sanctions list or ownership file holds. Nothing of it is kept: it is shown beside what is loaded, not added to it.
import {useMemo} from 'preact/hooks';
import {analysis} from '../drop';
import {number, t, word} from '../i18n';
import {href, param} from '../router';
import {Table, type Column} from '../ui/table';
import {share, VerdictTag} from './network/panel';

interface Entity { id: string; caption: string; schema: string; properties: Record<string, string[] | undefined> }
export interface List { format: string; dataset?: string; version?: string; entities_found: number; dprk: number; loaded_already: number; rejects: Record<string, number>; entities: Entity[] }
interface Verdict { id: string; name: string; rule: string; verdict: string; basis: string; share_min: number; share_max: number }
export interface Ownership { nodes: number; edges: number; listed: number; as_of: string; rejects: Record<string, number>; verdicts: Verdict[] }

/** The file that the address names, where it is the one dropped last and of this kind. */
export function useDropped<T>(kind: string): {name: string; result: T} | null {
  const file = param('file'), dropped = analysis.value;
  return dropped?.kind === kind && dropped.name === file ? {name: dropped.name, result: dropped.result as T} : null;
}

const Facts = ({of}: {of: [string, string][]}) => <dl class="pairs">{of.filter(([, value]) => value).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
const rejects = (of: Record<string, number>) => Object.entries(of).map(([reason, count]) => `${number(count)} × ${reason}`).join('; ');
const first = (shown: number, all: number) => (shown < all ? t('drop.first', {n: number(shown), all: number(all)}) : '');

export function DroppedList({name, result}: {name: string; result: List}) {
  const columns: Column<Entity>[] = useMemo(() => [
    {key: 'name', title: t('drop.name'), value: (row) => row.caption, width: 'minmax(12rem, 2fr)'},
    {key: 'kind', title: t('drop.kind'), value: (row) => word('schema', row.schema), width: '8rem'},
    {key: 'also', title: t('drop.also'), value: (row) => [...(row.properties.alias ?? []), ...(row.properties.weakAlias ?? [])].join('; '), width: 'minmax(10rem, 2fr)'},
    {key: 'born', title: t('drop.numbers'), value: (row) => [row.properties.birthDate?.[0], row.properties.imoNumber?.[0] && `IMO ${row.properties.imoNumber[0]}`, row.properties.passportNumber?.[0]].filter(Boolean).join(' · '), width: '11rem'},
    {key: 'country', title: t('drop.country'), value: (row) => [...(row.properties.country ?? []), ...(row.properties.nationality ?? []), ...(row.properties.flag ?? [])].join(' '), width: '7rem'},
    {key: 'listed', title: t('drop.listed'), value: (row) => row.properties.listingDate?.[0] ?? '', width: '7rem'},
    {key: 'id', title: t('drop.id'), value: (row) => row.id, width: 'minmax(8rem, 1fr)'},
  ], []);
  return <div class="pane dropped"><p><a href={href('screen')}>{t('drop.backScreen')}</a></p><h2>{name}</h2><p class="lead">{t('drop.notKept')}</p>
    <Facts of={[[t('drop.format'), [result.format, result.dataset, result.version].filter(Boolean).join(' · ')], [t('drop.entries'), number(result.entities_found)], [t('drop.dprk'), number(result.dprk)],
      [t('drop.loaded'), number(result.loaded_already)], [t('drop.rejects'), rejects(result.rejects)], [t('drop.shown'), first(result.entities.length, result.entities_found)]]} />
    <div class="fill-table"><Table columns={columns} rows={result.entities} id={(row) => row.id} label={name} name="list" empty={t('drop.nothing')} /></div></div>;
}

export function DroppedOwnership({name, result}: {name: string; result: Ownership}) {
  const columns: Column<Verdict>[] = useMemo(() => [
    {key: 'name', title: t('drop.name'), value: (row) => row.name, show: (row) => <b>{row.name}</b>, width: 'minmax(12rem, 2fr)'},
    {key: 'rule', title: t('drop.rule'), value: (row) => row.rule, width: '8rem'},
    {key: 'verdict', title: t('drop.verdict'), value: (row) => word('control', row.verdict), show: (row) => <VerdictTag of={row.verdict} />, width: '9rem'},
    {key: 'basis', title: t('drop.basis'), value: (row) => word('basis', row.basis), width: '12rem'},
    {key: 'share', title: t('drop.share'), value: (row) => (row.share_max > 0 ? share(row) : ''), width: '10rem'},
    {key: 'id', title: t('drop.id'), value: (row) => row.id, width: 'minmax(8rem, 1fr)'},
  ], []);
  return <div class="pane dropped"><p><a href={href('network')}>{t('drop.backNetwork')}</a></p><h2>{name}</h2><p class="lead">{t('drop.notKept')} {t('drop.asOwnership')}</p>
    <Facts of={[[t('drop.parties'), number(result.nodes)], [t('drop.ties'), number(result.edges)], [t('drop.listedParties'), number(result.listed)], [t('drop.asOf'), result.as_of], [t('drop.rejects'), rejects(result.rejects)]]} />
    <div class="fill-table"><Table columns={columns} rows={result.verdicts} id={(row) => `${row.rule} ${row.id}`} label={name} name="ownership" empty={t('drop.noVerdict')} /></div></div>;
}
