/** The journey in hand: a small store with a past, a future, a choice of steps, and what panes draw. */
import type { Key } from "@/i18n/keys";
import type { Designer, Edit, JourneyJson, Layer, Played, StepJson, StepPath } from "../seams";
import { blockAt, partsOf, pathsByStep, places, stepAt, within } from "./paths";

/** How many changes can be taken back. */
export const MOST_UNDO = 200;
export const SIMULATOR = "simulator";

export interface Positions {
  readonly [path: StepPath]: { readonly x: number; readonly y: number };
}

interface Moment {
  readonly journey: JourneyJson;
  readonly selected: readonly StepPath[];
  readonly positions: Positions;
}

interface Done extends Moment {
  readonly label: Key;
  readonly merge: string | null;
  /** Steps, as the change found them, that it gave back to the automatic layout. */
  readonly unplaced: readonly StepPath[];
}

/** Everything at one moment; never changed, so that screens can compare it. */
export interface DesignerState extends Moment {
  readonly past: readonly Done[];
  readonly future: readonly Done[];
  readonly layers: ReadonlyMap<string, Layer>;
  /** The block where something new would go while no step is chosen. */
  readonly pointed: StepPath | null;
  /** The pane in front. */
  readonly pane: string;
  /** How often a pane was brought to the front: it counts also when it was there already. */
  readonly opened: number;
  readonly playing: Played | null;
}

export interface Opened {
  id: string;
  journey: JourneyJson;
  base_version: number;
  editable: boolean;
  positions?: Positions;
  pane?: string;
}

/** Where chosen or placed boxes are after a change: the same object wherever it is now, else the same path. */
function followed(before: JourneyJson, after: JourneyJson): (path: StepPath) => StepPath | null {
  let now: ReadonlyMap<StepJson, StepPath> | null = null;
  const follow = (path: StepPath): StepPath | null => {
    const step = stepAt(before, path);
    if (step === null) {
      // A section keeps its name; a branch goes with its step.
      const parts = partsOf(before, path) ?? [];
      const holder = parts.length > 1 ? follow(parts.slice(0, -1).join("/")) : null;
      const block = parts.length > 1 ? `${holder ?? ""}/${parts.at(-1)}` : path;
      return blockAt(after, block) === null ? null : block;
    }
    if (stepAt(after, path) === step) return path;
    now ??= pathsByStep(after);
    return now.get(step) ?? (stepAt(after, path)?.step === step.step ? path : null);
  };
  return follow;
}

function carried(positions: Positions, follow: (path: StepPath) => StepPath | null): Positions {
  return Object.fromEntries(
    Object.entries(positions).flatMap(([path, place]) => {
      const now = follow(path);
      return now === null ? [] : [[now, place]];
    }),
  );
}

/** What is left when these steps, with all that is in them, stand where the automatic layout puts them. */
function without(positions: Positions, paths: readonly StepPath[]): Positions {
  const left = Object.entries(positions).filter(([path]) => !paths.some((each) => within(path, each)));
  return left.length < Object.keys(positions).length ? Object.fromEntries(left) : positions;
}

export class DesignerStore {
  readonly id: string;
  #opened: Opened;
  #state: DesignerState;
  #merging: string | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #views = new Map<string, { state: DesignerState; view: Designer }>();

  constructor(opened: Opened) {
    this.id = opened.id;
    this.#opened = opened;
    this.#state = {
      journey: opened.journey,
      selected: [],
      positions: opened.positions ?? {},
      past: [],
      future: [],
      layers: new Map(),
      pointed: null,
      pane: opened.pane ?? "inspector",
      opened: 0,
      playing: null,
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): DesignerState => this.#state;

  get base_version(): number {
    return this.#opened.base_version;
  }

  get editable(): boolean {
    return this.#opened.editable;
  }

  /** The work now stands on another version, e.g. the one just published. */
  rebase(base_version: number): void {
    this.#opened = { ...this.#opened, base_version };
    this.#set({});
  }

  choose(paths: readonly StepPath[]): void {
    const wanted = new Set(paths);
    const steps = places(this.#state.journey).flatMap(({ path }) => (wanted.has(path) ? [path] : []));
    this.#merging = null;
    const { selected, pointed } = this.#state;
    if (pointed !== null || steps.join("\n") !== selected.join("\n"))
      this.#set({ selected: steps, pointed: null });
  }

  /** Point at a block: nothing is chosen, and what is inserted goes to its end. */
  point(block: StepPath): void {
    this.#merging = null;
    this.#set({ selected: [], pointed: block });
  }

  /**
   * Change the document; `chosen` finds the steps to be chosen then, else the chosen ones stay so. The `unplaced`
   * steps, with all that is in them, are given back to the automatic layout until the change is taken back.
   */
  edit(
    { label, apply, merge }: Edit,
    chosen?: (journey: JourneyJson) => readonly StepPath[],
    unplaced: readonly StepPath[] = [],
  ): void {
    if (!this.#opened.editable) return;
    const { journey, selected, positions, past } = this.#state;
    const next = apply(journey);
    if (next === journey) return;
    const together = merge !== undefined && merge === this.#merging && past.at(-1)?.merge === merge;
    const done: Done = { journey, selected, positions, label, merge: merge ?? null, unplaced };
    const follow = followed(journey, next);
    const now = chosen ? [...chosen(next)] : selected.flatMap((path) => follow(path) ?? []);
    this.#merging = merge ?? null;
    this.#set({
      journey: next,
      selected: now,
      pointed: this.#stillPointed(next, now),
      positions: carried(without(positions, unplaced), follow),
      past: together ? past : [...past, done].slice(-MOST_UNDO),
      future: [],
    });
  }

  /** Put steps where they were dragged; null gives every place back to the automatic layout. */
  place(positions: Positions | null): void {
    this.#set({ positions: positions === null ? {} : { ...this.#state.positions, ...positions } });
  }

  undo(): void {
    const done = this.#state.past.at(-1);
    if (!done) return;
    const back = (path: StepPath) => done.unplaced.some((each) => within(path, each));
    this.#travel(done, this.#state.past.slice(0, -1), [this.#now(done), ...this.#state.future], back);
  }

  redo(): void {
    const [done, ...future] = this.#state.future;
    if (!done) return;
    const past = [...this.#state.past, this.#now(done)];
    this.#state = { ...this.#state, positions: without(this.#state.positions, done.unplaced) };
    this.#travel(done, past, future);
  }

  draw(pane: string, layer: Layer | null): void {
    if (layer === null && !this.#state.layers.has(pane)) return;
    const layers = new Map(this.#state.layers);
    if (layer === null) layers.delete(pane);
    else layers.set(pane, { ...layer, of: pane });
    this.#set({ layers });
  }

  open(pane: string): void {
    this.#set({ pane, opened: this.#state.opened + 1 });
  }

  play(path: Omit<Played, "turn">): void {
    this.#set({ playing: { ...path, turn: (this.#state.playing?.turn ?? 0) + 1 } });
    this.open(SIMULATOR);
  }

  /** The layer of the pane in front. */
  layer(): Layer | null {
    return this.#state.layers.get(this.#state.pane) ?? null;
  }

  /** What a pane gets: the same object until something changes. */
  view(pane: string): Designer {
    const kept = this.#views.get(pane);
    if (kept?.state === this.#state) return kept.view;
    const state = this.#state;
    const view: Designer = {
      id: this.id,
      journey: state.journey,
      base_version: this.#opened.base_version,
      selected: state.selected,
      editable: this.#opened.editable,
      undoes: state.past.at(-1)?.label ?? null,
      redoes: state.future[0]?.label ?? null,
      playing: state.playing,
      choose: this.#choose,
      edit: this.#edit,
      undo: this.#undo,
      redo: this.#redo,
      open: this.#open,
      play: this.#play,
      draw: kept?.view.draw ?? ((layer) => this.draw(pane, layer)),
      replace: this.#replace,
    };
    this.#views.set(pane, { state, view });
    return view;
  }

  // The same functions for every view: effects that name them do not run again.
  readonly #choose = (paths: readonly StepPath[]) => this.choose(paths);
  readonly #edit = (change: Edit) => this.edit(change);
  readonly #undo = () => this.undo();
  readonly #redo = () => this.redo();
  readonly #open = (pane: string) => this.open(pane);
  readonly #play = (path: Omit<Played, "turn">) => this.play(path);
  readonly #replace = (journey: JourneyJson, label: Key) => this.edit({ label, apply: () => journey });

  #now({ label, merge, unplaced }: Done): Done {
    const { journey, selected, positions } = this.#state;
    return { journey, selected, positions, label, merge, unplaced };
  }

  #travel(
    { journey, selected, positions: then }: Done,
    past: readonly Done[],
    future: readonly Done[],
    replaced: (path: StepPath) => boolean = () => false,
  ): void {
    this.#merging = null;
    const { journey: now, positions: dragged } = this.#state;
    // Dragging is not taken back with a change made before it; only what comes back stands where it stood, and what
    // the change itself gave back to the automatic layout.
    const there = followed(journey, now);
    const back = carried(then, (path) => (there(path) === null || replaced(path) ? path : null));
    const positions = { ...back, ...carried(dragged, followed(now, journey)) };
    this.#set({ journey, selected, positions, past, future, pointed: this.#stillPointed(journey, selected) });
  }

  /** The block pointed at, while no step is chosen and it is there. */
  #stillPointed(journey: JourneyJson, selected: readonly StepPath[]): StepPath | null {
    const { pointed } = this.#state;
    return selected.length === 0 && pointed !== null && blockAt(journey, pointed) !== null ? pointed : null;
  }

  #set(change: Partial<DesignerState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of [...this.#listeners]) listener();
  }
}
