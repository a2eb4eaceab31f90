/** The way of a line from section to section: around the lanes, through the room between them. Pure. */
import { GAP_Y } from "./columns";
import { type Graph, SIZES } from "./graph";
import { LANE_GAP, type PlacedLane } from "./scene";

/** Lines to different sections run beside each other, so far apart; those to the same one share their way. */
const APART = 4;
const TRACKS = 5;
const ROUND = 6;

/** What a way needs to know beyond its ends; the numbers are those of the canvas. */
export interface Way {
  /** The room beside the lane it leaves. */
  readonly beside: number;
  /** The room above or below the row of lanes it leaves. */
  readonly leave: number;
  /** The room left of all lanes; null: it leads to the same row or the next one. */
  readonly trunk: number | null;
  /** The room above the row of lanes it leads to. */
  readonly enter: number;
}

/** The rows of lanes from top to bottom: where each begins. */
function rowsOf(lanes: readonly PlacedLane[]): readonly number[] {
  return [...new Set(lanes.map(({ y }) => y))].sort((one, other) => one - other);
}

/** The ways of all lines between sections, by `from to`. */
export function waysOf(lanes: readonly PlacedLane[], { gotos }: Pick<Graph, "gotos">): ReadonlyMap<string, Way> {
  const rows = rowsOf(lanes);
  const bottom = Math.max(0, ...lanes.map(({ y, height }) => y + height));
  const above = (row: number) => (rows[row] ?? bottom + LANE_GAP) - LANE_GAP / 2;
  const homes = new Map(lanes.flatMap((lane) => lane.boxes.map(({ box, x }) => [box.id, { lane, x }] as const)));
  const tracks = new Map(lanes.map(({ lane }, at) => [lane.section, ((at % TRACKS) - (TRACKS - 1) / 2) * APART]));
  const ways = new Map<string, Way>();
  for (const { from, to } of gotos) {
    const home = homes.get(from);
    const goal = homes.get(to);
    if (!home || !goal) continue;
    const track = tracks.get(to) ?? 0;
    const [row, aim] = [rows.indexOf(home.lane.y), rows.indexOf(goal.lane.y)];
    const leave = above(aim > row ? row + 1 : row) + track;
    const enter = above(aim) + track;
    const middle = home.x + SIZES.step.width / 2;
    // Leave towards where it leads, or by the nearer side when it leads far away.
    const far = enter !== leave;
    const right = far ? middle > home.lane.x + home.lane.width / 2 : goal.x + SIZES.head.width / 2 > middle;
    const beside = (right ? home.lane.x + home.lane.width + LANE_GAP / 2 : home.lane.x - LANE_GAP / 2) + track;
    ways.set(`${from} ${to}`, { beside, leave, trunk: far ? -LANE_GAP / 2 + track : null, enter });
  }
  return ways;
}

export interface Ends {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
}

type Corner = readonly [number, number];

/** The corners of a line from end to end; those that lead nowhere else are no corners. */
export function cornersOf(
  { sourceX, sourceY, targetX, targetY }: Ends,
  { beside, leave, trunk, enter }: Way,
): readonly Corner[] {
  const below = sourceY + GAP_Y / 2;
  const all: Corner[] = [
    [sourceX, sourceY],
    [sourceX, below],
    [beside, below],
    [beside, leave],
    ...(trunk === null ? [] : [[trunk, leave] as const, [trunk, enter] as const]),
    [targetX, enter],
    [targetX, targetY],
  ];
  return all.filter(([x, y], at) => at === 0 || x !== all[at - 1]?.[0] || y !== all[at - 1]?.[1]);
}

/** The line as SVG draws it, its corners rounded. */
export function pathOf(ends: Ends, way: Way): string {
  const all = cornersOf(ends, way);
  const parts = all.map(([x, y], at) => {
    const before = all[at - 1];
    const behind = all[at + 1];
    if (!before || !behind) return `${at === 0 ? "M" : "L"}${x} ${y}`;
    const near = towards([x, y], before);
    const next = towards([x, y], behind);
    return `L${near[0]} ${near[1]}Q${x} ${y} ${next[0]} ${next[1]}`;
  });
  return parts.join("");
}

/** The point on the way from one corner to another where its rounding begins. */
function towards([x, y]: Corner, [toX, toY]: Corner): Corner {
  const length = Math.abs(toX - x) + Math.abs(toY - y);
  const share = length === 0 ? 0 : Math.min(ROUND, length / 2) / length;
  return [x + (toX - x) * share, y + (toY - y) * share];
}
