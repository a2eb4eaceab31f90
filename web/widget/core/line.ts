/** One WebSocket that comes back by itself, and says how it is doing. */

import { CLOSE, type ClientFrame, parseFrame, type ServerFrame } from "../protocol";
import { waitBeforeRetryMs } from "./backoff";
import type { Connection } from "./state";

const PING_EVERY_MS = 25_000;
const SILENCE_MS = 10_000;
/** From dialling to the welcome; whatever else is said on the way does not prolong it. */
const WELCOME_MS = 10_000;

export interface LineEvents {
  hello(): ClientFrame;
  frame(frame: ServerFrame): void;
  connection(connection: Connection): void;
}

export class Line {
  private socket: WebSocket | null = null;
  private attempt = 0;
  private retryAfterMs = 0;
  private stopped = true;
  private ready = false;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private pingTimer: ReturnType<typeof setTimeout> | undefined;
  private silenceTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly url: string,
    private readonly on: LineEvents,
  ) {
    addEventListener("online", () => this.hurry());
    addEventListener("offline", () => this.lost());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.hurry();
    });
  }

  get isReady(): boolean {
    return this.ready;
  }

  connect(): void {
    this.stopped = false;
    if (this.socket === null) this.dial();
  }

  /** Put a frame on the wire; false when there is no line to put it on. */
  send(frame: ClientFrame): boolean {
    if (!this.ready || this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** Try at once: the network came back, the page came to the front, or the customer asked. */
  hurry(): void {
    if (this.stopped) return;
    if (this.socket === null) {
      this.attempt = 0;
      this.dial();
    } else if (this.ready) this.probe();
  }

  /** Say hello again on a new socket; what was missed meanwhile comes with the welcome. */
  redial(): void {
    if (!this.ready || this.socket === null) return;
    const old = this.socket;
    this.forget();
    old.close();
    this.dial();
  }

  private dial(): void {
    clearTimeout(this.retryTimer);
    if (!navigator.onLine) {
      this.on.connection("offline");
      return;
    }
    this.on.connection("connecting");
    const socket = new WebSocket(this.url);
    this.socket = socket;
    // A line that does not open, or a server that does not welcome us on it, is as good as gone.
    this.listenFor(WELCOME_MS);
    socket.onopen = () => socket.send(JSON.stringify(this.on.hello()));
    socket.onmessage = (message) => {
      if (socket === this.socket) this.heard(message.data);
    };
    socket.onclose = (closed) => {
      if (socket === this.socket) this.closed(closed.code);
    };
  }

  private heard(data: unknown): void {
    const frame = parseFrame(data);
    if (this.ready || frame?.t === "welcome") this.listenFor(PING_EVERY_MS + SILENCE_MS);
    if (frame === null) return;
    if (frame.t === "welcome") {
      this.ready = true;
      this.attempt = 0;
      this.retryAfterMs = 0;
      this.keepAlive();
    } else if (frame.t === "bye") this.retryAfterMs = frame.retry_after_ms;
    this.on.frame(frame);
  }

  private closed(code: number): void {
    this.forget();
    if (code === CLOSE.replaced || code === CLOSE.refused || code === CLOSE.badHello) {
      this.stopped = true;
      this.on.connection(code === CLOSE.replaced ? "replaced" : "refused");
      return;
    }
    if ((code === CLOSE.restarting || code === CLOSE.tooMany) && this.retryAfterMs === 0) this.retryAfterMs = 1000;
    if (!navigator.onLine) {
      this.on.connection("offline");
      return;
    }
    this.on.connection("retrying");
    const waitMs = waitBeforeRetryMs(this.attempt++, Math.random(), this.retryAfterMs);
    this.retryAfterMs = 0;
    this.retryTimer = setTimeout(() => this.dial(), waitMs);
  }

  private lost(): void {
    if (this.stopped || this.socket === null) return;
    this.socket.close();
    this.closed(1006);
  }

  private keepAlive(): void {
    clearTimeout(this.pingTimer);
    this.pingTimer = setTimeout(() => {
      this.probe();
      this.keepAlive();
    }, PING_EVERY_MS);
  }

  private probe(): void {
    if (this.send({ t: "ping" })) this.listenFor(SILENCE_MS);
  }

  private listenFor(silenceMs: number): void {
    clearTimeout(this.silenceTimer);
    this.silenceTimer = setTimeout(() => this.lost(), silenceMs);
  }

  private forget(): void {
    this.socket = null;
    this.ready = false;
    clearTimeout(this.pingTimer);
    clearTimeout(this.silenceTimer);
  }
}
