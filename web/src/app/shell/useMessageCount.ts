/** How many messages left by telephone nobody has heard, kept fresh: by the desk's news, and now and then without. */
import { useEffect } from "react";
import { COUNT_PATH, type MessageCounts, refreshMessages } from "@/api/messages";
import { useResource } from "@/api/resource";
import { useLive } from "@/live/store";

const EVERY_MS = 60_000;
/** Every desk of the company hears the same news: they do not all ask in the same instant. */
const SPREAD_MS = 800;

export function useMessageCount(may: boolean): number {
  const { data, reload } = useResource<MessageCounts>(may ? COUNT_PATH : null, EVERY_MS);
  const news = useLive((state) => state.message_news);
  useEffect(() => {
    if (!may || news === 0) return;
    const asking = setTimeout(refreshMessages, Math.random() * SPREAD_MS);
    return () => clearTimeout(asking);
  }, [may, news]);
  useEffect(() => {
    const timer = setInterval(() => void reload(), EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);
  return may ? (data?.unheard ?? 0) : 0;
}
