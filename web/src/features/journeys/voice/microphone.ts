/** The microphone as a WAV file: recorded by the browser, then brought to 16 kHz mono in the page. */
import { RATE_HZ, wavOf } from "./wav";

/** As long as 2 MB of WAV hold. */
export const MOST_S = 60;

export interface Take {
  /** End the take; its audio as WAV, null when nothing was heard. */
  finish: () => Promise<Blob | null>;
  /** Let go of the microphone without a result. */
  drop: () => void;
}

async function asWav(recorded: Blob): Promise<Blob | null> {
  const context = new OfflineAudioContext(1, 1, RATE_HZ); // decodes to its own rate
  const decoded = await context.decodeAudioData(await recorded.arrayBuffer());
  if (decoded.length === 0) return null;
  const mono = new Float32Array(decoded.length);
  for (let channel = 0; channel < decoded.numberOfChannels; channel += 1) {
    const samples = decoded.getChannelData(channel);
    for (const [at, sample] of samples.entries()) mono[at] = (mono[at] ?? 0) + sample / decoded.numberOfChannels;
  }
  return new Blob([wavOf(mono.subarray(0, MOST_S * RATE_HZ))], { type: "audio/wav" });
}

/** Begin to record. Rejects when the browser or the person does not allow the microphone. */
export async function beginTake(): Promise<Take> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: false, autoGainControl: false },
  });
  const recorder = new MediaRecorder(stream);
  const pieces: Blob[] = [];
  recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
  const release = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  recorder.start();
  return {
    finish: async () => {
      const ended = new Promise((resolve) => recorder.addEventListener("stop", resolve, { once: true }));
      recorder.stop();
      await ended;
      release();
      return asWav(new Blob(pieces, { type: recorder.mimeType }));
    },
    drop: () => {
      if (recorder.state !== "inactive") recorder.stop();
      release();
    },
  };
}
