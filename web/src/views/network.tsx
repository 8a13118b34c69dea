// Who stands behind whom: search a party, expand, follow the ways to a listed one. The graph and the tables show the same.
import {useEffect, useLayoutEffect, useMemo, useRef, useState} from 'preact/hooks';
import {number, t, word} from '../i18n';
import {useKeys} from '../keyboard';
import {param, route, setId, setParams} from '../router';
import {status} from '../app';
import {Icon} from '../ui/icons';
import {Input} from '../ui/input';
import {Empty, Failed, Loading} from '../ui/states';
import {Table, type Column} from '../ui/table';
import {fail, toast} from '../ui/toast';
import {DroppedOwnership, useDropped, type Ownership} from './dropped';
import {Canvas, groupOf, TOKENS, type Hold} from './network/canvas';
import {expand, exportUrl, find, type Part, type Party, type Tie, type Way} from './network/data';
import {dates, PartyPanel, Status, TiePanel} from './network/panel';

const NOTHING: Part = {nodes: [], edges: []};
const GROUPS = Object.keys(TOKENS) as (keyof typeof TOKENS)[];

/** What comes with an expansion is put beside the party it was opened from, where that stands now; what is there stays there. */
function joined(old: Part, more: Part, from: string): Part {
  const at = old.nodes.find((each) => each.id === from), there = more.nodes.find((each) => each.id === from);
  const dx = at && there ? at.x - there.x : 0, dy = at && there ? at.y - there.y : 0;
  const known = new Set(old.nodes.map((each) => each.id)), ties = new Set(old.edges.map((each) => each.id));
  return {nodes: [...old.nodes, ...more.nodes.filter((each) => !known.has(each.id)).map((each) => ({...each, x: each.x + dx, y: each.y + dy}))], edges: [...old.edges, ...more.edges.filter((each) => !ties.has(each.id))]};
}

export function Network() {
  const file = useDropped<Ownership>('ownership');
  return file ? <DroppedOwnership {...file} /> : <Expanded />;
}

function Expanded() {
  const root = route.value.id, asOf = param('as_of', status.value?.as_of?.slice(0, 10) ?? new Date().toISOString().slice(0, 10)), hops = Number(param('hops', '2')) || 2, chosen = param('at', root), table = param('show') === 'table';
  const [part, setPart] = useState<Part | null>(null), [error, setError] = useState<Error | null>(null), [way, setWay] = useState<Way | null>(null), [opened, setOpened] = useState<Set<string>>(new Set());
  const hold = useRef<Hold | null>(null);
  const load = () => {
    if (!root) return;
    let mine = true;
    setError(null); setPart(null); setWay(null); setOpened(new Set([root]));
    expand(root, asOf, hops, 20_000).then((value) => { if (mine) setPart(value); }, (problem: Error) => mine && setError(problem));
    return () => { mine = false; };
  };
  useLayoutEffect(load, [root, asOf, hops]);  // asked before the canvas makes itself ready, so that both go on at once
  const names = useMemo(() => new Map(part?.nodes.map((each) => [each.id, each.name])), [part]);
  const nameOf = (id: string) => names.get(id) ?? id;
  const pick = (id: string) => setParams({at: id});
  const open = async (id: string) => {
    try {
      const more = await expand(id, asOf, 1);
      setPart((old) => {
        const next = old ? joined(old, more, id) : more;
        toast(t('network.opened', {n: next.nodes.length - (old?.nodes.length ?? 0)}));
        return next;
      });
      setOpened((old) => new Set([...old, id]));
    } catch (problem) { fail(problem); }
  };
  // Takes away what hangs on this party alone.
  const fold = (id: string) => setPart((old) => {
    if (!old) return old;
    const around = new Map<string, Set<string>>();
    for (const tie of old.edges) { (around.get(tie.from) ?? around.set(tie.from, new Set()).get(tie.from)!).add(tie.to); (around.get(tie.to) ?? around.set(tie.to, new Set()).get(tie.to)!).add(tie.from); }
    const gone = new Set(old.nodes.filter((each) => each.id !== root && each.id !== id && around.get(each.id)?.size === 1 && around.get(each.id)!.has(id)).map((each) => each.id));
    setOpened((before) => { const next = new Set(before); next.delete(id); return next; });
    return {nodes: old.nodes.filter((each) => !gone.has(each.id)), edges: old.edges.filter((tie) => !gone.has(tie.from) && !gone.has(tie.to))};
  });
  const take = async (next: Way | null) => {
    setWay(next);
    if (!next || !part) return;
    // A way may lead over parties not on screen yet: they are fetched one hop at a time.
    let all = part;
    for (const step of next.steps) if (!all.nodes.some((each) => each.id === step.to)) try { all = joined(all, await expand(step.from, asOf, 1), step.from); } catch (problem) { fail(problem); break; }
    if (all !== part) setPart(all);
  };
  const path = useMemo(() => new Set(way ? [way.from, ...way.steps.flatMap((step) => [step.to, step.edge.id])] : []), [way]);
  useKeys([{keys: '/', says: 'keys.search', run: () => document.querySelector<HTMLInputElement>('#party-find')?.focus()}, {keys: 'x', says: 'network.expand', run: () => chosen && void open(chosen)}, {keys: 'c', says: 'network.collapse', run: () => chosen && fold(chosen)},
    {keys: 't', says: 'network.table', run: () => setParams({show: table ? null : 'table'})}, {keys: '+', says: 'network.zoomIn', run: () => hold.current?.zoom(1.4)}, {keys: '-', says: 'network.zoomOut', run: () => hold.current?.zoom(1 / 1.4)}, {keys: '0', says: 'network.fit', run: () => hold.current?.fit()}], [chosen, part, table, asOf]);

  const party = part?.nodes.find((each) => each.id === chosen), tie = part?.edges.find((each) => each.id === chosen);
  const counts = useMemo(() => { const out = new Map<string, number>(); for (const each of part?.nodes ?? []) out.set(groupOf(each), (out.get(groupOf(each)) ?? 0) + 1); return out; }, [part]);
  return <div class="desk network">
    <section class="desk-main" aria-label={t('view.network')}>
      <header class="desk-head"><Finder />
        <label class="inline">{t('network.asOf')} <input type="date" value={asOf} onChange={(event) => setParams({as_of: event.currentTarget.value})} /></label>
        {root && <label class="inline">{t('network.hops')} <select value={hops} onChange={(event) => setParams({hops: event.currentTarget.value})}>{[1, 2, 3, 4].map((n) => <option key={n} value={n}>{n}</option>)}</select></label>}
        <span class="spring" />
        {root && <><div class="switch" role="group" aria-label={t('network.showAs')}><button type="button" aria-pressed={!table} onClick={() => setParams({show: null})}>{t('network.graph')}</button><button type="button" aria-pressed={table} onClick={() => setParams({show: 'table'})}>{t('network.table')}</button></div>
          <details class="drop-menu"><summary class="button"><Icon name="save" />{t('export.as')}</summary><div><button type="button" class="plain" disabled={table} onClick={() => hold.current?.png(`network-${root}.png`)}>PNG</button>
            {(['gexf', 'graphml', 'ftm'] as const).map((each) => <a key={each} class="button plain" href={exportUrl(root, each, hops)} download={`network-${root}.${each === 'ftm' ? 'ndjson' : each}`}>{each === 'ftm' ? 'FtM' : each === 'gexf' ? 'GEXF' : 'GraphML'}</a>)}</div></details></>}
      </header>
      {!root ? <Start /> : error ? <Failed error={error} again={load} /> : table ? part ? <Tables part={part} chosen={chosen} nameOf={nameOf} pick={pick} /> : <Loading /> : <div class="graph-box">
        <Canvas parties={(part ?? NOTHING).nodes} ties={(part ?? NOTHING).edges} chosen={chosen} root={root} path={path} onParty={pick} onTie={pick} onExpand={(id) => void open(id)} hold={hold}
          label={t('network.says', {parties: number(part?.nodes.length ?? 0), ties: number(part?.edges.length ?? 0), root: nameOf(root)})} />
        {!part && <Loading />}
        <ul class="key-list" aria-label={t('network.legend')}>{GROUPS.filter((each) => counts.get(each)).map((each) => <li key={each}><i class={`spot of-${each}`} />{t(`group.${each}`)} <span class="tnum soft">{number(counts.get(each)!)}</span></li>)}
          <li><i class="line" />{t('network.line')}</li><li><i class="line doubted" />{t('network.lineDoubted')}</li><li><i class="line gone" />{t('network.lineGone')}</li>{way && <li><i class="line red" />{t('network.lineWay')} <span class="soft tnum">{part?.edges.filter((each) => path.has(each.id)).length}</span></li>}</ul>
        <div class="zooms"><button type="button" aria-label={t('network.zoomIn')} onClick={() => hold.current?.zoom(1.4)}>+</button><button type="button" aria-label={t('network.zoomOut')} onClick={() => hold.current?.zoom(1 / 1.4)}>−</button><button type="button" onClick={() => hold.current?.fit()}>{t('network.fit')}</button></div>
      </div>}
    </section>
    {root && <aside class="desk-side" aria-label={t('network.details')}>{tie ? <TiePanel tie={tie} nameOf={nameOf} onParty={pick} /> : party ? <PartyPanel key={party.id} party={party} asOf={asOf} nameOf={nameOf} onParty={pick} onTie={pick} onWay={(next) => void take(next)} way={way}
      open={part!.edges.filter((each) => each.from === party.id || each.to === party.id)}
      actions={<><button type="button" class="main" onClick={() => void open(party.id)}>{t('network.expand')}</button><button type="button" onClick={() => fold(party.id)} disabled={!opened.has(party.id)}>{t('network.collapse')}</button>
        {party.id !== root && <button type="button" onClick={() => { setId(party.id); setParams({at: null}); }}>{t('network.root')}</button>}</>} /> : <Empty title={t('network.choose')} />}</aside>}
  </div>;
}

function Finder() {
  const [q, setQ] = useState(param('q')), [found, setFound] = useState<Party[] | null>(null), [at, setAt] = useState(0);
  useEffect(() => {
    if (q.trim().length < 2) { setFound(null); return; }
    const stop = new AbortController();
    const wait = setTimeout(() => find(q.trim(), stop.signal).then((all) => { setFound(all); setAt(0); }, (error: Error) => error.name !== 'AbortError' && fail(error)), 150);
    return () => { clearTimeout(wait); stop.abort(); };
  }, [q]);
  const choose = (party: Party | undefined) => { if (!party) return; setFound(null); setQ(''); setId(party.id); setParams({at: null, q: null}); };
  return <div class="finder"><Input id="party-find" type="search" value={q} placeholder={t('network.find')} aria-label={t('network.find')} role="combobox" aria-expanded={!!found} aria-controls="party-found" aria-autocomplete="list" aria-activedescendant={found?.[at] ? `party-${at}` : undefined}
    onInput={(event) => setQ(event.currentTarget.value)} onBlur={() => setTimeout(() => setFound(null), 200)}
    onKeyDown={(event) => { if (!found) return; if (event.key === 'ArrowDown' || event.key === 'ArrowUp') { event.preventDefault(); setAt((i) => Math.max(0, Math.min(found.length - 1, i + (event.key === 'ArrowDown' ? 1 : -1)))); } else if (event.key === 'Enter') { event.preventDefault(); choose(found[at]); } else if (event.key === 'Escape') setFound(null); }} />
    {found && <ul id="party-found" role="listbox" aria-label={t('network.find')}>{found.length === 0 ? <li class="soft" role="option" aria-selected="false">{t('network.none')}</li> : found.map((each, i) => <li key={each.id} id={`party-${i}`} role="option" aria-selected={i === at} onMouseDown={(event) => { event.preventDefault(); choose(each); }}>
      <i class={`spot of-${groupOf(each)}`} /><span>{each.name}</span><small>{[word('schema', each.schema), each.country?.toUpperCase()].filter(Boolean).join(' · ')}</small>{each.listed && <span class="tag red">{t('tag.listed')}</span>}</li>)}</ul>}</div>;
}

function Start() {
  const [some, setSome] = useState<Party[] | null>(null);
  const q = param('q');
  useEffect(() => { find(q).then(setSome, () => setSome([])); }, [q]);
  return <div class="pane"><h2>{t('network.title')}</h2><p class="lead">{t('network.lead')}</p>
    {some === null ? <Loading /> : some.length === 0 ? q && <p>{t('network.none')}</p> : <ul class="parties">{some.slice(0, 60).map((each) => <li key={each.id}><button type="button" onClick={() => { setId(each.id); setParams({q: null}); }}><i class={`spot of-${groupOf(each)}`} /><span>{each.name}</span><small>{[word('schema', each.schema), each.country?.toUpperCase()].filter(Boolean).join(' · ')}</small>{each.listed && <span class="tag red">{t('tag.listed')}</span>}</button></li>)}</ul>}
    <p class="never"><Icon name="law" />{t('network.never')}</p></div>;
}

function Tables({part, chosen, nameOf, pick}: {part: Part; chosen: string; nameOf: (id: string) => string; pick: (id: string) => void}) {
  const parties: Column<Party>[] = useMemo(() => [{key: 'name', title: t('network.party'), value: (row) => row.name, show: (row) => <><i class={`spot of-${groupOf(row)}`} /> <b>{row.name}</b></>, width: 'minmax(12rem, 2fr)'}, {key: 'schema', title: t('network.kind'), value: (row) => word('schema', row.schema), width: '9rem'}, {key: 'country', title: t('network.country'), value: (row) => row.country?.toUpperCase(), width: '6rem'}, {key: 'listed', title: t('tag.listed'), value: (row) => (row.listed ? t('yes') : ''), width: '6rem'}], []);
  const ties: Column<Tie>[] = useMemo(() => [{key: 'from', title: t('network.from'), value: (row) => nameOf(row.from), width: 'minmax(9rem, 1.4fr)'}, {key: 'kind', title: t('network.tie'), value: (row) => word('relation', row.kind), width: '8rem'}, {key: 'to', title: t('network.to'), value: (row) => nameOf(row.to), width: 'minmax(9rem, 1.4fr)'}, {key: 'share', title: t('network.share'), value: (row) => (row.share ? String(row.share) : ''), width: '5rem', number: true},
    {key: 'dates', title: t('network.dates'), value: (row) => dates(row), width: '11rem'}, {key: 'status', title: t('network.status'), value: (row) => word('status', row.status), show: (row) => <Status of={row.status} />, width: '8rem'}, {key: 'source', title: t('source'), value: (row) => row.source?.record ?? row.source?.dataset, width: 'minmax(8rem, 1.4fr)'}], [part]);
  return <div class="tables"><Table columns={parties} rows={part.nodes} id={(row) => row.id} label={t('network.parties')} name="parties" current={chosen} onPick={(row) => pick(row.id)} /><Table columns={ties} rows={part.edges} id={(row) => row.id} label={t('network.tiesTitle')} name="ties" current={chosen} onPick={(row) => pick(row.id)} /></div>;
}
