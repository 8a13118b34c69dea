// The part of the network on screen, and what the program says about it. Nothing is laid out here: x and y come with the parties.
import {get, url} from '../../api';
import type {Source} from '../../types';

export interface Party { id: string; name: string; schema: string; country?: string; listed: boolean; x: number; y: number }
export interface Tie { id: string; from: string; to: string; kind: string; role?: string; share?: string | null; start?: string; end?: string; status: string; note?: string; source?: Source }
export interface Part { nodes: Party[]; edges: Tie[]; cut?: boolean }
export interface Step { from: string; to: string; caption: string; forward: boolean; edge: Tie }
export interface Way { from: string; to: string; caption: string; cost?: number; steps: Step[] }
export interface Proof { id: string; verdict: string; basis?: string; statement: string; edges?: Tie[] }
export interface Verdict { rule: string; verdict: string; basis?: string; share_min: number; share_max: number; proof: (Proof | string)[]; notes?: string[]; text?: string; citation?: string; verified?: boolean }
export interface Share { country: string; share_min: number; share_max: number }

interface RawNode { id: string; name?: string; caption?: string; schema?: string; country?: string; countries?: string[]; listed?: unknown; x?: number; y?: number }
const party = (raw: RawNode): Party => ({id: raw.id, name: raw.name || raw.caption || raw.id, schema: raw.schema ?? '', country: raw.country ?? raw.countries?.[0], listed: !!raw.listed, x: raw.x ?? 0, y: raw.y ?? 0});
// A way tells a tie without its number: the statement in the source is what both have.
const tieId = (tie: Tie) => [tie.from, tie.to, tie.kind, tie.start ?? '', tie.status, tie.source?.file ?? tie.source?.dataset ?? '', tie.source?.record ?? '', tie.source?.line ?? ''].join('\u001f');

export async function find(q: string, signal?: AbortSignal): Promise<Party[]> {
  if (!q.trim()) return [];
  return (await get<{nodes: RawNode[]}>('network/search', {q, limit: 50}, signal)).nodes.map(party);
}
export async function expand(id: string, as_of: string, hops = 1, limit = 500): Promise<Part> {
  const part = await get<{nodes: RawNode[]; edges: Tie[]; cut?: boolean}>('network/expand', {id, hops, limit, as_of});
  return {...part, nodes: part.nodes.map(party), edges: part.edges.map((edge) => ({...edge, id: tieId(edge)}))};
}
type RawParty = string | {id: string; name?: string; caption?: string};
interface RawStep { node?: string; caption?: string; name?: string; direction?: string; edge?: Tie; from?: RawParty; to?: RawParty; kind?: string }
const idOf = (raw: RawParty | undefined) => (typeof raw === 'object' ? raw.id : raw ?? '');
export async function paths(from: string, as_of: string, k = 5): Promise<Way[]> {
  const {paths: found} = await get<{paths: {from?: string; to?: string; caption?: string; cost?: number; steps: RawStep[]; listed?: boolean | {id: string; name?: string; caption?: string}}[]}>('network/paths', {from, to: 'listed', k, as_of});
  return found.map((raw) => {
    let at = raw.from ?? from;
    const steps = raw.steps.map((step): Step => {
      const edge = step.edge ?? {...(step as object), from: idOf(step.from), to: idOf(step.to)} as Tie;
      const to = step.node ?? (edge.from === at ? edge.to : edge.from);
      const one = {from: at, to, caption: step.caption ?? step.name ?? [step.to, step.from].flatMap((each) => (typeof each === 'object' && each.id === to ? [each.name ?? each.caption ?? ''] : []))[0] ?? to, forward: edge.from === at, edge: {...edge, id: tieId(edge)}};
      at = to;
      return one;
    });
    const listed = typeof raw.listed === 'object' ? raw.listed : undefined;
    return {from: raw.from ?? from, to: raw.to ?? listed?.id ?? at, caption: raw.caption ?? listed?.name ?? listed?.caption ?? steps.at(-1)?.caption ?? at, cost: raw.cost, steps};
  });
}
export const control = (id: string, as_of: string) => get<{verdicts: Verdict[]; by_country: Share[]}>('network/control', {id, as_of});
export const exportUrl = (id: string, format: 'gexf' | 'graphml' | 'ftm', hops = 2) => url('network/export', {id, hops, format});

/** How a tie stands, from what nobody disputes to what is no longer claimed. */
export const DOUBTED = new Set(['alleged', 'denied']), GONE = new Set(['withdrawn', 'set_aside', 'ended']);
