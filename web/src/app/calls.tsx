/** Parts of a call wherever they are shown; each is fetched with its words when it is first needed. */
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { type Texts, withTexts } from "@/i18n/t";
import type { LiveState } from "@/live/state";
import { useLive } from "@/live/store";

const TEXTS: Texts = {
  ko: () => import("@/i18n/catalog.calls.ko"),
  ja: () => import("@/i18n/catalog.calls.ja"),
  en: () => import("@/i18n/catalog.calls.en"),
};
/** The screen itself comes first. */
const SETTLE_MS = 2500;

const dock = () => withTexts(TEXTS, import("@/features/calls/CallDock"));
const Dock = lazy(dock);
const Devices = lazy(() => withTexts(TEXTS, import("@/features/calls/devices/Devices")));
const Listen = lazy(() => withTexts(TEXTS, import("@/features/calls/supervise/Listen")));
const RecordingsList = lazy(() => withTexts(TEXTS, import("@/features/calls/recordings/Recordings")));
const CallFact = lazy(() => withTexts(TEXTS, import("@/features/calls/facts/CallFact")));
const CallNow = lazy(() => withTexts(TEXTS, import("@/features/calls/dial/CallNow")));

export { CallFact, CallNow, Devices, Listen, RecordingsList };

/** A call, or the ring of one: nothing may be fetched after that. */
function pressing(state: LiveState): boolean {
  if (state.rings.length > 0 || Object.keys(state.calls).length > 0) return true;
  return state.mine.some((id) => state.cards[id]?.channel === "voice");
}

/** Above every screen: calls that ring, calls that go on, and the phone itself. */
export function CallSlot() {
  const now = useLive(pressing);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    if (now) setReady(true);
    const waiting = setTimeout(() => setReady(true), SETTLE_MS);
    return () => clearTimeout(waiting);
  }, [now]);
  return ready ? (
    <Suspense fallback={null}>
      <Dock />
    </Suspense>
  ) : null;
}

/** A part of a call inside another screen; the screen does not wait for it. */
export function CallPart({ children }: { children: ReactNode }) {
  return <Suspense fallback={null}>{children}</Suspense>;
}

/** Ask for the microphone inside the click that begins a shift; null: it may be used. */
export async function askForMicrophone(): Promise<string | null> {
  const { askForMicrophone: ask } = await import("@/features/calls/phone/microphone");
  const problem = await ask();
  if (problem) await dock();
  return problem;
}
