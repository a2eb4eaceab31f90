/** Earlier contacts of every kind, newest first; each opens to its words. */
import { useId } from "react";
import { type Customer, entriesOf } from "@/api/customers";
import type { Resource } from "@/api/resource";
import { useT } from "@/i18n/t";
import styles from "./customer.module.css";
import { TimelineEntry } from "./TimelineEntry";

export function Timeline({ customer, except }: { customer: Resource<Customer>; except: string }) {
  const t = useT();
  const id = useId();
  const { data, error, loading } = customer;
  const entries = data ? entriesOf(data, except) : [];
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h3 id={id}>{t("desk.timeline")}</h3>
      {error ? (
        <p className={styles.quiet}>
          {error.message} {error.fix}
        </p>
      ) : entries.length > 0 ? (
        <ol className={styles.timeline}>
          {entries.map((entry) => (
            <TimelineEntry key={entry.type === "note" ? entry.note.id : entry.contact.id} entry={entry} />
          ))}
        </ol>
      ) : (
        <p className={styles.quiet}>{t(loading ? "ui.loading" : "desk.timeline_empty")}</p>
      )}
    </section>
  );
}
