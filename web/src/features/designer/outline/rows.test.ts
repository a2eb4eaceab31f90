/** The outline is read row by row, with what belongs to a step below it. */
import { describe, expect, it } from "vitest";
import { search } from "../model/search";
import type { JourneyJson } from "../seams";
import { around, foldable, parentOf, rowFor, rowsOf } from "./rows";

const journey: JourneyJson = {
  id: "orders",
  sections: {
    start: [
      {
        step: "ask",
        into: "number",
        prompt: "orders.ask",
        expect: { input: "digits" },
        give_up: [{ step: "goto", section: "bye" }],
      },
      { step: "invoke", task: "orders.find", into: "order", failed: [] },
    ],
    bye: [{ step: "end", prompt: "orders.bye" }],
  },
  on_error: [],
};

const paths = (folded: readonly string[] = []) =>
  rowsOf(journey, new Set(folded)).map(({ path, level }) => `${level} ${path}`);

describe("the outline", () => {
  it("shows sections, steps, branches and what is in them, each one level deeper", () => {
    expect(paths()).toEqual([
      "1 start",
      "2 start/0",
      "3 start/0/give_up",
      "4 start/0/give_up/0",
      "2 start/1",
      "3 start/1/failed",
      "1 bye",
      "2 bye/0",
      "1 @on_error",
    ]);
  });

  it("folds in what is closed, and knows what has to be opened for a step to be seen", () => {
    expect(paths(["start/0", "bye"])).toEqual([
      "1 start",
      "2 start/0",
      "2 start/1",
      "3 start/1/failed",
      "1 bye",
      "1 @on_error",
    ]);
    expect(around("start/0/give_up/0")).toEqual(["start", "start/0", "start/0/give_up"]);
    expect(foldable(journey)).toContain("start/0/give_up");
  });

  it("goes on where somebody stands, or at what was folded in around them", () => {
    const at = (path: string, folded: readonly string[]) => {
      const rows = rowsOf(journey, new Set(folded));
      return rows[rowFor(rows, path)]?.path;
    };
    expect(at("start/0/give_up/0", [])).toBe("start/0/give_up/0");
    expect(at("start/0/give_up/0", ["start/0/give_up"])).toBe("start/0/give_up");
    expect(at("start/0/give_up/0", ["start/0/give_up", "start/0"])).toBe("start/0");
    expect(at("bye/0", ["bye"])).toBe("bye");
    expect(at("gone/3", [])).toBe("start");
  });

  it("leads from a row to the one around it", () => {
    const rows = rowsOf(journey, new Set());
    expect(rows[parentOf(rows, 3)]?.path).toBe("start/0/give_up");
    expect(rows[parentOf(rows, 0)]?.path).toBe("start");
  });

  it("finds steps by what they say, what they are and what they name, not by what is inside them", () => {
    const texts = new Map([["orders.bye", "안녕히 가세요"]]);
    const by = (words: string) => search(journey, words, { texts, kind: (kind) => kind });
    expect(by("안녕")).toEqual(["bye/0"]);
    expect(by("orders.find")).toEqual(["start/1"]);
    expect(by("goto bye")).toEqual(["start/0/give_up/0"]);
    expect(by(" ")).toEqual([]);
  });
});
