/** The store as React sees it. */
import { useMemo, useSyncExternalStore } from "react";
import { type Prompt, useItems } from "@/api/settings";
import { useLocale } from "@/i18n/t";
import { textIn } from "../../journeys/prompts";
import type { Designer } from "../seams";
import type { DesignerState, DesignerStore } from "./designer";
import type { Texts } from "./words";

export function useDesignerState(store: DesignerStore): DesignerState {
  return useSyncExternalStore(store.subscribe, store.state);
}

export function useDesigner(store: DesignerStore, pane: string): Designer {
  return useSyncExternalStore(store.subscribe, () => store.view(pane));
}

/** What prompts say in the reader's language. */
export function usePromptTexts(): Texts {
  const locale = useLocale();
  const prompts = useItems<Prompt>("/prompts", 60_000).data?.items;
  return useMemo(() => textIn(prompts ?? [], locale), [prompts, locale]);
}
