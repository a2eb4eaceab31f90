/** The plan that is looked at: progress while it is made; figures and conflicts afterwards. */
import { Square, Trash2, Upload } from "lucide-react";
import { formatNumber, formatPercent } from "@/i18n/format";
import { lookup, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Panel } from "@/ui/Page";
import { StateChip } from "@/ui/StateChip";
import { awaitsPublishing, type Contract, clockIn, dayIn, type Plan, type Shift } from "./staffing";
import styles from "./staffing.module.css";

const STATES = { planning: "live", ready: "wait", failed: "late", stopped: "off", published: "ok" } as const;
const MOST_SHOWN = 12;

export interface PlanPanelProps {
  plan: Plan;
  shifts: readonly Shift[];
  contracts: readonly Contract[];
  zone: string;
  onStop: () => void;
  onPublish: () => void;
  onRemove: () => void;
}

export function PlanPanel({ plan, shifts, contracts, zone, onStop, onPublish, onRemove }: PlanPanelProps) {
  const t = useT();
  const { result, status, progress } = plan;
  const nameOf = (id: string) => contracts.find((each) => each.agent_id === id)?.name ?? id.slice(-4);
  const shiftText = (id: string) => {
    const shift = shifts.find((each) => each.id === id);
    if (!shift) return "";
    return `${dayIn(zone, shift.start_at)} ${clockIn(zone, shift.start_at)}–${clockIn(zone, shift.end_at)}`;
  };
  // What has been filled by hand since is no conflict any more.
  const open = result?.unfilled.filter(
    (one) => shifts.length === 0 || shifts.some((each) => each.id === one.shift_id && each.agent_id === null),
  );
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
          {(open?.length ?? 0) + result.short.length > 0 ? (
            <section aria-label={t("staffing.conflicts")}>
              <h3 className={styles.subhead}>{t("staffing.conflicts")}</h3>
              <ul className={styles.conflicts}>
                {open?.slice(0, MOST_SHOWN).map((one) => (
                  <li key={one.shift_id}>
                    {t("staffing.unfilled", { shift: shiftText(one.shift_id) })}{" "}
                    <span className={styles.quiet}>
                      {Object.entries(one.reasons)
                        .map(
                          ([rule, count]) => `${lookup(`staffing.rule.${rule}`) ?? rule} ${formatNumber(count)}`,
                        )
                        .join(" · ")}
                    </span>
                  </li>
                ))}
                {open && open.length > MOST_SHOWN ? (
                  <li>{t("staffing.more", { count: open.length - MOST_SHOWN })}</li>
                ) : null}
                {result.short.map((one) => (
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
