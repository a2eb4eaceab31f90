/** A customer's call from a page: microphone, one peer, and back again after a hole in the network or a reload. */

import { Peer, type PeerState } from "../../src/features/calls/phone/peer";
import type { Memory } from "../core/memory";
import type { ServerFrame } from "../protocol";

export type CallPhase = "idle" | "connecting" | "up" | "lost" | "ended" | "failed";
export type CallTrouble = "denied" | "no_device" | "failed";

/** What a call needs of the conversation it belongs to. */
export interface CallLine {
  readonly memory: Memory;
  readonly state: { connection: string; phone: { state: string } | null };
  subscribe(listener: () => void): () => void;
  hear(hearer: (frame: ServerFrame) => void): () => void;
  connect(): void;
  phone(sdp: string): string | null;
  phoneKeys(keys: string): void;
  hangUp(): void;
}

const SHAKY_MS = 2500;
const AGAIN_AFTER_MS = [300, 1000, 2000, 4000, 8000];

function troubleOf(error: unknown): CallTrouble {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "no_device" : "failed";
}

export class CustomerCall {
  phase: CallPhase = "idle";
  trouble: CallTrouble | null = null;
  muted = false;
  startedAtMs = 0;
  private peer: Peer | null = null;
  private track: MediaStreamTrack | null = null;
  private cid: string | null = null;
  private losses = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly audio = new Audio();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly line: CallLine) {
    this.audio.autoplay = true;
    line.hear((frame) => this.heard(frame));
    line.subscribe(() => this.lineChanged());
  }

  get isOn(): boolean {
    return this.phase === "connecting" || this.phase === "up" || this.phase === "lost";
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Call. Must come from a click the first time: the browser asks for the microphone. */
  async start(): Promise<void> {
    if (this.phase === "connecting" || this.phase === "up") return;
    const again = this.phase === "lost";
    if (!again) [this.losses, this.muted, this.startedAtMs] = [0, false, Date.now()];
    this.become(again ? "lost" : "connecting");
    this.line.connect();
    try {
      this.track ??= await openMicrophone();
    } catch (error) {
      this.fail(troubleOf(error));
      return;
    }
    if (!this.isOn) {
      this.release();
      return;
    }
    this.track.enabled = !this.muted;
    this.peer?.close();
    const peer = new Peer(this.track.clone(), {
      heard: (stream) => {
        this.audio.srcObject = stream;
        void this.audio.play().catch(() => undefined);
      },
      changed: (state) => this.peerChanged(peer, state),
    });
    this.peer = peer;
    const sdp = await peer.offer();
    if (this.peer !== peer) return;
    this.cid = this.line.phone(sdp);
    // Without a line nothing is asked; `lineChanged` begins anew when it is back.
    if (this.cid === null) this.become("lost");
  }

  hangUp(): void {
    this.line.hangUp();
    this.end();
  }

  mute(muted: boolean): void {
    this.muted = muted;
    this.peer?.enable(!muted);
    this.tell();
  }

  /** One way only, or the other side counts a key twice: as a telephone does, else over the line. */
  press(key: string): void {
    if (!this.peer?.keys(key)) this.line.phoneKeys(key);
  }

  private heard(frame: ServerFrame): void {
    if (frame.t === "call_answer" && frame.cid === this.cid) {
      this.line.memory.call = frame.contact;
      this.peer?.answer(frame.sdp).catch(() => this.again());
    } else if (frame.t === "error" && frame.cid && frame.cid === this.cid) this.fail("failed");
    else if (frame.t === "call" && frame.state === "ended" && this.isOn) this.end();
  }

  private lineChanged(): void {
    if (this.line.state.connection === "live" && this.phase === "lost" && this.cid === null) void this.start();
  }

  private peerChanged(peer: Peer, state: PeerState): void {
    if (peer !== this.peer) return;
    clearTimeout(this.timer);
    if (state === "up") {
      this.losses = 0;
      this.become("up");
    } else if (state === "down") this.again();
    else this.timer = setTimeout(() => this.again(), SHAKY_MS);
  }

  private again(): void {
    const wait = AGAIN_AFTER_MS[this.losses];
    if (wait === undefined) {
      this.fail("failed");
      return;
    }
    this.losses += 1;
    this.become("lost");
    this.timer = setTimeout(() => {
      if (this.phase === "lost") void this.start();
    }, wait);
  }

  private end(): void {
    this.release();
    this.line.memory.call = null;
    this.become("ended");
  }

  private fail(trouble: CallTrouble): void {
    this.release();
    this.line.memory.call = null;
    this.trouble = trouble;
    this.become("failed");
  }

  private release(): void {
    clearTimeout(this.timer);
    this.peer?.close();
    this.track?.stop();
    this.audio.srcObject = null;
    [this.peer, this.track, this.cid] = [null, null, null];
  }

  private become(phase: CallPhase): void {
    this.phase = phase;
    if (phase !== "failed") this.trouble = null;
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

async function openMicrophone(): Promise<MediaStreamTrack> {
  if (!navigator.mediaDevices?.getUserMedia) throw new DOMException("no secure page", "SecurityError");
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  });
  const track = stream.getAudioTracks()[0];
  if (!track) throw new DOMException("no track", "NotFoundError");
  return track;
}
