// The graph itself: sigma draws, graphology holds, the program gave each party its place. Colours come from the theme.
import {MultiDirectedGraph} from 'graphology';
import {useEffect, useRef} from 'preact/hooks';
import Sigma from 'sigma';
import {plainly} from '../../../shared/visible.js';
import {t} from '../../i18n';
import {colour, shown} from '../../theme';
import {download} from '../../ui/export';
import {DOUBTED, GONE, type Party, type Tie} from './data';

export const KIND_OF: Record<string, string> = {Person: 'person', Company: 'company', Organization: 'company', LegalEntity: 'company', PublicBody: 'state', Vessel: 'vessel', Airplane: 'vessel'};
export const TOKENS = {listed: 'red', person: 'amber', company: 'accent', vessel: 'green', state: 'violet', other: 'soft'} as const;
export const groupOf = (party: Party) => (party.listed ? 'listed' : (KIND_OF[party.schema] ?? 'other')) as keyof typeof TOKENS;

export interface Hold { zoom: (by: number) => void; fit: () => void; png: (name: string) => void; centre: (id: string) => void }
interface Props { parties: Party[]; ties: Tie[]; chosen: string; root: string; path: Set<string>; onParty: (id: string) => void; onTie: (id: string) => void; onExpand: (id: string) => void; hold: {current: Hold | null}; label: string }

// Sigma reads hexadecimal and rgb(), not light-dark().
const mixed = (a: string, b: string, share: number) => {
  const [x, y] = [a, b].map((each) => each.match(/[\d.]+/g)!.map(Number));
  return `rgb(${[0, 1, 2].map((i) => Math.round(x![i]! * share + y![i]! * (1 - share))).join(',')})`;
};

export function Canvas({parties, ties, chosen, root, path, onParty, onTie, onExpand, hold, label}: Props) {
  const box = useRef<HTMLDivElement>(null);
  const many = parties.length > 1500;
  const now = useRef({chosen, root, path, many, onParty, onTie, onExpand});
  now.current = {chosen, root, path, many, onParty, onTie, onExpand};
  const drawn = useRef<Sigma | null>(null);

  // Once a theme, before the parties are there: starting WebGL takes about as long as the program takes to lay them out.
  useEffect(() => {
    if (!box.current) return;
    const ink = colour('ink'), paper = colour('paper'), card = colour('raised'), red = colour('red'), faint = mixed(colour('soft'), paper, .28), accent = colour('accent');
    const renderer = new Sigma(new MultiDirectedGraph(), box.current, {
      allowInvalidContainer: true, defaultEdgeType: 'arrow', labelFont: getComputedStyle(document.body).fontFamily, labelSize: 12, labelColor: {color: ink},
      enableEdgeEvents: true, zIndex: true, minCameraRatio: .02, maxCameraRatio: 8, stagePadding: 60,
      defaultDrawNodeHover: (paint, data, settings) => {
        paint.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
        const text = data.label ?? '', wide = paint.measureText(text).width + 14, x = data.x + data.size + 3, y = data.y - 11;
        paint.beginPath(); paint.fillStyle = card; paint.strokeStyle = accent; paint.lineWidth = 1;
        paint.roundRect(x, y, wide, 22, 5); paint.fill(); paint.stroke();
        paint.fillStyle = ink; paint.fillText(text, x + 7, data.y + settings.labelSize / 3);
        paint.beginPath(); paint.arc(data.x, data.y, data.size + 2.5, 0, Math.PI * 2); paint.lineWidth = 2; paint.stroke();
      },
      nodeReducer: (id, data) => {
        const {chosen: at, path: way} = now.current;
        if (id === at) return {...data, highlighted: true, zIndex: 3, forceLabel: true};
        if (way.size && !way.has(id)) return {...data, color: mixed(data.color as string, paper, .35), forceLabel: false, label: now.current.many ? '' : data.label};
        return way.size ? {...data, zIndex: 2, forceLabel: true} : data;
      },
      edgeReducer: (id, data) => {
        const {chosen: at, path: way} = now.current;
        if (way.has(id)) return {...data, color: red, size: 4, zIndex: 3};
        if (id === at) return {...data, color: accent, size: 4, zIndex: 3};
        return way.size ? {...data, color: faint, zIndex: 0} : data;
      },
    });
    drawn.current = renderer;
    renderer.on('clickNode', ({node}) => now.current.onParty(node));
    renderer.on('doubleClickNode', (event) => { event.preventSigmaDefault(); now.current.onExpand(event.node); });
    renderer.on('clickEdge', ({edge}) => now.current.onTie(edge));
    renderer.on('enterNode', () => { box.current!.style.cursor = 'pointer'; });
    renderer.on('leaveNode', () => { box.current!.style.cursor = ''; });
    hold.current = {
      zoom: (by) => void renderer.getCamera().animate({ratio: renderer.getCamera().ratio / by}, {duration: 150}),
      fit: () => void renderer.getCamera().animate({x: .5, y: .5, ratio: 1, angle: 0}, {duration: 200}),
      centre: (id) => {
        const at = renderer.getNodeDisplayData(id);
        if (at) void renderer.getCamera().animate({x: at.x, y: at.y}, {duration: 150});
      },
      png: (name) => {
        renderer.refresh();  // the drawing lives only until the browser has shown it: read it in the same turn
        const {width, height} = renderer.getDimensions(), scale = devicePixelRatio || 1;
        const canvas = document.createElement('canvas');
        canvas.width = width * scale; canvas.height = height * scale;
        const paint = canvas.getContext('2d')!;
        paint.fillStyle = paper; paint.fillRect(0, 0, canvas.width, canvas.height);
        for (const layer of Object.values(renderer.getCanvases())) if (layer.width) paint.drawImage(layer, 0, 0, canvas.width, canvas.height);
        canvas.toBlob((blob) => { if (blob) download(name, blob, 'image/png'); });
      },
    };
    return () => { renderer.kill(); drawn.current = null; hold.current = null; };
  }, [shown.value]);
  useEffect(() => {
    const renderer = drawn.current;
    if (!renderer) return;
    const graph = new MultiDirectedGraph(), amber = colour('amber'), paper = colour('paper'), strong = mixed(colour('soft'), paper, .55), faint = mixed(colour('soft'), paper, .28);
    const tint = Object.fromEntries(Object.entries(TOKENS).map(([name, token]) => [name, colour(token)])) as Record<keyof typeof TOKENS, string>;
    const degree = new Map<string, number>();
    for (const tie of ties) for (const end of [tie.from, tie.to]) degree.set(end, (degree.get(end) ?? 0) + 1);
    for (const each of parties) if (!graph.hasNode(each.id)) graph.addNode(each.id, {x: each.x, y: each.y, size: (many ? 2 : 5) + Math.min(many ? 6 : 9, Math.sqrt(degree.get(each.id) ?? 0) * (many ? .8 : 1.6)) + (each.id === root ? 3 : 0),
      label: plainly(each.name), color: tint[groupOf(each)], forceLabel: !many && (each.listed || each.id === root)});
    for (const tie of ties) if (graph.hasNode(tie.from) && graph.hasNode(tie.to) && !graph.hasEdge(tie.id)) graph.addDirectedEdgeWithKey(tie.id, tie.from, tie.to, {
      size: many ? .6 : DOUBTED.has(tie.status) || GONE.has(tie.status) ? 1.2 : 1.8, type: many ? 'line' : 'arrow', color: GONE.has(tie.status) ? faint : DOUBTED.has(tie.status) ? amber : strong});
    renderer.setSettings({hideEdgesOnMove: ties.length > 4000, labelRenderedSizeThreshold: many ? 9 : 6, labelDensity: many ? .4 : 1.1});
    renderer.getCamera().setState({x: .5, y: .5, ratio: 1, angle: 0});
    renderer.setGraph(graph);
  }, [parties, ties, shown.value]);
  useEffect(() => { drawn.current?.refresh({skipIndexation: true}); }, [chosen, path]);

  // Arrow keys walk to the nearest party that way.
  const walk = (event: KeyboardEvent) => {
    const way = {ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0]}[event.key];
    if (!way) return;
    event.preventDefault(); event.stopPropagation();
    const from = parties.find((each) => each.id === chosen) ?? parties[0];
    if (!from) return;
    let best: Party | undefined, least = Infinity;
    for (const each of parties) {
      const dx = each.x - from.x, dy = each.y - from.y, along = dx * way[0]! + dy * way[1]!, across = Math.abs(dx * way[1]!) + Math.abs(dy * way[0]!);
      if (each.id !== from.id && along > 0 && along + 2.5 * across < least) { best = each; least = along + 2.5 * across; }
    }
    if (best) { onParty(best.id); hold.current?.centre(best.id); }
  };
  return <div class="graph" ref={box} tabIndex={0} role="application" aria-label={label} aria-roledescription={t('network.graph')} onKeyDown={walk} />;
}
