/** What changed between two documents: asked anew with every revision, and not remembered beyond the one looked at. */
import { useEffect, useState } from "react";
import { ApiError, api } from "@/api/client";
import type { Change } from "./changes";

interface Told {
  readonly address: string;
  readonly changes: readonly Change[] | null;
  readonly error: ApiError | null;
}

/** The differences at an address; null asks for nothing. */
export function useDiff(address: string | null): Omit<Told, "address"> {
  const [told, setTold] = useState<Told | null>(null);
  useEffect(() => {
    if (address === null) return;
    let here = true;
    api.get<{ changes: readonly Change[] }>(address).then(
      ({ changes }) => here && setTold({ address, changes, error: null }),
      (failure: unknown) => {
        if (!(failure instanceof ApiError)) throw failure;
        if (here) setTold({ address, changes: null, error: failure });
      },
    );
    return () => {
      here = false;
    };
  }, [address]);
  return told?.address === address ? told : { changes: null, error: null };
}
