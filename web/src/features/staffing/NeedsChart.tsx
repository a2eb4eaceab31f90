/** Agents needed and planned, half hour by half hour, as steps. The table below holds the same numbers. */
import { useLayoutEffect, useRef, useState } from "react";
import { formatNumber, formatShort } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { clockIn, dayIn, type Needs, stepsOf, ticksOf } from "./staffing";
import styles from "./staffing.module.css";

const HEIGHT = 220;
const LEFT = 40;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 24;
const DAY_LABEL_PX = 64;

function useWidth() {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(800);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const watcher = new ResizeObserver(() => setWidth(Math.max(280, element.clientWidth)));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return { box, width };
}

export function NeedsChart({ needs }: { needs: Needs }) {
  const t = useT();
  const { box, width } = useWidth();
  const count = needs.needs.length;
  const wanted = needs.needs.map((each) => each.on_shift);
  const planned = needs.needs.map((each) => each.planned);
  const ticks = ticksOf(Math.max(1, ...wanted, ...planned));
  const top = ticks.at(-1) ?? 1;
  const slot = (width - LEFT - RIGHT) / Math.max(1, count);
  const x = (at: number) => Math.round((LEFT + slot * at) * 10) / 10;
  const y = (value: number) => Math.round((HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM)) * 10) / 10;
  const days = needs.needs.flatMap((each, at) => {
    const day = dayIn(needs.time_zone, each.start_at);
    return at === 0 || day !== dayIn(needs.time_zone, needs.needs[at - 1]?.start_at ?? "") ? [{ at, day }] : [];
  });
  const wide = slot * 48 >= DAY_LABEL_PX;
  return (
    <div ref={box} className={styles.chart}>
      <svg width={width} height={HEIGHT} role="img" aria-label={t("staffing.chart")}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line className={styles.grid} x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} />
            <text className={styles.axis} x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
              {formatNumber(tick)}
            </text>
          </g>
        ))}
        {days.map(({ at, day }, nth) => (
          <g key={day}>
            <line className={styles.grid} x1={x(at)} x2={x(at)} y1={TOP} y2={HEIGHT - BOTTOM} />
            {wide || nth % 2 === 0 ? (
              <text className={styles.axis} x={x(at) + 4} y={HEIGHT - 6}>
                {formatShort(`${day}T12:00:00`, 0)}
              </text>
            ) : null}
          </g>
        ))}
        <path className={styles.plannedArea} d={`${stepsOf(planned, x, y)}V${y(0)}H${x(0)}Z`} />
        <path className={styles.planned} d={stepsOf(planned, x, y)} />
        <path className={styles.wanted} d={stepsOf(wanted, x, y)} />
        {needs.needs.map((each, at) => (
          <rect
            key={each.start_at}
            className={styles.hit}
            x={x(at)}
            y={TOP}
            width={slot}
            height={HEIGHT - TOP - BOTTOM}
          >
            <title>
              {t("staffing.half_hour", {
                time: clockIn(needs.time_zone, each.start_at),
                needed: formatNumber(each.on_shift, 1),
                planned: formatNumber(each.planned, 1),
              })}
            </title>
          </rect>
        ))}
      </svg>
      <ul className={styles.legend}>
        <li>
          <span className={styles.keyWanted} aria-hidden="true" /> {t("staffing.needed")}
        </li>
        <li>
          <span className={styles.keyPlanned} aria-hidden="true" /> {t("staffing.planned")}
        </li>
      </ul>
    </div>
  );
}
