/** A designer changes a journey, takes changes back, and carries steps from one place to another. */
import { beforeEach, describe, expect, it } from "vitest";
import type { Edit, JourneyJson, StepJson } from "../seams";
import { dropSection, insertKind, newSection } from "./actions";
import { blockNames, shownBlocks } from "./blocks";
import { keep, kept, read, readJourney, write, writeJourney } from "./clipboard";
import { DesignerStore, MOST_UNDO } from "./designer";
import { begin, KINDS, newJourney } from "./kinds";
import {
  addSection,
  freeSection,
  insert,
  inward,
  move,
  outward,
  remove,
  removeSection,
  renameSection,
  sectionNameProblem,
  setField,
  shift,
  wrap,
} from "./operations";
import { blockAt, partsOf, places, sectionOrder, stepAt } from "./paths";

const say = (prompt: string): StepJson => ({ step: "say", prompt });
const goto = (section: string): StepJson => ({ step: "goto", section });

const journey: JourneyJson = {
  id: "orders",
  sections: {
    agent: [{ step: "enqueue", queue: "orders", nobody_staffed: [], queue_full: [], overflow: [goto("late")] }],
    late: [{ step: "end", prompt: "orders.late" }],
    start: [
      say("orders.hello"),
      {
        step: "menu",
        prompt: "orders.menu",
        options: [
          // biome-ignore lint/suspicious/noThenProperty: the document's own word for an option's steps.
          { value: "track/trace", label: "orders.track", then: [say("orders.track"), goto("agent")] },
          { value: "other", label: "orders.other" },
        ],
        give_up: [goto("agent")],
      },
      say("orders.bye"),
    ],
  },
  on_error: [goto("agent")],
};

const prompts = (steps: readonly StepJson[] | null) => steps?.map((step) => step.prompt ?? step.step);
const open = (document = journey) =>
  new DesignerStore({ id: document.id, journey: document, base_version: 3, editable: true });
const relabel: Edit = {
  label: "designer.title",
  apply: (j) => setField(j, "start/0", "prompt", "orders.welcome"),
};

describe("finding one's way", () => {
  it("reads paths as the document names things, also when an option's value holds a slash", () => {
    expect(partsOf(journey, "start/1/option:track/trace/1")).toEqual(["start", 1, "option:track/trace", 1]);
    expect(stepAt(journey, "start/1/option:track/trace/1")).toBe(
      blockAt(journey, "start/1/option:track/trace")?.[1],
    );
    expect(partsOf(journey, "start/7")).toBeNull();
    expect(stepAt(journey, "@on_error/0")).toEqual(goto("agent"));
  });

  it("goes through sections as customers reach them, whatever order the database kept", () => {
    expect(sectionOrder(journey)).toEqual(["start", "agent", "late", "@on_error"]);
    expect(places(journey).map(({ path }) => path)).toContain("agent/0/overflow/0");
  });

  it("shows empty branches through which a path goes on, and hides those that follow another", () => {
    expect(shownBlocks(begin("when", journey))).toEqual(["then", "otherwise"]);
    expect(shownBlocks({ step: "invoke", failed: [] })).toEqual(["failed"]);
    expect(shownBlocks({ step: "invoke", failed: [], timed_out: [] })).toEqual(["failed", "timed_out"]);
  });
});

describe("changing a journey", () => {
  it("inserts into a branch that was not there, and removes it again", () => {
    const more = insert(journey, "start/1/option:other", 0, [say("orders.ask")]);
    expect(prompts(blockAt(more, "start/1/option:other"))).toEqual(["orders.ask"]);
    expect(blockAt(remove(more, ["start/1/option:other/0"]), "start/1/option:other")).toEqual([]);
  });

  it("moves steps between blocks without losing or doubling any", () => {
    const moved = move(journey, ["start/0", "start/1/option:track/trace/0"], "late", 1);
    expect(prompts(blockAt(moved, "late"))).toEqual(["orders.late", "orders.hello", "orders.track"]);
    expect(prompts(blockAt(moved, "start"))).toEqual(["orders.menu", "orders.bye"]);
    expect(places(moved)).toHaveLength(places(journey).length);
  });

  it("moves within a block to the place that was pointed at", () => {
    expect(prompts(blockAt(move(journey, ["start/0"], "start", 3), "start"))).toEqual([
      "orders.menu",
      "orders.bye",
      "orders.hello",
    ]);
  });

  it("never moves a step into itself", () => {
    expect(move(journey, ["start/1"], "start/1/give_up", 0)).toBe(journey);
  });

  it("lifts a step out of its branch at the branch's edge, and lowers it into the step before", () => {
    const up = shift(journey, ["start/1/give_up/0"], -1);
    expect(up.sections.start?.map((step) => step.step)).toEqual(["say", "goto", "menu", "say"]);
    const out = outward(journey, ["start/1/give_up/0"]);
    expect(out.sections.start?.map((step) => step.step)).toEqual(["say", "menu", "goto", "say"]);
    expect(inward(out, ["start/2"]).sections.start?.map((step) => step.step)).toEqual(["say", "menu", "say"]);
    expect(prompts(blockAt(inward(out, ["start/2"]), "start/1/option:track/trace"))).toHaveLength(3);
  });

  it("leaves sections that a move does not touch as they are, so that nothing there is drawn anew", () => {
    const moved = move(journey, ["start/0"], "start", 3);
    expect(moved.sections.agent).toBe(journey.sections.agent);
    expect(moved.sections.late).toBe(journey.sections.late);
    expect(moved.on_error).toBe(journey.on_error);
    expect(renameSection(journey, "late", "later").sections.start).toBe(journey.sections.start);
  });

  it("wraps neighbours into a condition", () => {
    const wrapped = wrap(journey, ["start/0", "start/1"], (steps) => ({
      ...begin("when", journey),
      // biome-ignore lint/suspicious/noThenProperty: the document's own word for a branch.
      then: steps,
    }));
    expect(prompts(wrapped.sections.start ?? [])).toEqual(["when", "orders.bye"]);
    expect(blockAt(wrapped, "start/0/then")).toEqual(journey.sections.start?.slice(0, 2));
  });

  it("renames a section together with all that leads to it", () => {
    const renamed = renameSection(journey, "agent", "people");
    expect(renamed.agent_section).toBe("people");
    expect(stepAt(renamed, "start/1/give_up/0")).toEqual(goto("people"));
    expect(renamed.on_error).toEqual([goto("people")]);
    expect(renameSection(journey, "start", "begin")).toBe(journey);
  });

  it("adds sections under free names and removes them", () => {
    const more = addSection(journey, freeSection(journey, "late"));
    expect(Object.keys(more.sections)).toContain("late_2");
    expect(removeSection(more, "late_2")).toEqual(journey);
    expect(sectionNameProblem(journey, "Late hours")).toBe("form");
    expect(sectionNameProblem(journey, "late")).toBe("taken");
  });

  it("takes a field away so that its default holds", () => {
    expect(setField(journey, "start/0", "prompt", undefined).sections.start?.[0]).toEqual({ step: "say" });
  });

  it("has a beginning for every kind, whose branches are blocks", () => {
    for (const { kind } of KINDS) {
      const step = begin(kind, newJourney("fresh"));
      expect(step.step).toBe(kind);
      for (const name of blockNames(step))
        expect(blockAt({ ...journey, on_error: [step] }, `@on_error/0/${name}`)).not.toBeNull();
    }
  });
});

describe("the journey in hand", () => {
  it("takes back and does again, with the choice of steps as it was", () => {
    const store = open();
    store.choose(["start/2"]);
    store.edit({ label: "designer.title", apply: (j) => remove(j, ["start/0"]) });
    expect(store.state().selected).toEqual(["start/1"]);
    store.undo();
    expect(store.state().journey).toBe(journey);
    expect(store.state().selected).toEqual(["start/2"]);
    store.redo();
    expect(prompts(store.state().journey.sections.start ?? [])).toEqual(["orders.menu", "orders.bye"]);
    store.redo();
    expect(store.view("inspector").redoes).toBeNull();
  });

  it("takes typing in one field back as one change", () => {
    const store = open();
    for (const text of ["o", "or", "ord"]) {
      store.edit({
        label: "designer.title",
        merge: "start/0.prompt",
        apply: (j) => setField(j, "start/0", "prompt", text),
      });
    }
    store.undo();
    expect(store.state().journey).toBe(journey);
  });

  it("goes on from what was added behind a branch pointed at, not from the branch", () => {
    const store = open();
    store.point("late");
    insertKind(store, "say");
    expect(store.state()).toMatchObject({ selected: ["late/1"], pointed: null });
  });

  it("points nowhere any more once the section pointed at is gone", () => {
    const store = open();
    const name = newSection(store);
    expect(store.state().pointed).toBe(name);
    store.undo();
    expect(store.state().pointed).toBeNull();
    store.point("late");
    dropSection(store, "late");
    expect(store.state().pointed).toBeNull();
  });

  it("remembers no more than it promises", () => {
    const store = open();
    for (let at = 0; at < MOST_UNDO + 20; at++) {
      store.edit({ label: "designer.title", apply: (j) => setField(j, "start/0", "prompt", `orders.p${at}`) });
    }
    expect(store.state().past).toHaveLength(MOST_UNDO);
  });

  it("keeps dragged places with their steps when steps move", () => {
    const store = open();
    store.place({ "start/1": { x: 10, y: 20 } });
    store.edit({ label: "designer.title", apply: (j) => insert(j, "start", 0, [say("orders.first")]) });
    expect(store.state().positions).toEqual({ "start/2": { x: 10, y: 20 } });
  });

  it("keeps dragged branches and heads where they are put, and branches with their step", () => {
    const store = open();
    const place = { x: 3, y: 3 };
    store.place({ "start/1/option:track/trace": place, "start/1/give_up": place, "@on_error": place });
    store.edit({ label: "designer.title", apply: (j) => insert(j, "start", 0, [say("orders.first")]) });
    expect(store.state().positions).toEqual({
      "start/2/option:track/trace": place,
      "start/2/give_up": place,
      "@on_error": place,
    });
  });

  it("takes a change back without losing where steps were dragged since, and brings a step back to its place", () => {
    const store = open();
    store.place({ "start/2": { x: 7, y: 7 } });
    store.edit({ label: "designer.title", apply: (j) => remove(j, ["start/2"]) });
    store.place({ "start/0": { x: 9, y: 9 } });
    store.undo();
    expect(store.state().positions).toEqual({ "start/0": { x: 9, y: 9 }, "start/2": { x: 7, y: 7 } });
    store.redo();
    expect(store.state().positions).toEqual({ "start/0": { x: 9, y: 9 } });
  });

  it("changes nothing for people who may only look", () => {
    const store = new DesignerStore({ id: "orders", journey, base_version: 3, editable: false });
    store.edit(relabel);
    expect(store.state().journey).toBe(journey);
  });

  it("shows what the pane in front draws, and each pane takes away its own", () => {
    const store = open();
    store.view("watch").draw({ of: "watch", badges: new Map([["start", { text: "7" }]]) });
    expect(store.layer()).toBeNull();
    store.open("watch");
    expect(store.layer()?.badges?.get("start")?.text).toBe("7");
    store.view("simulator").draw(null);
    expect(store.layer()).not.toBeNull();
    store.view("watch").draw(null);
    expect(store.layer()).toBeNull();
  });

  it("hands a path to the simulator, each wish anew", () => {
    const store = open();
    const path = { journey: "orders", channel: "webchat", path: [{ kind: "start" }] };
    store.view("problems").play(path);
    store.view("problems").play(path);
    expect(store.state().pane).toBe("simulator");
    expect(store.view("simulator").playing?.turn).toBe(2);
  });

  it("gives panes the same object until something changes", () => {
    const store = open();
    const before = store.view("inspector");
    expect(store.view("inspector")).toBe(before);
    store.edit(relabel);
    expect(store.view("inspector")).not.toBe(before);
    expect(store.view("inspector").edit).toBe(before.edit);
  });
});

describe("the clipboard", () => {
  beforeEach(() => sessionStorage.clear());

  it("carries steps to another journey, and nothing that is no step", () => {
    const steps = journey.sections.start ?? [];
    expect(read(write(steps))).toEqual(steps);
    expect(read("hello")).toBeNull();
    expect(read('[{"no": "step"}]')).toBeNull();
  });

  it("finds what was copied last, also where the browser keeps its own to itself", async () => {
    await keep([say("orders.hello")]);
    expect(await kept()).toEqual([say("orders.hello")]);
  });

  it("writes a journey to a file and reads it as it was", () => {
    expect(readJourney(writeJourney(journey))).toEqual(journey);
    expect(readJourney("{}")).toBeNull();
  });
});
