/** One earlier contact: when, where, about what, how it ended; opened, its words. */
import { ChevronRight, StickyNote } from "lucide-react";
import { useId, useState } from "react";
import { formatDate, formatTime } from "@/i18n/format";
import { lookup, useT } from "@/i18n/t";
import { ChannelIcon } from "../ChannelIcon";
import { intentName, plainWords } from "../names";
import styles from "./customer.module.css";
import { EarlierTranscript } from "./EarlierTranscript";
import type { TimelineItem } from "./timeline";

export function TimelineEntry({ item }: { item: TimelineItem }) {
  const t = useT();
  const id = useId();
  const [open, setOpen] = useState(false);
  const contact = item.contact_id ?? (item.kind === "note" ? undefined : item.id);
  const note = item.kind?.includes("note");
  const ended = item.disposition
    ? plainWords(item.disposition)
    : item.disconnect_reason
      ? lookup(`desk.reason.${item.disconnect_reason}`)
      : undefined;
  const title = note ? t("thread.note") : intentName(item.intent, t);
  return (
    <li className={styles.entry}>
      <button
        type="button"
        className={styles.entryHead}
        aria-expanded={contact ? open : undefined}
        aria-controls={contact ? id : undefined}
        disabled={!contact}
        onClick={() => setOpen(!open)}
      >
        <span className={styles.entryIcon}>
          {note ? (
            <StickyNote size={13} aria-hidden="true" />
          ) : (
            <ChannelIcon channel={item.channel ?? ""} size={13} />
          )}
        </span>
        <span className={styles.entryTitle}>{title}</span>
        {contact ? <ChevronRight size={14} className={styles.chevron} aria-hidden="true" /> : null}
        <span className={styles.entryMeta}>
          <time dateTime={item.at}>
            {formatDate(item.at)} {formatTime(item.at)}
          </time>
          {ended ? ` · ${ended}` : ""}
          {item.agent ? ` · ${item.agent}` : ""}
          {typeof item.csat === "number" ? ` · ${t("desk.csat", { score: item.csat })}` : ""}
        </span>
      </button>
      {item.summary || item.text ? <p className={styles.entryText}>{item.summary ?? item.text}</p> : null}
      {open && contact ? (
        <div id={id}>
          <EarlierTranscript contact={contact} />
        </div>
      ) : null}
    </li>
  );
}
