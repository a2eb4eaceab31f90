/** Boxes at their places: lanes side by side, dragged boxes where people put them. Pure. */
import type { Positions } from "../model/designer";
import { within } from "../model/paths";
import type { Layer, StepPath } from "../seams";
import type { Arranged } from "./columns";
import { type Box, type Graph, type Lane, type Line, SIZES } from "./graph";

export const LANE_PAD = 28;
export const LANE_GAP = 36;
const LANE_LEAST = 260;

export interface Placed {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
}

export interface PlacedLane {
  readonly lane: Lane;
  readonly x: number;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Placed[];
}

/** Put one lane at `x`. Places in `positions` are seen from the lane's corner, so that they travel with it. */
export function placeLane(lane: Lane, arranged: Arranged, x: number, positions: Positions): PlacedLane {
  let [right, bottom] = [arranged.width, arranged.height];
  const boxes = lane.boxes.map((box, at): Placed => {
    const own = positions[box.id];
    const auto = arranged.places[at] ?? { x: 0, y: 0 };
    const place = own ?? auto;
    right = Math.max(right, place.x + SIZES[box.shape].width);
    bottom = Math.max(bottom, place.y + SIZES[box.shape].height);
    return { box, x: x + LANE_PAD + place.x, y: LANE_PAD + place.y };
  });
  return { lane, x, width: Math.max(LANE_LEAST, right + 2 * LANE_PAD), height: bottom + 2 * LANE_PAD, boxes };
}

/** All lanes from left to right; those not arranged yet are left out. */
export function sceneOf(
  graph: Graph,
  known: (lane: Lane) => Arranged | null,
  positions: Positions,
): readonly PlacedLane[] {
  let x = 0;
  const placed: PlacedLane[] = [];
  for (const lane of graph.lanes) {
    const arranged = known(lane);
    if (!arranged) continue;
    const next = placeLane(lane, arranged, x, positions);
    placed.push(next);
    x += next.width + LANE_GAP;
  }
  return placed;
}

/** The lane's corner, from which dragged places are counted. */
export function cornerOf({ x }: PlacedLane): { x: number; y: number } {
  return { x: x + LANE_PAD, y: LANE_PAD };
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
