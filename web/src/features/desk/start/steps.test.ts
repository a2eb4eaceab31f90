import { beforeEach, describe, expect, it } from "vitest";
import { ME } from "@/live/fixtures";
import { commandFrame } from "@/live/outbox";
import { emptyState } from "@/live/state";
import { readSteps, stepsOf, writeSteps } from "./steps";

describe("the first five minutes", () => {
  beforeEach(() => localStorage.clear());

  it("tick themselves off as the agent works", () => {
    const outgoing = {
      cid: "a",
      contact: "c1",
      frame: commandFrame("a", "c1", { kind: "accept_offer", offer_id: "o" }),
      queued_at_ms: 0,
      acked: false,
      refusal: null,
    };
    expect([...stepsOf({ ...emptyState([outgoing]), me: ME })]).toEqual(["shift", "accept"]);
  });

  it("are remembered, closing included", () => {
    writeSteps(new Set(["reply", "closed"]));
    expect([...readSteps()]).toEqual(["reply", "closed"]);
  });
});
