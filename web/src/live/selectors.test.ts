import { describe, expect, it } from "vitest";
import { type Party, QUIET_CALL } from "./calls";
import { isOnCall } from "./selectors";
import { emptyState } from "./state";

const MINA: Party = { id: "a-1", kind: "agent", name: "박민아", agent_id: "mina", state: "talking" };

function withCall(party: Party, state: "talking" | "ended" = "talking") {
  return { ...emptyState(), calls: { c1: { ...QUIET_CALL, state, parties: [party] } } };
}

describe("whoever would leave a customer behind", () => {
  it("is an agent who talks, holds or is being connected", () => {
    for (const state of ["talking", "held", "joining"] as const)
      expect(isOnCall(withCall({ ...MINA, state }), "mina")).toBe(true);
  });

  it("is nobody whose call is over, who has left it, or who only listens", () => {
    expect(isOnCall(withCall(MINA, "ended"), "mina")).toBe(false);
    expect(isOnCall(withCall({ ...MINA, state: "gone" }), "mina")).toBe(false);
    expect(isOnCall(withCall({ ...MINA, kind: "supervisor", state: "listening" }), "mina")).toBe(false);
    expect(isOnCall(withCall(MINA), "yuki")).toBe(false);
  });
});
