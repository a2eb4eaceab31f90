import { expect, it } from "vitest";
import { Memory } from "./memory";
import { type Shelf, shelfOr } from "./shelf";
import type { OutboxItem } from "./state";

function shelf(): Shelf {
  return shelfOr(() => {
    throw new Error("storage is blocked");
  });
}

const item = (cid: string, change: Partial<OutboxItem> = {}): OutboxItem => ({
  cid,
  contact: "c1",
  text: cid,
  value: null,
  attachments: [],
  secret: false,
  at: "2026-11-21T00:00:00Z",
  sentAtMs: 0,
  ackSeq: null,
  refused: null,
  ...change,
});

it("keeps unconfirmed messages over a reload", () => {
  const kept = shelf();
  new Memory(kept, "onda").saveOutbox([item("a"), item("b")]);
  expect(new Memory(kept, "onda").loadOutbox().map((each) => each.cid)).toEqual(["a", "b"]);
});

it("never writes a PIN or a confirmed message to the device", () => {
  const kept = shelf();
  new Memory(kept, "onda").saveOutbox([item("pin", { secret: true }), item("done", { ackSeq: 7 })]);
  expect(new Memory(kept, "onda").loadOutbox()).toEqual([]);
});

it("keeps two widgets of one page apart", () => {
  const kept = shelf();
  new Memory(kept, "onda").visitor = "v1";
  expect(new Memory(kept, "rival").visitor).toBeNull();
});

it("starts afresh from a damaged entry", () => {
  const kept = shelf();
  kept.setItem("warmline:onda:outbox", "{not json");
  expect(new Memory(kept, "onda").loadOutbox()).toEqual([]);
  kept.setItem("warmline:onda:outbox", '[{"cid": 1}, 3, null]');
  expect(new Memory(kept, "onda").loadOutbox()).toEqual([]);
});
