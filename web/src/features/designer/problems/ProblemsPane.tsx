/** What the checker found: each problem with its reason, its remedy, the way to it, and playing that way. */
import { CirclePlay, Route } from "lucide-react";
import { useEffect, useState } from "react";
import { formatNumber } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { EmptyState } from "@/ui/EmptyState";
import { problemName } from "../../journeys/check";
import { PathTranscript } from "../../journeys/PathTranscript";
import { isStep } from "../model/paths";
import { usePromptTexts } from "../model/use";
import { journeyName, placeName, sectionName, type Texts } from "../model/words";
import type { Designer, PaneProps } from "../seams";
import { placeOfProblem, trailOf } from "./places";
import styles from "./problems.module.css";
import { type FoundProblem, useCheckContext } from "./useCheck";

function keyOf({ checked, code, journey, section, text, channel }: FoundProblem): string {
  return [checked, code, journey, section, channel, text].join(" ");
}

interface FoundProps {
  problem: FoundProblem;
  designer: Designer;
  texts: Texts;
  shown: boolean;
  onShow: () => void;
}

function Found({ problem, designer, texts, shown, onShow }: FoundProps) {
  const t = useT();
  const place = placeOfProblem(problem, designer.id);
  const where = place === null ? null : placeName(designer.journey, place, texts);
  return (
    <li className={classes(styles.problem, shown && styles.shown)}>
      <button type="button" className={styles.head} aria-expanded={shown} onClick={onShow}>
        <strong>{problemName(problem.code)}</strong>
        <span className={styles.quiet}>
          {problem.journey === designer.id ? sectionName(problem.section) : journeyName(problem.journey)}
          {where !== null && where !== sectionName(problem.section) ? ` › ${where}` : ""}
        </span>
      </button>
      <p>
        {problem.text} {problem.fix}
      </p>
      {shown && problem.transcript.length > 0 ? <PathTranscript transcript={problem.transcript} /> : null}
      {shown && problem.path.length > 0 ? (
        <Button
          icon={<CirclePlay size={14} aria-hidden="true" />}
          onPress={() => designer.play({ journey: problem.checked, channel: problem.channel, path: problem.path })}
        >
          {t("designer.play_path")}
        </Button>
      ) : null}
    </li>
  );
}

export default function ProblemsPane({ designer }: PaneProps) {
  const t = useT();
  const texts = usePromptTexts();
  const check = useCheckContext();
  const [open, setOpen] = useState<string | null>(null);
  const { draw } = designer;
  const problem = check.problems.find((each) => keyOf(each) === open) ?? null;
  useEffect(() => {
    const trail = problem === null ? [] : trailOf(problem, designer.id);
    draw(trail.length > 0 ? { of: "problems", trail } : null);
  }, [problem, designer.id, draw]);
  const show = (each: FoundProblem) => {
    const key = keyOf(each);
    setOpen(key === open ? null : key);
    const place = placeOfProblem(each, designer.id);
    if (key === open || place === null) return;
    const step = isStep(designer.journey, place) ? place : `${place}/0`;
    if (isStep(designer.journey, step)) designer.choose([step]);
  };
  if (!designer.editable) {
    return <EmptyState title={t("designer.only_look")} text={t("designer.only_look_text")} />;
  }
  if (check.refused !== null) {
    return (
      <p className={styles.refused} role="alert">
        {check.refused}
      </p>
    );
  }
  const first = check.answer?.reports[0];
  return (
    <div className={styles.problems} aria-busy={check.busy}>
      <p className={styles.quiet} aria-live="polite">
        {check.answer === null
          ? t("journeys.checking")
          : check.answer.ok
            ? t("journeys.check_ok")
            : t("journeys.check_bad", { count: check.problems.length })}
      </p>
      {first ? (
        <p className={styles.quiet}>
          <Route size={12} aria-hidden="true" />{" "}
          {t("journeys.covered", {
            states: formatNumber(first.states),
            transitions: formatNumber(first.transitions),
            paths: formatNumber(first.paths),
            journeys: first.journeys.length,
          })}
        </p>
      ) : null}
      <ol>
        {check.problems.map((each) => (
          <Found
            key={keyOf(each)}
            problem={each}
            designer={designer}
            texts={texts}
            shown={keyOf(each) === open}
            onShow={() => show(each)}
          />
        ))}
      </ol>
    </div>
  );
}
