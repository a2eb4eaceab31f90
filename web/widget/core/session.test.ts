import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { en } from "../i18n/en";
import { ja } from "../i18n/ja";
import { ko } from "../i18n/ko";
import type { ServerFrame } from "../protocol";
import { Memory } from "./memory";
import { Session } from "./session";
import { shelfOr } from "./shelf";
import { callDueAt, isByMessage, mayBeCalled } from "./state";

/** The browser's socket as a test directs it. */
class Socket {
  static readonly OPEN = 1;
  static dialled: Socket[] = [];
  readyState = Socket.OPEN;
  sent: { t: string; visitor?: string | null; cid?: string }[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;

  constructor() {
    Socket.dialled.push(this);
  }

  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }

  close(): void {}

  says(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

const settings = { name: "Onda", colour: "#8a3b12", greeting: "", locales: ["ko"], upload_max_bytes: 1 };
const contact = { id: "c1", status: "connected", locale: "ko", agent: { name: "Mina" } };
const typing = (on: boolean): ServerFrame => ({ t: "typing", on, author: "agent" });

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Socket);
  Socket.dialled = [];
});

afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function welcomed(where: object | null = contact): { session: Session; socket: Socket; memory: Memory } {
  const shelf = shelfOr(() => {
    throw new Error("storage is blocked");
  });
  const memory = new Memory(shelf, "onda");
  const session = new Session("onda", "ws://shop.example/ws/widget", "ko", memory);
  session.connect();
  const socket = Socket.dialled[0];
  if (socket === undefined) throw new Error("nothing was dialled");
  socket.onopen?.();
  socket.says({ t: "welcome", visitor: "v1", settings, contact: where, seq: 0, events: [] });
  return { session, socket, memory };
}

it("no longer shows somebody typing from whom nothing has come for a while", () => {
  const { session, socket } = welcomed();
  socket.says(typing(true));
  vi.advanceTimersByTime(6_000);
  socket.says(typing(true));
  vi.advanceTimersByTime(6_000);
  expect(session.state.typing).toBe("agent");
  vi.advanceTimersByTime(6_000);
  expect(session.state.typing).toBeNull();
});

it("begins anew as a stranger when everything about the customer was deleted", () => {
  const { session, socket, memory } = welcomed({ ...contact, status: "ended" });
  session.start();
  const asked = socket.sent.at(-1);
  socket.says({ t: "error", cid: asked?.cid, code: "erased", text: "", fix: "" });
  expect([memory.visitor, memory.contact]).toEqual([null, null]);
  const next = Socket.dialled[1];
  next?.onopen?.();
  expect(next?.sent[0]).toMatchObject({ t: "hello", visitor: null, contact: null, seq: 0 });
  next?.says({ t: "welcome", visitor: "v2", settings, contact: null, seq: 0, events: [] });
  expect(next?.sent[1]).toMatchObject({ t: "start", cid: asked?.cid });
  expect(memory.visitor).toBe("v2");
});

const queued = { id: "c1", status: "queued", locale: "ko", agent: null };

it("asks at once whether the line calls back, and asks for a call at the chosen half hour", () => {
  const { session, socket } = welcomed(queued);
  expect(socket.sent.map((frame) => frame.t)).toContain("call_times");
  const starts = ["2026-11-20T10:00:00+00:00"];
  socket.says({ t: "call_times", cid: "x", offered: true, starts });
  expect(session.state.callTimes).toEqual({ offered: true, starts });
  session.callMe("010-1234-5678", starts[0] ?? null);
  expect(socket.sent.at(-1)).toMatchObject({
    t: "call_me",
    phone: "010-1234-5678",
    not_before: starts[0],
    not_after: "2026-11-20T10:30:00.000Z",
  });
  const { cid } = socket.sent.at(-1) ?? {};
  socket.says({ t: "error", cid, code: "webchat.phone_unreadable", text: "", fix: "" });
  expect(session.state.calling?.refused).toBe("webchat.phone_unreadable");
  expect(session.state.refusal).toBeNull();
  session.callMe(null, null);
  expect(socket.sent.at(-1)).not.toHaveProperty("not_before");
  socket.says({ t: "ack", cid: socket.sent.at(-1)?.cid, seq: 9 });
  expect(session.state.calling).toBeNull();
});

it("knows a promised answer by message from a call, also after it has moved", () => {
  const { session, socket } = welcomed(queued);
  const e = { kind: "callback_promised", due_at: "2026-11-20T10:00:00Z", address_kind: "message" };
  socket.says({ t: "event", contact: "c1", seq: 1, prev: 0, at: "2026-11-20T09:00:00Z", e });
  expect(isByMessage(session.state)).toBe(true);
  const moved = { kind: "callback_moved", due_at: "2026-11-20T11:00:00Z", stage: "later" };
  socket.says({ t: "event", contact: "c1", seq: 2, prev: 1, at: "2026-11-20T09:01:00Z", e: moved });
  expect(isByMessage(session.state)).toBe(true);
  for (const words of [ko, ja, en].map((t) => [t.replyArranged, t.reply("x"), t.replySoon, t.replyKept].join(" ")))
    expect(words).not.toMatch(/전화|닫으|電話|閉じ|call|close/i);
});

it("waits for the call with the page open, hears of another time, and takes it back", () => {
  const { session, socket } = welcomed(queued);
  const e = { kind: "callback_promised", due_at: "2026-11-20T10:00:00Z" };
  socket.says({ t: "event", contact: "c1", seq: 1, prev: 0, at: "2026-11-20T09:00:00Z", e });
  expect(session.state.contact?.status).toBe("callback");
  const moved = { kind: "callback_moved", due_at: "2026-11-20T11:00:00Z", stage: "later" };
  socket.says({ t: "event", contact: "c1", seq: 2, prev: 1, at: "2026-11-20T09:01:00Z", e: moved });
  expect(callDueAt(session.state)).toBe("2026-11-20T11:00:00Z");
  expect(mayBeCalled(session.state)).toBe(false);
  socket.says({ t: "call_times", cid: "x", offered: true, starts: [] });
  expect(mayBeCalled(session.state)).toBe(true);
  session.callOff();
  expect(socket.sent.at(-1)?.t).toBe("call_off");
});

it("tells an open conversation which help page the customer came from, and nothing else a site says", () => {
  const { session, socket } = welcomed();
  session.start({ help_page: "Returns", help_answers: "Opened?: No", plan: "gold" });
  const told = { t: "from_help", attributes: { help_page: "Returns", help_answers: "Opened?: No" } };
  expect(socket.sent.at(-1)).toEqual(told);
  session.start({ plan: "gold" });
  expect(socket.sent.filter((frame) => frame.t === "from_help")).toHaveLength(1);
  expect(socket.sent.some((frame) => frame.t === "start")).toBe(false);
});

it("tells it once the line is back where it was down", () => {
  const { session, socket } = welcomed();
  socket.readyState = 3;
  session.start({ help_page: "Returns" });
  expect(socket.sent.some((frame) => frame.t === "from_help")).toBe(false);
  socket.readyState = Socket.OPEN;
  socket.says({ t: "welcome", visitor: "v1", settings, contact, seq: 0, events: [] });
  socket.says({ t: "welcome", visitor: "v1", settings, contact, seq: 0, events: [] });
  expect(socket.sent.filter((frame) => frame.t === "from_help")).toHaveLength(1);
});

it("says hello again in a language that was chosen while the welcome was on its way", () => {
  const memory = new Memory(
    shelfOr(() => {
      throw new Error("storage is blocked");
    }),
    "onda",
  );
  const session = new Session("onda", "ws://shop.example/ws/widget", "ko", memory);
  session.connect();
  const [first] = Socket.dialled;
  first?.onopen?.();
  session.setLocale("ja");
  first?.says({ t: "welcome", visitor: "v1", settings, contact: null, seq: 0, events: [] });
  const second = Socket.dialled[1];
  second?.onopen?.();
  expect(second?.sent[0]).toMatchObject({ t: "hello", locale: "ja", visitor: "v1" });
  second?.says({
    t: "welcome",
    visitor: "v1",
    settings: { ...settings, name: "オンダ" },
    contact: null,
    seq: 0,
    events: [],
  });
  expect([session.state.settings?.name, session.state.locale]).toEqual(["オンダ", "ja"]);
  expect(Socket.dialled).toHaveLength(2);
});
