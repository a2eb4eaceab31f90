/** The store as React sees it. */
import { useMemo, useRef, useSyncExternalStore } from "react";
import { type Prompt, useItems } from "@/api/settings";
import { useLocale } from "@/i18n/t";
import { textIn } from "../../journeys/prompts";
import type { Designer } from "../seams";
import type { DesignerState, DesignerStore } from "./designer";
import type { Texts } from "./words";

export function useDesignerState(store: DesignerStore): DesignerState {
  return useSyncExternalStore(store.subscribe, store.state);
}

/** One part of the state: who reads it is drawn again only when that part changes. */
export function useDesignerPart<Part>(store: DesignerStore, part: (state: DesignerState) => Part): Part {
  return useSyncExternalStore(store.subscribe, () => part(store.state()));
}

export function useDesigner(store: DesignerStore, pane: string): Designer {
  return useSyncExternalStore(store.subscribe, () => store.view(pane));
}

/** As above for a pane that may be hidden: it stays as it was last seen, and costs nothing until it is seen again. */
export function useSeenDesigner(store: DesignerStore, pane: string, seen: boolean): Designer {
  const last = useRef<Designer | null>(null);
  return useSyncExternalStore(store.subscribe, () => {
    if (seen || last.current === null) last.current = store.view(pane);
    return last.current;
  });
}

/** What prompts say in the reader's language. */
export function usePromptTexts(): Texts {
  const locale = useLocale();
  const prompts = useItems<Prompt>("/prompts", 60_000).data?.items;
  return useMemo(() => textIn(prompts ?? [], locale), [prompts, locale]);
}
