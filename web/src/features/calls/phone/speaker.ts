/** Where the other side is heard. */
import { preferences } from "@/app/preferences";

const playing = new Map<string, HTMLAudioElement>();

async function choose(audio: HTMLAudioElement): Promise<void> {
  if (typeof audio.setSinkId !== "function") return;
  // A headset that was unplugged must not silence the call: then it is the system's own.
  await audio.setSinkId(preferences().speaker).catch(() => audio.setSinkId("").catch(() => undefined));
}

export function playCall(contact: string, stream: MediaStream): void {
  const audio = playing.get(contact) ?? new Audio();
  playing.set(contact, audio);
  audio.autoplay = true;
  audio.srcObject = stream;
  void choose(audio);
  void audio.play().catch(() => undefined);
}

/** The chosen device changed. */
export function moveSpeakers(): void {
  for (const audio of playing.values()) void choose(audio);
}

export function stopCall(contact: string): void {
  const audio = playing.get(contact);
  if (audio) audio.srcObject = null;
  playing.delete(contact);
}
