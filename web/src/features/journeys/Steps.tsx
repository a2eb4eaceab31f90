/** Steps in order, with their branches indented below them. */
import { CornerDownRight } from "lucide-react";
import { Link } from "@/app/Link";
import { lookup, useT } from "@/i18n/t";
import styles from "./journeys.module.css";
import type { Branch, StepNode } from "./outline";

export interface StepsProps {
  steps: readonly StepNode[];
  texts: ReadonlyMap<string, string>;
  onGo: (section: string) => void;
}

function Limits({ step }: { step: StepNode }) {
  const t = useT();
  const limits = [
    step.attempts === null ? "" : t("journeys.detail.attempts", { count: step.attempts }),
    step.level === null ? "" : t("journeys.detail.level", { level: step.level }),
    step.timeout_s === null ? "" : t("journeys.detail.timeout", { seconds: step.timeout_s }),
    step.overflow_s === null ? "" : t("journeys.detail.overflow", { seconds: step.overflow_s }),
  ].filter(Boolean);
  return limits.length > 0 ? <span className={styles.quiet}>{limits.join(" · ")}</span> : null;
}

function BranchPart({ branch, texts, onGo }: { branch: Branch } & Omit<StepsProps, "steps">) {
  const name =
    branch.name === "option"
      ? `“${texts.get(branch.label ?? "") ?? branch.label ?? "…"}”`
      : (lookup(`journeys.branch.${branch.name}`) ?? branch.name);
  return (
    <li className={styles.branch}>
      <span className={styles.branchName}>
        <CornerDownRight size={13} aria-hidden="true" /> {name}
      </span>
      <Steps steps={branch.steps} texts={texts} onGo={onGo} />
    </li>
  );
}

export function Steps({ steps, texts, onGo }: StepsProps) {
  return (
    <ol className={styles.steps}>
      {steps.map((step) => {
        const { goto, journey, prompt } = step;
        return (
          <li key={step.path} className={styles.step}>
            <span className={styles.stepHead}>
              <span className={styles.stepKind}>{lookup(`journeys.step.${step.kind}`) ?? step.kind}</span>
              {step.detail ? <code>{step.detail}</code> : null}
              {goto ? (
                <button type="button" className={styles.goto} onClick={() => onGo(goto)}>
                  {goto}
                </button>
              ) : null}
              {journey ? (
                <Link to={`/journeys/${journey}`}>{lookup(`thread.journey.${journey}`) ?? journey}</Link>
              ) : null}
              <Limits step={step} />
            </span>
            {prompt ? (
              <span className={styles.says}>
                {texts.get(prompt) ?? "…"}{" "}
                <Link to={`/prompts?key=${encodeURIComponent(prompt)}`} className={styles.promptKey}>
                  {prompt}
                </Link>
              </span>
            ) : null}
            {step.branches.length > 0 ? (
              <ul>
                {step.branches.map((branch) => (
                  <BranchPart key={`${branch.name} ${branch.label}`} branch={branch} texts={texts} onGo={onGo} />
                ))}
              </ul>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}
