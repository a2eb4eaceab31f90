/** Two versions of the journey in hand, compared by lot: begin, watch, end. */
import { useEffect, useRef, useState } from "react";
import { api } from "@/api/client";
import { refresh, useResource } from "@/api/resource";
import { useSending } from "@/api/sending";
import { hasRole } from "@/app/session";
import { formatDateTime, formatNumber, formatPercent } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { ConfirmDialog } from "@/ui/Dialog";
import { type State, StateChip } from "@/ui/StateChip";
import type { PaneProps } from "../seams";
import { BeginForm } from "./BeginForm";
import { type Arm, points, progressOf, type Verdict, type Watched } from "./experiment";
import styles from "./experiment.module.css";

const EVERY_MS = 10_000;
const STATES: Readonly<Record<Verdict, State>> = {
  undecided: "wait",
  a_better: "ok",
  b_better: "ok",
  no_difference: "off",
};

interface Published {
  readonly versions: readonly { readonly version: number }[];
}

function Rate({ arm }: { arm: Arm }) {
  const t = useT();
  if (arm.rate === null) return <>–</>;
  return (
    <>
      {t("reasons.exp.rate", {
        rate: formatPercent(arm.rate, 1),
        low: formatPercent(arm.interval.low, 1),
        high: formatPercent(arm.interval.high, 1),
      })}{" "}
      <span className={styles.quiet}>
        {t("reasons.exp.counts", { contacts: formatNumber(arm.contacts), successes: formatNumber(arm.successes) })}
      </span>
    </>
  );
}

function Comparison({ watched, journey, editable }: { watched: Watched; journey: string; editable: boolean }) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const { busy, problem, send } = useSending();
  const { split, comparison, unsettled } = watched;
  const { a, b, difference, difference_interval: range } = comparison;
  const address = `/journeys/${journey}/splits`;
  const end = () =>
    send(async () => {
      await api.post(`${address}/${split.id}/end`);
      refresh(address);
    });
  return (
    <article
      className={styles.card}
      aria-label={t("reasons.exp.versions", { a: split.version_a, b: split.version_b })}
    >
      <header className={styles.head}>
        <h2>{t("reasons.exp.versions", { a: split.version_a, b: split.version_b })}</h2>
        <StateChip state={split.ended_at ? "off" : "live"}>
          {t(split.ended_at ? "reasons.exp.ended" : "reasons.exp.running")}
        </StateChip>
        <StateChip state={STATES[comparison.verdict]}>{t(`reasons.exp.verdict.${comparison.verdict}`)}</StateChip>
      </header>
      <p className={styles.quiet}>
        {t(`reasons.exp.metric.${split.metric}`)} · {formatDateTime(split.began_at)}
        {split.ended_at ? ` – ${formatDateTime(split.ended_at)}` : null}
      </p>
      <dl className={styles.facts}>
        <dt>{t("reasons.exp.version_a")}</dt>
        <dd>
          <Rate arm={a} />
        </dd>
        <dt>{t("reasons.exp.version_b")}</dt>
        <dd>
          <Rate arm={b} />
        </dd>
        <dt>{t("reasons.exp.difference_now")}</dt>
        <dd>
          {difference === null
            ? "–"
            : t("reasons.exp.rate", {
                rate: points(difference),
                low: points(range.low),
                high: points(range.high),
              })}
        </dd>
        <dt>{t("reasons.exp.p")}</dt>
        <dd>{formatNumber(comparison.p, 3)}</dd>
      </dl>
      <p className={styles.quiet}>{t("reasons.exp.difference_note")}</p>
      <progress
        value={progressOf(watched)}
        max={1}
        aria-label={t("reasons.exp.progress", {
          needed: formatNumber(split.needed),
          settled: formatNumber(a.contacts + b.contacts),
        })}
      />
      <p>
        {t("reasons.exp.progress", {
          needed: formatNumber(split.needed),
          settled: formatNumber(a.contacts + b.contacts),
        })}{" "}
        {unsettled > 0 ? t("reasons.exp.unsettled", { count: formatNumber(unsettled) }) : null}
      </p>
      {problem ? (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      ) : null}
      {editable && !split.ended_at ? (
        <Button isPending={busy} onPress={() => setAsking(true)}>
          {t("reasons.exp.end")}
        </Button>
      ) : null}
      <ConfirmDialog
        title={t("reasons.exp.end")}
        open={asking}
        onClose={() => setAsking(false)}
        confirm={t("reasons.exp.end")}
        onConfirm={() => void end()}
      >
        {t("reasons.exp.end_text")}
      </ConfirmDialog>
    </article>
  );
}

export default function ExperimentPane({ designer }: PaneProps) {
  const t = useT();
  const known = designer.base_version > 0;
  const address = known ? `/journeys/${designer.id}/splits` : null;
  const { data, error, reload } = useResource<{ items: readonly Watched[] }>(address, 0);
  const published = useResource<Published>(known ? `/journeys/${designer.id}` : null);
  const items = data?.items ?? [];
  const running = items.some((one) => one.split.ended_at === null);
  const editable = hasRole("designer", "admin");
  const room = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!running) return;
    const look = () => {
      // Nobody looks at a pane behind another one, or at a page behind other windows.
      if (!document.hidden && room.current?.offsetParent) void reload();
    };
    const timer = setInterval(look, EVERY_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [running, reload]);
  const failed = error ?? published.error;
  // Nothing is said of what is not known yet.
  const told = !known || (data && published.data);
  const versions = (published.data?.versions ?? []).map((one) => one.version);
  return (
    <div ref={room} className={classes(styles.pane, styles.room)}>
      <p className={styles.quiet}>{t("reasons.exp.lead")}</p>
      {failed ? (
        <p role="alert" className={styles.problem}>{`${failed.message} ${failed.fix}`}</p>
      ) : told ? null : (
        <p aria-busy="true" className={styles.quiet}>
          {t("ui.loading")}
        </p>
      )}
      {editable && told && !running ? <BeginForm journey={designer.id} versions={versions} /> : null}
      <section className={styles.pane} aria-label={t("reasons.exp.history")}>
        {told && items.length === 0 ? <p className={styles.quiet}>{t("reasons.exp.none")}</p> : null}
        {items.map((one) => (
          <Comparison key={one.split.id} watched={one} journey={designer.id} editable={editable} />
        ))}
      </section>
    </div>
  );
}
