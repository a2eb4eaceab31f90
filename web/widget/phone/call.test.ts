/** A customer's call against a scripted line and a browser whose peer connections are played by the test. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Memory } from "../core/memory";
import { en } from "../i18n/en";
import type { PhoneCall, ServerFrame } from "../protocol";
import { CustomerCall } from "./call";
import { callClock, callWords, troubleWords } from "./words";

class FakePeer extends EventTarget {
  static all: FakePeer[] = [];
  iceGatheringState = "complete";
  connectionState = "new";
  localDescription: { sdp: string } | null = null;
  answered: string | null = null;
  onconnectionstatechange: (() => void) | null = null;
  sent: string[] = [];
  dtmf = {
    canInsertDTMF: false,
    toneBuffer: "",
    insertDTMF: (keys: string) => void this.sent.push(keys),
  };

  constructor() {
    super();
    FakePeer.all.push(this);
  }
  addTransceiver() {
    return { sender: { dtmf: this.dtmf } };
  }
  async createOffer() {
    return { type: "offer", sdp: `offer ${FakePeer.all.length}` };
  }
  async setLocalDescription(description: { sdp: string }) {
    this.localDescription = description;
  }
  async setRemoteDescription({ sdp }: { sdp: string }) {
    this.answered = sdp;
  }
  close(): void {
    this.connectionState = "closed";
  }
  become(state: string): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }
}

class Line {
  memory = new Memory(sessionStorage, "key");
  state: { connection: string; phone: PhoneCall | null } = { connection: "live", phone: null };
  offers: string[] = [];
  keys: string[] = [];
  hangUps = 0;
  online = true;
  hears: (frame: ServerFrame) => void = () => undefined;
  changed: () => void = () => undefined;

  subscribe(listener: () => void) {
    this.changed = listener;
    return () => undefined;
  }
  hear(hearer: (frame: ServerFrame) => void) {
    this.hears = hearer;
    return () => undefined;
  }
  connect(): void {}
  phone(sdp: string): string | null {
    if (!this.online) return null;
    this.offers.push(sdp);
    return `cid ${this.offers.length}`;
  }
  phoneKeys(keys: string): void {
    this.keys.push(keys);
  }
  hangUp(): void {
    this.hangUps += 1;
  }
  answer(): void {
    this.hears({ t: "call_answer", cid: `cid ${this.offers.length}`, contact: "c1", sdp: "answer" });
  }
}

let refusal: string | null = null;

const track = () => ({ enabled: true, stop: () => undefined, clone: track });

async function calling(line = new Line()): Promise<[CustomerCall, Line]> {
  const call = new CustomerCall(line);
  await call.start();
  line.answer();
  FakePeer.all.at(-1)?.become("connected");
  return [call, line];
}

beforeEach(() => {
  FakePeer.all = [];
  refusal = null;
  sessionStorage.clear();
  vi.stubGlobal("RTCPeerConnection", FakePeer);
  vi.stubGlobal("RTCRtpReceiver", {});
  vi.stubGlobal("navigator", {
    mediaDevices: {
      getUserMedia: async () => {
        if (refusal) throw new DOMException("no", refusal);
        return { getAudioTracks: () => [track()] };
      },
    },
  });
});

describe("a customer's call from a page", () => {
  it("connects, and is remembered for a reload until it is hung up", async () => {
    const [call, line] = await calling();
    expect(call.phase).toBe("up");
    expect(line.memory.call).toBe("c1");
    call.hangUp();
    expect([call.phase, line.hangUps, line.memory.call]).toEqual(["ended", 1, null]);
  });

  it("comes back by itself when its way breaks, and stays muted", async () => {
    const [call, line] = await calling();
    call.mute(true);
    FakePeer.all[0]?.become("failed");
    expect(call.phase).toBe("lost");
    await vi.waitFor(() => expect(line.offers).toHaveLength(2), { timeout: 3000 });
    line.answer();
    FakePeer.all[1]?.become("connected");
    expect([call.phase, call.muted]).toEqual(["up", true]);
  });

  it("waits for the line when there is none, and calls once it is back", async () => {
    const line = new Line();
    line.online = false;
    const call = new CustomerCall(line);
    await call.start();
    expect(call.phase).toBe("lost");
    line.online = true;
    line.changed();
    await vi.waitFor(() => expect(line.offers).toHaveLength(1));
  });

  it("says what to do when the microphone is blocked or missing", async () => {
    const call = new CustomerCall(new Line());
    refusal = "NotAllowedError";
    await call.start();
    expect(troubleWords(call, en)).toBe(en.phoneDenied);
    refusal = "NotFoundError";
    await call.start();
    expect(troubleWords(call, en)).toBe(en.phoneNoDevice);
  });

  it("ends when the other side does", async () => {
    const [call, line] = await calling();
    line.hears({ t: "call", contact: "c1", state: "ended", agent: null, secure: null });
    expect(call.phase).toBe("ended");
  });

  it("sends a key once: as a telephone does where that works, else over the line", async () => {
    const [call, line] = await calling();
    call.press("5");
    expect(line.keys).toEqual(["5"]);
    const [peer] = FakePeer.all;
    if (peer) peer.dtmf.canInsertDTMF = true;
    call.press("6");
    expect([line.keys, peer?.sent]).toEqual([["5"], ["6"]]);
  });
});

describe("the words of a call", () => {
  const phone: PhoneCall = { contact: "c1", state: "talking", agent: { name: "Mina" }, secure: null };

  it("name who speaks, and say when music is heard", () => {
    expect(callWords({ phase: "up", trouble: null }, phone, en)).toBe("Mina is with you");
    expect(callWords({ phase: "up", trouble: null }, { ...phone, state: "waiting" }, en)).toBe(en.phoneWaiting);
    expect(callWords({ phase: "lost", trouble: null }, phone, en)).toBe(en.phoneLost);
  });

  it("count minutes and seconds", () => {
    expect(callClock(65_400)).toBe("1:05");
  });
});
