/** Where something let go on the canvas goes: before or behind a box, into a branch or section. Pure. */
import type { Target } from "../model/actions";
import { blockAt, placeOf, within } from "../model/paths";
import type { JourneyJson, StepPath } from "../seams";
import { GAP_Y } from "./columns";
import { SIZES } from "./graph";
import type { PlacedLane } from "./scene";

export type Side = "before" | "behind" | "inside";

export interface Aim {
  /** The box, or the section whose lane it is. */
  readonly path: StepPath;
  readonly side: Side;
  readonly target: Target;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box is meant also half the way to the next one, so that between two boxes there is no gap. */
const AROUND = GAP_Y / 2;

/** The lane at a point: its section's end is meant where no box is. */
function endOf(lanes: readonly PlacedLane[], { x, y }: Point, journey: JourneyJson): Aim | null {
  const lane = lanes.find((one) => x >= one.x && x <= one.x + one.width && y >= one.y && y <= one.y + one.height);
  if (!lane) return null;
  const path = lane.lane.section;
  return { path, side: "inside", target: { block: path, index: blockAt(journey, path)?.length ?? 0 } };
}

/**
 * What is meant by letting go at a point. `taken` are the steps being moved: they are no place for themselves, and
 * where they stand already nothing is meant. `lanesToo`: the room between boxes is the end of its section.
 */
export function aimAt(
  lanes: readonly PlacedLane[],
  point: Point,
  journey: JourneyJson,
  taken: readonly StepPath[] = [],
  lanesToo = false,
): Aim | null {
  const { x, y } = point;
  const hit = lanes
    .flatMap(({ boxes }) => boxes)
    .find((placed) => {
      const { width, height } = SIZES[placed.box.shape];
      const inside =
        x >= placed.x && x <= placed.x + width && y >= placed.y - AROUND && y <= placed.y + height + AROUND;
      return inside && !taken.some((path) => within(placed.box.id, path));
    });
  if (!hit) return lanesToo ? endOf(lanes, point, journey) : null;
  const { id, shape } = hit.box;
  if (shape !== "step") return elsewhere({ path: id, side: "inside", target: { block: id, index: 0 } }, taken);
  const { block, index } = placeOf(id);
  const before = y < hit.y + SIZES.step.height / 2;
  return elsewhere(
    { path: id, side: before ? "before" : "behind", target: { block, index: index + (before ? 0 : 1) } },
    taken,
  );
}

/** Null where the only step that is moved stands there already. */
function elsewhere(aim: Aim, taken: readonly StepPath[]): Aim | null {
  const [only] = taken;
  if (only === undefined || taken.length > 1) return aim;
  const { block, index } = placeOf(only);
  const own = aim.target.block === block && (aim.target.index === index || aim.target.index === index + 1);
  return own ? null : aim;
}

export function sameAim(one: Aim | null, other: Aim | null): boolean {
  return one?.path === other?.path && one?.side === other?.side;
}
