/** Agents needed and planned, half hour by half hour, as steps. */
import { formatNumber, formatShort } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { ChartFrame } from "@/ui/ChartFrame";
import { ticksOf } from "@/ui/ticks";
import { clockIn, dayIn, type Needs, stepsOf } from "./staffing";
import styles from "./staffing.module.css";

export function NeedsChart({ needs }: { needs: Needs }) {
  const t = useT();
  const wanted = needs.needs.map((each) => each.on_shift);
  const planned = needs.needs.map((each) => each.planned);
  const days = needs.needs.flatMap((each, at) => {
    const day = dayIn(needs.time_zone, each.start_at);
    const begins = at === 0 || day !== dayIn(needs.time_zone, needs.needs[at - 1]?.start_at ?? "");
    return begins ? [{ at, name: formatShort(`${day}T12:00:00`, 0) }] : [];
  });
  const slots = needs.needs.map((each) => ({
    key: each.start_at,
    hint: t("staffing.half_hour", {
      time: clockIn(needs.time_zone, each.start_at),
      needed: formatNumber(each.on_shift, 1),
      planned: formatNumber(each.planned, 1),
    }),
  }));
  return (
    <ChartFrame
      name={t("staffing.chart")}
      ticks={ticksOf(Math.max(1, ...wanted, ...planned), true)}
      showTick={formatNumber}
      slots={slots}
      days={days}
      labelPx={64}
      legend={
        <>
          <li>
            <span className={styles.keyWanted} aria-hidden="true" /> {t("staffing.needed")}
          </li>
          <li>
            <span className={styles.keyPlanned} aria-hidden="true" /> {t("staffing.planned")}
          </li>
        </>
      }
    >
      {({ x, y }) => (
        <>
          <path className={styles.plannedArea} d={`${stepsOf(planned, x, y)}V${y(0)}H${x(0)}Z`} />
          <path className={styles.planned} d={stepsOf(planned, x, y)} />
          <path className={styles.wanted} d={stepsOf(wanted, x, y)} />
        </>
      )}
    </ChartFrame>
  );
}
