/** Queues whose numbers are beyond their limits, until somebody has seen to it; and those of the last day. */
import { Check } from "lucide-react";
import { ApiError, api } from "@/api/client";
import { useResource } from "@/api/resource";
import { formatClock, formatNumber, formatTime } from "@/i18n/format";
import { localText, lookup, useT } from "@/i18n/t";
import type { BoardAlert } from "@/live/protocol";
import { queueName } from "@/live/selectors";
import { Button } from "@/ui/Button";
import { StateChip } from "@/ui/StateChip";
import { showToast } from "@/ui/toasts";
import { keyOf, unitOf } from "./alerts";
import styles from "./board.module.css";
import { Clock } from "./Clocks";

const NONE: readonly BoardAlert[] = [];
const EARLIER_EVERY_MS = 30_000;

function written(metric: string, value: number | null): string {
  if (value === null) return "–";
  const unit = unitOf(metric);
  if (unit === "clock") return formatClock(value);
  return unit === "percent" ? `${formatNumber(value)}%` : formatNumber(value);
}

async function seeTo({ queue_id, metric, level }: BoardAlert): Promise<void> {
  try {
    await api.post("/board/alerts/acknowledge", { queue_id, metric, level });
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure;
    showToast({ tone: "bad", text: failure.message, fix: failure.fix });
  }
}

export function AlertStrip({ alerts = NONE }: { alerts?: readonly BoardAlert[] }) {
  const t = useT();
  return (
    <section aria-label={t("board.alerts")} aria-live="polite" className={styles.alerts}>
      {alerts.map((alert) => {
        const queue = localText(queueName(alert.queue_id), alert.queue_id);
        return (
          <div key={keyOf(alert)} className={styles.alert}>
            <StateChip state={alert.level === "alarm" ? "late" : "wait"}>
              {t(`board.alert.${alert.level}`)}
            </StateChip>
            <strong>{queue}</strong>
            <span>
              {lookup(`board.metric.${alert.metric}`) ?? alert.metric} {written(alert.metric, alert.value)}
              <span className={styles.quiet}>
                {" "}
                {t("board.alert_limit", { limit: written(alert.metric, alert.limit) })}
              </span>
            </span>
            <Clock since={alert.since_at} />
            {alert.acknowledged ? (
              <span className={styles.quiet}>
                {t("board.alert_seen", {
                  name: alert.acknowledged.name,
                  time: formatTime(alert.acknowledged.at),
                })}
              </span>
            ) : (
              <Button
                icon={<Check size={14} aria-hidden="true" />}
                aria-label={t("board.alert_see_of", { queue })}
                onPress={() => void seeTo(alert)}
              >
                {t("board.alert_see")}
              </Button>
            )}
          </div>
        );
      })}
      <Earlier />
    </section>
  );
}

interface PastAlert {
  queue_id: string;
  metric: string;
  level: "warn" | "alarm";
  raised_at: string;
  cleared_at: string;
  acknowledged: { name: string } | null;
}

function Earlier() {
  const t = useT();
  const { data } = useResource<{ earlier: readonly PastAlert[] }>("/board/alerts", EARLIER_EVERY_MS);
  if (!data || data.earlier.length === 0) return null;
  return (
    <details>
      <summary>
        {t("board.alerts_earlier")} <span className={styles.quiet}>{data.earlier.length}</span>
      </summary>
      <ul className={styles.held}>
        {data.earlier.map((alert) => (
          <li key={`${keyOf(alert)} ${alert.raised_at}`} className={styles.heldRow}>
            <span>
              {localText(queueName(alert.queue_id), alert.queue_id)} ·{" "}
              {lookup(`board.metric.${alert.metric}`) ?? alert.metric}
            </span>
            <span className={styles.quiet}>
              {t("board.alert_span", { from: formatTime(alert.raised_at), to: formatTime(alert.cleared_at) })}
              {alert.acknowledged ? ` · ${alert.acknowledged.name}` : ""}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
