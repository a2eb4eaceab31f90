/** The softphone against a scripted socket and a browser whose peer connections are played by the test. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ServerFrame } from "@/live/protocol";

/** The server's end of the desk's socket. */
class FakeSocket {
  static readonly OPEN = 1;
  readyState = 1;
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor() {
    wire.socket = this;
  }
  send(text: string): void {
    wire.sent.push(JSON.parse(text));
  }
  close(): void {
    this.readyState = 3;
  }
}

const wire = {
  sent: [] as Record<string, unknown>[],
  socket: null as FakeSocket | null,
  hear: (frame: ServerFrame): void => wire.socket?.onmessage?.({ data: JSON.stringify(frame) }),
  cut: (): void => wire.socket?.close(),
};

class FakeTrack {
  enabled = true;
  stopped = false;
  stop(): void {
    this.stopped = true;
  }
}

class FakePeer extends EventTarget {
  static all: FakePeer[] = [];
  iceGatheringState = "complete";
  connectionState = "new";
  localDescription: { sdp: string } | null = null;
  answered: string | null = null;
  closed = false;
  ontrack: unknown = null;
  onconnectionstatechange: (() => void) | null = null;
  sender = { replaceTrack: async () => undefined };

  constructor() {
    super();
    FakePeer.all.push(this);
  }
  addTransceiver() {
    return { sender: this.sender };
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
  async getStats() {
    return new Map();
  }
  close(): void {
    this.closed = true;
  }
  become(state: string): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }
}

let tracks: FakeTrack[] = [];
let refusal: string | null = null;

async function fresh() {
  vi.resetModules();
  const { connect } = await import("@/live/socket");
  connect();
  return await import("./phone");
}

const asked = (t: string) => wire.sent.filter((frame) => frame.t === t);

const answer = (): void => {
  const last = asked("call_join").at(-1);
  wire.hear({ t: "call_answer", cid: String(last?.cid), contact: "c1", sdp: "answer" });
};

beforeEach(() => {
  wire.sent = [];
  vi.stubGlobal("WebSocket", FakeSocket);
  FakePeer.all = [];
  tracks = [];
  refusal = null;
  sessionStorage.clear();
  vi.stubGlobal("RTCPeerConnection", FakePeer);
  vi.stubGlobal("RTCRtpReceiver", { getCapabilities: () => null });
  vi.stubGlobal("navigator", {
    ...navigator,
    locks: undefined,
    mediaDevices: {
      getUserMedia: async () => {
        if (refusal) throw new DOMException("no", refusal);
        const track = new FakeTrack();
        tracks.push(track);
        return { getAudioTracks: () => [track] };
      },
    },
  });
});

describe("the softphone", () => {
  it("has its offer ready before the call is accepted, so that accepting only sends it", async () => {
    const phone = await fresh();
    await phone.prepareCall("c1");
    expect(phone.currentLegs().c1?.phase).toBe("ready");
    expect(asked("call_join")).toEqual([]);
    const joining = phone.joinCall("c1", "own", "talk");
    await vi.waitFor(() => expect(asked("call_join")).toHaveLength(1));
    expect(asked("call_join")[0]).toMatchObject({ contact: "c1", mode: "talk", sdp: "offer 1" });
    answer();
    await joining;
    expect(FakePeer.all).toHaveLength(1);
    expect(FakePeer.all[0]?.answered).toBe("answer");
    FakePeer.all[0]?.become("connected");
    expect(phone.currentLegs().c1?.phase).toBe("up");
  });

  it("tells a blocked microphone apart from a missing one, and sends nothing", async () => {
    const phone = await fresh();
    refusal = "NotAllowedError";
    await phone.joinCall("c1", "own", "talk");
    expect(phone.currentLegs().c1).toMatchObject({ phase: "failed", trouble: "denied" });
    refusal = "NotFoundError";
    await phone.joinCall("c1", "own", "talk");
    expect(phone.currentLegs().c1).toMatchObject({ phase: "failed", trouble: "no_device" });
    expect(asked("call_join")).toEqual([]);
  });

  it("takes a new way when the old one breaks, still muted", async () => {
    const phone = await fresh();
    const joining = phone.joinCall("c1", "own", "talk");
    await vi.waitFor(() => expect(asked("call_join")).toHaveLength(1));
    answer();
    await joining;
    FakePeer.all[0]?.become("connected");
    phone.muteCall("c1", true);
    expect(tracks[0]?.enabled).toBe(false);
    FakePeer.all[0]?.become("failed");
    expect(phone.currentLegs().c1).toMatchObject({ phase: "lost", losses: 1 });
    expect(FakePeer.all[0]?.closed).toBe(true);
    await vi.waitFor(() => expect(asked("call_join")).toHaveLength(2), { timeout: 3000 });
    answer();
    await vi.waitFor(() => expect(FakePeer.all[1]?.answered).toBe("answer"));
    FakePeer.all[1]?.become("connected");
    expect(phone.currentLegs().c1).toMatchObject({ phase: "up", muted: true, losses: 0, again: true });
    expect(tracks[1]?.enabled).toBe(false);
  });

  it("says so when the server refuses, and lets the microphone go", async () => {
    const phone = await fresh();
    const joining = phone.joinCall("c1", "own", "talk");
    await vi.waitFor(() => expect(asked("call_join")).toHaveLength(1));
    wire.hear({ t: "error", cid: String(asked("call_join")[0]?.cid), code: "not_allowed", text: "no", fix: "" });
    await joining;
    expect(phone.currentLegs().c1).toMatchObject({ phase: "failed", trouble: "refused" });
    expect(tracks[0]?.stopped).toBe(true);
  });

  it("asks again when the call does not know yet that it is mine", async () => {
    const phone = await fresh();
    const joining = phone.joinCall("c1", "own", "talk");
    await vi.waitFor(() => expect(asked("call_join")).toHaveLength(1));
    wire.hear({
      t: "error",
      cid: String(asked("call_join").at(-1)?.cid),
      code: "call.not_yours",
      text: "no",
      fix: "",
    });
    await joining;
    expect(phone.currentLegs().c1?.phase).toBe("lost");
    await vi.waitFor(() => expect(asked("call_join")).toHaveLength(2), { timeout: 3000 });
    answer();
    FakePeer.all.at(-1)?.become("connected");
    expect(phone.currentLegs().c1?.phase).toBe("up");
  });

  it("begins anew when there was no socket to ask over", async () => {
    const phone = await fresh();
    wire.cut();
    await phone.joinCall("c1", "own", "talk");
    expect(phone.currentLegs().c1).toBeUndefined();
  });

  it("listens without a microphone and opens it with the first word that may be said", async () => {
    const phone = await fresh();
    const joining = phone.joinCall("c1", "supervise", "listen");
    await vi.waitFor(() => expect(asked("call_join")).toHaveLength(1));
    answer();
    await joining;
    FakePeer.all[0]?.become("connected");
    expect(tracks).toHaveLength(0);
    const changing = phone.changeMode("c1", "whisper");
    await vi.waitFor(() => expect(asked("call_mode")).toHaveLength(1));
    wire.hear({ t: "ack", cid: String(asked("call_mode").at(-1)?.cid) });
    await changing;
    expect(tracks).toHaveLength(1);
    expect(phone.currentLegs().c1?.mode).toBe("whisper");
    phone.leaveCall("c1");
    expect(asked("call_leave")).toHaveLength(1);
    expect(phone.currentLegs().c1).toBeUndefined();
  });

  it("stays out after the agent left the audio of an own call", async () => {
    const phone = await fresh();
    const joining = phone.joinCall("c1", "own", "talk");
    await vi.waitFor(() => expect(asked("call_join")).toHaveLength(1));
    answer();
    await joining;
    FakePeer.all[0]?.become("connected");
    phone.leaveCall("c1");
    expect(phone.currentLegs().c1?.phase).toBe("left");
    expect(tracks[0]?.stopped).toBe(true);
  });
});
