import { describe, expect, it } from "vitest";
import {
  anew,
  answerWords,
  backTo,
  beginning,
  complete,
  did,
  flattened,
  type Line,
  placeIn,
  surrounded,
  trailIn,
  unheard,
} from "./talk";

const AT = "2026-11-23T00:00:00Z";

function line(text: string, more: Partial<Line> = {}): Line {
  return { who: "bot", kind: "spoken", at_s: 0, text, name: "a.b", place: "", options: [], deed: null, ...more };
}

describe("a conversation with the draft", () => {
  it("goes back in time by forgetting what was done from there on", () => {
    const talk = did(did(did(beginning(AT, "ko"), { tap: "orders" }), { wait_s: 60 }), { leave: true });
    expect(backTo(talk, 1).deeds).toEqual([{ tap: "orders" }]);
    expect(backTo(talk, 0).deeds).toEqual([]);
    expect(backTo(talk, -1).deeds).toEqual([]);
  });

  it("keeps what was done when the surroundings change, and begins anew on another channel", () => {
    const talk = did(beginning(AT, "ko"), { tap: "orders" });
    const down = surrounded(talk, "faults", "orders.find", "down");
    expect(down.scenery.faults).toEqual({ "orders.find": "down" });
    expect(down.deeds).toEqual(talk.deeds);
    expect(surrounded(down, "faults", "orders.find", null).scenery.faults).toEqual({});
    const call = anew(down, { channel: "voice" });
    expect(call.deeds).toEqual([]);
    expect(call.scenery.faults).toEqual({ "orders.find": "down" });
  });

  it("lights the steps of this journey only", () => {
    const trace = ["front-desk#start", "front-desk#start/0", "module#start", "front-desk#start/1/option:a"];
    expect(trailIn(trace, "front-desk")).toEqual(["start", "start/0", "start/1/option:a"]);
    expect(placeIn(line("x", { place: "module#start/0" }), "front-desk")).toBeNull();
    expect(placeIn(line("x", { place: "front-desk#start/0" }), "front-desk")).toBe("start/0");
  });
});

describe("keys of a telephone", () => {
  it("are an answer when there are enough of them, or when they are ended", () => {
    expect(complete("1", null)).toBe(true);
    expect(complete("12", [4, 6])).toBe(false);
    expect(complete("1234#", [4, 6])).toBe(true);
    expect(complete("123456", [4, 6])).toBe(true);
    expect(complete("*", [4, 6])).toBe(true);
  });
});

describe("what is shown beside it", () => {
  it("names variables by their paths", () => {
    expect(flattened({ order: { status: "lost", items: [1] }, pin: "••••", none: null })).toEqual([
      ["order.status", "lost"],
      ["order.items", "[1]"],
      ["pin", "••••"],
      ["none", "–"],
    ]);
    expect(answerWords({ found: true, status: "lost" })).toBe("found: true, status: lost");
    expect(answerWords({})).toBe("–");
  });

  it("says aloud only what is new", () => {
    const old = [line("Hello"), line("Which?")];
    expect(unheard(old, [...old, line("[1]", { kind: "tapped", who: "customer" }), line("Thanks")])).toEqual([
      line("Thanks"),
    ]);
    expect(unheard(old, old)).toEqual([]);
    expect(unheard(old, old.slice(0, 1))).toEqual([]);
  });
});
