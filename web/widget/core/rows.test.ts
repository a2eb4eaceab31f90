import { expect, it } from "vitest";
import type { Stored } from "../protocol";
import { reduce } from "./reduce";
import { type MessageRow, rows } from "./rows";
import { initialState, type State } from "./state";

const at = (minute: number) => `2026-11-21T01:${String(minute).padStart(2, "0")}:00Z`;
const said = (seq: number, author: "bot" | "agent" | "customer", minute: number, more: object = {}): Stored => ({
  seq,
  prev: seq - 1,
  at: at(minute),
  e: { kind: "message_sent", author, text: `${author} ${seq}`, ...more },
});

function thread(events: Stored[]): State {
  const settings = { name: "Onda", colour: "", greeting: "", locales: [], upload_max_bytes: 1 };
  const contact = { id: "c1", status: "connected", locale: "ko" } as const;
  return reduce(initialState("ko", null, [], false), {
    do: "frame",
    frame: { t: "welcome", visitor: "v", settings, contact, seq: 0, events },
  });
}

const messages = (state: State) => rows(state).filter((row): row is MessageRow => row.row === "message");

it("names a speaker once for a run of messages and again after somebody else spoke", () => {
  const drawn = messages(
    thread([said(1, "bot", 0), said(2, "bot", 1), said(3, "customer", 2), said(4, "bot", 3)]),
  );
  expect(drawn.map((row) => row.first)).toEqual([true, false, true, true]);
  expect(drawn.map((row) => row.last)).toEqual([false, true, true, true]);
});

it("starts a new run after a long pause", () => {
  expect(messages(thread([said(1, "bot", 0), said(2, "bot", 20)])).map((row) => row.first)).toEqual([true, true]);
});

it("says how far only the newest message of the customer came", () => {
  const state = thread([said(1, "customer", 0), said(2, "customer", 1)]);
  expect(messages(state).map((row) => row.delivery)).toEqual([null, "delivered"]);
  const seen = reduce(state, { do: "frame", frame: { t: "read", seq: 2 } });
  expect(messages(seen).map((row) => row.delivery)).toEqual([null, "seen"]);
});

it("shows what waits to be sent at the end, masked when it is a secret", () => {
  const state = reduce(thread([said(1, "bot", 0)]), {
    do: "say",
    cid: "a",
    at: at(1),
    text: "1234",
    secret: true,
  });
  expect(messages(state).at(-1)).toMatchObject({ text: "••••", delivery: "sending", cid: "a" });
  const offline = reduce(state, { do: "connection", connection: "offline" });
  expect(messages(offline).at(-1)?.delivery).toBe("waiting");
});

it("draws a survey answer as stars, and no other number", () => {
  const state = thread([
    said(1, "customer", 0, { text: "5", value: "5" }),
    said(2, "bot", 1, { input_kind: "score" }),
    said(3, "customer", 2, { text: "만족", value: "4" }),
  ]);
  expect(messages(state).map((row) => row.stars)).toEqual([null, null, 4]);
});

it("marks where an earlier contact of the same case is continued", () => {
  const opened: Stored = { seq: 1, prev: 0, at: at(0), e: { kind: "contact_opened", continues: "c0" } };
  expect(rows(thread([opened, said(2, "bot", 0)])).map((row) => row.row)).toEqual(["day", "continued", "message"]);
});
