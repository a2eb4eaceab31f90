/** What a designer sees on the canvas is what the map counts. */
import { describe, expect, it } from "vitest";
import { compared } from "./compare";
import { difference, wilson } from "./intervals";
import {
  type Choice,
  choices,
  type JourneyMap,
  layerOf,
  mapAddress,
  otherChoice,
  type Spot,
  tableRows,
  toneOf,
} from "./map";

const CHOICE: Choice = { from: "2026-11-02", to: "2026-11-08", version: null, channel: null, locale: null };

function spot(path: string, more: Partial<Spot> = {}): Spot {
  const nothing = { repeated: 0, now: 0, left: 0, dropped: 0, stays: 0, median_s: null, p90_s: null };
  return { path, entered: 0, contacts: 0, ...nothing, ...more };
}

function map(more: Partial<JourneyMap> = {}): JourneyMap {
  const empty = { ends: [], places: [], calls: [], ways: [], onward: [], exits: [], seen: [] };
  const counts = { contacts: 0, begun: 0, now: 0, containment: null };
  return { journey_id: "front", first: "", last: "", time_zone: "UTC", ...counts, ...empty, ...more };
}

describe("the layer over the canvas", () => {
  it("says how many came, how many are there, and makes the busiest way the widest", () => {
    const { badges, flow } = layerOf(
      map({
        places: [
          spot("start", { entered: 8, contacts: 8 }),
          spot("start/1", { entered: 4, contacts: 4, now: 2 }),
          spot("agent/0", { entered: 2, contacts: 2, dropped: 1 }),
        ],
      }),
      String,
    );
    expect([...(badges ?? [])]).toEqual([
      ["start", { text: "8" }],
      ["start/1", { text: "4 ● 2", tone: "good" }],
      ["agent/0", { text: "2", tone: "bad" }],
    ]);
    expect([...(flow?.values() ?? [])]).toEqual([1, 0.5, 0.25]);
  });

  it("warns of giving up by the share of those who came", () => {
    expect(toneOf({ contacts: 100, dropped: 4 })).toBeUndefined();
    expect(toneOf({ contacts: 100, dropped: 5 })).toBe("warn");
    expect(toneOf({ contacts: 100, dropped: 20 })).toBe("bad");
    expect(toneOf({ contacts: 0, dropped: 0 })).toBeUndefined();
  });
});

describe("a step that calls a module", () => {
  const call = { path: "start/1", module: "number", times: 3, contacts: 2, stays: 2, median_s: 4, p90_s: 9 };
  const called = map({ places: [spot("start", { entered: 5 }), spot("start/2", { entered: 1 })], calls: [call] });

  it("stands among the places with how often it called and how long contacts were in the module", () => {
    const rows = tableRows(called, ["start/0", "start/1", "start/2"]);
    expect(rows.map((row) => row.path)).toEqual(["start", "start/1", "start/2"]);
    expect(rows[1]).toMatchObject({ call: true, entered: 3, contacts: 2, median_s: 4, p90_s: 9 });
  });

  it("comes where customers reach it: the tenth behind the second, a branch before its steps, old places last", () => {
    const order = ["start/0", "start/0/late/0", ...[1, 2, 10].map((n) => `start/${n}`), "agent/0"];
    const paths = [
      "agent/0",
      "gone/0",
      "start",
      "start/0",
      "start/0/late",
      "start/0/late/0",
      "start/10",
      "start/2",
    ];
    const rows = tableRows({ places: paths.map((path) => spot(path)), calls: [call] }, order);
    expect(rows.map((row) => row.path)).toEqual([
      "start",
      "start/0",
      "start/0/late",
      "start/0/late/0",
      "start/1",
      "start/2",
      "start/10",
      "agent/0",
      "gone/0",
    ]);
  });

  it("is counted on the canvas, too, and takes no width from the ways", () => {
    const { badges, flow } = layerOf(called, String);
    expect(badges?.get("start/1")).toEqual({ text: "3" });
    expect(flow?.has("start/1")).toBe(false);
  });
});

describe("what is asked of the server", () => {
  it("names only what is chosen", () => {
    expect(mapAddress("front", CHOICE)).toBe("/journeys/front/map?from=2026-11-02&to=2026-11-08");
    expect(mapAddress("front", { ...CHOICE, version: 3, channel: "voice", locale: "ja" })).toBe(
      "/journeys/front/map?from=2026-11-02&to=2026-11-08&version=3&channel=voice&locale=ja",
    );
  });

  it("compares a week with the week before it, or a version with another in the same days", () => {
    expect(otherChoice(CHOICE, "nothing")).toBeNull();
    expect(otherChoice(CHOICE, "before")).toEqual({ ...CHOICE, from: "2026-10-26", to: "2026-11-01" });
    expect(otherChoice(CHOICE, 2)).toEqual({ ...CHOICE, version: 2 });
  });

  it("offers the newest version and the busiest channel first", () => {
    const seen = [
      { version: 1, channel: "voice", locale: "ko", contacts: 2 },
      { version: 3, channel: "webchat", locale: "ko", contacts: 9 },
      { version: 3, channel: "voice", locale: "ja", contacts: 1 },
    ];
    expect(choices(seen)).toEqual({ versions: [3, 1], channels: ["webchat", "voice"], locales: ["ko", "ja"] });
  });
});

describe("how sure a share is", () => {
  it("follows Wilson's published example: 81 of 263 is 25.5 % to 36.6 %", () => {
    const { low, high } = wilson(81, 263);
    expect(low).toBeCloseTo(0.2553, 4);
    expect(high).toBeCloseTo(0.3662, 4);
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });

  it("follows Newcombe's published example: 56 of 70 against 48 of 80 differ by 5.2 to 33.4 points", () => {
    const change = difference(48, 80, 56, 70);
    expect(change?.by).toBeCloseTo(0.2, 6);
    expect(change?.low).toBeCloseTo(0.0524, 4);
    expect(change?.high).toBeCloseTo(0.3339, 4);
    expect(change?.sure).toBe(true);
  });

  it("does not call a small difference of few contacts sure, and says nothing without contacts", () => {
    expect(difference(1, 5, 2, 5)?.sure).toBe(false);
    expect(difference(0, 0, 2, 5)).toBeNull();
  });
});

describe("two periods side by side", () => {
  const before = map({
    contacts: 100,
    ends: [
      { how: "contained", contacts: 40 },
      { how: "person", contacts: 50 },
      { how: "under_way", contacts: 10 },
    ],
    places: [spot("start", { contacts: 100 }), spot("agent/0", { contacts: 50, dropped: 10 })],
  });
  const after = map({
    contacts: 200,
    ends: [
      { how: "contained", contacts: 140 },
      { how: "person", contacts: 60 },
    ],
    places: [spot("start", { contacts: 200 }), spot("agent/0", { contacts: 60, dropped: 3 })],
  });

  it("tells first how self-service ended, of those for whom it has", () => {
    const [contained, person] = compared(before, after);
    expect([contained?.what, contained?.earlier, contained?.later]).toEqual(["contained", 40 / 90, 0.7]);
    expect(contained?.change?.sure).toBe(true);
    expect(person?.later).toBe(0.3);
  });

  it("then the places that changed most, sure ones first, unchanged ones last", () => {
    const rows = compared(before, after).slice(2);
    expect(rows.map((one) => one.id)).toEqual(["reached agent/0", "dropped agent/0", "reached start"]);
    expect(rows[1]?.earlier).toBe(0.2);
    expect(rows[1]?.later).toBe(0.05);
  });

  it("knows no change for a place nobody came to before", () => {
    const rows = compared(map(), after);
    expect(rows.every((one) => one.change === null)).toBe(true);
  });
});
