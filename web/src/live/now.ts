/** The server's time for clocks on the screen, once a second. */
import { useSyncExternalStore } from "react";
import { serverNow_ms } from "./store";
import { onTick } from "./ticker";

let second = Math.floor(Date.now() / 1000);

function subscribe(listener: () => void): () => void {
  return onTick((now_ms) => {
    second = Math.floor(now_ms / 1000);
    listener();
  });
}

/** Server time in ms, changing once a second. */
export function useServerNow(): number {
  useSyncExternalStore(subscribe, () => second);
  return serverNow_ms();
}
