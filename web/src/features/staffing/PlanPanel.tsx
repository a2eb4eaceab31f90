/** The plan that is looked at: progress while it is made; figures and conflicts afterwards. */
import { Square, Trash2, Upload } from "lucide-react";
import { formatNumber, formatPercent } from "@/i18n/format";
import { lookup, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Panel } from "@/ui/Page";
import { StateChip } from "@/ui/StateChip";
import { conflictsOf, madeFor } from "./conflicts";
import {
  awaitsPublishing,
  type Contract,
  clockIn,
  dayIn,
  type Plan,
  type Shift,
  type Violation,
} from "./staffing";
import styles from "./staffing.module.css";

const STATES = { planning: "live", ready: "wait", failed: "late", stopped: "off", published: "ok" } as const;
const MOST_SHOWN = 12;

export interface PlanPanelProps {
  plan: Plan;
  shifts: readonly Shift[];
  violations: readonly Violation[];
  contracts: readonly Contract[];
  zone: string;
  onStop: () => void;
  onPublish: () => void;
  onRemove: () => void;
}

export function PlanPanel(props: PlanPanelProps) {
  const { plan, shifts, violations, contracts, zone, onStop, onPublish, onRemove } = props;
  const t = useT();
  const { result, status, progress } = plan;
  const nameOf = (id: string) => contracts.find((each) => each.agent_id === id)?.name ?? id.slice(-4);
  const shiftText = (id: string) => {
    const shift = shifts.find((each) => each.id === id);
    if (!shift) return "";
    return `${dayIn(zone, shift.start_at)} ${clockIn(zone, shift.start_at)}–${clockIn(zone, shift.end_at)}`;
  };
  const ruleName = (rule: string) => lookup(`staffing.rule.${rule}`) ?? rule;
  const counted = (rules: readonly (readonly [string, number])[]) =>
    rules.map(([rule, count]) => `${ruleName(rule)} ${formatNumber(count)}`).join(" · ");
  const found = result ? conflictsOf(result, shifts, violations) : null;
  const special = madeFor(plan.request).map(([part, value]) => {
    const seconds = part === "within_s" || part === "patience_s";
    return t(`staffing.made.${part}`, { value: seconds ? formatNumber(value) : formatPercent(value) });
  });
  return (
    <Panel
      title={t("staffing.plan")}
      actions={
        <span className={styles.actions}>
          <StateChip state={STATES[status]}>{t(`staffing.status.${status}`)}</StateChip>
          {status === "planning" ? (
            <Button icon={<Square size={13} aria-hidden="true" />} onPress={onStop}>
              {t("staffing.stop")}
            </Button>
          ) : null}
          {awaitsPublishing(plan) ? (
            <Button tone="primary" icon={<Upload size={14} aria-hidden="true" />} onPress={onPublish}>
              {t("staffing.publish")}
            </Button>
          ) : null}
          {status === "planning" ? null : (
            <Button tone="quiet" icon={<Trash2 size={14} aria-hidden="true" />} onPress={onRemove}>
              {t("staffing.discard")}
            </Button>
          )}
        </span>
      }
    >
      {special.length > 0 ? <p>{t("staffing.made_for", { what: special.join(" · ") })}</p> : null}
      <div aria-live="polite">
        {status === "planning" ? (
          <p>
            {t(`staffing.step.${progress.step ?? "start"}`)}{" "}
            {typeof progress.gap === "number"
              ? t("staffing.gap_so_far", { gap: formatPercent(progress.gap, 1) })
              : ""}
          </p>
        ) : null}
        {status === "failed" ? <p>{t("staffing.failed_text")}</p> : null}
        {status === "stopped" && result ? <p>{t("staffing.stopped_text")}</p> : null}
      </div>
      {status === "planning" ? <progress className={styles.progress} aria-label={t("staffing.planning")} /> : null}
      {result ? (
        <>
          <dl className={styles.figures}>
            <Figure name={t("staffing.figure.shifts")} value={formatNumber(result.shifts)} />
            <Figure name={t("staffing.figure.paid")} value={formatNumber(result.paid_h, 1)} />
            <Figure name={t("staffing.figure.missing")} value={formatNumber(result.missing_h, 1)} />
            <Figure name={t("staffing.figure.over")} value={formatNumber(result.over_h, 1)} />
            <Figure
              name={t("staffing.figure.gap")}
              value={result.gap === null ? "–" : formatPercent(result.gap, 1)}
            />
            <Figure name={t("staffing.figure.seconds")} value={formatNumber(result.seconds, 1)} />
          </dl>
          {found && !found.none ? (
            <section aria-label={t("staffing.conflicts")}>
              <h3 className={styles.subhead}>{t("staffing.conflicts")}</h3>
              <ul className={styles.conflicts}>
                {found.missing_h > 0 ? (
                  <li>{t("staffing.missing", { hours: formatNumber(found.missing_h, 1) })}</li>
                ) : null}
                {found.broken.length > 0 ? (
                  <li>
                    {t("staffing.broken_count", { count: violations.length })}{" "}
                    <span className={styles.quiet}>{counted(found.broken)}</span>
                  </li>
                ) : null}
                {found.unfilled.slice(0, MOST_SHOWN).map((one) => (
                  <li key={one.shift_id}>
                    {t("staffing.unfilled", { shift: shiftText(one.shift_id) })}{" "}
                    <span className={styles.quiet}>{counted(Object.entries(one.reasons))}</span>
                  </li>
                ))}
                {found.unfilled.length > MOST_SHOWN ? (
                  <li>{t("staffing.more", { count: found.unfilled.length - MOST_SHOWN })}</li>
                ) : null}
                {found.short.map((one) => (
                  <li key={`${one.agent_id} ${one.week}`}>
                    {t("staffing.short", {
                      name: nameOf(one.agent_id),
                      planned: formatNumber(one.planned_min / 60, 1),
                      promised: formatNumber(one.promised_min / 60, 1),
                    })}
                  </li>
                ))}
              </ul>
            </section>
          ) : (
            <p className={styles.quiet}>{t("staffing.no_conflicts")}</p>
          )}
        </>
      ) : null}
    </Panel>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
