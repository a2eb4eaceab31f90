import { expect, it } from "vitest";
import { type WaitFigures, waitRows, writtenBias } from "./waits";

const figures = (key: string, told: number): WaitFigures => ({
  key,
  name: null,
  told,
  answered: told,
  judged: told,
  early: 0,
  late: 0,
  gone: 0,
  left_before: 0,
  gone_late: 0,
  open: 0,
  overdue: 0,
  called: 0,
  called_late: 0,
  kept: 1,
  within: 1,
  error_s: 0,
  bias_s: 0,
});

it("puts all queues together below them, and shows nothing where nobody was told anything", () => {
  const rows = waitRows({
    group: "queue",
    rows: [figures("orders", 2), figures("refunds", 3)],
    total: figures("all", 5),
  });
  expect(rows.map(({ key, told, total }) => [key, told, total])).toEqual([
    ["orders", 2, false],
    ["refunds", 3, false],
    ["all", 5, true],
  ]);
  expect(waitRows({ group: "queue", rows: [], total: figures("all", 0) })).toEqual([]);
});

it("says with a sign whether answers come later or earlier than told", () => {
  const clock = (seconds: number) => `${seconds} s`;
  expect([90, -30, 0.2, null].map((each) => writtenBias(each, clock))).toEqual(["+90 s", "−30 s", "0.2 s", "–"]);
});
