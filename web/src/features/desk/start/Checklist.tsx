/** Demo: the first five minutes as five things to do. It goes when asked to, or when all are done. */
import { Circle, CircleCheck, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useDemo } from "@/app/demo";
import { useT } from "@/i18n/t";
import { liveState, subscribeLive } from "@/live/store";
import { IconButton } from "@/ui/Button";
import { classes } from "@/ui/classes";
import styles from "./start.module.css";
import { readSteps, STEPS, type Step, stepsOf, writeSteps } from "./steps";

export function Checklist() {
  const t = useT();
  const demo = useDemo();
  const [done, setDone] = useState<ReadonlySet<Step | "closed">>(readSteps);

  useEffect(
    () =>
      subscribeLive(() => {
        const found = stepsOf(liveState());
        setDone((before) => {
          if ([...found].every((step) => before.has(step))) return before;
          const next = new Set([...before, ...found]);
          writeSteps(next);
          return next;
        });
      }),
    [],
  );

  if (!demo || done.has("closed")) return null;
  const count = STEPS.filter((step) => done.has(step)).length;
  const close = () => {
    const next = new Set<Step | "closed">([...done, "closed"]);
    writeSteps(next);
    setDone(next);
  };
  return (
    <section className={styles.checklist} aria-labelledby="checklist">
      <header className={styles.checkHead}>
        <h2 id="checklist">
          {t(count === STEPS.length ? "desk.checklist_done" : "desk.checklist", {
            done: count,
            all: STEPS.length,
          })}
        </h2>
        <IconButton label={t("desk.checklist_close")} icon={<X size={14} aria-hidden="true" />} onPress={close} />
      </header>
      <div className={styles.progress} aria-hidden="true">
        <span style={{ transform: `scaleX(${count / STEPS.length})` }} />
      </div>
      <ol className={styles.steps}>
        {STEPS.map((step) => (
          <li key={step} className={classes(styles.step, done.has(step) && styles.done)}>
            {done.has(step) ? (
              <CircleCheck size={15} aria-hidden="true" />
            ) : (
              <Circle size={15} aria-hidden="true" />
            )}
            <span>
              {t(`desk.step.${step}`)}
              {done.has(step) ? <span className="visually-hidden"> {t("desk.step_done")}</span> : null}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
