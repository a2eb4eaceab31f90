import { describe, expect, it } from "vitest";
import { preferredCodecs } from "./codecs";
import { problemOf } from "./microphone";
import { levelOf, qualityBetween, sampleOf } from "./quality";

const report = (received: number, lost: number): [string, object][] => [
  ["v", { type: "inbound-rtp", kind: "video", packetsReceived: 1 }],
  ["a", { type: "inbound-rtp", kind: "audio", packetsReceived: received, packetsLost: lost, jitter: 0.012 }],
  ["p", { type: "candidate-pair", nominated: true, currentRoundTripTime: 0.05 }],
];

describe("how a call sounds", () => {
  it("is measured between two looks, not since the beginning", () => {
    const before = sampleOf(report(900, 100), 0);
    const now = sampleOf(report(998, 102), 2000);
    if (!before || !now) throw new Error("no sample");
    expect(qualityBetween(before, now)).toEqual({ lost_share: 0.02, jitter_ms: 12, rtt_ms: 50 });
  });

  it("has no measure before any audio came", () => {
    expect(sampleOf([["t", { type: "transport" }]], 0)).toBeNull();
    expect(levelOf(null, null)).toBeNull();
  });

  it("is as bad as the worse of both ends", () => {
    const clear = { lost_share: 0, jitter_ms: 5, rtt_ms: 40 };
    expect(levelOf(4.3, clear)).toBe("good");
    expect(levelOf(3.5, clear)).toBe("fair");
    expect(levelOf(4.3, { ...clear, lost_share: 0.1 })).toBe("poor");
  });
});

describe("what a call offers", () => {
  it("begins with the telephone's own codecs and leaves out what nobody speaks", () => {
    const known = ["audio/opus", "audio/red", "audio/G722", "audio/PCMU", "audio/telephone-event", "audio/PCMA"];
    expect(preferredCodecs(known.map((mimeType) => ({ mimeType }))).map((each) => each.mimeType)).toEqual([
      "audio/PCMU",
      "audio/PCMA",
      "audio/G722",
      "audio/opus",
      "audio/telephone-event",
    ]);
  });
});

describe("a microphone that cannot be opened", () => {
  it("is blocked, missing, taken by another program, or unknown", () => {
    expect(["NotAllowedError", "NotFoundError", "NotReadableError", ""].map(problemOf)).toEqual([
      "denied",
      "no_device",
      "taken",
      "unknown",
    ]);
  });
});
