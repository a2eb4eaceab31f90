/** A journey as a map: what leads where, where the boxes stand, and what is lit. */
import { describe, expect, it } from "vitest";
import { insert, setField } from "../model/operations";
import type { JourneyJson, StepJson } from "../seams";
import { dagre } from "./arrange";
import { type Arranged, columns, type Plan } from "./columns";
import { graphOf, SIZES } from "./graph";
import { type Arranger, Layouts, planOf } from "./layout";
import { Painter } from "./nodes";
import { lanesInView, litBy, sceneOf } from "./scene";

const say = (prompt: string): StepJson => ({ step: "say", prompt });
const goto = (section: string): StepJson => ({ step: "goto", section });

const journey: JourneyJson = {
  id: "orders",
  sections: {
    start: [
      say("hello"),
      {
        step: "hours",
        calendar: "seoul",
        closed: [goto("night")],
        open: [],
      },
      say("question"),
      goto("agent"),
    ],
    night: [{ step: "end", prompt: "night" }],
    agent: [{ step: "enqueue", queue: "orders", nobody_staffed: [goto("night")], queue_full: [], overflow: [] }],
  },
  on_error: [goto("agent")],
};

const graph = graphOf(journey);
const start = graph.lanes[0]!;
const pairs = (lines: readonly { from: string; to: string }[]) => lines.map(({ from, to }) => `${from} → ${to}`);
const overlap = ({ places }: Arranged, { shapes }: Plan) =>
  places.some((one, at) =>
    places.some((other, where) => {
      if (where <= at) return false;
      const [a, b] = [SIZES[shapes[at]!], SIZES[shapes[where]!]];
      return (
        one.x < other.x + b.width &&
        other.x < one.x + a.width &&
        one.y < other.y + b.height &&
        other.y < one.y + a.height
      );
    }),
  );

/** Nothing is chosen, found, dragged or marked. */
const plain = {
  layer: null,
  selected: new Set<string>(),
  pointed: null,
  found: new Set<string>(),
  problems: new Map<string, number>(),
  dragged: new Map<string, { x: number; y: number }>(),
  draggable: true,
  aim: null,
};

describe("the lines of a journey", () => {
  it("lead from step to step, through the branches, and on behind them", () => {
    expect(pairs(start.lines)).toEqual([
      "start → start/0",
      "start/0 → start/1",
      "start/1 → start/1/open",
      "start/1 → start/1/closed",
      "start/1/closed → start/1/closed/0",
      "start/1/open → start/2",
      "start/2 → start/3",
    ]);
  });

  it("lead from section to section where a step goes there", () => {
    expect(pairs(graph.gotos)).toEqual([
      "start/1/closed/0 → night",
      "start/3 → agent",
      "agent/0/nobody_staffed/0 → night",
      "@on_error/0 → agent",
    ]);
  });

  it("draws a section anew only when it changed", () => {
    const changed = graphOf(setField(journey, "night/0", "prompt", "late"));
    expect(changed.lanes[0]).toBe(start);
    expect(changed.lanes.find(({ section }) => section === "night")).not.toBe(
      graph.lanes.find(({ section }) => section === "night"),
    );
  });
});

describe("the arrangement", () => {
  it.each([
    ["dagre", dagre],
    ["columns", columns],
  ])("by %s puts no box on another, and what follows below what it follows", (_name, arrange) => {
    const plan = planOf(start);
    const arranged = arrange(plan);
    expect(overlap(arranged, plan)).toBe(false);
    for (const [from, to] of plan.lines) expect(arranged.places[to]!.y).toBeGreaterThan(arranged.places[from]!.y);
    expect(arranged.width).toBeGreaterThanOrEqual(SIZES.step.width);
  });

  it("stands branches side by side as the document names them, and what goes on by itself to their left", () => {
    const option = (value: string, ...then: StepJson[]) => ({ value, label: value, then });
    const menu = {
      step: "menu",
      options: [option("a", say("a"), goto("night")), option("b", goto("night")), option("c", say("c"))],
      give_up: [goto("agent")],
    };
    const ask = { step: "ask", prompt: "number", give_up: [say("pity"), goto("agent")] };
    const then = [say("then"), menu];
    const steps = [ask, say("thanks"), { step: "when", then }, goto("agent")];
    const lane = graphOf({ ...journey, sections: { ...journey.sections, start: steps } }).lanes[0]!;
    const { places } = dagre(planOf(lane));
    const left = (id: string) => places[lane.boxes.findIndex((box) => box.id === id)]!.x;
    const menuAt = "start/2/then/1";
    const rows = [
      ["start/1", "start/0/give_up"],
      ["option:a", "option:b", "option:c", "give_up"].map((name) => `${menuAt}/${name}`),
    ];
    for (const row of rows) expect(row.map(left)).toEqual([...row.map(left)].sort((one, other) => one - other));
    expect(overlap({ places, width: 0, height: 0 }, planOf(lane))).toBe(false);
  });

  it("falls back to plain columns when it takes too long, and gives the work up", async () => {
    let stopped = 0;
    const endless: Arranger = { arrange: () => new Promise(() => undefined), stop: () => void stopped++ };
    const layouts = new Layouts(endless, columns, 0);
    await layouts.arrange(graph.lanes);
    expect(layouts.known(start)).toEqual(columns(planOf(start)));
    expect(stopped).toBe(1);
  });

  it("asks only for lanes whose form it has not seen: other words move nothing", async () => {
    const asked: number[] = [];
    const eager: Arranger = {
      arrange: async (plans) => {
        asked.push(plans.length);
        return plans.map(dagre);
      },
      stop: () => undefined,
    };
    const layouts = new Layouts(eager, columns);
    await layouts.arrange(graph.lanes);
    await layouts.arrange(graphOf(setField(journey, "start/0", "prompt", "welcome")).lanes);
    await layouts.arrange(graphOf(insert(journey, "start", 0, [say("first")])).lanes);
    expect(asked).toEqual([3, 1]); // four lanes, two of one form
  });
});

describe("the scene", () => {
  const known = (lane: (typeof graph.lanes)[number]) => columns(planOf(lane));

  it("puts lanes side by side, and dragged steps where people put them", () => {
    const [first, second] = sceneOf(graph, known, { "start/0": { x: 700, y: 5 } });
    expect(first!.boxes.find(({ box }) => box.id === "start/0")).toMatchObject({ x: 728, y: 33 });
    expect(second!.x >= first!.x + first!.width || second!.y >= first!.y + first!.height).toBe(true);
    expect(first!.width).toBeGreaterThan(700 + SIZES.step.width);
  });

  it("begins a new row of lanes where one row would be wider than a screen shows", () => {
    const sections = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`part_${at}`, [say(`p${at}`)]]));
    const many = graphOf({ ...journey, sections });
    const lanes = sceneOf(many, known, {});
    const right = Math.max(...lanes.map(({ x, width }) => x + width));
    const bottom = Math.max(...lanes.map(({ y, height }) => y + height));
    expect(right / bottom).toBeLessThan(3);
    for (const [where, one] of lanes.entries())
      for (const other of lanes.slice(where + 1))
        expect(
          one.y + one.height <= other.y || one.x + one.width <= other.x || other.x + other.width <= one.x,
        ).toBe(true);
  });

  it("draws again only the boxes that changed", () => {
    const painter = new Painter();
    const lanes = sceneOf(graph, known, {});
    const before = painter.nodes(lanes, graph, plain);
    const after = painter.nodes(lanes, graph, { ...plain, selected: new Set(["start/2"]) });
    const changed = after.filter((node, at) => node !== before[at]).map(({ id }) => id);
    expect(changed).toEqual(["start/2"]);
  });

  it("leaves the other boxes of a section as they are when one of them says something else", () => {
    const painter = new Painter();
    const before = painter.nodes(sceneOf(graph, known, {}), graph, plain);
    const next = graphOf(setField(journey, "start/2", "prompt", "another question"));
    const after = painter.nodes(sceneOf(next, known, {}), next, plain);
    expect(after.filter((node, at) => node !== before[at]).map(({ id }) => id)).toEqual(["start/2"]);
  });

  it("hands on the lines of sections in view or close to it, and all lines between sections", () => {
    const lanes = sceneOf(graph, known, {});
    const first = lanes[0]!;
    const far = lanes.at(-1)!;
    const [width, height] = [first.width / 4, first.height / 4];
    const view = lanesInView(lanes, [-first.x * 2, -first.y * 2, 2], width * 2, height * 2);
    expect(view).toContain("start");
    expect(view).not.toContain(far.lane.section);
    const painter = new Painter();
    const some = painter.edges(lanes, graph, plain, ({ lane }) => lane.section === "start");
    expect(some.map(({ id }) => id).sort()).toEqual(
      [...first.lane.lines, ...graph.gotos].map(({ from, to }) => `${from} ${to}`).sort(),
    );
    const all = painter.edges(lanes, graph, plain);
    expect(some.every((edge) => all.includes(edge))).toBe(true);
  });

  it("lights a path up to where it left each block", () => {
    const lit = litBy(["start", "start/1/closed", "night"], graph.gotos);
    expect([...lit].sort()).toEqual(
      ["start", "start/0", "start/1", "start/1/closed", "start/1/closed/0", "night", "night/0"].sort(),
    );
  });
});
