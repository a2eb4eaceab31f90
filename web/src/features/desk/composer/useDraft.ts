/** The text of one conversation in one mode: typed here, kept 500 ms later, and at once before leaving. */
import { useCallback, useEffect, useRef, useState } from "react";
import { type Mode, readDraft, writeDraft } from "./drafts";

const SETTLE_MS = 500;

export interface DraftText {
  text: string;
  setText: (text: string) => void;
  /** Forget it: it was sent. */
  clear: () => void;
}

export function useDraft(contact: string, mode: Mode): DraftText {
  const [text, setShown] = useState(() => readDraft(contact, mode));
  const pending = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    if (pending.current === null) return;
    writeDraft(contact, mode, pending.current);
    pending.current = null;
  }, [contact, mode]);

  useEffect(() => {
    addEventListener("pagehide", flush);
    return () => {
      removeEventListener("pagehide", flush);
      flush();
    };
  }, [flush]);

  const setText = useCallback(
    (next: string) => {
      setShown(next);
      pending.current = next;
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, SETTLE_MS);
    },
    [flush],
  );

  const clear = useCallback(() => {
    clearTimeout(timer.current);
    pending.current = null;
    setShown("");
    writeDraft(contact, mode, "");
  }, [contact, mode]);

  return { text, setText, clear };
}
