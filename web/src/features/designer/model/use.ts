/** The store as React sees it. */
import { startTransition, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { flushSync } from "react-dom";
import { type Prompt, useItems } from "@/api/settings";
import { useLocale } from "@/i18n/t";
import { textIn } from "../../journeys/prompts";
import type { Designer } from "../seams";
import type { DesignerState, DesignerStore } from "./designer";
import { paneId } from "./keys";
import { afterPicture } from "./picture";
import type { Texts } from "./words";

/** One part of the state: who reads it is drawn again only when that part changes. */
export function useDesignerPart<Part>(store: DesignerStore, part: (state: DesignerState) => Part): Part {
  return useSyncExternalStore(store.subscribe, () => part(store.state()));
}

export function useDesigner(store: DesignerStore, pane: string): Designer {
  return useSyncExternalStore(store.subscribe, () => store.view(pane));
}

/** How long nothing must change for panes to follow, in ms: longer than a key that is held down takes to repeat. */
const REST_MS = 40;

/**
 * As above for a pane that may be hidden, and whose drawing may wait: outline and canvas answer first, and the pane
 * follows when they rest, unless somebody is at work in it. Hidden, it stays as it was last seen.
 */
export function useSeenDesigner(store: DesignerStore, pane: string, seen: boolean): Designer {
  const [shown, setShown] = useState(() => store.view(pane));
  useEffect(() => {
    if (!seen) return;
    const room = document.getElementById(paneId(pane));
    let stop: (() => void) | null = null;
    const take = () => {
      stop?.();
      stop = null;
      setShown(store.view(pane));
    };
    const changed = () => {
      if (room?.contains(document.activeElement)) take();
      else {
        stop?.();
        stop = afterPicture(() => startTransition(take), REST_MS);
      }
    };
    // Who comes into the pane finds it as it is: nothing is typed into the form of the step before.
    const entered = () => flushSync(take);
    take();
    const leave = store.subscribe(changed);
    room?.addEventListener("focusin", entered);
    room?.addEventListener("pointerdown", entered, { capture: true });
    return () => {
      stop?.();
      leave();
      room?.removeEventListener("focusin", entered);
      room?.removeEventListener("pointerdown", entered, { capture: true });
    };
  }, [store, pane, seen]);
  return shown;
}

/** What prompts say in the reader's language. */
export function usePromptTexts(): Texts {
  const locale = useLocale();
  const prompts = useItems<Prompt>("/prompts", 60_000).data?.items;
  return useMemo(() => textIn(prompts ?? [], locale), [prompts, locale]);
}
