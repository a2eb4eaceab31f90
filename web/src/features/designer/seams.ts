/** What the rooms of the designer share: the document in hand, what is chosen in it, and what is drawn on top of it. */
import type { ComponentType } from "react";
import type { Key } from "@/i18n/keys";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Where a step stands: section, index, block, index … as in `start/2/failed/0`.
 *
 * A menu option's block is `option:VALUE`; the block for what nobody foresaw is the section `@on_error`; a path that
 * ends in a block, such as `start` or `start/2/failed`, is that block.
 */
export type StepPath = string;

/** A step as the document holds it: `step` is its kind. */
export interface StepJson {
  readonly step: string;
  readonly [field: string]: Json;
}

/** A journey as the document holds it; see docs/subsystems/journeys.md. */
export interface JourneyJson {
  readonly id: string;
  readonly sections: Readonly<Record<string, readonly StepJson[]>>;
  readonly on_error: readonly StepJson[];
  readonly [field: string]: Json | Readonly<Record<string, readonly StepJson[]>>;
}

/** A change of the document, undone as one. `label` says what it did, for the undo button. */
export interface Edit {
  readonly label: Key;
  readonly apply: (journey: JourneyJson) => JourneyJson;
  /** Edits in a row that name the same, such as typing in one field, are undone as one. */
  readonly merge?: string;
}

/** One thing that happens on a path of the checker, as the API tells it. Source: features/journeys/api.py, StepDoc. */
export interface Stimulus {
  readonly kind: string;
  readonly text?: string;
  readonly name?: string;
  readonly outcome?: string;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly world?: readonly string[];
}

/** A path of the checker to be played by the simulator; `turn` grows with each wish. */
export interface Played {
  readonly turn: number;
  /** The journey the path begins with. */
  readonly journey: string;
  /** `webchat` or `voice`. */
  readonly channel: string;
  readonly path: readonly Stimulus[];
}

/** Something drawn over canvas and outline: a counter-example, a simulated conversation, live contacts. */
export interface Layer {
  /** Which pane drew it; each pane has one layer, and the open pane's is shown. */
  readonly of: string;
  /** Short texts at steps and blocks, such as counts. */
  readonly badges?: ReadonlyMap<StepPath, { readonly text: string; readonly tone?: "good" | "warn" | "bad" }>;
  /** Steps and blocks lit in the order they were reached. */
  readonly trail?: readonly StepPath[];
  /** Weights of edges into a block or step, 0 to 1; thicker is more. */
  readonly flow?: ReadonlyMap<StepPath, number>;
  /** Blocks never reached, drawn pale. */
  readonly pale?: ReadonlySet<StepPath>;
}

/** A journey open in the designer. Implemented by `model/`; every room gets it as it is now, and calls it to change. */
export interface Designer {
  readonly id: string;
  readonly journey: JourneyJson;
  /** The published version the work began from; 0: none. */
  readonly base_version: number;
  /** Chosen steps, in the order of the document. */
  readonly selected: readonly StepPath[];
  /** Whether this person may change it. */
  readonly editable: boolean;
  /** Journeys, queues, calendars, variables … a field may name come from `/api/journeys/names`. */
  choose(paths: readonly StepPath[]): void;
  edit(change: Edit): void;
  /** What undo and redo would do, by the label of the edit; null: nothing. */
  readonly undoes: Key | null;
  readonly redoes: Key | null;
  undo(): void;
  redo(): void;
  /** Draw this pane's layer, or take it away; `of` is filled in by the pane's id. */
  draw(layer: Layer | null): void;
  /** Bring a pane to the front, by its id. */
  open(pane: string): void;
  /** The newest path to be played, for the simulator. */
  readonly playing: Played | null;
  /** Hand a path to the simulator and open it. */
  play(path: Omit<Played, "turn">): void;
  /** Replace the whole document, as one undoable change (another version, a merge, an import). */
  replace(journey: JourneyJson, label: Key): void;
}

export interface PaneProps {
  readonly designer: Designer;
}

/** A room beside the canvas, listed in `panes.ts`. */
export interface Pane {
  readonly id: string;
  readonly title: Key;
  readonly icon: ComponentType<{ size?: number; "aria-hidden"?: boolean | "true" }>;
  readonly page: ComponentType<PaneProps>;
}
