/** A journey as the rows of a tree: sections, their steps, the steps' branches and what is in them. Pure. */

import { blockOf, shownBlocks } from "../model/blocks";
import { sectionOrder, sectionSteps } from "../model/paths";
import type { JourneyJson, StepJson, StepPath } from "../seams";

export interface Row {
  readonly path: StepPath;
  readonly kind: "section" | "block" | "step";
  /** From 1, as screen readers count. */
  readonly level: number;
  /** The step of the row, or the one whose branch it is; null for sections. */
  readonly step: StepJson | null;
  /** The branch's name. */
  readonly block: string | null;
  /** Steps right inside. */
  readonly size: number;
  readonly open: boolean | null;
  readonly position: number;
  readonly siblings: number;
}

function* stepRows(
  steps: readonly StepJson[],
  block: StepPath,
  level: number,
  folded: ReadonlySet<StepPath>,
): Generator<Row> {
  for (const [index, step] of steps.entries()) {
    const path = `${block}/${index}`;
    const names = shownBlocks(step);
    const open = names.length === 0 ? null : !folded.has(path);
    const place = { position: index + 1, siblings: steps.length };
    yield { path, kind: "step", level, step, block: null, size: names.length, open, ...place };
    if (open !== true) continue;
    for (const [at, name] of names.entries()) {
      const inner = blockOf(step, name) ?? [];
      const inside = `${path}/${name}`;
      const unfolded = inner.length === 0 ? null : !folded.has(inside);
      const among = { position: at + 1, siblings: names.length };
      yield {
        path: inside,
        kind: "block",
        level: level + 1,
        step,
        block: name,
        size: inner.length,
        open: unfolded,
        ...among,
      };
      if (unfolded) yield* stepRows(inner, inside, level + 2, folded);
    }
  }
}

function sectionRows(
  journey: JourneyJson,
  section: string,
  place: { position: number; siblings: number },
  folded: ReadonlySet<StepPath>,
): readonly Row[] {
  const steps = sectionSteps(journey, section) ?? [];
  const open = steps.length === 0 ? null : !folded.has(section);
  const head: Row = {
    path: section,
    kind: "section",
    level: 1,
    step: null,
    block: null,
    size: steps.length,
    open,
    ...place,
  };
  return open ? [head, ...stepRows(steps, section, 2, folded)] : [head];
}

/** All rows to be seen, in the order they are read. */
export function rowsOf(journey: JourneyJson, folded: ReadonlySet<StepPath>): readonly Row[] {
  const sections = sectionOrder(journey);
  return sections.flatMap((section, at) =>
    sectionRows(journey, section, { position: at + 1, siblings: sections.length }, folded),
  );
}

interface Kept {
  readonly steps: readonly StepJson[] | null;
  readonly position: number;
  readonly siblings: number;
  readonly rows: readonly Row[];
}

/** Rows that stay the same object while they mean the same; sections that did not change are not even walked. */
export class Rows {
  #sections: ReadonlyMap<string, Kept> = new Map();
  #folded: ReadonlySet<StepPath> | null = null;

  of(journey: JourneyJson, folded: ReadonlySet<StepPath>): readonly Row[] {
    const sections = sectionOrder(journey);
    const next = new Map<string, Kept>();
    for (const [at, section] of sections.entries()) {
      const before = this.#sections.get(section);
      const steps = sectionSteps(journey, section);
      const place = { position: at + 1, siblings: sections.length };
      const stays =
        before?.steps === steps &&
        this.#folded === folded &&
        before.position === place.position &&
        before.siblings === place.siblings;
      next.set(
        section,
        before && stays
          ? before
          : { steps, ...place, rows: kept(before?.rows, sectionRows(journey, section, place, folded)) },
      );
    }
    this.#sections = next;
    this.#folded = folded;
    return [...next.values()].flatMap(({ rows }) => rows);
  }
}

/** The rows of now, with those of before wherever they mean the same. */
function kept(before: readonly Row[] | undefined, now: readonly Row[]): readonly Row[] {
  if (!before) return now;
  const known = new Map(before.map((row) => [row.path, row]));
  return now.map((row) => {
    const old = known.get(row.path);
    return old && (Object.keys(row) as (keyof Row)[]).every((key) => old[key] === row[key]) ? old : row;
  });
}

/** The row outside a row: where ← leads. */
export function parentOf(rows: readonly Row[], at: number): number {
  const level = rows[at]?.level ?? 1;
  for (let before = at - 1; before >= 0; before--) if ((rows[before]?.level ?? 1) < level) return before;
  return at;
}

/** Every path around one: what has to be unfolded for it to be seen. */
export function around(path: StepPath): readonly StepPath[] {
  const parts = path.split("/");
  return parts.slice(0, -1).map((_part, at) => parts.slice(0, at + 1).join("/"));
}

/** The row of a path, or the innermost one around it that is to be seen; the first where there is none. */
export function rowFor(rows: readonly Row[], path: StepPath | null): number {
  const wanted = path === null ? [] : [path, ...around(path).toReversed()];
  for (const each of wanted) {
    const at = rows.findIndex((row) => row.path === each);
    if (at >= 0) return at;
  }
  return 0;
}

/** Every row that can be folded in. */
export function foldable(journey: JourneyJson): readonly StepPath[] {
  return rowsOf(journey, new Set()).flatMap((row) => (row.open === null ? [] : [row.path]));
}
