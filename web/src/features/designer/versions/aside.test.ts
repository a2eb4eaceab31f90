import { afterEach, describe, expect, it } from "vitest";
import { newJourney } from "../model/kinds";
import type { JourneyJson } from "../seams";
import { type Aside, dropAside, readAside, sameJson, writeAside } from "./aside";
import { type Draft, DraftKeeper, type Drawer, QUIET_MS, type Save } from "./keeper";
import { isNewAddress } from "./useDraft";

const JOURNEY = newJourney("hello");
const titled = (title: string): JourneyJson => ({ ...JOURNEY, title });
const work = (title: string) => ({ journey: titled(title), positions: {} });

const DRAFT: Draft = {
  id: "d1",
  journey_id: "hello",
  name: "",
  owner: "mina",
  owner_name: "Mina",
  base_version: 1,
  revision: 4,
  updated_by: "ken",
  updated_by_name: "Ken",
  updated_at: "2026-11-22T12:00:00Z",
  document: titled("saved"),
  positions: {},
};

/** A server on which the first save of a draft may arrive although the page that sent it is gone. */
function server() {
  const drafts = new Map<string, Draft>();
  const drawer: Drawer = {
    create: async (begin) => {
      const { id = `d${drafts.size}`, name, document, positions } = begin;
      const known = drafts.get(id);
      if (known) return known;
      const made = { ...DRAFT, id, name, document, positions, owner: "mina", revision: 1 };
      drafts.set(id, made);
      return made;
    },
    save: async (id, save) => {
      const known = drafts.get(id);
      if (known?.revision !== save.revision) throw new Error("the page saved over what it has not seen");
      const saved = { ...known, ...save, revision: save.revision + 1 } as Draft;
      drafts.set(id, saved);
      return saved;
    },
    read: async (id) => drafts.get(id) ?? DRAFT,
    publish: async () => ({ version: 2 }),
  };
  const visit = (aside: Aside | null = null, draft: Draft | null = null) =>
    new DraftKeeper(drawer, draft ?? { ...work("published"), base_version: 3 }, "", () => () => {}, aside);
  const titles = () => [...drafts.values()].map((one) => `${one.document.title} ${one.revision}`);
  return { drafts, visit, titles };
}

/** A page with the draft as the server has it; `savings` is what it sends, `due` how long until it would. */
function page(draft: Draft | null, aside: Aside | null = null) {
  const savings: Save[] = [];
  const due: number[] = [];
  const drawer: Drawer = {
    create: async (begin) => ({ ...DRAFT, ...begin, id: "d2", revision: 1 }),
    save: async (_, save) => {
      savings.push(save);
      if (save.revision !== draft?.revision) throw new Error("the page saved over what it has not seen");
      return { ...DRAFT, revision: save.revision + 1 };
    },
    read: async () => draft ?? DRAFT,
    publish: async () => ({ version: 2 }),
  };
  const wait = (_run: () => void, after_ms: number) => {
    due.push(after_ms);
    return () => {};
  };
  const keeper = new DraftKeeper(drawer, draft ?? { ...work("published"), base_version: 3 }, "", wait, aside);
  return { keeper, savings, due };
}

/** Draw, then load the page again; returns what the next page takes up. */
function reloaded({ keeper }: { keeper: DraftKeeper }): Aside | null {
  const aside = keeper.aside();
  if (aside) writeAside("mina", "hello", aside);
  return readAside("mina", "hello", aside?.draft ?? null);
}

afterEach(() => sessionStorage.clear());

describe("a page that is loaded again", () => {
  it("goes on with what was not saved yet, and saves it over the revision it was drawn over", async () => {
    const before = page(DRAFT);
    before.keeper.change(work("mine"));
    const { keeper, savings, due } = page(DRAFT, reloaded(before));
    expect(keeper.work().journey.title).toBe("mine");
    keeper.resume();
    expect(due).toEqual([QUIET_MS]);
    await keeper.flush();
    expect(savings).toMatchObject([{ revision: 4, document: { title: "mine" } }]);
    expect(keeper.aside()).toBeNull();
  });

  it("has nothing to take up when all was saved", () => {
    expect(reloaded(page(DRAFT))).toBeNull();
  });

  it("asks once more what two people drew differently, over the base both began from", async () => {
    const before = page(DRAFT);
    before.keeper.change(work("mine"));
    const theirs = { ...DRAFT, revision: 5, document: titled("ken's") };
    const asked = page(theirs, reloaded(before));
    expect(asked.keeper.state()).toMatchObject({ saving: "clash", asking: true });
    expect(asked.keeper.state().clash?.base.title).toBe("saved");
    // And again, while they decide.
    const again = page({ ...theirs, revision: 6 }, reloaded(asked));
    expect(again.keeper.state().clash?.base.title).toBe("saved");
    expect(again.keeper.work().journey.title).toBe("mine");
    again.keeper.resume();
    await again.keeper.flush();
    expect([again.due, again.savings]).toEqual([[], []]);
    await expect(again.keeper.publish()).rejects.toMatchObject({ code: "designer.draft_newer" });
  });

  it("is in no clash with itself when the saving arrived though its answer did not", () => {
    const before = page(DRAFT);
    before.keeper.change(work("mine"));
    const { sections, ...rest } = titled("mine");
    const arrived = { ...DRAFT, revision: 5, document: { sections, ...rest } };
    const { keeper } = page(arrived, reloaded(before));
    expect(keeper.state()).toMatchObject({ saving: "idle", clash: null });
    expect(keeper.aside()).toBeNull();
  });

  it("goes on from the saving that arrived when more was drawn behind it", () => {
    const before = page(DRAFT);
    before.keeper.change(work("first"));
    void before.keeper.flush();
    before.keeper.change(work("second"));
    const { keeper } = page({ ...DRAFT, revision: 5, document: titled("first") }, reloaded(before));
    expect(keeper.state().clash).toBeNull();
    expect(keeper.work().journey.title).toBe("second");
  });

  it("tells a merged version that no save has told, and a first change keeps the version it was made of", async () => {
    const before = page(DRAFT);
    before.keeper.rebase(3);
    const { keeper, savings } = page(DRAFT, reloaded(before));
    await keeper.flush();
    expect(savings).toMatchObject([{ base_version: 3 }]);
    const first = page(null);
    first.keeper.change(work("mine"));
    const older = { ...first.keeper.aside(), base_version: 2 } as Aside;
    expect(page(null, older).keeper.state().base_version).toBe(2);
  });
});

describe("a page that is loaded again in the instant of its first save", () => {
  it("begins no second draft, and what was drawn behind the first save is saved over it", async () => {
    const { visit, titles } = server();
    const before = visit();
    before.change(work("first"));
    const arriving = before.flush(); // the page goes before its answer comes
    before.change(work("second"));
    const aside = reloaded({ keeper: before });
    await arriving;
    const after = visit(aside); // it had asked which drafts there are before the save arrived
    expect(after.work().journey.title).toBe("second");
    await after.flush();
    await after.flush();
    expect(titles()).toEqual(["second 2"]);
    expect(after.unsaved).toBe(false);
  });

  it("goes on in the draft where the list of drafts has it already", async () => {
    const { drafts, visit, titles } = server();
    const before = visit();
    before.change(work("first"));
    const arriving = before.flush();
    before.change(work("second"));
    const aside = reloaded({ keeper: before });
    await arriving;
    const after = visit(aside, [...drafts.values()][0]);
    expect(after.state()).toMatchObject({ saving: "idle", clash: null });
    await after.flush();
    expect(titles()).toEqual(["second 2"]);
  });

  it("asks people where a colleague has saved that draft in between", async () => {
    const { drafts, visit } = server();
    const before = visit();
    before.change(work("mine"));
    const aside = reloaded({ keeper: before });
    await before.flush();
    const [made] = [...drafts.values()] as [Draft];
    drafts.set(made.id, { ...made, revision: 2, document: titled("ken's") });
    const after = visit(aside);
    await after.flush();
    expect(after.state()).toMatchObject({ saving: "clash", asking: true, draft: { id: made.id, revision: 2 } });
    expect(after.work().journey.title).toBe("mine");
    expect(after.state().clash?.base.title).toBe("published");
  });
});

describe("what is put aside", () => {
  it("belongs to one person and one draft, and is gone when it is dropped", () => {
    const before = page(DRAFT);
    before.keeper.change(work("mine"));
    reloaded(before);
    expect(readAside("ken", "hello", "d1")).toBeNull();
    expect(readAside("mina", "hello", null)).toBeNull();
    dropAside("mina", "hello", "d1");
    expect(readAside("mina", "hello", "d1")).toBeNull();
  });

  it("is not taken up when it is broken", () => {
    for (const broken of ["{", "7", '{"revision":1,"base_version":1,"base":{},"mine":{}}']) {
      sessionStorage.setItem("warmline.unsaved.mina.hello.d1", broken);
      expect(readAside("mina", "hello", "d1")).toBeNull();
    }
  });

  it("is the same JSON in whatever order its fields are", () => {
    expect(sameJson({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBe(true);
    for (const [one, other] of [
      [{ a: 1 }, { a: 1, b: undefined }],
      [
        [1, 2],
        [2, 1],
      ],
      [{}, []],
      [null, {}],
    ]) {
      expect(sameJson(one, other)).toBe(false);
    }
  });
});

describe("the address of the designer", () => {
  it("names the copy one went on in, and the draft a look at what is published has become", () => {
    expect(isNewAddress("old", "old", "copy")).toBe(true);
    expect(isNewAddress(null, "old", "copy")).toBe(true);
    expect(isNewAddress("published", null, "d1")).toBe(true);
  });

  it("stays while the draft is the same, and while one's own is made without asking for any", () => {
    expect(isNewAddress("old", "old", "old")).toBe(false);
    expect(isNewAddress(null, null, "d1")).toBe(false);
    expect(isNewAddress("copy", "old", "copy")).toBe(false);
  });
});
