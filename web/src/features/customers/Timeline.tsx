/** Contacts of every kind and notes, newest first; a contact opens to its words. */
import { ChevronRight, MessageCircle, Phone, StickyNote } from "lucide-react";
import { useId, useState } from "react";
import { type Customer, type CustomerContact, entriesOf } from "@/api/customers";
import { type Queue, useItems } from "@/api/settings";
import { CallPart, RecordingsList } from "@/app/calls";
import { Link } from "@/app/Link";
import { formatDateTime } from "@/i18n/format";
import { nameOfChannel, nameOfEnding, nameOfIntent, nameOfStatus, plainWords } from "@/i18n/names";
import { localText, useT } from "@/i18n/t";
import { EmptyState } from "@/ui/EmptyState";
import styles from "./customers.module.css";
import { Transcript } from "./Transcript";

function useOutcome(): (contact: CustomerContact) => string {
  const queues = useItems<Queue>("/queues", 300_000).data?.items;
  return ({ status, disposition, disconnect_reason }) => {
    if (disposition) {
      const known = queues?.flatMap((queue) => queue.dispositions).find((each) => each.id === disposition);
      return localText(known?.name, plainWords(disposition));
    }
    return disconnect_reason ? nameOfEnding(disconnect_reason) : nameOfStatus(status);
  };
}

function ContactEntry({ contact, outcome }: { contact: CustomerContact; outcome: string }) {
  const t = useT();
  const id = useId();
  const [open, setOpen] = useState(false);
  const Sign = contact.channel === "voice" ? Phone : MessageCircle;
  const detail = [
    formatDateTime(contact.opened_at),
    nameOfChannel(contact.channel),
    contact.agent_names.join(", "),
    outcome,
    contact.csat === null ? "" : t("customers.csat", { score: contact.csat }),
  ];
  return (
    <li className={styles.entry}>
      <Sign size={15} className={styles.entryIcon} aria-hidden="true" />
      <button
        type="button"
        className={styles.entryHead}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <ChevronRight size={14} className={styles.chevron} aria-hidden="true" />
        <strong>{nameOfIntent(contact.intent)}</strong>
        <span className={styles.quiet}>{detail.filter(Boolean).join(" · ")}</span>
      </button>
      <Link to={`/desk/${contact.id}`} className={styles.open}>
        {t("customers.open")}
      </Link>
      <div id={id} className={styles.entryBody}>
        {open ? <Transcript contact={contact.id} /> : null}
        {open && contact.channel === "voice" ? (
          <CallPart>
            <RecordingsList contact={contact.id} />
          </CallPart>
        ) : null}
      </div>
    </li>
  );
}

export function Timeline({ customer }: { customer: Customer }) {
  const t = useT();
  const outcome = useOutcome();
  const entries = entriesOf(customer);
  return (
    <section aria-labelledby="customer-timeline">
      <h2 id="customer-timeline">
        {t("customers.timeline")} <span className={styles.quiet}>{entries.length}</span>
      </h2>
      {entries.length === 0 ? (
        <EmptyState title={t("customers.timeline_empty")} text={t("customers.timeline_empty_text")} />
      ) : null}
      <ol className={styles.timeline}>
        {entries.map((entry) =>
          entry.type === "contact" ? (
            <ContactEntry key={entry.contact.id} contact={entry.contact} outcome={outcome(entry.contact)} />
          ) : (
            <li key={entry.note.id} className={styles.entry}>
              <StickyNote size={15} className={styles.entryIcon} aria-hidden="true" />
              <div className={styles.noteEntry}>
                <span className={styles.quiet}>
                  {[entry.note.agent_name, formatDateTime(entry.at)].filter(Boolean).join(" · ")}
                </span>
                <p>{entry.note.text}</p>
              </div>
            </li>
          ),
        )}
      </ol>
    </section>
  );
}
