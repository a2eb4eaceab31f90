/** Those who would be asked, in their order; then everybody else, by what stands in the way. */
import { formatClock } from "@/i18n/format";
import { localText, lookup, useT } from "@/i18n/t";
import { queueName } from "@/live/selectors";
import { StateChip } from "@/ui/StateChip";
import { type Candidate, grouped } from "./question";
import styles from "./routing.module.css";

export function Answer({ found }: { found: readonly Candidate[] }) {
  const t = useT();
  const { fits, others } = grouped(found);
  const note = (one: Candidate) => {
    if (one.opens_in_s !== null) return ` (${t("admin.routing.opens_in", { time: formatClock(one.opens_in_s) })})`;
    return one.kept_for ? ` (${localText(queueName(one.kept_for), one.kept_for)})` : "";
  };
  return (
    <section className={styles.answer} aria-label={t("admin.routing.answer")} aria-live="polite">
      {fits.length === 0 ? (
        <StateChip state="late">{t("admin.routing.nobody")}</StateChip>
      ) : (
        <ol className={styles.ranked}>
          {fits.map((one) => (
            <li key={one.agent_id}>
              <strong>{one.name}</strong>{" "}
              {one.rank === 1 ? <StateChip state="ok">{t("admin.routing.first")}</StateChip> : null}
            </li>
          ))}
        </ol>
      )}
      {others.size > 0 ? <h3>{t("admin.routing.others")}</h3> : null}
      <dl className={styles.others}>
        {[...others].map(([reason, people]) => (
          <div key={reason} className={styles.reason}>
            <dt>{lookup(`admin.why_not.${reason}`) ?? reason}</dt>
            <dd>{people.map((one) => `${one.name}${note(one)}`).join(", ")}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
