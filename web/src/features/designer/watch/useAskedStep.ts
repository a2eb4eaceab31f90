/** An address of the designer may ask for a step, as the list of what was not understood does. */
import { useEffect } from "react";
import { useQueryString } from "@/app/router";
import { askedStep } from "../../watch/unheard/unheard";
import type { DesignerStore } from "../model/designer";
import { isStep } from "../model/paths";

/** Choose the step that the address asks for, once, and show what can be changed of it. */
export function useAskedStep(store: DesignerStore | null): void {
  const asked = askedStep(useQueryString());
  useEffect(() => {
    if (!store || asked === null || !isStep(store.state().journey, asked)) return;
    store.choose([asked]);
    store.open("inspector");
  }, [store, asked]);
}
