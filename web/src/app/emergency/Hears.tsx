/** Who hears it: in which line, through which journeys and pages, how many, until when. */
import { Ear } from "lucide-react";
import { formatDateTime } from "@/i18n/format";
import { localText, lookup, useT } from "@/i18n/t";
import type { Hearing } from "./emergency";
import styles from "./emergency.module.css";

export function Hears({ hearing, problem }: { hearing: Hearing | null; problem: string | null }) {
  const t = useT();
  if (problem) return <p role="alert">{problem}</p>;
  if (!hearing) return <p className={styles.quiet}>{t("emergency.counting")}</p>;
  const { queues, journeys, widgets } = hearing;
  return (
    <section className={styles.hears} aria-label={t("emergency.who")}>
      <p className={styles.hearsLine} role="status">
        <Ear size={15} aria-hidden="true" />
        <strong>
          {t("emergency.now", { waiting: hearing.waiting_now, self_service: hearing.self_service_now })}
        </strong>
      </p>
      <dl className={styles.facts}>
        <dt>{t("emergency.until_label")}</dt>
        <dd>{formatDateTime(hearing.ends_at)}</dd>
        <dt>{t("emergency.queues")}</dt>
        <dd>{queues.map(({ id, name, waiting }) => `${localText(name, id)} (${waiting})`).join(", ") || "–"}</dd>
        <dt>{t("emergency.journeys")}</dt>
        <dd>{journeys.map((id) => lookup(`thread.journey.${id}`) ?? id).join(", ") || "–"}</dd>
        <dt>{t("emergency.widgets")}</dt>
        <dd>{widgets.map(({ key, name }) => localText(name, key)).join(", ") || "–"}</dd>
      </dl>
    </section>
  );
}
