/** Where problems show: at the last step of their path, at the step they name, else at their section. Pure. */
import type { StepPath } from "../seams";
import type { FoundProblem } from "./useCheck";

/** The section of a problem as paths name it; null when it is in another journey. */
export function sectionOf(problem: FoundProblem, id: string): StepPath | null {
  return problem.journey === id ? problem.section : null;
}

/** The way of a problem through this journey, blocks in the order they were entered. */
export function trailOf(problem: FoundProblem, id: string): readonly StepPath[] {
  const mine = `${id}#`;
  return problem.trail.flatMap((place) => (place.startsWith(mine) ? [place.slice(mine.length)] : []));
}

export function placeOfProblem(problem: FoundProblem, id: string): StepPath | null {
  return trailOf(problem, id).at(-1) ?? sectionOf(problem, id);
}

/** How many problems show at each place. */
export function problemPlaces(problems: readonly FoundProblem[], id: string): ReadonlyMap<StepPath, number> {
  const found = new Map<StepPath, number>();
  for (const problem of problems) {
    const place = placeOfProblem(problem, id);
    if (place !== null) found.set(place, (found.get(place) ?? 0) + 1);
  }
  return found;
}
