import { describe, expect, it } from "vitest";
import { acknowledge, commandFrame, type Outgoing, refuse, restoreOutbox, settle, unsent } from "./outbox";
import type { Command } from "./protocol";

function outgoing(cid: string, c: Command): Outgoing {
  return { cid, contact: "c1", frame: commandFrame(cid, "c1", c), queued_at_ms: 0, acked: false, refusal: null };
}

const words = outgoing("m1", { kind: "agent_message", text: "잠시만요" });
const hold = outgoing("h1", { kind: "hold" });
const refusal = { code: "not_allowed", text: "No.", fix: "Ask." };

describe("what an agent sent", () => {
  it("stays in view after the commit until its event comes, and then leaves", () => {
    const acked = acknowledge([words], "m1");
    expect(acked).toHaveLength(1);
    const event = { kind: "message_sent", author: "agent", text: "잠시만요", client_id: "m1" } as const;
    expect(settle(acked, "c1", [{ seq: 9, at: "2026-11-20T00:00:00Z", e: event }])).toEqual([]);
  });

  it("is done with the commit when it was no words", () => {
    expect(acknowledge([hold], "h1")).toEqual([]);
  });

  it("is sent again after a reconnect only while nobody confirmed or refused it", () => {
    const box = [...refuse([words], "m1", refusal), hold, { ...words, cid: "m2", acked: true }];
    expect(unsent(box).map((each) => each.cid)).toEqual(["h1"]);
  });

  it("keeps refused words with their reason", () => {
    expect(refuse([words, hold], "m1", refusal)[0]?.refusal).toEqual(refusal);
    expect(refuse([words, hold], "h1", refusal)).toEqual([words]);
  });

  it("survives a reload, and a damaged store counts as empty", () => {
    expect(restoreOutbox(JSON.stringify([words]))).toEqual([words]);
    expect(restoreOutbox("{broken")).toEqual([]);
    expect(restoreOutbox(null)).toEqual([]);
  });
});
