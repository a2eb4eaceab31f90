/** The softphone: carries out the plan, one peer a call, and comes back by itself when the way breaks. */
import { useSyncExternalStore } from "react";
import { askCall, tellCall } from "@/live/asking";
import { type AudioMode, CallRefused } from "@/live/calls";
import { onTick } from "@/live/ticker";
import { rememberCall } from "./memory";
import { NoMicrophone, openMicrophone } from "./microphone";
import { Peer, type PeerState } from "./peer";
import { qualityBetween, type Sample, sampleOf } from "./quality";
import { type Seat, takeSeat } from "./seat";
import { playCall, stopCall } from "./speaker";
import { type Leg, type LegAction, type LegRole, type Legs, reduceLegs } from "./state";

/** A short hole in the network heals by itself; a longer one gets a new way. */
const SHAKY_MS = 2500;
const AGAIN_AFTER_MS = [300, 1000, 2000, 4000, 8000];
const LOOK_EVERY_MS = 2000;

interface Line {
  peer: Peer;
  offer: Promise<string>;
  track: MediaStreamTrack | null;
  seat: Seat | null;
  sample: Sample | null;
  timer: ReturnType<typeof setTimeout> | undefined;
}

let legs: Legs = {};
const lines = new Map<string, Line>();
const listeners = new Set<() => void>();
/** Calls to be taken from another window with the next join. */
const forced = new Set<string>();
let stopLooking: (() => void) | null = null;

function dispatch(action: LegAction): void {
  const next = reduceLegs(legs, action);
  if (next === legs) return;
  legs = next;
  for (const listener of [...listeners]) listener();
}

export function currentLegs(): Legs {
  return legs;
}

export function subscribeLegs(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLegs(): Legs {
  return useSyncExternalStore(subscribeLegs, () => legs);
}

export function useLeg(contact: string): Leg | undefined {
  return useSyncExternalStore(subscribeLegs, () => legs[contact]);
}

function release(contact: string): void {
  const line = lines.get(contact);
  if (!line) return;
  lines.delete(contact);
  clearTimeout(line.timer);
  line.peer.close();
  line.track?.stop();
  line.seat?.leave();
  stopCall(contact);
  if (lines.size === 0) {
    stopLooking?.();
    stopLooking = null;
  }
}

function fail(contact: string, trouble: NonNullable<Leg["trouble"]>): void {
  release(contact);
  dispatch({ do: "phase", contact, phase: "failed", trouble });
}

function tryAgain(contact: string, trouble: NonNullable<Leg["trouble"]> = "no_way"): void {
  const leg = legs[contact];
  if (!leg) return;
  release(contact);
  if (leg.losses >= AGAIN_AFTER_MS.length) {
    dispatch({ do: "phase", contact, phase: "failed", trouble });
    return;
  }
  dispatch({ do: "phase", contact, phase: "lost" });
  setTimeout(() => {
    if (legs[contact]?.phase === "lost") void joinCall(contact, leg.role, leg.mode, true);
  }, AGAIN_AFTER_MS[leg.losses]);
}

function onPeer(contact: string, state: PeerState): void {
  const line = lines.get(contact);
  if (!line) return;
  clearTimeout(line.timer);
  if (state === "up") {
    dispatch({ do: "phase", contact, phase: "up" });
    if (legs[contact]?.role === "own") rememberCall(contact);
  } else if (state === "down") tryAgain(contact);
  else line.timer = setTimeout(() => tryAgain(contact), SHAKY_MS);
}

function look(): void {
  for (const [contact, line] of lines) {
    if (legs[contact]?.phase !== "up") continue;
    void line.peer.stats().then((report) => {
      const sample = sampleOf(report.entries(), Date.now());
      if (!sample || lines.get(contact) !== line) return;
      if (line.sample && sample.at_ms - line.sample.at_ms < LOOK_EVERY_MS) return;
      if (line.sample) dispatch({ do: "quality", contact, quality: qualityBetween(line.sample, sample) });
      line.sample = sample;
    });
  }
}

/** Get microphone and offer ready; nothing is sent yet. False when that did not work. */
async function prepare(contact: string, role: LegRole, mode: AudioMode, again: boolean): Promise<boolean> {
  release(contact);
  dispatch({ do: "open", contact, role, mode, again });
  const opened = legs[contact];
  let track: MediaStreamTrack | null = null;
  try {
    // Who only listens needs no microphone.
    track = mode === "listen" ? null : await openMicrophone();
  } catch (error) {
    if (!(error instanceof NoMicrophone)) throw error;
    fail(contact, error.problem);
    return false;
  }
  const now = legs[contact];
  if (now?.phase !== "preparing" || now.role !== opened?.role || lines.has(contact)) {
    track?.stop();
    return false;
  }
  if (track) track.enabled = !now.muted;
  const peer = new Peer(track, {
    heard: (stream) => playCall(contact, stream),
    changed: (state) => onPeer(contact, state),
  });
  const line: Line = { peer, offer: peer.offer(), track, seat: null, sample: null, timer: undefined };
  lines.set(contact, line);
  stopLooking ??= onTick(look);
  await line.offer;
  if (lines.get(contact) === line && legs[contact]?.phase === "preparing") {
    dispatch({ do: "phase", contact, phase: "ready" });
  }
  return lines.get(contact) === line;
}

export function prepareCall(contact: string): Promise<boolean> {
  return prepare(contact, "own", "talk", false);
}

/** Bring my audio to a call. `force` takes it from another window of mine. */
export async function joinCall(
  contact: string,
  role: LegRole,
  mode: AudioMode,
  again = false,
  force = false,
): Promise<void> {
  if (force) forced.add(contact);
  const phase = legs[contact]?.phase;
  if (phase === "joining" || (phase === "preparing" && !force)) return;
  if (phase !== "ready" && !(await prepare(contact, role, mode, again))) return;
  const line = lines.get(contact);
  if (!line || legs[contact]?.phase !== "ready") return;
  dispatch({ do: "phase", contact, phase: "joining" });
  line.seat = await takeSeat(contact, forced.delete(contact), () => leaveToOther(contact));
  if (!line.seat) return leaveToOther(contact);
  try {
    const { sdp } = await askCall({ t: "call_join", contact, sdp: await line.offer, mode });
    if (lines.get(contact) === line && sdp) await line.peer.answer(sdp);
  } catch (error) {
    if (lines.get(contact) !== line) return;
    if (!(error instanceof CallRefused)) return fail(contact, "no_way");
    // Without a socket there is nobody to ask: the plan begins anew when it is back.
    if (error.body.code === "offline" && legs[contact]?.role === "own") {
      release(contact);
      dispatch({ do: "close", contact });
    } else if (error.body.code === "offline" || error.body.code === "timeout") tryAgain(contact);
    // The desk may know that a call is mine before the call does.
    else if (legs[contact]?.role === "own" && error.body.code.startsWith("call.")) tryAgain(contact, "refused");
    else fail(contact, "refused");
  }
}

function leaveToOther(contact: string): void {
  release(contact);
  dispatch({ do: "phase", contact, phase: "elsewhere" });
}

/** Take my audio away, and say so; the contact goes on. */
export function leaveCall(contact: string): void {
  const leg = legs[contact];
  if (!leg) return;
  release(contact);
  rememberCall(null);
  tellCall({ t: "call_leave", contact });
  if (leg.role === "own") dispatch({ do: "phase", contact, phase: "left" });
  else dispatch({ do: "close", contact });
}

/** The call is over for me: nothing to say to anybody. */
export function closeCall(contact: string): void {
  release(contact);
  if (legs[contact]?.role === "own") rememberCall(null);
  dispatch({ do: "close", contact });
}

export function adoptCall(contact: string, role: LegRole): void {
  dispatch({ do: "role", contact, role });
  rememberCall(contact);
}

export function muteCall(contact: string, muted: boolean): void {
  const track = lines.get(contact)?.track;
  if (track) track.enabled = !muted;
  dispatch({ do: "mute", contact, muted });
}

/** A supervisor changes how they take part; the microphone is opened with the first word they may say. */
export async function changeMode(contact: string, mode: AudioMode): Promise<void> {
  const line = lines.get(contact);
  if (!line) return;
  try {
    if (mode !== "listen" && !line.track) {
      line.track = await openMicrophone();
      await line.peer.send(line.track);
    }
    await askCall({ t: "call_mode", contact, mode });
    dispatch({ do: "mode", contact, mode });
  } catch (error) {
    if (error instanceof NoMicrophone) dispatch({ do: "phase", contact, phase: "up", trouble: error.problem });
    else if (!(error instanceof CallRefused)) throw error;
  }
}

/** Keys to the other side: the engine sends them as that side's telephone expects. */
export function pressKeys(contact: string, keys: string, party?: string): void {
  tellCall({ t: "call_keys", contact, keys, ...(party ? { party } : {}) });
}

/** Another microphone was chosen: calls that go on take it at once. */
export async function changeMicrophone(): Promise<void> {
  for (const [contact, line] of lines) {
    if (!line.track) continue;
    const track = await openMicrophone();
    track.enabled = !legs[contact]?.muted;
    await line.peer.send(track);
    line.track.stop();
    line.track = track;
  }
}
