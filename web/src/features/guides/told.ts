/** The guides beside a contact as they are now: told at once when another screen goes on with one. */
import { useEffect, useRef, useState } from "react";
import { useResource } from "@/api/resource";
import { useLocale } from "@/i18n/t";
import { onFrame } from "@/live/socket";
import { behind, type GuidesOf, type Heard, heardOf } from "./guides";

/** A pane that opens asks again: what is in memory may be from before somebody's step. */
const FRESH_MS = 0;
/** An answer that was on its way when the news came is too old; one that stays too old is all there is to read. */
const MOST_TRIES = 3;
const NOTHING: Heard = {};

export interface Told {
  data: GuidesOf | undefined;
  reload: () => Promise<void>;
}

/** `seen`: what the pane shows; `busy`: a step of its own is under way, which tells its outcome itself. */
export function useTold(contact: string, seen: GuidesOf | null, busy: boolean): Told {
  const { data, reload } = useResource<GuidesOf>(`/contacts/${contact}/guides?locale=${useLocale()}`, FRESH_MS);
  const [heard, setHeard] = useState(NOTHING);
  useEffect(
    () =>
      onFrame((frame) => {
        if (frame.t === "guide" && frame.contact === contact) setHeard((before) => heardOf(before, frame));
        // While the line was down, nobody could tell.
        if (frame.t === "welcome") void reload();
      }),
    [contact, reload],
  );
  const tried = useRef({ heard: NOTHING, tries: 0 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: every answer is looked at, also one that changed nothing
  useEffect(() => {
    if (busy || seen === null || !behind(seen, heard)) return;
    if (tried.current.heard !== heard) tried.current = { heard, tries: 0 };
    if (tried.current.tries >= MOST_TRIES) return;
    tried.current.tries += 1;
    void reload();
  }, [seen, heard, busy, reload, data]);
  return { data, reload };
}
