/** A box let go on the canvas goes where it was let go: before, behind, or into something. */
import { describe, expect, it } from "vitest";
import { putInOrder } from "../model/actions";
import { DesignerStore } from "../model/designer";
import type { JourneyJson, StepJson } from "../seams";
import { aimAt, sameAim } from "./aim";
import { columns } from "./columns";
import { graphOf, SIZES } from "./graph";
import { planOf } from "./layout";
import { sceneOf } from "./scene";

const say = (prompt: string): StepJson => ({ step: "say", prompt });

const journey: JourneyJson = {
  id: "orders",
  sections: {
    start: [say("hello"), { step: "invoke", failed: [say("late")] }, say("thanks"), say("bye")],
    agent: [say("hold")],
  },
  on_error: [],
};

const graph = graphOf(journey);
const lanes = sceneOf(graph, (lane) => columns(planOf(lane)), {});

/** A point of a box: 0 is its upper edge, 1 its lower one; beyond, the room around it. */
function at(path: string, height: number) {
  const placed = lanes.flatMap(({ boxes }) => boxes).find(({ box }) => box.id === path)!;
  return { x: placed.x + 20, y: placed.y + height * SIZES[placed.box.shape].height };
}

const aimed = (path: string, height: number, taken: readonly string[] = []) =>
  aimAt(lanes, at(path, height), journey, taken);

describe("letting go of a box", () => {
  it("on the upper half of another one means before it, on the lower half behind it", () => {
    expect(aimed("start/0", 0.2, ["start/3"])?.target).toEqual({ block: "start", index: 0 });
    expect(aimed("start/0", 0.8, ["start/3"])?.target).toEqual({ block: "start", index: 1 });
  });

  it("between two boxes means between them, whichever is nearer", () => {
    expect(aimed("start/0", 1.1, ["start/3"])).toMatchObject({ path: "start/0", side: "behind" });
    expect(aimed("start/1", -0.1, ["start/3"])?.target).toEqual({ block: "start", index: 1 });
  });

  it("on a branch or a section's head means its beginning", () => {
    expect(aimed("start/1/failed", 0.5, ["start/3"])?.target).toEqual({ block: "start/1/failed", index: 0 });
    expect(aimed("agent", 0.5, ["start/3"])?.target).toEqual({ block: "agent", index: 0 });
  });

  it("on itself, on what is in it, or where it stands already means nothing: it is only put aside", () => {
    expect(aimed("start/1", 0.5, ["start/1"])).toBeNull();
    expect(aimed("start/1/failed/0", 0.5, ["start/1"])).toBeNull();
    expect(aimed("start/2", 0.8, ["start/3"])).toBeNull();
    expect(aimed("start/0", 0.8, ["start/1"])).toBeNull();
    expect(aimAt(lanes, { x: -500, y: -500 }, journey, ["start/3"])).toBeNull();
  });

  it("in the room of a section means its end for what is new, and nothing for a box that is moved", () => {
    const lane = lanes.find((one) => one.lane.section === "agent")!;
    const corner = { x: lane.x + lane.width - 4, y: lane.y + lane.height - 4 };
    expect(aimAt(lanes, corner, journey, [], true)?.target).toEqual({ block: "agent", index: 1 });
    expect(aimAt(lanes, corner, journey, ["start/3"])).toBeNull();
  });

  describe("to put it in order", () => {
    const BY_HAND = { x: 900, y: 0 };
    const ASIDE = { x: 5, y: 5 };
    const begin = () =>
      new DesignerStore({
        id: "orders",
        journey,
        base_version: 1,
        editable: true,
        positions: { "start/3": BY_HAND, "start/0": ASIDE },
      });
    const inside = aimed("start/1/failed/0", 0.8, ["start/3"])!.target;

    it("moves the very steps, as the keyboard does, and they lose the places they were dragged to", () => {
      const store = begin();
      putInOrder(store, ["start/3"], inside);
      const { journey: now, selected, positions } = store.state();
      expect(now.sections.start?.[1]?.failed).toEqual([say("late"), say("bye")]);
      expect(selected).toEqual(["start/1/failed/1"]);
      expect(positions).toEqual({ "start/0": ASIDE });
    });

    it("is taken back with the place where the box stood by hand, and done again without it", () => {
      const store = begin();
      putInOrder(store, ["start/3"], inside);
      store.undo();
      expect(store.state()).toMatchObject({ journey, positions: { "start/3": BY_HAND, "start/0": ASIDE } });
      store.redo();
      expect(store.state().positions).toEqual({ "start/0": ASIDE });
      store.undo();
      expect(store.state().positions).toEqual({ "start/3": BY_HAND, "start/0": ASIDE });
    });

    it("leaves where boxes were dragged since when it is taken back", () => {
      const store = begin();
      putInOrder(store, ["start/3"], inside);
      store.place({ "start/1/failed/1": { x: 70, y: 7 }, "start/2": { x: 8, y: 8 } });
      store.undo();
      expect(store.state().positions).toEqual({
        "start/3": { x: 70, y: 7 },
        "start/0": ASIDE,
        "start/2": { x: 8, y: 8 },
      });
    });
  });

  it("is shown anew only when it means something else", () => {
    expect(sameAim(aimed("start/0", 0.1, ["start/3"]), aimed("start/0", 0.3, ["start/3"]))).toBe(true);
    expect(sameAim(aimed("start/0", 0.1, ["start/3"]), aimed("start/0", 0.9, ["start/3"]))).toBe(false);
    expect(sameAim(null, null)).toBe(true);
  });
});
