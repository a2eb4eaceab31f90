/** What the host page's loader and the panel in its frame may tell each other. */

import type { Locale } from "../protocol";

export type ToPanel =
  | { do: "init"; page: string; locale: Locale | null; open: boolean }
  | { do: "shown"; open: boolean }
  | { do: "start"; attributes: unknown }
  | { do: "locale"; locale: Locale };

export type ToHost =
  | { do: "ready" }
  | { do: "close" }
  | { do: "unread"; count: number }
  | { do: "active"; on: boolean }
  | { do: "look"; colour: string; locale: Locale };

const MARK = "warmline:1";

/** Send to one window at one origin, never to "*". */
export function post(target: Window, origin: string, message: ToPanel | ToHost): void {
  target.postMessage({ mark: MARK, ...message }, origin);
}

/** Hear only what the expected window at the expected origin says. */
export function listen<Message extends ToPanel | ToHost>(
  source: () => Window | null | undefined,
  origin: string,
  on: (message: Message) => void,
): void {
  addEventListener("message", (event: MessageEvent<unknown>) => {
    if (event.origin !== origin || event.source !== source()) return;
    const data = event.data as ({ mark?: unknown } & Message) | null;
    if (data?.mark === MARK) on(data);
  });
}
