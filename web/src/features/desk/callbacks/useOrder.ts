/** Sending a command about a promised call, and showing why it was refused. */
import { useState } from "react";
import { ApiError, api } from "@/api/client";
import { refresh } from "@/api/resource";
import { showToast } from "@/ui/toasts";

export interface Order {
  busy: boolean;
  error: string | null;
  send: (contact: string, command: object, said: string, done: () => void) => Promise<void>;
}

export function useOrder(): Order {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const send = async (contact: string, command: object, said: string, done: () => void) => {
    setBusy(true);
    setError(null);
    try {
      await api.post(`/contacts/${contact}/commands`, { cid: crypto.randomUUID(), c: command });
      showToast({ tone: "good", text: said });
      refresh("/callbacks");
      done();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(`${failure.message} ${failure.fix}`);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, send };
}
