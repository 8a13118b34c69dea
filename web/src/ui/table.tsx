// A table of any length: only the rows in sight are in the document. Sort by a head, choose with the keyboard or the
// mouse (Shift and Ctrl for more than one), copy with Ctrl+C, save as CSV.
import type {ComponentChildren} from 'preact';
import {useEffect, useMemo, useRef, useState} from 'preact/hooks';
import {t} from '../i18n';
import {saveCsv} from './export';
import {toast} from './toast';

export interface Column<T> {
  key: string; title: string;
  value: (row: T) => string | number | null | undefined;   // sorts, copies and exports
  show?: (row: T) => ComponentChildren;                    // what the cell shows, where that is more than the value
  width?: string;                                          // a track of CSS grid: "8rem", "minmax(10rem, 2fr)"
  number?: boolean;
}
const HEAD = 36;  // height of the head; .table-head has the same
interface Props<T> {
  columns: Column<T>[]; rows: T[]; id: (row: T) => string; label: string; name?: string;
  rowHeight?: number; current?: string; onPick?: (row: T) => void; onOpen?: (row: T) => void; onSelect?: (rows: T[]) => void;
  sort?: {key: string; down: boolean}; empty?: ComponentChildren; rowClass?: (row: T) => string;
}

export function Table<T>({columns, rows, id, label, name = 'table', rowHeight = 36, current, onPick, onOpen, onSelect, sort: firstSort, empty, rowClass}: Props<T>) {
  const [sort, setSort] = useState(firstSort);
  const [range, setRange] = useState<[number, number]>([0, 40]);
  const [chosen, setChosen] = useState<Set<string>>(new Set());
  const box = useRef<HTMLDivElement>(null);
  const anchor = useRef(0);
  const [cursor, setCursor] = useState(-1);

  const sorted = useMemo(() => {
    const column = sort && columns.find((each) => each.key === sort.key);
    if (!column) return rows;
    const keys = rows.map((row) => { const v = column.value(row); return typeof v === 'string' ? v.toLowerCase() : v; });
    const order = Array.from(keys.keys()).sort((a, b) => {
      const x = keys[a], y = keys[b];
      if (x === y) return a - b;
      if (x === null || x === undefined || x === '') return 1;  // what is not known comes last, either way
      if (y === null || y === undefined || y === '') return -1;
      return (x < y ? -1 : 1) * (sort!.down ? -1 : 1);
    });
    return order.map((i) => rows[i]!);
  }, [rows, sort, columns]);
  const at = useMemo(() => (current === undefined ? cursor : sorted.findIndex((row) => id(row) === current)), [sorted, current, cursor]);

  const measure = () => {
    const node = box.current;
    if (!node) return;
    const from = Math.max(0, Math.floor(node.scrollTop / rowHeight) - 8);
    const to = Math.ceil((node.scrollTop + node.clientHeight) / rowHeight) + 8;
    setRange((old) => (old[0] === from && old[1] === to ? old : [from, to]));
  };
  useEffect(() => {
    const watch = new ResizeObserver(measure);
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  const reveal = (index: number) => {
    const node = box.current;
    if (!node) return;
    const top = index * rowHeight, head = HEAD;
    if (top < node.scrollTop) node.scrollTop = top;
    else if (top + rowHeight + head > node.scrollTop + node.clientHeight) node.scrollTop = top + rowHeight + head - node.clientHeight;
  };
  useEffect(() => { if (at >= 0) reveal(at); }, [at]);

  const select = (next: Set<string>) => { setChosen(next); onSelect?.(sorted.filter((row) => next.has(id(row)))); };
  const pick = (index: number, event?: {shiftKey?: boolean; ctrlKey?: boolean; metaKey?: boolean}) => {
    const row = sorted[index];
    if (!row) return;
    if (event?.shiftKey) {
      const [from, to] = [Math.min(anchor.current, index), Math.max(anchor.current, index)];
      select(new Set(sorted.slice(from, to + 1).map(id)));
    } else if (event?.ctrlKey || event?.metaKey) {
      const next = new Set(chosen);
      if (!next.delete(id(row))) next.add(id(row));
      select(next);
      anchor.current = index;
    } else {
      if (chosen.size) select(new Set());
      anchor.current = index;
    }
    setCursor(index);
    onPick?.(row);
  };
  const copy = async () => {
    const which = chosen.size ? sorted.filter((row) => chosen.has(id(row))) : sorted[at] ? [sorted[at]!] : [];
    if (!which.length) return;
    const text = [columns.map((c) => c.title), ...which.map((row) => columns.map((c) => String(c.value(row) ?? '').replace(/[\t\r\n]/g, ' ')))].map((line) => line.join('\t')).join('\n');
    try { await navigator.clipboard.writeText(text); toast(t('table.copied', {n: which.length}), 'good'); } catch { toast(t('table.notCopied'), 'bad'); }
  };
  const keys = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 400) / rowHeight) - 2);
    const step: Record<string, number> = {ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: page, PageUp: -page, Home: -sorted.length, End: sorted.length};
    if ((event.ctrlKey || event.metaKey) && event.key === 'c' && !getSelection()?.toString()) { void copy(); event.preventDefault(); return; }
    if ((event.ctrlKey || event.metaKey) && event.key === 'a') { select(new Set(sorted.map(id))); event.preventDefault(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in step) {
      event.preventDefault(); event.stopPropagation();
      pick(Math.max(0, Math.min(sorted.length - 1, Math.max(at, -1) + step[event.key]!)), {shiftKey: event.shiftKey && event.key.startsWith('Arrow')});
    } else if (event.key === 'Enter' && sorted[at]) { event.preventDefault(); event.stopPropagation(); onOpen?.(sorted[at]!); }
  };
  const tracks = columns.map((column) => column.width ?? 'minmax(6rem, 1fr)'), template = tracks.join(' ');
  // The titles and the rows are grids of their own: the same least width keeps them in step where the window is too narrow.
  const least = tracks.reduce((sum, track) => sum + parseFloat(track.replace('minmax(', '')), 0);
  const from = Math.min(range[0], sorted.length), shown = sorted.slice(from, range[1]);
  const grid = (node: HTMLElement | null) => { node?.style.setProperty('--columns', template); node?.style.setProperty('--least', `${least}rem`); node?.style.setProperty('--row', `${rowHeight}px`); };
  return <div class="table" ref={grid}>
    <div class="table-box" ref={box} role="grid" tabIndex={0} aria-label={label} aria-rowcount={sorted.length + 1} aria-multiselectable="true"
      aria-activedescendant={at >= 0 ? `${name}-${at}` : undefined} onScroll={measure} onKeyDown={keys}>
      <div class="table-head" role="row" aria-rowindex={1}>
        {columns.map((column) => <div key={column.key} role="columnheader" class={column.number ? 'num' : ''}
          aria-sort={sort?.key === column.key ? (sort.down ? 'descending' : 'ascending') : 'none'}>
          <button type="button" tabIndex={-1} onClick={() => setSort(sort?.key === column.key ? {key: column.key, down: !sort.down} : {key: column.key, down: !!column.number})}>
            {column.title}<span class="sort" aria-hidden="true">{sort?.key === column.key ? (sort.down ? '↓' : '↑') : ''}</span></button></div>)}
      </div>
      {sorted.length === 0 ? <div class="table-empty" role="row"><div role="gridcell">{empty ?? t('table.empty')}</div></div> :
        <div class="table-rows" role="rowgroup" ref={(node) => { if (node) node.style.height = `${sorted.length * rowHeight}px`; }}>
          {shown.map((row, i) => {
            const index = from + i, key = id(row);
            return <div key={key} id={`${name}-${index}`} role="row" aria-rowindex={index + 2} aria-selected={index === at || chosen.has(key)}
              class={`table-row ${rowClass?.(row) ?? ''} ${index === at ? 'current' : ''} ${chosen.has(key) ? 'chosen' : ''}`}
              ref={(node) => { if (node) node.style.transform = `translateY(${index * rowHeight}px)`; }}
              onClick={(event) => pick(index, event)} onDblClick={() => onOpen?.(row)}>
              {columns.map((column) => <div key={column.key} role="gridcell" class={column.number ? 'num' : ''}>{column.show ? column.show(row) : column.value(row) ?? ''}</div>)}
            </div>;
          })}
        </div>}
    </div>
    <div class="table-foot"><span>{t('table.rows', {n: sorted.length})}{chosen.size > 0 && <> · {t('table.chosen', {n: chosen.size})}</>}</span>
      <span class="spring" />
      <button type="button" class="plain" onClick={() => void copy()} disabled={!chosen.size && at < 0}>{t('table.copy')}</button>
      <button type="button" class="plain" onClick={() => saveCsv(`${name}.csv`, columns.map((c) => c.title), (chosen.size ? sorted.filter((row) => chosen.has(id(row))) : sorted).map((row) => columns.map((c) => c.value(row))))}>{t('export.csv')}</button>
    </div>
  </div>;
}
