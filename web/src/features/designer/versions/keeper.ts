/** Keeps the work on a draft saved: quietly while one draws, never over somebody else's. No screen in here. */
import { ApiError } from "@/api/client";
import type { JourneyJson } from "../seams";
import { type Aside, isWork, samePlaces } from "./aside";
import type { Draft, DraftLine, Drawer, Work } from "./drawer";

export type { Begin, Draft, DraftLine, Drawer, Positions, Save, Work } from "./drawer";

/** Somebody else saved this draft: what both began from, and what each made of it. */
export interface Clash {
  readonly base: JourneyJson;
  readonly theirs: Draft;
}

/** `idle`: nothing to save; `failed`: it is tried again by itself or with the next change; `clash`: people decide. */
export type Saving = "idle" | "waiting" | "saving" | "failed" | "clash";

export interface Kept {
  /** Null until the first change: looking at a journey makes no draft. */
  readonly draft: DraftLine | null;
  readonly base_version: number;
  readonly saving: Saving;
  readonly problem: ApiError | null;
  readonly clash: Clash | null;
  /** Whether the clash is before their eyes; "later" puts it aside, and nothing is saved until it is settled. */
  readonly asking: boolean;
  /** A newer version than the work has all of, which people want to merge now. */
  readonly merging: number | null;
}

export const QUIET_MS = 800;
export const RETRY_MS = 5_000;
const NEWER = "designer.draft_newer";
const BEHIND = "designer.draft_behind";

type Later = (run: () => void, after_ms: number) => () => void;

export const later: Later = (run, after_ms) => {
  const timer = setTimeout(run, after_ms);
  return () => clearTimeout(timer);
};

export class DraftKeeper {
  readonly #drawer: Drawer;
  readonly #later: Later;
  readonly #name: string;
  readonly #listeners = new Set<() => void>();
  #kept: Kept;
  #saved: Work;
  #work: Work;
  /** The merged version that the next save tells. */
  #merged: number | null = null;
  #cancel: (() => void) | null = null;
  #sending: Promise<void> | null = null;
  #sent: Work | null = null;
  /** The id of the draft that the first save begins, however often it has to be sent. */
  #fresh: string = crypto.randomUUID();

  /**
   * `from` is the draft that is opened, else the published work a draft would begin from; `name` is a new draft's;
   * `aside` is what was drawn before the page was loaded again, and not saved.
   */
  constructor(
    drawer: Drawer,
    from: Draft | (Work & { base_version: number }),
    name: string,
    wait: Later = later,
    aside: Aside | null = null,
  ) {
    this.#drawer = drawer;
    this.#later = wait;
    this.#name = name;
    const work = "document" in from ? { journey: from.document, positions: from.positions } : from;
    this.#saved = { journey: work.journey, positions: work.positions };
    this.#work = this.#saved;
    this.#kept = {
      draft: "document" in from ? lineOf(from) : null,
      base_version: from.base_version,
      saving: "idle",
      problem: null,
      clash: null,
      asking: false,
      merging: null,
    };
    if (aside) this.#takeUp(aside, "document" in from ? from : null);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): Kept => this.#kept;

  /** What is drawn now, saved or not. */
  work(): Work {
    return this.#work;
  }

  /** Whether something would be lost if the page closed now. */
  get unsaved(): boolean {
    return this.#work.journey !== this.#saved.journey || !samePlaces(this.#work.positions, this.#saved.positions);
  }

  /** What has to be put aside if the page closes now; null: all of it is saved. */
  aside(): Aside | null {
    if (!this.unsaved && this.#merged === null) return null;
    const { draft, base_version, clash } = this.#kept;
    return {
      draft: draft?.id ?? null,
      fresh: draft ? null : this.#fresh,
      // In a clash the draft is theirs by now: mine was drawn over the one before.
      revision: clash ? 0 : (draft?.revision ?? 0),
      base_version,
      merged: this.#merged,
      base: this.#saved,
      sent: this.#sent,
      mine: this.#work,
    };
  }

  /** Save what was taken up from before the page was loaded again. */
  resume(): void {
    if (!this.#kept.clash && (this.unsaved || this.#merged !== null)) this.#wait(QUIET_MS);
  }

  /** Somebody gave the draft another name. */
  named(name: string): void {
    if (this.#kept.draft) this.#set({ draft: { ...this.#kept.draft, name } });
  }

  /** Something was drawn: it is saved when hands rest. */
  change(work: Work): void {
    if (work.journey === this.#work.journey && samePlaces(work.positions, this.#work.positions)) return;
    this.#work = work;
    if (this.#kept.clash) return;
    if (this.#sending === null) this.#wait(QUIET_MS);
  }

  /** Save now what is not saved yet; resolves when it is, or cannot be. */
  async flush(): Promise<void> {
    while (this.#sending) await this.#sending; // who asked first may have sent more
    this.#stopWaiting();
    if (this.#kept.clash) return;
    if (this.unsaved || this.#merged !== null) await this.#send();
    // Taken back before it was sent: there is nothing to save, whatever was refused before.
    else if (this.#kept.saving !== "idle") this.#set({ saving: "idle", problem: null });
  }

  /** Try no more, once what is on its way has arrived or failed: another page goes on with what was put aside. */
  async giveUp(): Promise<void> {
    while (this.#sending) await Promise.allSettled([this.#sending]);
    this.#stopWaiting();
  }

  /** Go on from what somebody else saved; what is drawn meanwhile is saved over it. */
  accept(theirs: Draft): void {
    this.#saved = { journey: theirs.document, positions: theirs.positions };
    this.#set({
      draft: lineOf(theirs),
      base_version: Math.max(theirs.base_version, this.#kept.base_version),
      clash: null,
      problem: null,
      saving: "idle",
    });
    if (this.unsaved) this.#wait(0);
  }

  /** Leave their draft to them, and keep what is drawn as a draft of its own. */
  async fork(name: string): Promise<void> {
    // What is on its way to the draft left behind must not come back as this one.
    while (this.#sending) await this.#sending;
    this.#stopWaiting();
    const work = this.#work;
    const made = await this.#drawer.create({
      name,
      version: this.#kept.base_version,
      document: work.journey,
      positions: work.positions,
    });
    this.#saved = work;
    this.#set({ draft: lineOf(made), clash: null, problem: null, saving: "idle" });
    if (this.unsaved) this.#wait(QUIET_MS);
  }

  /** Show the clash, or put it aside. */
  ask(asking: boolean): void {
    this.#set({ asking });
  }

  /** Ask people to merge a published version into the work; null: not now. */
  behind(newest: number | null): void {
    this.#set({ merging: newest });
  }

  /** The work has all of a published version now; told with the next save. */
  rebase(version: number): void {
    this.#merged = version;
    this.#set({ base_version: version, merging: null });
    this.#wait(0);
  }

  /** Publish what is drawn now. Throws ApiError with the reason when it is refused, or when it cannot be saved. */
  async publish(): Promise<number> {
    await this.flush();
    if (this.#kept.problem) throw this.#kept.problem;
    if (this.#kept.draft === null) await this.#send(); // an unchanged version; the server answers with itself
    const { draft } = this.#kept;
    if (draft === null) throw this.#kept.problem ?? new Error("the draft could not be saved");
    let version: number;
    try {
      version = (await this.#drawer.publish(draft.id, draft.revision)).version;
    } catch (error) {
      if (error instanceof ApiError && error.code === BEHIND) this.behind(Number(error.details.newest));
      throw error;
    }
    this.#set({ draft: { ...draft, base_version: version }, base_version: version });
    return version;
  }

  #takeUp(aside: Aside, draft: Draft | null): void {
    if (draft && isWork(aside.mine, draft) && aside.merged === null) return; // it arrived
    this.#work = aside.mine;
    this.#merged = aside.merged;
    if (draft === null) {
      // Drawn over an older version, or over a draft somebody deleted: it has what it had.
      this.#kept = { ...this.#kept, base_version: aside.base_version };
      this.#fresh = aside.fresh ?? this.#fresh;
      return;
    }
    this.#kept = { ...this.#kept, base_version: Math.max(aside.base_version, draft.base_version) };
    const first = aside.fresh === draft.id && draft.revision === 1;
    if (first || aside.revision === draft.revision || (aside.sent && isWork(aside.sent, draft))) return;
    this.#saved = aside.base;
    this.#clash(aside.base.journey, draft);
  }

  /** What is drawn and what somebody saved meanwhile both began from `base`: people decide. */
  #clash(base: JourneyJson, theirs: Draft): void {
    const told = { code: NEWER, text: "", fix: "", details: { by: theirs.updated_by_name } };
    this.#set({
      draft: lineOf(theirs),
      saving: "clash",
      problem: new ApiError(409, told),
      clash: { base, theirs },
      asking: true,
    });
  }

  #wait(after_ms: number): void {
    this.#stopWaiting();
    if (this.#kept.saving !== "saving") this.#set({ saving: "waiting" });
    this.#cancel = this.#later(() => {
      this.#cancel = null;
      void this.flush();
    }, after_ms);
  }

  #stopWaiting(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  async #send(): Promise<void> {
    const sending = this.#sendOnce();
    this.#sending = sending;
    try {
      await sending;
    } finally {
      this.#sending = null;
    }
    if (this.#kept.saving === "idle" && this.unsaved) this.#wait(QUIET_MS);
  }

  async #sendOnce(): Promise<void> {
    const work = this.#work;
    const merged = this.#merged;
    const { draft } = this.#kept;
    this.#sent = work;
    this.#set({ saving: "saving", problem: null });
    try {
      let line: DraftLine;
      let saved = work;
      if (draft) {
        line = await this.#drawer.save(draft.id, {
          revision: draft.revision,
          ...(work.journey === this.#saved.journey ? {} : { document: work.journey }),
          ...(samePlaces(work.positions, this.#saved.positions) ? {} : { positions: work.positions }),
          ...(merged === null ? {} : { base_version: merged }),
        });
      } else {
        const made = await this.#drawer.create({
          id: this.#fresh,
          name: this.#name,
          version: this.#kept.base_version,
          document: work.journey,
          positions: work.positions,
        });
        line = lineOf(made);
        if (!isWork(work, made)) {
          // Begun before this page was loaded again: it holds what was drawn by then, or what somebody saved since.
          if (made.revision > 1) {
            this.#clash(this.#saved.journey, made);
            return;
          }
          saved = { journey: made.document, positions: made.positions };
        }
      }
      this.#saved = saved;
      if (this.#merged === merged) this.#merged = null;
      this.#set({ draft: line, saving: "idle" });
    } catch (error) {
      if (!(error instanceof ApiError)) {
        this.#set({ saving: "failed" }); // an answer that broke off; the next change tries again
        throw error;
      }
      await this.#refused(error, draft);
    } finally {
      this.#sent = null;
    }
  }

  async #refused(error: ApiError, draft: DraftLine | null): Promise<void> {
    if (error.code === NEWER && draft) {
      try {
        const theirs = await this.#drawer.read(draft.id);
        this.#set({ saving: "clash", clash: { base: this.#saved.journey, theirs }, asking: true, problem: error });
      } catch (again) {
        if (!(again instanceof ApiError)) throw again;
        this.#fail(again);
      }
      return;
    }
    this.#fail(error);
  }

  #fail(problem: ApiError): void {
    this.#set({ saving: "failed", problem });
    // What the network or a restart did passes; what the server refuses waits for another change.
    if (problem.status === 0 || problem.status >= 500) {
      this.#stopWaiting();
      this.#cancel = this.#later(() => {
        this.#cancel = null;
        void this.flush();
      }, RETRY_MS);
    }
  }

  #set(change: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...change };
    for (const listener of [...this.#listeners]) listener();
  }
}

function lineOf(draft: DraftLine): DraftLine {
  const { id, journey_id, name, owner, owner_name, base_version, revision } = draft;
  const { updated_by, updated_by_name, updated_at } = draft;
  return {
    id,
    journey_id,
    name,
    owner,
    owner_name,
    base_version,
    revision,
    updated_by,
    updated_by_name,
    updated_at,
  };
}
