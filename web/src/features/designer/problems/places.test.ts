/** Problems show where they are. */
import { describe, expect, it } from "vitest";
import { placeOfProblem, problemPlaces, trailOf } from "./places";
import type { FoundProblem } from "./useCheck";

const problem = (more: Partial<FoundProblem>): FoundProblem => ({
  checked: "orders",
  code: "fell_through",
  journey: "orders",
  section: "start",
  text: "The path ends here.",
  fix: "Let it go on.",
  transcript: [],
  path: [],
  trail: [],
  channel: "webchat",
  ...more,
});

describe("a problem", () => {
  const trail = ["orders#start", "identify#start", "orders#start/2/failed"];

  it("is drawn along its way through this journey, and shows where the way ends", () => {
    expect(trailOf(problem({ trail }), "orders")).toEqual(["start", "start/2/failed"]);
    expect(placeOfProblem(problem({ trail }), "orders")).toBe("start/2/failed");
  });

  it("without a path shows at its section, and in another journey nowhere here", () => {
    const found = [problem({}), problem({ section: "agent" }), problem({}), problem({ journey: "refund" })];
    expect(problemPlaces(found, "orders")).toEqual(
      new Map([
        ["start", 2],
        ["agent", 1],
      ]),
    );
  });
});
