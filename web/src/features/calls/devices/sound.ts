/** Trying out the devices of calls: how loud one is, a tone, one's own voice a moment later. */
import { preferences } from "@/app/preferences";
import { openMicrophone } from "../phone/microphone";

const ECHO_AFTER_S = 0.8;
const TONE_HZ = 440;
const TONE_S = 1.2;

async function speakerContext(): Promise<AudioContext> {
  const context = new AudioContext();
  await context.resume();
  const { speaker } = preferences();
  if (speaker && "setSinkId" in context && typeof context.setSinkId === "function") {
    await (context.setSinkId as (id: string) => Promise<void>).call(context, speaker).catch(() => undefined);
  }
  return context;
}

/** A soft tone on the chosen loudspeaker. */
export async function playTone(): Promise<void> {
  const context = await speakerContext();
  const tone = context.createOscillator();
  const gain = context.createGain();
  tone.frequency.value = TONE_HZ;
  gain.gain.setValueAtTime(0, context.currentTime);
  gain.gain.linearRampToValueAtTime(0.25, context.currentTime + 0.05);
  gain.gain.linearRampToValueAtTime(0, context.currentTime + TONE_S);
  tone.connect(gain).connect(context.destination);
  tone.onended = () => void context.close();
  tone.start();
  tone.stop(context.currentTime + TONE_S);
}

/** Loudness of samples between -1 and 1, as 0 to 1 over the 60 dB that matter. */
export function loudness(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < samples.length; at += 1) sum += (samples[at] ?? 0) ** 2;
  const root = Math.sqrt(sum / Math.max(1, samples.length));
  return root === 0 ? 0 : Math.min(1, Math.max(0, 1 + (20 * Math.log10(root)) / 60));
}

export interface Trial {
  stop: () => void;
}

/** Listen to the microphone: `heard` gets its loudness; with `echo` one hears oneself. Rejects with `NoMicrophone`. */
export async function tryMicrophone(echo: boolean, heard: (level: number) => void): Promise<Trial> {
  const track = await openMicrophone();
  const context = await speakerContext();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const meter = context.createAnalyser();
  meter.fftSize = 1024;
  source.connect(meter);
  if (echo) {
    const later = context.createDelay(ECHO_AFTER_S + 0.1);
    later.delayTime.value = ECHO_AFTER_S;
    source.connect(later).connect(context.destination);
  }
  const samples = new Float32Array(meter.fftSize);
  const looking = setInterval(() => {
    meter.getFloatTimeDomainData(samples);
    heard(loudness(samples));
  }, 80);
  return {
    stop: () => {
      clearInterval(looking);
      track.stop();
      void context.close();
    },
  };
}
