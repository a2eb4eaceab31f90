import { describe, expect, it } from "vitest";
import { coverageLayer, type KeptCase, openerOf, type Ran, stateOf } from "./suite";

const KEPT: KeptCase = {
  id: "a",
  name: "a lost order",
  origin: "script",
  seed: null,
  version: 1,
  scenery: {
    start_at: "2026-11-23T00:00:00Z",
    channel: "webchat",
    locale: "ko",
    hours: {},
    queues: {},
    faults: {},
    choices: {},
  },
  deeds: [],
  expect: { ends: null, said: [] },
};

const RAN: Ran = {
  results: [
    { id: "a", name: "a lost order", failure: null, seconds: 1, transcript: [] },
    { id: "b", name: "another", failure: { why: "ended", text: "it ended" }, seconds: 1, transcript: [] },
  ],
  failed: 1,
  coverage: { entered: ["start"], missing: ["start/0/give_up"], share: 0.5 },
  took_s: 0.1,
  per_minute: 1200,
};

describe("a suite", () => {
  it("draws the branches nobody took pale, once something has run", () => {
    expect(coverageLayer(null)).toBeNull();
    expect(coverageLayer({ ...RAN, results: [] })).toBeNull();
    expect(coverageLayer(RAN)).toEqual({ of: "suites", pale: new Set(["start/0/give_up"]) });
  });

  it("leads from a branch to the step that opens it", () => {
    expect(openerOf("start/2/failed")).toBe("start/2");
    expect(openerOf("start/2/option:a/b")).toBe("start/2");
    expect(openerOf("agent")).toBe("agent/0");
  });

  it("knows which conversations passed", () => {
    expect(stateOf(KEPT, RAN)).toBe("passed");
    expect(stateOf({ ...KEPT, id: "b" }, RAN)).toBe("failed");
    expect(stateOf({ ...KEPT, id: "c" }, RAN)).toBe("not_run");
    expect(stateOf(KEPT, null)).toBe("not_run");
  });
});
