import { describe, expect, it } from "vitest";
import { type Call, QUIET_CALL } from "@/live/calls";
import { card } from "@/live/fixtures";
import { stillOwed } from "./hangUp";

const callback = {
  stage: "line" as const,
  due_at: "2026-11-20T12:00:00Z",
  promised_at: "2026-11-20T11:00:00Z",
  order: "agent_first" as const,
  phone: "+821012345678",
  not_before: null,
  not_after: null,
  time_zone: null,
  attempts: 0,
};
const promised = card({ id: "a", status: "connected", callback });
const call = (part: Partial<Call>): Call => ({ ...QUIET_CALL, direction: "outbound", ...part });

describe("hanging up on a promised call", () => {
  it("ends only the attempt while it rings, and when a machine answered", () => {
    expect(stillOwed(promised, call({ state: "dialling" }))).toBe(true);
    expect(stillOwed(promised, call({ state: "ringing" }))).toBe(true);
    expect(stillOwed(promised, call({ state: "talking", result: "machine" }))).toBe(true);
  });

  it("ends the contact once somebody is on the line, as everywhere else", () => {
    expect(stillOwed(promised, call({ state: "talking" }))).toBe(false);
    expect(stillOwed(card({ id: "b", status: "connected" }), call({ state: "ringing" }))).toBe(false);
    expect(stillOwed(promised, undefined)).toBe(false);
  });
});
