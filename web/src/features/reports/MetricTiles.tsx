/** The figures of the whole period; the chosen one is explained and drawn below. */
import { formatClock, formatPercent } from "@/i18n/format";
import { localText, type T, useT } from "@/i18n/t";
import { type Definition, type Figures, figureOf, type Metric, type Summary, seriesOf } from "./reports";
import styles from "./reports.module.css";
import { Sparkline } from "./Sparkline";
import { showValue } from "./values";

/** What else belongs to a figure. */
function moreOf(metric: Metric, total: Figures, t: T): string {
  if (metric === "volume") return t("reports.more.answered", { count: total.answered });
  if (metric === "csat" && total.csat_good !== null) {
    return t("reports.more.answers", { count: total.csat_answers, share: formatPercent(total.csat_good) });
  }
  if (metric === "wait" && total.wait_p50_s !== null && total.wait_p90_s !== null) {
    return t("reports.more.wait", { p50: formatClock(total.wait_p50_s), p90: formatClock(total.wait_p90_s) });
  }
  if (metric === "abandonment") return t("reports.more.abandoned", { count: total.abandoned });
  return "";
}

export interface MetricTilesProps {
  definitions: readonly Definition[];
  /** By day. */
  summary: Summary;
  metric: Metric;
  onChoose: (metric: Metric) => void;
}

export function MetricTiles({ definitions, summary, metric, onChoose }: MetricTilesProps) {
  const t = useT();
  return (
    <div className={styles.tiles} role="group" aria-label={t("reports.metrics")}>
      {definitions.map(({ id, unit, name, text }) => (
        <button
          key={id}
          type="button"
          className={styles.tile}
          aria-pressed={id === metric}
          title={localText(text)}
          onClick={() => onChoose(id)}
        >
          <span className={styles.tileName}>{localText(name, id)}</span>
          <span className={styles.tileValue}>{showValue(unit, figureOf(id, summary.total))}</span>
          <Sparkline points={seriesOf(summary, id)} />
          <span className={styles.tileMore}>{moreOf(id, summary.total, t)}</span>
        </button>
      ))}
    </div>
  );
}
