/** One's own shifts, and the private address for one's calendar. */
import { CalendarDays, ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { useResource } from "@/api/resource";
import { formatDay, formatNumber } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Page } from "@/ui/Page";
import { FeedPanel } from "./FeedPanel";
import { addDays, clockIn, dayIn, type Shift, weekOf } from "./staffing";
import styles from "./staffing.module.css";

interface Own {
  time_zone: string;
  shifts: readonly Shift[];
  feed_since: string | null;
}

const WEEKS = 2;

export default function OwnPage() {
  const t = useT();
  const [first, setFirst] = useState(() =>
    weekOf(dayIn(Intl.DateTimeFormat().resolvedOptions().timeZone, new Date())),
  );
  const last = addDays(first, WEEKS * 7 - 1);
  const own = useResource<Own>(`/staffing/own?from=${first}&to=${last}`);
  const zone = own.data?.time_zone ?? "UTC";
  return (
    <Page
      title={t("staffing.own")}
      actions={
        <span className={styles.week}>
          <IconButton
            label={t("staffing.week_before")}
            icon={<ChevronLeft size={16} aria-hidden="true" />}
            onPress={() => setFirst(addDays(first, -7))}
          />
          <span aria-live="polite">{t("staffing.week_of", { day: formatDay(`${first}T12:00:00`) })}</span>
          <IconButton
            label={t("staffing.week_after")}
            icon={<ChevronRight size={16} aria-hidden="true" />}
            onPress={() => setFirst(addDays(first, 7))}
          />
        </span>
      }
    >
      {own.error ? (
        <EmptyState
          title={own.error.message}
          text={own.error.fix}
          action={<Button onPress={() => void own.reload()}>{t("ui.retry")}</Button>}
        />
      ) : own.data ? (
        <div className={styles.stack}>
          {own.data.shifts.length === 0 ? (
            <EmptyState
              icon={<CalendarDays size={20} aria-hidden="true" />}
              title={t("staffing.own_empty")}
              text={t("staffing.own_empty_text")}
            />
          ) : (
            <ol className={styles.own} aria-label={t("staffing.own")}>
              {own.data.shifts.map((shift) => (
                <li key={shift.id}>
                  <strong>{formatDay(`${dayIn(zone, shift.start_at)}T12:00:00`)}</strong>
                  <span>
                    {clockIn(zone, shift.start_at)}–{clockIn(zone, shift.end_at)}
                  </span>
                  <span className={styles.quiet}>
                    {shift.pauses
                      .map(
                        (pause) =>
                          `${t(`staffing.doing.${pause.kind}`)} ${clockIn(zone, pause.start_at)}–${clockIn(zone, pause.end_at)}`,
                      )
                      .join(" · ")}
                  </span>
                  <span className={styles.quiet}>
                    {t("staffing.paid_hours", { hours: formatNumber(shift.paid_min / 60, 1) })}
                  </span>
                </li>
              ))}
            </ol>
          )}
          <FeedPanel since={own.data.feed_since} onChanged={() => void own.reload()} />
        </div>
      ) : (
        <p aria-busy="true" className={styles.quiet}>
          {t("ui.loading")}
        </p>
      )}
    </Page>
  );
}
