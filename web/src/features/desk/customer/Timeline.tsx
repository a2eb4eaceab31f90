/** Earlier contacts of every kind, newest first; each opens to its words. */
import { useId } from "react";
import { useResource } from "@/api/resource";
import { useT } from "@/i18n/t";
import styles from "./customer.module.css";
import { TimelineEntry } from "./TimelineEntry";
import { type TimelineAnswer, timelinePath } from "./timeline";

export function Timeline({ customer, except }: { customer: string; except: string }) {
  const t = useT();
  const id = useId();
  const { data, error, loading } = useResource<TimelineAnswer>(timelinePath(customer), 30_000);
  const items = (data?.items ?? []).filter((item) => (item.contact_id ?? item.id) !== except);
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h3 id={id}>{t("desk.timeline")}</h3>
      {error ? (
        <p className={styles.quiet}>
          {error.message} {error.fix}
        </p>
      ) : items.length > 0 ? (
        <ol className={styles.timeline}>
          {items.map((item) => (
            <TimelineEntry key={`${item.kind} ${item.contact_id ?? item.id} ${item.at}`} item={item} />
          ))}
        </ol>
      ) : loading ? (
        <p className={styles.quiet}>{t("ui.loading")}</p>
      ) : (
        <p className={styles.quiet}>{t("desk.timeline_empty")}</p>
      )}
    </section>
  );
}
