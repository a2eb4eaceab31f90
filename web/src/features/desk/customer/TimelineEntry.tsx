/** One earlier contact or note: when, where, about what, how it ended; a contact opens to its words. */
import { ChevronRight, StickyNote } from "lucide-react";
import { useId, useState } from "react";
import type { CustomerContact, CustomerNote, Entry } from "@/api/customers";
import { formatDate, formatTime } from "@/i18n/format";
import { lookup, useT } from "@/i18n/t";
import { ChannelIcon } from "../ChannelIcon";
import { useDispositionName } from "../dispositions";
import { intentName } from "../names";
import styles from "./customer.module.css";
import { EarlierTranscript } from "./EarlierTranscript";

function When({ at, more }: { at: string; more: readonly (string | null | undefined)[] }) {
  return (
    <span className={styles.entryMeta}>
      <time dateTime={at}>
        {formatDate(at)} {formatTime(at)}
      </time>
      {more
        .filter(Boolean)
        .map((word) => ` · ${word}`)
        .join("")}
    </span>
  );
}

function NoteEntry({ note }: { note: CustomerNote }) {
  const t = useT();
  return (
    <li className={styles.entry}>
      <span className={styles.entryIcon}>
        <StickyNote size={13} aria-hidden="true" />
      </span>
      <span className={styles.entryTitle}>{t("thread.note")}</span>
      <p>
        <When at={note.created_at} more={[note.agent_name]} />
      </p>
      <p className={styles.entryText}>{note.text}</p>
    </li>
  );
}

function ContactEntry({ contact }: { contact: CustomerContact }) {
  const t = useT();
  const id = useId();
  const [open, setOpen] = useState(false);
  const dispositionName = useDispositionName();
  const ended = contact.disposition
    ? dispositionName(contact.disposition)
    : contact.disconnect_reason
      ? lookup(`desk.reason.${contact.disconnect_reason}`)
      : null;
  const csat = contact.csat === null ? null : t("desk.csat", { score: contact.csat });
  return (
    <li className={styles.entry}>
      <button
        type="button"
        className={styles.entryHead}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <span className={styles.entryIcon}>
          <ChannelIcon channel={contact.channel} size={13} />
        </span>
        <span className={styles.entryTitle}>{intentName(contact.intent, t)}</span>
        <ChevronRight size={14} className={styles.chevron} aria-hidden="true" />
        <When at={contact.opened_at} more={[contact.agent_names.join(", "), ended, csat]} />
      </button>
      <div id={id}>{open ? <EarlierTranscript contact={contact.id} /> : null}</div>
    </li>
  );
}

export function TimelineEntry({ entry }: { entry: Entry }) {
  return entry.type === "note" ? <NoteEntry note={entry.note} /> : <ContactEntry contact={entry.contact} />;
}
