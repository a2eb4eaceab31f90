/** Where customers were not understood and what they said there, each with the way to the step. */
import type { ReactNode } from "react";
import { formatDay, formatNumber, languageName } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { EmptyState } from "@/ui/EmptyState";
import type { Misheard, Unheard } from "./unheard";
import styles from "./unheard.module.css";

export interface UnheardStepsProps {
  unheard: Unheard;
  /** What a step is called here. */
  name: (step: Misheard) => string;
  /** How one gets to the step, to add synonyms there. */
  way: (step: Misheard, label: string) => ReactNode;
}

export function UnheardSteps({ unheard, name, way }: UnheardStepsProps) {
  const t = useT();
  if (unheard.steps.length === 0) {
    return <EmptyState title={t("watch.unheard.none")} text={t("watch.unheard.none_text")} />;
  }
  return (
    <>
      <ul className={styles.steps}>
        {unheard.steps.map((step) => {
          const called = name(step);
          return (
            <li key={`${step.journey_id}#${step.path}`} className={styles.step}>
              <div className={styles.head}>
                <b>{called}</b>
                {way(step, t("watch.unheard.open_step", { name: called }))}
              </div>
              <p className={styles.counts}>
                {[
                  step.no_match > 0 ? t("watch.unheard.no_match", { count: step.no_match }) : null,
                  step.no_input > 0 ? t("watch.unheard.no_input", { count: step.no_input }) : null,
                  t("watch.unheard.contacts", { count: step.contacts }),
                  step.handed > 0 ? t("watch.unheard.handed", { count: step.handed }) : null,
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
              {step.phrases.length > 0 ? (
                <ul className={styles.phrases} aria-label={t("watch.unheard.said", { count: step.read })}>
                  {step.phrases.map((phrase) => (
                    <li key={`${phrase.locale} ${phrase.text}`}>
                      <q lang={phrase.locale}>{phrase.text}</q>
                      <span className={styles.quiet}>
                        {t("watch.unheard.times", {
                          count: phrase.times,
                          language: languageName(phrase.locale),
                          day: formatDay(phrase.last_at),
                        })}
                      </span>
                    </li>
                  ))}
                  {step.others > 0 ? (
                    <li className={styles.quiet}>
                      {t("watch.unheard.others", { count: formatNumber(step.others) })}
                    </li>
                  ) : null}
                </ul>
              ) : step.no_match > 0 ? (
                <p className={styles.quiet}>{t("watch.unheard.no_words")}</p>
              ) : null}
            </li>
          );
        })}
      </ul>
      <p className={styles.quiet}>{t("watch.unheard.kept", { days: unheard.kept_days })}</p>
    </>
  );
}
