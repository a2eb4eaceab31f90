/** The tenant's macros, as commands for ⌘K and the `/` list. */
import { useEffect, useMemo, useRef } from "react";
import { useResource } from "@/api/resource";
import { addCommands } from "@/app/commands";
import { useSession } from "@/app/session";
import { localText } from "@/i18n/t";
import type { Card } from "@/live/protocol";
import { useThread } from "@/live/selectors";
import { trailOf } from "../thread/story";
import { fillMacro, MACROS_PATH, type Macro, type MacrosAnswer } from "./macros";

const NONE: readonly Macro[] = [];

export function useMacroCommands(card: Card, insert: (text: string) => void): readonly Macro[] {
  const { data } = useResource<MacrosAnswer>(MACROS_PATH, 300_000);
  const { me } = useSession();
  const events = useThread(card.id)?.events;
  const values = useMemo(() => trailOf(events ?? []).data, [events]);
  const latest = useRef({ card, insert, values, name: me?.name ?? "" });
  latest.current = { card, insert, values, name: me?.name ?? "" };
  const macros = data?.items ?? NONE;
  useEffect(
    () =>
      addCommands(
        macros.map((macro) => ({
          id: `macro:${macro.id}`,
          title: () => `/${macro.shortcut} ${localText(macro.title)}`,
          group: "macros",
          run: () => {
            const now = latest.current;
            now.insert(fillMacro(macro, now.card, now.name, now.values));
          },
        })),
      ),
    [macros],
  );
  return macros;
}
