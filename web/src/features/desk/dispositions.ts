/** The outcomes an agent may choose from, by queue, and their names. */
import { useResource } from "@/api/resource";
import type { LocalText } from "@/i18n/locale";
import { localText } from "@/i18n/t";
import { plainWords } from "./names";

export interface Disposition {
  id: string;
  name: LocalText;
}

interface QueueSettings {
  id: string;
  dispositions?: readonly Disposition[];
}

const FRESH_MS = 300_000;

function useQueueSettings(): readonly QueueSettings[] | undefined {
  return useResource<{ items: readonly QueueSettings[] }>("/queues", FRESH_MS).data?.items;
}

/** Undefined while they are being fetched. */
export function useDispositions(queue: string | null): readonly Disposition[] | undefined {
  const queues = useQueueSettings();
  return queues && (queues.find((each) => each.id === queue)?.dispositions ?? []);
}

export function useDispositionName(): (id: string) => string {
  const queues = useQueueSettings();
  return (id) => {
    const found = queues?.flatMap((queue) => queue.dispositions ?? []).find((each) => each.id === id);
    return localText(found?.name, plainWords(id));
  };
}
