/** Parts of a call wherever they are shown; each is fetched with its words when it is first needed. */
import { type ReactNode, Suspense, useEffect, useState } from "react";
import { type Texts, t, withTexts } from "@/i18n/t";
import type { LiveState } from "@/live/state";
import { useLive } from "@/live/store";
import { showToast } from "@/ui/toasts";
import { Boundary } from "./Boundary";
import { lazy, patiently } from "./fetching";

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
const RecordingPart = lazy(() => withTexts(TEXTS, import("@/features/calls/recordings/RecordingPart")));
const CallFact = lazy(() => withTexts(TEXTS, import("@/features/calls/facts/CallFact")));
const CallNow = lazy(() => withTexts(TEXTS, import("@/features/calls/dial/CallNow")));

export { CallFact, CallNow, Devices, Listen, RecordingPart, RecordingsList };

let told = false;

/** Said once: a page older than the server's files, or no network, when a part was to be fetched. */
function tellMissing(): void {
  if (told) return;
  told = true;
  showToast({
    tone: "bad",
    text: t("shell.part_missing"),
    fix: t("shell.broken_text"),
    action: { label: t("shell.reload"), run: () => location.reload() },
    stays_ms: null,
  });
}

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
    <CallPart>
      <Dock />
    </CallPart>
  ) : null;
}

/** A part of a call inside another screen; the screen neither waits for it nor falls with it. */
export function CallPart({ children }: { children: ReactNode }) {
  return (
    <Boundary fallback={null} onFailed={tellMissing}>
      <Suspense fallback={null}>{children}</Suspense>
    </Boundary>
  );
}

/** Ask for the microphone inside the click that begins a shift; null: it may be used, or nobody could ask. */
export async function askForMicrophone(): Promise<string | null> {
  const fetched = await patiently(() => import("@/features/calls/phone/microphone")).catch(tellMissing);
  const problem = fetched ? await fetched.askForMicrophone() : null;
  if (problem) await dock().catch(tellMissing);
  return problem;
}
