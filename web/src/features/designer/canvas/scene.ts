/** Boxes at their places: lanes side by side, dragged boxes where people put them. Pure. */
import type { Positions } from "../model/designer";
import { within } from "../model/paths";
import type { Layer, StepPath } from "../seams";
import type { Arranged } from "./columns";
import { type Box, type Graph, type Lane, type Line, SIZES } from "./graph";

export const LANE_PAD = 28;
export const LANE_GAP = 36;
const LANE_LEAST = 260;
/** Width of a screen to its height, with some room for lanes of unequal height. */
const SCREEN_RATIO = 1.9;

export interface Placed {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
}

export interface PlacedLane {
  readonly lane: Lane;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Placed[];
}

/** A lane at its size, at the upper left. Places in `positions` are seen from its corner: they travel with it. */
function measured(lane: Lane, arranged: Arranged, positions: Positions): PlacedLane {
  let [right, bottom] = [arranged.width, arranged.height];
  const boxes = lane.boxes.map((box, at): Placed => {
    const place = positions[box.id] ?? arranged.places[at] ?? { x: 0, y: 0 };
    right = Math.max(right, place.x + SIZES[box.shape].width);
    bottom = Math.max(bottom, place.y + SIZES[box.shape].height);
    return { box, x: place.x, y: place.y };
  });
  const width = Math.max(LANE_LEAST, right + 2 * LANE_PAD);
  return { lane, x: 0, y: 0, width, height: bottom + 2 * LANE_PAD, boxes };
}

function at(lane: PlacedLane, x: number, y: number): PlacedLane {
  const boxes = lane.boxes.map((each) => ({
    box: each.box,
    x: x + LANE_PAD + each.x,
    y: y + LANE_PAD + each.y,
  }));
  return { ...lane, x, y, boxes };
}

/** How wide a row of lanes may be, so that all of them together are about as wide as a screen is. */
function rowWidth(lanes: readonly PlacedLane[]): number {
  const area = lanes.reduce((sum, { width, height }) => sum + (width + LANE_GAP) * (height + LANE_GAP), 0);
  return Math.max(Math.sqrt(area * SCREEN_RATIO), ...lanes.map(({ width }) => width));
}

/** All lanes in reading order, row by row; none while one of them is not arranged yet. */
export function sceneOf(
  graph: Graph,
  known: (lane: Lane) => Arranged | null,
  positions: Positions,
): readonly PlacedLane[] {
  const lanes = graph.lanes.flatMap((lane) => {
    const arranged = known(lane);
    return arranged ? [measured(lane, arranged, positions)] : [];
  });
  const most = rowWidth(lanes);
  let [x, y, tallest] = [0, 0, 0];
  return lanes.map((lane) => {
    if (x > 0 && x + lane.width > most) [x, y, tallest] = [0, y + tallest + LANE_GAP, 0];
    const placed = at(lane, x, y);
    x += lane.width + LANE_GAP;
    tallest = Math.max(tallest, lane.height);
    return placed;
  });
}

/** How far beyond the view lanes count as seen, in shares of it: lines are there before one comes to them. */
const BEYOND = 0.5;

/** The sections whose lanes are in view or close to it; `transform` as the canvas library has it: left, top, zoom. */
export function lanesInView(
  lanes: readonly PlacedLane[],
  [left, top, zoom]: readonly [number, number, number],
  width: number,
  height: number,
): readonly string[] {
  const [x, y] = [-left / zoom, -top / zoom];
  const [wide, high] = [width / zoom, height / zoom];
  return lanes.flatMap((lane) =>
    lane.x < x + wide * (1 + BEYOND) &&
    lane.x + lane.width > x - wide * BEYOND &&
    lane.y < y + high * (1 + BEYOND) &&
    lane.y + lane.height > y - high * BEYOND
      ? [lane.lane.section]
      : [],
  );
}

/** The lane's corner, from which dragged places are counted. */
export function cornerOf({ x, y }: PlacedLane): { x: number; y: number } {
  return { x: x + LANE_PAD, y: y + LANE_PAD };
}

/**
 * What a trail lights: the blocks and steps it names, and in each block the steps that were certainly passed:
 * those up to the one from which the next block of the trail was entered.
 */
export function litBy(trail: readonly StepPath[] | undefined, gotos: readonly Line[]): ReadonlySet<StepPath> {
  const lit = new Set<StepPath>();
  const all = trail ?? [];
  for (const [at, path] of all.entries()) {
    lit.add(path);
    const next = all[at + 1];
    if (next === undefined) lit.add(`${path}/0`);
    else if (within(next, path)) passed(lit, path, next);
    else {
      for (const { from, to } of gotos) if (to === next && within(from, path)) passed(lit, path, from);
    }
  }
  return lit;
}

/** Light the steps of `block` up to the one that `inner` is in. */
function passed(lit: Set<StepPath>, block: StepPath, inner: StepPath): void {
  const index = Number(/^\/(\d+)/.exec(inner.slice(block.length))?.[1] ?? -1);
  for (let at = 0; at <= index; at++) lit.add(`${block}/${at}`);
}

/** How much flows along a line, 0 to 1; null when nothing is known of it. */
export function weightOf(layer: Layer | null, { to }: Line): number | null {
  return layer?.flow?.get(to) ?? null;
}
