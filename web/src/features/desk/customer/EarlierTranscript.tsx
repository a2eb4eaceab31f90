/** The words of an earlier contact, small and in order. */
import { useMemo } from "react";
import { useResource } from "@/api/resource";
import { useT } from "@/i18n/t";
import type { StoredEvent } from "@/live/events";
import { wordsOf } from "../names";
import { itemsOf } from "../thread/story";
import styles from "./customer.module.css";

export interface ContactAnswer {
  events: readonly StoredEvent[];
}

export function EarlierTranscript({ contact }: { contact: string }) {
  const t = useT();
  const { data, error } = useResource<ContactAnswer>(`/contacts/${contact}`, 60_000);
  const items = useMemo(() => itemsOf(data?.events ?? []), [data]);
  if (error) return <p className={styles.quiet}>{error.message}</p>;
  if (!data) return <p className={styles.quiet}>{t("ui.loading")}</p>;
  return (
    <ol className={styles.transcript}>
      {items.map((item) => {
        if (item.type === "note") {
          return (
            <li key={item.key} className={styles.transcriptNote}>
              <strong>{t("thread.note")}</strong> {item.note.text}
            </li>
          );
        }
        if (item.type !== "message") return null;
        const { author, agent_name, locale } = item.message;
        const who =
          author === "customer"
            ? t("thread.customer")
            : author === "bot"
              ? t("thread.bot")
              : (agent_name ?? t("thread.agent"));
        return (
          <li key={item.key}>
            <strong>{who}</strong> <span lang={locale}>{wordsOf(item.message, t)}</span>
          </li>
        );
      })}
    </ol>
  );
}
