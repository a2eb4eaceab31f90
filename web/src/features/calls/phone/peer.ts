/** One browser leg: an offer that is complete when it is sent, an answer, one track each way. */
import { preferredCodecs } from "./codecs";

/** What is gathered by then is enough: the engine's own address is public to us. */
const GATHER_MOST_MS = 1000;

export type PeerState = "up" | "shaky" | "down";

export interface PeerListeners {
  heard: (stream: MediaStream) => void;
  changed: (state: PeerState) => void;
}

function gathered(connection: RTCPeerConnection): Promise<void> {
  if (connection.iceGatheringState === "complete") return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, GATHER_MOST_MS);
    connection.addEventListener("icegatheringstatechange", () => {
      if (connection.iceGatheringState !== "complete") return;
      clearTimeout(timer);
      resolve();
    });
  });
}

export class Peer {
  private readonly connection: RTCPeerConnection;
  private readonly audio: RTCRtpTransceiver;

  constructor(
    private readonly track: MediaStreamTrack | null,
    on: PeerListeners,
  ) {
    this.connection = new RTCPeerConnection();
    this.audio = this.connection.addTransceiver(track ?? "audio", { direction: "sendrecv" });
    const known = RTCRtpReceiver.getCapabilities?.("audio")?.codecs ?? [];
    const wanted = preferredCodecs(known);
    if (wanted.length > 0) this.audio.setCodecPreferences?.(wanted);
    this.connection.ontrack = ({ track: theirs, streams }) => on.heard(streams[0] ?? new MediaStream([theirs]));
    this.connection.onconnectionstatechange = () => {
      const state = this.connection.connectionState;
      if (state === "connected") on.changed("up");
      else if (state === "disconnected") on.changed("shaky");
      else if (state === "failed") on.changed("down");
    };
  }

  /** The offer, with every address in it. Takes at most a second. */
  async offer(): Promise<string> {
    await this.connection.setLocalDescription(await this.connection.createOffer());
    await gathered(this.connection);
    return this.connection.localDescription?.sdp ?? "";
  }

  async answer(sdp: string): Promise<void> {
    await this.connection.setRemoteDescription({ type: "answer", sdp });
  }

  /** Send this track from now on (another microphone, or the first one). */
  async send(track: MediaStreamTrack): Promise<void> {
    await this.audio.sender.replaceTrack(track);
  }

  /** Keys as a telephone sends them (RFC 4733); false when the other side does not take them that way. */
  keys(keys: string): boolean {
    const { dtmf } = this.audio.sender;
    if (!dtmf?.canInsertDTMF) return false;
    // What is still being sent goes first.
    dtmf.insertDTMF(dtmf.toneBuffer + keys, 120, 70);
    return true;
  }

  async stats(): Promise<RTCStatsReport> {
    return this.connection.getStats();
  }

  /** Whether what I say is sent. */
  enable(on: boolean): void {
    if (this.track) this.track.enabled = on;
  }

  close(): void {
    this.connection.ontrack = null;
    this.connection.onconnectionstatechange = null;
    this.connection.close();
    this.track?.stop();
  }
}
