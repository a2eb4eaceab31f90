/** Parts of the app that are fetched when the browser is at rest, and then open within the key that opens them. */
import { type ComponentType, useEffect, useState } from "react";
import { lazy } from "./fetching";

/** The screen itself comes first: nothing is fetched for later before that. */
const SETTLE_MS = 1500;

function whenIdle(run: () => void): ReturnType<typeof setTimeout> {
  return setTimeout(() => {
    if (typeof requestIdleCallback === "function") requestIdleCallback(run, { timeout: 2000 });
    else run();
  }, SETTLE_MS);
}

/** Like `lazy`. Once fetched it shows at once, so that letters typed right after the key are not lost. */
export function soon<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
): {
  Part: ComponentType<P>;
  useEarly: () => void;
} {
  let loaded: ComponentType<P> | null = null;
  const fetch = async () => {
    const part = await load();
    loaded = part.default;
    return part;
  };
  const Later = lazy(fetch);

  function Part(props: P) {
    const [Now] = useState<ComponentType<P>>(() => loaded ?? Later);
    return <Now {...props} />;
  }
  // A failed fetch is left to the moment when the part is really needed.
  const useEarly = () =>
    useEffect(() => {
      const waiting = whenIdle(() => void fetch().catch(() => undefined));
      return () => clearTimeout(waiting);
    }, []);
  return { Part, useEarly };
}
