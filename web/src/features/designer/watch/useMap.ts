/** A map that stays as new as the contacts: asked again when something moved, while somebody looks. */
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { ApiError, api } from "@/api/client";
import type { JourneyMap } from "./map";

/** With what the server gathers and the answer itself, a step shows within a second. */
const PULSE_MS = 500;
/** A map that takes long to count is asked for less often: at most this share of the time goes into it. */
const BUSY_SHARE = 1 / 3;

interface Watched {
  map: JourneyMap | null;
  error: ApiError | null;
  reload: () => void;
}

/** The map at `address`; null asks for nothing. It lives while `shown` is on the screen and the page is in front. */
export function useMap(address: string | null, shown: RefObject<HTMLElement | null>): Watched {
  const [found, setFound] = useState<{ address: string; map: JourneyMap } | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const wanted = useRef(address);
  wanted.current = address;
  const load = useCallback(async () => {
    if (address === null) return;
    try {
      const map = await api.get<JourneyMap>(address);
      if (wanted.current !== address) return;
      setFound({ address, map });
      setError(null);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      if (wanted.current === address) setError(failure);
    }
  }, [address]);
  useEffect(() => {
    let known = -1;
    let timer = 0;
    let over = false;
    let took_ms = 0;
    const look = async () => {
      if (!document.hidden && shown.current?.offsetParent) {
        try {
          const { at_ms } = await api.get<{ at_ms: number }>("/watch/pulse");
          if (at_ms !== known && !over) {
            known = at_ms;
            const begun_ms = performance.now();
            await load();
            took_ms = performance.now() - begun_ms;
          }
        } catch (failure) {
          if (!(failure instanceof ApiError)) throw failure;
          if (!over) setError(failure);
        }
      }
      if (!over) timer = window.setTimeout(() => void look(), Math.max(PULSE_MS, took_ms * (1 / BUSY_SHARE - 1)));
    };
    void look();
    return () => {
      over = true;
      window.clearTimeout(timer);
    };
  }, [load, shown]);
  return { map: found && found.address === address ? found.map : null, error, reload: () => void load() };
}
