/** Values that stay calm while others are on their way. */
import { useEffect, useRef, useState } from "react";

/** The last value there was: what is shown stays until the next is there. */
export function useKept<V>(value: V | undefined): V | undefined {
  const kept = useRef(value);
  if (value !== undefined) kept.current = value;
  return kept.current;
}

/** The value once it has not changed for `ms`. */
export function useSettled<V>(value: V, ms: number): V {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
