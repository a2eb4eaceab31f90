/** A figure by day: bars for counts, a line for everything else. */
import { formatDay, formatShort } from "@/i18n/format";
import { ChartFrame } from "@/ui/ChartFrame";
import { ticksOf } from "@/ui/ticks";
import { type Definition, type Point, stretchesOf } from "./reports";
import styles from "./reports.module.css";
import { showTick, showValue } from "./values";

export interface ChartProps {
  points: readonly Point[];
  unit: Definition["unit"];
  name: string;
}

export function Chart({ points, unit, name }: ChartProps) {
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const slots = points.map(({ day, value }) => ({
    key: day,
    hint: `${formatDay(`${day}T00:00:00`)}: ${showValue(unit, value)}`,
    label: formatShort(`${day}T00:00:00`, 0),
  }));
  return (
    <ChartFrame
      name={name}
      ticks={ticksOf(unit === "score" ? 5 : Math.max(0, ...values))}
      showTick={(tick) => showTick(unit, tick)}
      slots={slots}
    >
      {({ slot, x, y }) => {
        const bar = Math.max(2, Math.min(36, slot * 0.64));
        if (unit === "count") {
          return points.map(({ day, value }, at) => (
            <rect
              key={day}
              className={styles.bar}
              x={x(at + 0.5) - bar / 2}
              y={y(value ?? 0)}
              width={bar}
              height={Math.max(0, y(0) - y(value ?? 0))}
              rx="2"
            />
          ));
        }
        return stretchesOf(points).map((stretch) => (
          <g key={stretch[0]?.at}>
            <polyline
              className={styles.line}
              points={stretch.map(({ at, value }) => `${x(at + 0.5)},${y(value)}`).join(" ")}
            />
            {stretch.map(({ at, value }) => (
              <circle key={at} className={styles.dot} cx={x(at + 0.5)} cy={y(value)} r="3" />
            ))}
          </g>
        ));
      }}
    </ChartFrame>
  );
}
