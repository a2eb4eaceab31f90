import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ServerFrame } from "../protocol";
import { Line } from "./line";
import type { Connection } from "./state";

/** The browser's socket as a test directs it: it opens, speaks and closes when told. */
class Socket {
  static readonly OPEN = 1;
  static dialled: Socket[] = [];
  readyState = 0;
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((closed: { code: number }) => void) | null = null;

  constructor(readonly url: string) {
    Socket.dialled.push(this);
  }

  send(): void {}

  close(): void {
    this.closed = true;
  }

  opens(): void {
    this.readyState = Socket.OPEN;
    this.onopen?.();
  }

  says(frame: Partial<ServerFrame>): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

let told: Connection[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Socket);
  Socket.dialled = [];
  told = [];
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function connected(): Line {
  const line = new Line("ws://shop.example/ws/widget", {
    hello: () => ({ t: "hello", v: 1, key: "k", visitor: null, locale: "ko", contact: null, seq: 0 }),
    frame: () => {},
    connection: (connection) => told.push(connection),
  });
  line.connect();
  return line;
}

it("gives up a line that does not open, and dials another", () => {
  connected();
  vi.advanceTimersByTime(12_000);
  expect(Socket.dialled.map((socket) => socket.closed)).toEqual([true, false]);
  expect(told).toEqual(["connecting", "retrying", "connecting"]);
});

it("gives up a line on which much is said but no welcome", () => {
  const line = connected();
  Socket.dialled[0]?.opens();
  for (let s = 0; s < 12; s++) {
    Socket.dialled[0]?.says({ t: "pong" });
    vi.advanceTimersByTime(1000);
  }
  expect(Socket.dialled).toHaveLength(2);
  expect(line.isReady).toBe(false);
});

it("keeps a line on which it was welcomed", () => {
  const line = connected();
  Socket.dialled[0]?.opens();
  Socket.dialled[0]?.says({ t: "welcome" });
  vi.advanceTimersByTime(20_000);
  expect(Socket.dialled).toHaveLength(1);
  expect(line.isReady).toBe(true);
});
