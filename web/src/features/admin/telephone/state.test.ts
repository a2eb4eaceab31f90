/** What the voice processes say is put together honestly. */
import { describe, expect, it } from "vitest";
import { lineState, nodeState, type VoiceNode } from "./state";

const node: VoiceNode = {
  id: "one",
  started_at: "2026-11-22T00:00:00Z",
  seen_at: "2026-11-22T00:00:00Z",
  alive: true,
  draining: false,
  calls: 0,
  workers: 1,
  lines: { carrier: "down" },
};
const voices = [] as const;

describe("a line", () => {
  it("is up when any living process has it up", () => {
    const other = { ...node, id: "two", lines: { carrier: "up" } };
    expect(lineState({ nodes: [node, other], voices, names: {} }, "carrier")).toBe("up");
    expect(lineState({ nodes: [node], voices, names: {} }, "carrier")).toBe("down");
  });

  it("is unknown when nobody alive speaks of it", () => {
    expect(lineState({ nodes: [{ ...node, alive: false }], voices, names: {} }, "carrier")).toBe("unknown");
    expect(lineState({ nodes: [node], voices, names: {} }, "other")).toBe("unknown");
    expect(lineState(undefined, "carrier")).toBe("unknown");
  });
});

describe("a process", () => {
  it("is lost before it is anything else", () => {
    expect(nodeState({ ...node, alive: false, draining: true })).toBe("lost");
    expect(nodeState({ ...node, draining: true })).toBe("draining");
    expect(nodeState(node)).toBe("running");
  });
});
