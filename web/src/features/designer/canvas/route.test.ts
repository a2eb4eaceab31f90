/** Lines from section to section go around the sections between them. */
import { describe, expect, it } from "vitest";
import type { JourneyJson, StepJson } from "../seams";
import { columns } from "./columns";
import { graphOf, SIZES } from "./graph";
import { planOf } from "./layout";
import { cornersOf, pathOf, waysOf } from "./route";
import { type PlacedLane, sceneOf } from "./scene";

const say = (at: number): StepJson => ({ step: "say", prompt: `tour.say_${at}` });
const goto = (section: string): StepJson => ({ step: "goto", section });
const names = ["start", ...Array.from({ length: 11 }, (_, at) => `stop_${String(at + 1).padStart(2, "0")}`)];

/** Twelve sections of unequal length; each leads to the next one, and two of them far away. */
const journey: JourneyJson = {
  id: "tour",
  sections: Object.fromEntries(
    names.map((name, at) => {
      const steps = Array.from({ length: 1 + ((at * 5) % 7) }, (_, each) => say(each));
      const far = at % 4 === 0 ? [{ step: "invoke", failed: [goto(names[(at + 6) % 12] ?? "start")] }] : [];
      return [name, [...steps, ...far, goto(names[(at + 1) % 12] ?? "start")]];
    }),
  ),
  on_error: [goto("stop_11")],
};

const graph = graphOf(journey);
const lanes = sceneOf(graph, (lane) => columns(planOf(lane)), {});
const ways = waysOf(lanes, graph);
const boxes = new Map(lanes.flatMap(({ boxes: all }) => all.map((placed) => [placed.box.id, placed] as const)));

function endsOf(from: string, to: string) {
  const [source, target] = [boxes.get(from)!, boxes.get(to)!];
  return {
    sourceX: source.x + SIZES.step.width / 2,
    sourceY: source.y + SIZES.step.height,
    targetX: target.x + SIZES.head.width / 2,
    targetY: target.y,
  };
}

/** Whether a straight stretch leads through a lane, more than along its edge. */
function through(
  [x, y]: readonly [number, number],
  [toX, toY]: readonly [number, number],
  lane: PlacedLane,
): boolean {
  const [left, right] = [Math.min(x, toX), Math.max(x, toX)];
  const [top, bottom] = [Math.min(y, toY), Math.max(y, toY)];
  return right > lane.x && left < lane.x + lane.width && bottom > lane.y && top < lane.y + lane.height;
}

describe("lines between sections", () => {
  it("stand in several rows here, so that there is something to go around", () => {
    expect(new Set(lanes.map(({ y }) => y)).size).toBeGreaterThan(2);
    expect(graph.gotos.length).toBeGreaterThan(12);
  });

  it("never lead through a section they neither leave nor lead to", () => {
    for (const { from, to } of graph.gotos) {
      const corners = cornersOf(endsOf(from, to), ways.get(`${from} ${to}`)!);
      const home = from.split("/")[0];
      const others = lanes.filter(({ lane }) => lane.section !== home && lane.section !== to);
      const hit = others.filter((lane) =>
        corners.some((each, at) => at > 0 && through(corners[at - 1]!, each, lane)),
      );
      expect(hit.map(({ lane }) => `${from} → ${to} through ${lane.section}`)).toEqual([]);
    }
  });

  it("begin at their step, end at the head of their section, and turn by right angles", () => {
    for (const { from, to } of graph.gotos) {
      const ends = endsOf(from, to);
      const corners = cornersOf(ends, ways.get(`${from} ${to}`)!);
      expect(corners[0]).toEqual([ends.sourceX, ends.sourceY]);
      expect(corners.at(-1)).toEqual([ends.targetX, ends.targetY]);
      for (const [at, [x, y]] of corners.entries()) {
        const before = corners[at - 1];
        if (before) expect(before[0] === x || before[1] === y).toBe(true);
      }
    }
  });

  it("to one section share their way; those to its neighbour run beside them", () => {
    const tracks = new Map<string, Set<number>>();
    for (const { from, to } of graph.gotos) {
      const found = tracks.get(to) ?? new Set();
      tracks.set(to, found.add(ways.get(`${from} ${to}`)!.enter));
    }
    for (const found of tracks.values()) expect(found.size).toBe(1);
    expect(tracks.get("stop_01")).not.toEqual(tracks.get("stop_02"));
  });

  it("are drawn with rounded corners, and straight where there is no room for them", () => {
    const ends = { sourceX: 0, sourceY: 0, targetX: 100, targetY: 200 };
    const path = pathOf(ends, { beside: 50, leave: 100, trunk: null, enter: 100 });
    expect(path.startsWith("M0 0L0 7Q0 13 6 13")).toBe(true);
    expect(path.endsWith("L100 200")).toBe(true);
    expect(path).not.toContain("NaN");
  });
});
