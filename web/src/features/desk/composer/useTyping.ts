/** Tells the other side that one types: at most every 3 s, and when one stops for 5 s. */
import { useEffect, useMemo, useRef } from "react";

const TELL_EVERY_MS = 3000;
const STOP_AFTER_MS = 5000;

export interface Typing {
  typed: () => void;
  stop: () => void;
}

export function useTyping(tell: (on: boolean) => void): Typing {
  const latest = useRef(tell);
  latest.current = tell;
  const typing = useMemo(() => {
    let told_ms = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = () => {
      clearTimeout(timer);
      if (told_ms === 0) return;
      told_ms = 0;
      latest.current(false);
    };
    const typed = () => {
      const now_ms = Date.now();
      clearTimeout(timer);
      timer = setTimeout(stop, STOP_AFTER_MS);
      if (now_ms - told_ms < TELL_EVERY_MS) return;
      told_ms = now_ms;
      latest.current(true);
    };
    return { typed, stop };
  }, []);
  useEffect(() => typing.stop, [typing]);
  return typing;
}
