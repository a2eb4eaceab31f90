/** A long outline is drawn where one looks, and scrolls ahead of who walks through it. */
import { describe, expect, it } from "vitest";
import type { JourneyJson, StepJson } from "../seams";
import { Rows, rowsOf } from "./rows";
import { edgesOf, FEW_ROWS, rowAt, scrolledTo, spanOf } from "./window";

const say = (at: number): StepJson => ({ step: "say", prompt: `orders.say_${at}` });

/** Sections of ten steps each: eleven rows and 19.75 rem a section, and one row for what nobody foresaw. */
function journeyOf(sections: number): JourneyJson {
  const names = [
    "start",
    ...Array.from({ length: sections - 1 }, (_, at) => `part_${String(at).padStart(2, "0")}`),
  ];
  return {
    id: "orders",
    sections: Object.fromEntries(names.map((name) => [name, Array.from({ length: 10 }, (_, at) => say(at))])),
    on_error: [],
  };
}

const short = edgesOf(rowsOf(journeyOf(3), new Set()));
const long = edgesOf(rowsOf(journeyOf(40), new Set()));

describe("a long outline", () => {
  it("knows where every row begins, sections with room above them", () => {
    expect(short.slice(0, 3)).toEqual([0, 2.25, 4]);
    expect(short.at(-1)).toBe(3 * 19.75 + 2.25);
    for (const at of [0, 1, 17, 33]) expect(rowAt(short, (short[at] ?? 0) + 0.1)).toBe(at);
  });

  it("is all there while it is short, wherever one looks", () => {
    expect(short.length - 1).toBeLessThanOrEqual(FEW_ROWS);
    expect(spanOf(short, { top: 30, height: 5 })).toEqual({ first: 0, last: short.length - 1 });
  });

  it("is drawn where one looks, with rows around what is in view", () => {
    const sight = { top: 400, height: 40 };
    const { first, last } = spanOf(long, sight);
    expect(last - first).toBeLessThan(80);
    expect(long[first] ?? 0).toBeLessThan(sight.top - 14);
    expect(long[last] ?? 0).toBeGreaterThan(sight.top + sight.height + 14);
  });

  it("stays as it is drawn while one scrolls by a row or two", () => {
    const before = spanOf(long, { top: 400, height: 40 });
    const shapes = [1, 2, 3].map((rows) => spanOf(long, { top: 400 + rows * 1.75, height: 40 }));
    expect(shapes.filter(({ first, last }) => first !== before.first || last !== before.last).length).toBeLessThan(
      3,
    );
  });

  it("ends where its rows end, at the very top and at the very bottom", () => {
    const size = long.length - 1;
    expect(spanOf(long, { top: 0, height: 40 }).first).toBe(0);
    expect(spanOf(long, { top: long.at(-1) ?? 0, height: 40 }).last).toBe(size);
  });

  it("scrolls to a chosen row only when it is out of view, and shows what comes after it", () => {
    const sight = { top: 400, height: 40 };
    const inside = rowAt(long, 420);
    expect(scrolledTo(long, inside, sight)).toBeNull();
    const below = rowAt(long, 440) + 1;
    const next = scrolledTo(long, below, sight) ?? 0;
    expect((long[below + 3] ?? 0) <= next + sight.height).toBe(true);
    expect(scrolledTo(long, below + 1, { ...sight, top: next })).toBeNull();
    expect(scrolledTo(long, 0, sight)).toBe(0);
  });

  it("scrolls no further than needed where there is hardly room for a row", () => {
    const top = scrolledTo(long, 100, { top: 0, height: 2 }) ?? 0;
    expect(top).toBeLessThanOrEqual(long[100] ?? 0);
    expect(top + 2).toBeGreaterThanOrEqual(long[101] ?? 0);
  });
});

describe("rows of an outline that changes", () => {
  it("are those of before wherever they mean the same", () => {
    const rows = new Rows();
    const folded = new Set<string>();
    const journey = journeyOf(3);
    const before = rows.of(journey, folded);
    const start = [...(journey.sections.start ?? []), say(99)];
    const after = rows.of({ ...journey, sections: { ...journey.sections, start } }, folded);
    expect(after).toHaveLength(before.length + 1);
    const stayed = after.filter((row) => before.includes(row));
    // The steps of the section that grew tell how many they are; everything else is untouched.
    expect(stayed.map(({ path }) => path).filter((path) => path.startsWith("start"))).toEqual([]);
    expect(stayed).toHaveLength(before.length - 11);
    expect(after).toEqual(rowsOf({ ...journey, sections: { ...journey.sections, start } }, folded));
  });

  it("follow what is folded in, and a section that comes in between", () => {
    const rows = new Rows();
    const journey = journeyOf(3);
    rows.of(journey, new Set());
    const folded = new Set(["part_00"]);
    expect(rows.of(journey, folded)).toEqual(rowsOf(journey, folded));
    const more = { ...journey, sections: { ...journey.sections, between: [say(1)] } };
    expect(rows.of(more, folded)).toEqual(rowsOf(more, folded));
  });
});
