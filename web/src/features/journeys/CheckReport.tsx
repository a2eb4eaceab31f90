/** What the checker found: a verdict, how much it walked, and each problem with the path to it. */
import { X } from "lucide-react";
import { formatNumber } from "@/i18n/format";
import { lookup, useT } from "@/i18n/t";
import { IconButton } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { StateChip } from "@/ui/StateChip";
import { type CheckAnswer, type Problem, problemName, type Report, transcriptLines } from "./check";
import styles from "./journeys.module.css";

const VOICES = {
  customer: styles.saidCustomer,
  bot: styles.saidBot,
  aside: styles.saidAside,
  wrong: styles.saidWrong,
} as const;

function Found({ problem }: { problem: Problem }) {
  const t = useT();
  return (
    <li className={styles.problem}>
      <strong>{problemName(problem.code)}</strong>{" "}
      <span className={styles.quiet}>
        {lookup(`thread.journey.${problem.journey}`) ?? problem.journey} › {problem.section}
      </span>
      <p>
        {problem.text} {problem.fix}
      </p>
      {problem.transcript.length > 0 ? (
        <details>
          <summary>{t("journeys.transcript")}</summary>
          <ol className={styles.transcript}>
            {transcriptLines(problem.transcript).map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a finished transcript never move.
              <li key={at} className={VOICES[line.who]}>
                {line.text}
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </li>
  );
}

function Covered({ report }: { report: Report }) {
  const t = useT();
  return (
    <span className={styles.quiet}>
      {t("journeys.covered", {
        states: formatNumber(report.states),
        transitions: formatNumber(report.transitions),
        paths: formatNumber(report.paths),
        journeys: formatNumber(report.journeys.length),
      })}
    </span>
  );
}

export function CheckReport({ answer, onClose }: { answer: CheckAnswer; onClose: () => void }) {
  const t = useT();
  const problems = answer.reports.flatMap((report) => report.problems);
  const [first, ...others] = answer.reports;
  return (
    <section className={classes(styles.report, !answer.ok && styles.bad)} aria-live="polite">
      <header className={styles.reportHead}>
        <StateChip state={answer.ok ? "ok" : "late"}>
          {answer.ok ? t("journeys.check_ok") : t("journeys.check_bad", { count: problems.length })}
        </StateChip>
        {first ? <Covered report={first} /> : null}
        <IconButton
          label={t("journeys.close_report")}
          icon={<X size={14} aria-hidden="true" />}
          onPress={onClose}
        />
      </header>
      {problems.length > 0 ? (
        <ol className={styles.problems}>
          {problems.map((problem) => (
            <Found
              key={`${problem.code} ${problem.journey} ${problem.section} ${problem.text}`}
              problem={problem}
            />
          ))}
        </ol>
      ) : null}
      {others.length > 0 ? (
        <details>
          <summary>{t("journeys.also")}</summary>
          <ul>
            {others.map((report) => (
              <li key={report.journey}>
                {lookup(`thread.journey.${report.journey}`) ?? report.journey} <Covered report={report} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}
