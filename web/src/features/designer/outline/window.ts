/** Which rows of a long outline are drawn: those in view and some around them, however long it is. Pure. */
import type { Row } from "./rows";

/** Heights in rem, as outline.module.css has them: `--row`, and the gap above sections. */
const ROW_REM = 1.75;
const GAP_REM = 0.5;
/** Rows up to this many are simply all there: to be found by the browser's own search, and by assistive technology. */
export const FEW_ROWS = 150;
/** Drawn beyond what is in view, so that scrolling never meets a gap; the window moves by `STRIDE` rows. */
const AROUND = 16;
const STRIDE = 8;
/** Rows to be seen beyond the chosen one, where the outline has to scroll to it. */
const AHEAD = 3;

/** Where each row begins, in rem from the first; one more: where the last one ends. */
export function edgesOf(rows: readonly Row[]): readonly number[] {
  const edges = [0];
  let end = 0;
  for (const { kind } of rows) {
    end += kind === "section" ? ROW_REM + GAP_REM : ROW_REM;
    edges.push(end);
  }
  return edges;
}

/** The row at a height; the nearest where there is none. */
export function rowAt(edges: readonly number[], height_rem: number): number {
  let [low, high] = [0, Math.max(0, edges.length - 2)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((edges[middle] ?? 0) <= height_rem) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A part of the outline's height, in rem. */
export interface Sight {
  readonly top: number;
  readonly height: number;
}

/** The rows to be drawn, from the first up to but without the last. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

export function spanOf(edges: readonly number[], { top, height }: Sight): Span {
  const size = edges.length - 1;
  if (size <= FEW_ROWS) return { first: 0, last: size };
  const first = Math.floor((rowAt(edges, top) - AROUND) / STRIDE) * STRIDE;
  const last = Math.ceil((rowAt(edges, top + height) + 1 + AROUND) / STRIDE) * STRIDE;
  return { first: Math.max(0, first), last: Math.min(size, last) };
}

/** To where the outline scrolls for a row to be in view, with some rows beyond it; null: it is. */
export function scrolledTo(edges: readonly number[], at: number, { top, height }: Sight): number | null {
  const [begin, end] = [edges[at] ?? 0, edges[at + 1] ?? 0];
  const ahead = Math.min(AHEAD * ROW_REM, Math.max(0, (height - (end - begin)) / 2));
  if (begin < top) return Math.max(0, begin - ahead);
  return end > top + height ? end + ahead - height : null;
}
