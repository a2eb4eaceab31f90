/** Two maps side by side: what share of contacts solved it, came by and gave up, and whether that may be chance. Pure. */
import type { StepPath } from "../seams";
import { type Difference, difference } from "./intervals";
import type { JourneyMap } from "./map";

export interface Compared {
  id: string;
  what: "contained" | "person" | "reached" | "dropped";
  path: StepPath | null;
  earlier: number | null;
  later: number | null;
  change: Difference | null;
}

const SHOWN = 20;

function over(map: JourneyMap): number {
  return map.ends.reduce((sum, end) => sum + (end.how === "under_way" ? 0 : end.contacts), 0);
}

function ended(map: JourneyMap, how: string): number {
  return map.ends.find((end) => end.how === how)?.contacts ?? 0;
}

function row(
  what: Compared["what"],
  path: StepPath | null,
  [part, whole]: readonly [number, number],
  [otherPart, otherWhole]: readonly [number, number],
): Compared {
  return {
    id: `${what} ${path ?? ""}`,
    what,
    path,
    earlier: whole === 0 ? null : part / whole,
    later: otherWhole === 0 ? null : otherPart / otherWhole,
    change: difference(part, whole, otherPart, otherWhole),
  };
}

/**
 * `earlier` against `later`: first how self-service ended, then the places that changed most.
 *
 * Shares are of contacts, not of visits: those who come by twice count once, so that the intervals are honest.
 */
export function compared(earlier: JourneyMap, later: JourneyMap): readonly Compared[] {
  const whole = (["contained", "person"] as const).map((how) =>
    row(how, null, [ended(earlier, how), over(earlier)], [ended(later, how), over(later)]),
  );
  const was = new Map(earlier.places.map((spot) => [spot.path, spot]));
  const is = new Map(later.places.map((spot) => [spot.path, spot]));
  const places = [...new Set([...was.keys(), ...is.keys()])].flatMap((path) => {
    const [a, b] = [was.get(path), is.get(path)];
    const reached = row("reached", path, [a?.contacts ?? 0, earlier.contacts], [b?.contacts ?? 0, later.contacts]);
    const dropped = row("dropped", path, [a?.dropped ?? 0, a?.contacts ?? 0], [b?.dropped ?? 0, b?.contacts ?? 0]);
    return a?.dropped || b?.dropped ? [reached, dropped] : [reached];
  });
  const size = (one: Compared) => Math.abs(one.change?.by ?? 0);
  const sure = (one: Compared) => Number(one.change?.sure ?? false);
  places.sort((a, b) => sure(b) - sure(a) || size(b) - size(a) || a.id.localeCompare(b.id));
  return [...whole, ...places.slice(0, SHOWN)];
}
