import { describe, expect, it } from "vitest";
import type { Call } from "@/live/calls";
import { shownOf } from "./secure";

const typing: Call["secure"] = { what: "card", digits: 7, outcome: null, masked: null };
const done: Call["secure"] = { what: "card", digits: 16, outcome: "done", masked: null };

describe("secure input at the desk", () => {
  it("shows how far the caller is, also on a page that was loaded in the middle of it", () => {
    expect(shownOf(typing, false, false)).toBe("running");
    expect(shownOf(typing, true, true)).toBe("running");
  });

  it("tells how it went to who followed it, and nothing once that is closed, whatever else the call tells", () => {
    expect(shownOf(done, false, true)).toBe("outcome");
    expect(shownOf({ ...done }, false, false)).toBeNull();
  });

  it("can be asked for again after one is over", () => {
    expect(shownOf(done, true, true)).toBe("choose");
    expect(shownOf(done, true, false)).toBe("choose");
    expect(shownOf(null, true, false)).toBe("choose");
  });

  it("is out of the way in a call without any", () => {
    expect(shownOf(null, false, false)).toBeNull();
  });
});
