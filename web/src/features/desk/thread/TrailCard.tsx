/** What self-service did before a person came: the way it went, what it learned, whom it asked. */
import {
  Bot,
  ChevronDown,
  ChevronRight,
  CircleAlert,
  CircleCheck,
  Clock,
  ShieldAlert,
  ShieldCheck,
} from "lucide-react";
import { useId, useState } from "react";
import { formatClock } from "@/i18n/format";
import type { Locale } from "@/i18n/locale";
import { lookup, useT } from "@/i18n/t";
import { dataName, intentName, methodName, sectionName, taskName } from "../names";
import { factsOf, type Trail } from "./story";
import styles from "./trail.module.css";

const MOST_PATH = 8;

export interface TrailCardProps {
  trail: Trail;
  locale: Locale;
  /** Show everything at first: the agent has not answered yet. */
  fresh: boolean;
}

export function TrailCard({ trail, locale, fresh }: TrailCardProps) {
  const t = useT();
  const id = useId();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const open = chosen ?? fresh;
  if (trail.path.length === 0 && trail.data.size === 0 && trail.checks.length === 0) return null;
  const names = trail.path.map((step) => sectionName(step.journey, step.section));
  const path = names.filter((name, index) => name !== names[index - 1]).slice(-MOST_PATH);
  const spent_s =
    trail.began_at && trail.handed_at ? (Date.parse(trail.handed_at) - Date.parse(trail.began_at)) / 1000 : null;
  const facts = factsOf(trail.data);
  return (
    <section className={styles.trail} aria-labelledby="trail">
      <button
        type="button"
        className={styles.head}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setChosen(!open)}
      >
        <Bot size={14} aria-hidden="true" />
        <span id="trail" className={styles.title}>
          {t("thread.trail")}
        </span>
        {trail.intent ? <strong>{intentName(trail.intent, t)}</strong> : null}
        {spent_s === null ? null : (
          <span className={styles.spent}>
            <Clock size={12} aria-hidden="true" /> {formatClock(spent_s)}
          </span>
        )}
        <ChevronDown size={14} className={styles.fold} aria-hidden="true" />
      </button>
      <ol className={styles.path} aria-label={t("thread.path")}>
        {path.map((name, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a path may pass the same place twice.
          <li key={`${name} ${index}`}>
            {index > 0 ? <ChevronRight size={12} aria-hidden="true" /> : null}
            {name}
          </li>
        ))}
      </ol>
      {open ? (
        <div id={id} className={styles.more}>
          <ul className={styles.findings}>
            {trail.checks.slice(-3).map((check) => (
              <li key={check.at} className={check.ok ? styles.good : styles.bad}>
                {check.ok ? (
                  <ShieldCheck size={13} aria-hidden="true" />
                ) : (
                  <ShieldAlert size={13} aria-hidden="true" />
                )}
                {t(
                  check.ok
                    ? "thread.verified"
                    : check.locked
                      ? "thread.identity_locked"
                      : "thread.identity_refused",
                  {
                    method: methodName(check.method),
                  },
                )}
              </li>
            ))}
            {[...trail.tasks].map(([task, { outcome, attempts }]) => (
              <li
                key={task}
                className={outcome === "ok" ? styles.good : outcome === "running" ? undefined : styles.bad}
              >
                {outcome === "ok" ? (
                  <CircleCheck size={13} aria-hidden="true" />
                ) : (
                  <CircleAlert size={13} aria-hidden="true" />
                )}
                {taskName(task)}: {lookup(`thread.outcome.${outcome}`) ?? outcome}
                {attempts > 1 ? ` (${t("thread.attempts", { count: attempts })})` : ""}
              </li>
            ))}
          </ul>
          {facts.length > 0 ? (
            <dl className={styles.facts}>
              {facts.map(([name, value]) => (
                <div key={name}>
                  <dt>{dataName(name)}</dt>
                  <dd lang={locale}>{value}</dd>
                </div>
              ))}
            </dl>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}
