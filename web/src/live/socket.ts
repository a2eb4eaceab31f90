/** The desk's WebSocket: greets, resumes, beats, comes back. All it learns goes through the store. */
import { backoff_ms } from "./backoff";
import { unsent } from "./outbox";
import type { ClientFrame, ServerFrame } from "./protocol";
import { dispatch, liveState } from "./store";
import { onTick } from "./ticker";

const PING_EVERY_MS = 10_000;
const SILENCE_MS = 25_000;
const ASK_AGAIN_MS = 500;

let socket: WebSocket | null = null;
let wanted = false;
let attempt = 0;
let asked_ms = 0;
let retry: ReturnType<typeof setTimeout> | null = null;
let heard_ms = 0;
let pinged_ms = 0;
let stopTicks: (() => void) | null = null;
let boardReaders = 0;
const device = crypto.randomUUID();
const askedFor = new Map<string, number>();
const watched = new Set<string>();
const frameListeners = new Set<(frame: ServerFrame) => void>();

function address(): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/desk`;
}

/** Send if connected; false otherwise. */
export function transmit(frame: ClientFrame): boolean {
  if (socket?.readyState !== WebSocket.OPEN) return false;
  socket.send(JSON.stringify(frame));
  return true;
}

function greet(): void {
  const { threads, mine } = liveState();
  const contacts: Record<string, number> = {};
  for (const id of mine) contacts[id] = threads[id]?.seq ?? 0;
  transmit({ t: "hello", v: 1, contacts, device });
}

function afterWelcome(): void {
  attempt = 0;
  askedFor.clear();
  for (const { frame } of unsent(liveState().outbox)) transmit(frame);
  if (boardReaders > 0) transmit({ t: "board", on: true });
  for (const contact of watched) transmit({ t: "watch", contact, seq: liveState().threads[contact]?.seq ?? 0 });
}

/** Ask for what is missing, and say whether anything still is. */
function catchUp(now_ms: number): void {
  const { threads, mine, connection } = liveState();
  if (connection !== "live" && connection !== "catching_up") return;
  const behind = mine.filter((id) => threads[id]?.behind);
  for (const contact of behind) {
    const asked = askedFor.get(contact);
    if (asked === undefined) {
      askedFor.set(contact, now_ms);
    } else if (now_ms - asked >= ASK_AGAIN_MS) {
      askedFor.set(contact, now_ms + 5 * ASK_AGAIN_MS);
      transmit({ t: "watch", contact, seq: threads[contact]?.seq ?? 0 });
    }
  }
  for (const contact of askedFor.keys()) if (!behind.includes(contact)) askedFor.delete(contact);
  const late = behind.some((id) => now_ms - (askedFor.get(id) ?? now_ms) > ASK_AGAIN_MS);
  dispatch({ type: "connection", connection: late ? "catching_up" : "live" });
}

function isFrame(value: unknown): value is ServerFrame {
  return typeof value === "object" && value !== null && "t" in value && typeof value.t === "string";
}

function receive(data: unknown): void {
  heard_ms = Date.now();
  if (typeof data !== "string") return;
  const frame: unknown = JSON.parse(data);
  if (!isFrame(frame)) return;
  dispatch({ type: "frame", frame, now_ms: heard_ms });
  if (frame.t === "welcome") {
    dispatch({ type: "connection", connection: "live" });
    afterWelcome();
  }
  for (const listener of [...frameListeners]) listener(frame);
  if (frame.t === "bye") asked_ms = frame.retry_after_ms ?? 0;
}

function reconnectLater(): void {
  if (!wanted || retry) return;
  dispatch({ type: "connection", connection: "offline" });
  retry = setTimeout(open, backoff_ms(attempt, Math.random(), asked_ms));
  attempt += 1;
  asked_ms = 0;
}

function open(): void {
  retry = null;
  if (!wanted) return;
  const mine = new WebSocket(address());
  socket = mine;
  heard_ms = Date.now();
  mine.onopen = greet;
  mine.onmessage = (message) => {
    if (socket === mine) receive(message.data);
  };
  mine.onclose = () => {
    if (socket !== mine) return;
    socket = null;
    reconnectLater();
  };
}

function beat(now_ms: number): void {
  if (!socket) return;
  if (now_ms - heard_ms > SILENCE_MS) {
    const silent = socket;
    socket = null;
    silent.close();
    reconnectLater();
    return;
  }
  if (now_ms - pinged_ms >= PING_EVERY_MS && transmit({ t: "ping" })) pinged_ms = now_ms;
  catchUp(now_ms);
}

function hurry(): void {
  if (!retry || !wanted) return;
  clearTimeout(retry);
  attempt = 0;
  open();
}

export function connect(): void {
  if (wanted) return;
  wanted = true;
  stopTicks = onTick(beat);
  addEventListener("online", hurry);
  open();
}

export function disconnect(): void {
  wanted = false;
  stopTicks?.();
  removeEventListener("online", hurry);
  if (retry) clearTimeout(retry);
  retry = null;
  socket?.close();
  socket = null;
}

/** Receive the live board while at least one reader asks for it. Returns how to stop. */
export function readBoard(): () => void {
  boardReaders += 1;
  if (boardReaders === 1) transmit({ t: "board", on: true });
  return () => {
    boardReaders -= 1;
    if (boardReaders === 0) transmit({ t: "board", on: false });
  };
}

/** Hear every frame, after the store has taken it in. Returns how to stop. */
export function onFrame(listener: (frame: ServerFrame) => void): () => void {
  frameListeners.add(listener);
  return () => frameListeners.delete(listener);
}

/** Follow a contact that is not one's own. Returns how to stop. */
export function watchContact(contact: string): () => void {
  watched.add(contact);
  transmit({ t: "watch", contact, seq: liveState().threads[contact]?.seq ?? 0 });
  return () => {
    watched.delete(contact);
    transmit({ t: "unwatch", contact });
    dispatch({ type: "forget", contact });
  };
}
