/** Refusals of the live socket, told once, in the interface's language. */
import { useEffect } from "react";
import { refusalWords } from "@/api/client";
import { useLive } from "@/live/store";
import { showToast } from "@/ui/toasts";

export function useRefusalToasts(): void {
  const refusal = useLive((state) => state.refusal);
  useEffect(() => {
    if (refusal) showToast({ tone: "bad", ...refusalWords(refusal) });
  }, [refusal]);
}
