/** The ring, made of two soft tones by the browser itself: no file to load, no file to fail. */
let context: AudioContext | null = null;

/** Unlock sound; must be called from a click or key. */
export async function unlockSound(device = ""): Promise<boolean> {
  if (typeof AudioContext === "undefined") return false;
  context ??= new AudioContext();
  await context.resume();
  if (device && "setSinkId" in context && typeof context.setSinkId === "function") {
    await (context.setSinkId as (id: string) => Promise<void>).call(context, device).catch(() => undefined);
  }
  return context.state === "running";
}

function tone(at: AudioContext, hertz: number, start_s: number, long_s: number, volume: number): void {
  const oscillator = at.createOscillator();
  const gain = at.createGain();
  oscillator.type = "sine";
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, start_s);
  gain.gain.linearRampToValueAtTime(volume * 0.4, start_s + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, start_s + long_s);
  oscillator.connect(gain).connect(at.destination);
  oscillator.start(start_s);
  oscillator.stop(start_s + long_s + 0.05);
}

/** Ring once (two notes). `volume` from 0 to 1; silent until `unlockSound` succeeded. */
export function ring(volume: number): void {
  if (context?.state !== "running" || volume <= 0) return;
  const now = context.currentTime;
  tone(context, 659.25, now, 0.5, volume);
  tone(context, 880, now + 0.18, 0.7, volume);
}

/** A telephone's ring: two warbling bursts, not to be taken for a chat. */
export function ringCall(volume: number): void {
  if (context?.state !== "running" || volume <= 0) return;
  for (const burst_s of [0, 0.6]) {
    for (let note = 0; note < 8; note += 1) {
      tone(context, note % 2 === 0 ? 784 : 987.77, context.currentTime + burst_s + note * 0.055, 0.09, volume);
    }
  }
}

/** A short tick for a new message in another conversation. */
export function chime(volume: number): void {
  if (context?.state !== "running" || volume <= 0) return;
  tone(context, 987.77, context.currentTime, 0.18, volume * 0.5);
}

export function soundReady(): boolean {
  return context?.state === "running";
}
