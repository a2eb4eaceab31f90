/** Saved conversations and what became of them. Source: features/designer/cases_api.py. */

import type { Layer, StepPath } from "../seams";
import type { CaseBody, Line, Talk } from "../simulator/talk";

export interface KeptCase extends CaseBody {
  readonly id: string;
  readonly origin: "script" | "random" | "contact";
  readonly seed: number | null;
  readonly version: number;
}

export interface Failure {
  readonly why: string;
  readonly text: string;
}

export interface Result {
  readonly id: string;
  readonly name: string;
  readonly failure: Failure | null;
  readonly seconds: number;
  readonly transcript: readonly Line[];
}

export interface Ran {
  readonly results: readonly Result[];
  readonly failed: number;
  readonly coverage: {
    readonly entered: readonly StepPath[];
    readonly missing: readonly StepPath[];
    readonly share: number;
  };
  readonly took_s: number;
  readonly per_minute: number;
}

export interface Found {
  readonly case: CaseBody;
  readonly fresh: readonly string[];
  readonly failure: Failure | null;
  readonly transcript: readonly Line[];
}

export interface Generated {
  readonly found: readonly Found[];
  readonly conversations: number;
  readonly seed: number;
}

/** A saved conversation as the simulator holds it. */
export function talkOf(kept: CaseBody): Talk {
  return { scenery: kept.scenery, deeds: kept.deeds };
}

/** What a run draws: branches nobody took are pale; null: nothing is known, or nothing is missing. */
export function coverageLayer(ran: Ran | null): Layer | null {
  if (ran === null || ran.results.length === 0) return null;
  return { of: "suites", pale: new Set(ran.coverage.missing) };
}

/** The step that opens a block: `start/2` for `start/2/failed`; a section is itself. */
export function openerOf(block: StepPath): StepPath {
  const end = block.lastIndexOf("/option:");
  if (end > 0) return block.slice(0, end);
  return block.includes("/") ? block.slice(0, block.lastIndexOf("/")) : `${block}/0`;
}

export type State = "passed" | "failed" | "not_run";

export function stateOf(kept: KeptCase, ran: Ran | null): State {
  const result = ran?.results.find((one) => one.id === kept.id);
  if (result === undefined) return "not_run";
  return result.failure === null ? "passed" : "failed";
}
