/** Drafts as the server keeps them. Source: src/warmline/features/designer/drafts_api.py. */
import type { JourneyJson } from "../seams";

export type Positions = Readonly<Record<string, { readonly x: number; readonly y: number }>>;

/** A draft without its document. Source: src/warmline/features/designer/drafts_api.py. */
export interface DraftLine {
  readonly id: string;
  readonly journey_id: string;
  readonly name: string;
  readonly owner: string;
  readonly owner_name: string;
  /** The published version it has all of; 0: none. */
  readonly base_version: number;
  readonly revision: number;
  readonly updated_by: string;
  readonly updated_by_name: string;
  readonly updated_at: string;
}

export interface Draft extends DraftLine {
  readonly document: JourneyJson;
  readonly positions: Positions;
}

/** What is drawn at one moment. */
export interface Work {
  readonly journey: JourneyJson;
  readonly positions: Positions;
}

export interface Begin {
  /** Sent again under the same id, it is the same draft; without one it is another each time. */
  readonly id?: string;
  readonly name: string;
  readonly version: number;
  readonly document: JourneyJson;
  readonly positions: Positions;
}

export interface Save {
  readonly revision: number;
  readonly document?: JourneyJson;
  readonly positions?: Positions;
  readonly base_version?: number;
}

/** The server's side of it. */
export interface Drawer {
  create(begin: Begin): Promise<Draft>;
  save(id: string, save: Save): Promise<DraftLine>;
  read(id: string): Promise<Draft>;
  publish(id: string, revision: number): Promise<{ readonly version: number }>;
}
