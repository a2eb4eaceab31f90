/** The words of one contact, in order. */
import { useMemo } from "react";
import { useResource } from "@/api/resource";
import { formatTime } from "@/i18n/format";
import { useT } from "@/i18n/t";
import type { StoredEvent } from "@/live/events";
import { classes } from "@/ui/classes";
import { type Line, transcriptOf } from "./customer";
import styles from "./customers.module.css";

const VOICES: Readonly<Record<Line["who"], string | undefined>> = {
  customer: undefined,
  bot: styles.saidBot,
  agent: styles.saidAgent,
  note: styles.saidNote,
};

export function Transcript({ contact }: { contact: string }) {
  const t = useT();
  const { data, error } = useResource<{ events: readonly StoredEvent[] }>(`/contacts/${contact}`, 30_000);
  const lines = useMemo(() => transcriptOf(data?.events ?? []), [data]);
  if (error) {
    return (
      <p className={styles.quiet}>
        {error.message} {error.fix}
      </p>
    );
  }
  if (!data) return <p className={styles.quiet}>{t("ui.loading")}</p>;
  if (lines.length === 0) return <p className={styles.quiet}>{t("customers.nothing_said")}</p>;
  return (
    <ol className={styles.transcript}>
      {lines.map((line) => (
        <li key={line.seq} className={classes(styles.line, VOICES[line.who])}>
          <time dateTime={line.at}>{formatTime(line.at)}</time>
          <span className={styles.who}>{line.name ?? t(`customers.said.${line.who}`)}</span>
          <span lang={line.lang}>{line.text}</span>
        </li>
      ))}
    </ol>
  );
}
