/** One request of a form or dialog: whether it is under way, and why it was refused. */
import { useState } from "react";
import { ApiError } from "./client";

export interface Sending {
  busy: boolean;
  /** Of the newest try; null when it went through. */
  refusal: ApiError | null;
  /** The refusal in words: what, and what to do. */
  problem: string | null;
  /** Do `work`; a refusal is kept, anything else is thrown. */
  send: (work: () => Promise<void>) => Promise<void>;
}

export function useSending(): Sending {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const send = async (work: () => Promise<void>) => {
    setBusy(true);
    setRefusal(null); // the same refusal once more is news once more, also to a screen reader
    try {
      await work();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setRefusal(failure);
    } finally {
      setBusy(false);
    }
  };
  return { busy, refusal, problem: refusal && `${refusal.message} ${refusal.fix}`, send };
}
