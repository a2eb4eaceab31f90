/** A line of the timeline with its reasons, in the reader's language. */
import { useResource } from "@/api/resource";
import { localText, useT } from "@/i18n/t";
import type { ContactEvent } from "@/live/events";
import { queueName } from "@/live/selectors";
import { useLive } from "@/live/store";
import { plainWords } from "../names";
import { timelineText } from "./timeline";

const COLLEAGUES_FRESH_MS = 60_000;

export default function FullLine({ event }: { event: ContactEvent }) {
  const t = useT();
  const me = useLive((state) => state.me);
  const { data } = useResource<{ items: readonly { id: string; name: string }[] }>(
    "/colleagues",
    COLLEAGUES_FRESH_MS,
  );
  const names = {
    queue: (id: string | undefined) => localText(queueName(id), id ? plainWords(id) : ""),
    agent: (id: string | undefined) =>
      (me?.id === id ? me?.name : data?.items.find((each) => each.id === id)?.name) ?? null,
  };
  return timelineText(event, names, t) ?? plainWords(event.kind);
}
