/** The microphone: asking for it, and why there is none. */
import { preferences } from "@/app/preferences";

export type MicrophoneProblem = "denied" | "no_device" | "taken" | "insecure" | "unknown";

export class NoMicrophone extends Error {
  constructor(readonly problem: MicrophoneProblem) {
    super(problem);
  }
}

/** What a browser's refusal means. Source: https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia */
export function problemOf(name: string): MicrophoneProblem {
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "no_device";
  if (name === "NotReadableError" || name === "AbortError") return "taken";
  return "unknown";
}

const CLEAN: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

async function ask(audio: MediaTrackConstraints): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    throw new NoMicrophone(problemOf(error instanceof DOMException ? error.name : ""));
  }
}

/** The chosen microphone; when it was unplugged, the system's own. Rejects with `NoMicrophone`. */
export async function openMicrophone(device = preferences().microphone): Promise<MediaStreamTrack> {
  if (!navigator.mediaDevices?.getUserMedia) throw new NoMicrophone("insecure");
  let stream: MediaStream;
  try {
    stream = await ask(device ? { ...CLEAN, deviceId: { exact: device } } : CLEAN);
  } catch (error) {
    if (!device || !(error instanceof NoMicrophone) || error.problem !== "no_device") throw error;
    stream = await ask(CLEAN);
  }
  const track = stream.getAudioTracks()[0];
  if (!track) throw new NoMicrophone("no_device");
  return track;
}

/** Ask once, so that no call has to; null when it may be used from now on. */
export async function askForMicrophone(): Promise<MicrophoneProblem | null> {
  try {
    (await openMicrophone()).stop();
    return null;
  } catch (error) {
    if (!(error instanceof NoMicrophone)) throw error;
    return error.problem;
  }
}
