/** Who would hear a draft at this moment; asked again shortly after each change, and every few seconds. */
import { useEffect, useState } from "react";
import { ApiError, api } from "@/api/client";
import { type Draft, draftBody, type Hearing } from "./emergency";

const SOON_MS = 250;
const AGAIN_MS = 5000;

interface Known {
  hearing: Hearing | null;
  problem: string | null;
}

export function useHearing(draft: Draft | null): Known {
  const [known, setKnown] = useState<Known>({ hearing: null, problem: null });
  useEffect(() => {
    if (!draft) return;
    let current = true;
    const ask = async () => {
      try {
        const hearing = await api.post<Hearing>("/emergency/preview", draftBody(draft, Date.now()));
        if (current) setKnown({ hearing, problem: null });
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        if (current) setKnown({ hearing: null, problem: `${failure.message} ${failure.fix}` });
      }
    };
    const soon = setTimeout(() => void ask(), SOON_MS);
    const again = setInterval(() => void ask(), AGAIN_MS);
    return () => {
      current = false;
      clearTimeout(soon);
      clearInterval(again);
    };
  }, [draft]);
  return known;
}
