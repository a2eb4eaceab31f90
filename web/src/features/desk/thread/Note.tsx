/** A note among colleagues. It must never be taken for a message: colour, dashes, sign and words say so. */
import { StickyNote } from "lucide-react";
import { formatTime } from "@/i18n/format";
import { useT } from "@/i18n/t";
import type { NoteAdded } from "@/live/events";
import { classes } from "@/ui/classes";
import styles from "./thread.module.css";

export function Note({ note, at }: { note: NoteAdded; at: string }) {
  const t = useT();
  return (
    <article className={classes(styles.message, styles.noteRow)}>
      <div className={styles.note}>
        <header className={styles.noteBy}>
          <StickyNote size={12} aria-hidden="true" />
          <strong>{t("thread.note")}</strong> {note.agent_name} <time dateTime={at}>{formatTime(at)}</time>
          <span>{t("thread.note_audience")}</span>
        </header>
        <p className={styles.text}>{note.text}</p>
      </div>
    </article>
  );
}
