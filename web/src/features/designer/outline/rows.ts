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

/** All rows to be seen, in the order they are read. */
export function rowsOf(journey: JourneyJson, folded: ReadonlySet<StepPath>): readonly Row[] {
  const sections = sectionOrder(journey);
  return sections.flatMap((section, at) => {
    const steps = sectionSteps(journey, section) ?? [];
    const open = steps.length === 0 ? null : !folded.has(section);
    const place = { position: at + 1, siblings: sections.length };
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

/** Every row that can be folded in. */
export function foldable(journey: JourneyJson): readonly StepPath[] {
  return rowsOf(journey, new Set()).flatMap((row) => (row.open === null ? [] : [row.path]));
}
