/** What the checker found: a verdict, how much it walked, and each problem with the path to it. */
import { Copy, X } from "lucide-react";
import { formatNumber } from "@/i18n/format";
import { lookup, useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { StateChip } from "@/ui/StateChip";
import { showToast } from "@/ui/toasts";
import { type CheckAnswer, type Problem, pathFile, problemName, type Report } from "./check";
import styles from "./journeys.module.css";
import { PathTranscript } from "./PathTranscript";

function Found({ checked, problem }: { checked: string; problem: Problem }) {
  const t = useT();
  const copy = async () => {
    await navigator.clipboard.writeText(pathFile(checked, problem));
    showToast({ tone: "good", text: t("journeys.path_copied") });
  };
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
          <PathTranscript transcript={problem.transcript} />
          {problem.path.length > 0 ? (
            <Button icon={<Copy size={14} aria-hidden="true" />} onPress={() => void copy()}>
              {t("journeys.copy_path")}
            </Button>
          ) : null}
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
        journeys: report.journeys.length,
      })}
    </span>
  );
}

export function CheckReport({ answer, onClose }: { answer: CheckAnswer; onClose: () => void }) {
  const t = useT();
  const problems = answer.reports.flatMap((report) =>
    report.problems.map((problem) => ({ checked: report.journey, problem })),
  );
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
          {problems.map(({ checked, problem }) => (
            <Found
              key={`${checked} ${problem.code} ${problem.journey} ${problem.section} ${problem.text}`}
              checked={checked}
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
