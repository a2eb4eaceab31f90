import { afterEach, describe, expect, it } from "vitest";
import { ApiError } from "@/api/client";
import { newJourney } from "../model/kinds";
import type { JourneyJson } from "../seams";
import { readAside } from "./aside";
import { type Draft, DraftKeeper, type Drawer } from "./keeper";
import { comeBack, leave } from "./leaving";

const titled = (title: string): JourneyJson => ({ ...newJourney("hello"), title });
const work = (title: string) => ({ journey: titled(title), positions: {} });
const OFFLINE = new ApiError(0, { code: "offline", text: "", fix: "" });
const NEWER = new ApiError(409, { code: "designer.draft_newer", text: "", fix: "" });

const DRAFT: Draft = {
  id: "d1",
  journey_id: "hello",
  name: "",
  owner: "mina",
  owner_name: "Mina",
  base_version: 1,
  revision: 4,
  updated_by: "mina",
  updated_by_name: "Mina",
  updated_at: "2026-11-22T12:00:00Z",
  document: titled("saved"),
  positions: {},
};

/** A page on which something was just drawn; saving it does as told, and `again` is what it would do by itself. */
function drawn(save: Drawer["save"]) {
  const again: (() => void)[] = [];
  const drawer: Drawer = {
    create: async (begin) => ({ ...DRAFT, ...begin, revision: 1 }),
    save,
    read: async () => ({ ...DRAFT, revision: 5, document: titled("ken's") }),
    publish: async () => ({ version: 2 }),
  };
  const wait = (run: () => void) => {
    again.push(run);
    return () => void again.splice(again.indexOf(run), 1);
  };
  const keeper = new DraftKeeper(drawer, DRAFT, "", wait);
  keeper.change(work("mine"));
  return { keeper, again };
}

const waiting = () => readAside("mina", "hello", "d1");

afterEach(async () => {
  await comeBack("hello");
  sessionStorage.clear();
});

describe("a page that is left for another one", () => {
  it("saves on the way out, and leaves nothing behind", async () => {
    const { keeper } = drawn(async () => ({ ...DRAFT, revision: 5 }));
    await leave(keeper, "mina", "hello");
    expect(keeper.unsaved).toBe(false);
    expect(waiting()).toBeNull();
  });

  it("puts aside what somebody else has saved over meanwhile, to be asked about", async () => {
    const { keeper } = drawn(async () => {
      throw NEWER;
    });
    await leave(keeper, "mina", "hello");
    expect(waiting()).toMatchObject({ revision: 0, base: { journey: { title: "saved" } } });
    expect(waiting()?.mine.journey.title).toBe("mine");
  });

  it("goes on trying while the server cannot be reached, and lets go of what was put aside once it is saved", async () => {
    let offline = true;
    const { keeper, again } = drawn(async () => {
      if (offline) throw OFFLINE;
      return { ...DRAFT, revision: 5 };
    });
    await leave(keeper, "mina", "hello");
    expect(waiting()?.mine.journey.title).toBe("mine");
    offline = false;
    for (const run of [...again]) run();
    await keeper.flush();
    expect(waiting()).toBeNull();
  });

  it("is waited for by who comes back, who then goes on with it alone", async () => {
    let refuse = () => {};
    const { keeper, again } = drawn(
      () =>
        new Promise((_resolve, reject) => {
          refuse = () => reject(OFFLINE);
        }),
    );
    const left = leave(keeper, "mina", "hello");
    let back = false;
    const returned = comeBack("hello").then(() => {
      back = true;
    });
    await Promise.resolve();
    expect(back).toBe(false);
    refuse();
    await Promise.all([left, returned]);
    expect(waiting()?.mine.journey.title).toBe("mine");
    expect(again).toEqual([]);
  });
});
