import { describe, expect, it } from "vitest";
import { ApiError } from "@/api/client";
import { newJourney } from "../model/kinds";
import type { JourneyJson } from "../seams";
import { type Draft, DraftKeeper, type Drawer, QUIET_MS, RETRY_MS } from "./keeper";
import { draftToOpen } from "./useDraft";

const JOURNEY = newJourney("hello");
const titled = (title: string): JourneyJson => ({ ...JOURNEY, title });
const place = (x: number) => ({ "start/0": { x, y: 0 } });

function draft(change: Partial<Draft> = {}): Draft {
  return {
    id: "d1",
    journey_id: "hello",
    name: "",
    owner: "mina",
    owner_name: "Mina",
    base_version: 1,
    revision: 1,
    updated_by: "mina",
    updated_by_name: "Mina",
    updated_at: "2026-11-22T12:00:00Z",
    document: JOURNEY,
    positions: {},
    ...change,
  };
}

/** A drawer that keeps one draft as the server does, and a clock that moves by hand. */
function room(first: Draft | null) {
  let kept = first;
  const asked: string[] = [];
  let failing: ApiError | null = null;
  let refused: ApiError | null = null;
  let broken = false;
  let under_way = Promise.resolve();
  const newer = () => new ApiError(409, { code: "designer.draft_newer", text: "Ken saved it.", fix: "" });
  const drawer: Drawer = {
    create: async ({ name, version, document, positions }) => {
      asked.push(`create ${document.title ?? ""}`);
      kept = draft({ id: kept ? "d2" : "d1", name, base_version: version, document, positions });
      return kept;
    },
    save: async (_, save) => {
      asked.push(
        `save ${save.document?.title ?? "-"} ${save.positions ? "places" : "-"} ${save.base_version ?? "-"}`,
      );
      await under_way;
      if (broken) throw new SyntaxError("broke off");
      if (failing) throw failing;
      if (!kept || kept.revision !== save.revision) throw newer();
      kept = { ...kept, ...save, revision: kept.revision + 1 } as Draft;
      return kept;
    },
    read: async () => {
      if (!kept) throw new ApiError(404, { code: "not_found", text: "", fix: "" });
      return kept;
    },
    publish: async (_, revision) => {
      asked.push(`publish ${revision}`);
      if (refused) throw refused;
      return { version: 2 };
    },
  };
  let due: { run: () => void; after_ms: number } | null = null;
  const wait = (run: () => void, after_ms: number) => {
    const one = { run, after_ms };
    due = one;
    return () => {
      if (due === one) due = null;
    };
  };
  const keeper = new DraftKeeper(
    drawer,
    first ?? { journey: JOURNEY, positions: {}, base_version: 1 },
    "New",
    wait,
  );
  const rest = async () => {
    const now = due;
    due = null;
    now?.run();
    await keeper.flush();
  };
  return {
    keeper,
    asked,
    rest,
    waits: () => due?.after_ms ?? null,
    theirs: (change: Partial<Draft>) => {
      if (kept) kept = { ...kept, ...change, revision: kept.revision + 1 };
    },
    fail: (error: ApiError | null) => {
      failing = error;
    },
    /** Answers to savings take until the returned function is called. */
    slow: () => {
      let arrive = () => {};
      under_way = new Promise((done) => {
        arrive = done;
      });
      return () => arrive();
    },
    breakOff: (now: boolean) => {
      broken = now;
    },
    refuse: (error: ApiError) => {
      refused = error;
    },
    kept: () => kept,
  };
}

describe("a draft is kept while one draws", () => {
  it("many changes in a row are saved once, when hands rest, and only what changed is sent", async () => {
    const { keeper, asked, rest, waits } = room(draft());
    keeper.change({ journey: titled("a"), positions: {} });
    const last = titled("b");
    keeper.change({ journey: last, positions: {} });
    expect(waits()).toBe(QUIET_MS);
    expect(keeper.unsaved).toBe(true);
    await rest();
    keeper.change({ journey: last, positions: place(4) });
    await rest();
    expect(asked).toEqual(["save b - -", "save - places -"]);
    expect(keeper.state()).toMatchObject({ saving: "idle", draft: { revision: 3 } });
    expect(keeper.unsaved).toBe(false);
  });

  it("a change that is taken back before hands rest leaves nothing to be saved, and says so", async () => {
    const { keeper, asked, rest } = room(draft());
    keeper.change({ journey: titled("a"), positions: {} });
    keeper.change({ journey: JOURNEY, positions: {} });
    await rest();
    expect(asked).toEqual([]);
    expect(keeper.state().saving).toBe("idle");
  });

  it("looking makes no draft; the first change makes one of the version one looked at", async () => {
    const { keeper, asked, rest, kept } = room(null);
    await keeper.flush();
    expect(asked).toEqual([]);
    keeper.change({ journey: titled("a"), positions: {} });
    await rest();
    expect(asked).toEqual(["create a"]);
    expect(kept()).toMatchObject({ name: "New", base_version: 1 });
  });

  it("when somebody was faster, nothing more is sent until people have decided", async () => {
    const { keeper, asked, rest, theirs } = room(draft());
    theirs({ document: titled("ken's"), updated_by_name: "Ken" });
    keeper.change({ journey: titled("mine"), positions: {} });
    await rest();
    const { clash, saving } = keeper.state();
    expect(saving).toBe("clash");
    expect(clash?.base).toBe(JOURNEY);
    expect(clash?.theirs.document.title).toBe("ken's");
    keeper.change({ journey: titled("mine, too"), positions: {} });
    await keeper.flush();
    expect(asked).toHaveLength(1);
    if (clash) keeper.accept(clash.theirs);
    keeper.change({ journey: titled("both"), positions: {} });
    await rest();
    expect(asked.at(-1)).toBe("save both - -");
    expect(keeper.state()).toMatchObject({ saving: "idle", clash: null, draft: { revision: 3 } });
  });

  it("who parts ways has a draft of one's own, and theirs stays as they saved it", async () => {
    const { keeper, rest, theirs, kept } = room(draft());
    theirs({ document: titled("ken's") });
    keeper.change({ journey: titled("mine"), positions: {} });
    await rest();
    await keeper.fork("My way");
    expect(kept()).toMatchObject({ id: "d2", name: "My way", document: { title: "mine" } });
    expect(keeper.state()).toMatchObject({ draft: { id: "d2" }, clash: null, saving: "idle" });
  });

  it("what the network swallowed is sent again by itself; what is refused waits for another change", async () => {
    const { keeper, rest, fail, waits, asked } = room(draft());
    fail(new ApiError(0, { code: "network", text: "", fix: "" }));
    keeper.change({ journey: titled("a"), positions: {} });
    await rest();
    expect(keeper.state().saving).toBe("failed");
    expect(waits()).toBe(RETRY_MS);
    fail(new ApiError(422, { code: "invalid", text: "", fix: "" }));
    await rest();
    expect(waits()).toBeNull();
    fail(null);
    keeper.change({ journey: titled("b"), positions: {} });
    await rest();
    expect(keeper.state()).toMatchObject({ saving: "idle", problem: null });
    expect(asked.at(-1)).toBe("save b - -");
  });

  it("a page that hides while publishing begins still saves each change once", async () => {
    const { keeper, asked } = room(draft());
    keeper.change({ journey: titled("a"), positions: {} });
    const saving = keeper.flush();
    keeper.change({ journey: titled("b"), positions: {} });
    await Promise.all([saving, keeper.flush(), keeper.flush()]);
    expect(asked).toEqual(["save a - -", "save b - -"]);
    expect(keeper.state()).toMatchObject({ saving: "idle", clash: null });
  });

  it("who goes on in a copy while a change is on its way goes on in the copy", async () => {
    const { keeper, asked, rest, slow } = room(draft());
    const arrive = slow();
    keeper.change({ journey: titled("a"), positions: {} });
    const saving = keeper.flush();
    const copying = keeper.fork("Copy");
    await Promise.resolve();
    arrive();
    await Promise.all([saving, copying]);
    expect(keeper.state().draft?.id).toBe("d2");
    await rest();
    expect(asked).toEqual(["save a - -", "create a"]);
  });

  it("an answer that broke off on its way does not end the saving for good", async () => {
    const { keeper, asked, rest, breakOff } = room(draft());
    breakOff(true);
    keeper.change({ journey: titled("a"), positions: {} });
    await expect(keeper.flush()).rejects.toThrow("broke off");
    expect(keeper.state().saving).toBe("failed");
    breakOff(false);
    keeper.change({ journey: titled("b"), positions: {} });
    await rest();
    expect(asked.at(-1)).toBe("save b - -");
    expect(keeper.state().saving).toBe("idle");
  });

  it("publishing saves first, and the draft has all of the new version then", async () => {
    const { keeper, asked } = room(draft());
    keeper.change({ journey: titled("a"), positions: {} });
    expect(await keeper.publish()).toBe(2);
    expect(asked).toEqual(["save a - -", "publish 2"]);
    expect(keeper.state()).toMatchObject({ base_version: 2, draft: { base_version: 2 } });
  });

  it("a draft that fell behind says so, and the newest version waits to be merged", async () => {
    const { keeper, refuse } = room(draft());
    const details = { base: 1, newest: 4 };
    refuse(new ApiError(409, { code: "designer.draft_behind", text: "", fix: "", details }));
    await expect(keeper.publish()).rejects.toThrow();
    expect(keeper.state().merging).toBe(4);
    keeper.rebase(4);
    expect(keeper.state()).toMatchObject({ merging: null, base_version: 4 });
  });

  it("a merged version is told with the next save, even if nothing else changed", async () => {
    const { keeper, asked, rest } = room(draft());
    keeper.rebase(3);
    await rest();
    expect(asked).toEqual(["save - - 3"]);
  });
});

describe("the draft that a page opens", () => {
  const lines = [draft({ id: "ken's", owner: "ken" }), draft({ id: "mine" }), draft({ id: "my older" })];

  it("is the one asked for, else one's own last touched, never somebody else's by itself", () => {
    expect(draftToOpen(lines, "mina", "ken's")).toBe("ken's");
    expect(draftToOpen(lines, "mina", null)).toBe("mine");
    expect(draftToOpen(lines, "yuki", null)).toBeNull();
    expect(draftToOpen(lines, "mina", "gone")).toBeNull();
  });
});
