// What the API sends, as the page reads it. Times are ISO 8601 UTC strings.
export interface ListInfo { dataset: string; version: string; file: string; entities: number }
export interface Status {
  program: string; lists: ListInfo[]; feeds: string[]; positions: number; vessels: number; events: number; targets: number;
  first: string | null; last: string | null; as_of: string; warnings: string[]; live: boolean; law: string; snapshot: number;
}
export interface Session { user: {name: string; role: string} | null; csrf: string; roles: string[]; four_eyes: boolean; login: boolean }

export interface TargetRow {
  rank: number; id: string; score: number; headline: string; name: string; imo: number | null; mmsi: number[]; flag: string;
  lat: number | null; lon: number | null; last: string | null; listed: boolean; dprk: boolean; types: string[];
}
export interface TargetPage { total: number; targets: TargetRow[] }

export interface Source { dataset?: string; file?: string; record?: string; version?: string; line?: number }
export interface SeaEvent {
  id?: string; target?: string | null; type: string; start: string; end?: string | null; mmsi: number[]; imo?: number[];
  lat?: number | null; lon?: number | null; score: number; rule?: string; reasons?: string[]; evidence?: Record<string, unknown>;
}
export interface EventPage { total: number; events: SeaEvent[] }
export interface Finding { kind: string; statement: string; points: number; sources: Source[] }
export interface Chain {
  listed: {id: string; name: string; caption: string; datasets: string[]; programs: string[]; listing_date?: string; match_reasons: string[]; dprk?: boolean};
  steps: {from: ChainNode; to: ChainNode; kind: string; share?: string; start?: string; end?: string; status: string; note?: string; source: Source}[];
  verdicts: {rule: string; verdict: string; share?: string; proof: string[]}[]; summary: string;
}
export interface ChainNode { id: string; name: string; schema?: string; country?: string }
export interface LegalPoint {
  situation: string; jurisdiction: string; verdict: string; because: string; missing: string[];
  basis: {id: string; citation: string; summary: string; may_or_must?: string; force?: string; paragraph_verified: boolean; content_verified?: boolean}[];
}
export interface Dossier {
  rank: number; id: string; score: number; headline: string;
  identity: {imo?: number; imo_check?: boolean; mmsi: number[]; name: string; callsign?: string; flag?: string; flag_name?: string; flag_basis?: string; type?: string;
    length_m?: number; beam_m?: number; built?: number; history: {first: string; last: string; name?: string; imo?: number; mmsi: number; callsign?: string; length_m?: number; beam_m?: number; reports: number}[]};
  evidence: Finding[]; listings: {caption: string; score: number; corroborated?: boolean; programs: string[]; listing_date?: string; source: Source; reasons: string[]}[];
  chains: Chain[]; events: SeaEvent[]; law: LegalPoint[]; unknown: string[]; track: [number, number, number][]; registry?: string;
}
export interface RunInfo { lists: ListInfo[]; feeds: string[]; program_version: string; law_version: string; as_of: string; first: string; last: string;
  positions: number; vessels: number; events: number; warnings: string[] }

export interface Track { mmsi: number; points: [number | string, number, number, number | null, number | null][] }
export interface VesselRow { mmsi: number; imo: number | null; name: string; flag: string; type: string; first: string; last: string; reports: number; target: string | null; minutes?: number }
export interface AreaQuery { polygon: [number, number][]; from?: string; to?: string }
export interface AreaReport { vessels: VesselRow[]; events: SeaEvent[]; targets: TargetRow[]; positions: number; gaps: number }

export interface ScreenQuery { id?: string; schema?: string; name?: string; [field: string]: unknown }
export interface ScreenHit { entity_id: string; caption: string; score: number; match: boolean; reasons: string[]; measures: string[]; [field: string]: unknown }
export interface ScreenAnswers { answers: {id: string; hits: ScreenHit[]; [field: string]: unknown}[]; versions: ListInfo[] }
export interface Entity { id: string; schema: string; caption: string; properties: Record<string, string[]>; datasets: string[]; source?: Source }
export interface Comparison { score: number; match: boolean; reasons: string[]; differs: {field: string; left: string; right: string; says: string}[] }

export interface NetworkNode { id: string; name: string; schema: string; country?: string; listed: boolean; x?: number; y?: number }
export interface NetworkEdge { id: string; from: string; to: string; kind: string; share?: string; start?: string; end?: string; status: string; source: Source }
export interface NetworkPart { nodes: NetworkNode[]; edges: NetworkEdge[] }
export interface NetworkPath { steps: Chain['steps']; listed: Chain['listed'] }
export interface Control { verdicts: {rule: string; verdict: string; share_min: number; share_max: number; proof: string[]}[]; by_country: {country: string; share_min: number; share_max: number}[] }

export interface LawVocabulary { [group: string]: unknown }
export interface Measure { id: string; [field: string]: unknown }
export interface LawAnswer { jurisdiction: string; verdict: string; because: string; basis: Record<string, unknown>[]; [field: string]: unknown }

export interface Analysis { kind: string; summary: string; result: unknown }
