/** A figure by day: bars for counts, a line for everything else. The table below holds the same numbers. */
import { useLayoutEffect, useRef, useState } from "react";
import { formatDay, formatShort } from "@/i18n/format";
import { type Definition, type Point, stretchesOf, ticksOf } from "./reports";
import styles from "./reports.module.css";
import { showTick, showValue } from "./values";

const HEIGHT = 200;
const LEFT = 48;
const RIGHT = 12;
const TOP = 8;
const BOTTOM = 24;
const LABEL_EVERY_PX = 84;

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

export interface ChartProps {
  points: readonly Point[];
  unit: Definition["unit"];
  name: string;
}

export function Chart({ points, unit, name }: ChartProps) {
  const { box, width } = useWidth();
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const highest = unit === "score" ? 5 : Math.max(0, ...values);
  const ticks = ticksOf(highest);
  const top = ticks.at(-1) ?? 1;
  const slot = (width - LEFT - RIGHT) / Math.max(points.length, 1);
  const x = (at: number) => LEFT + slot * (at + 0.5);
  const y = (value: number) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM);
  const every = Math.max(1, Math.ceil(LABEL_EVERY_PX / slot));
  const bar = Math.max(2, Math.min(36, slot * 0.64));
  return (
    <div ref={box} className={styles.chart}>
      <svg width={width} height={HEIGHT} role="img" aria-label={name}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line className={styles.grid} x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} />
            <text className={styles.axis} x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
              {showTick(unit, tick)}
            </text>
          </g>
        ))}
        {unit === "count"
          ? points.map(({ day, value }, at) => (
              <rect
                key={day}
                className={styles.bar}
                x={x(at) - bar / 2}
                y={y(value ?? 0)}
                width={bar}
                height={Math.max(0, y(0) - y(value ?? 0))}
                rx="2"
              />
            ))
          : stretchesOf(points).map((stretch) => (
              <polyline
                key={stretch[0]?.at}
                className={styles.line}
                points={stretch.map(({ at, value }) => `${x(at)},${y(value)}`).join(" ")}
              />
            ))}
        {points.map(({ day, value }, at) => (
          <g key={day}>
            {unit !== "count" && value !== null ? (
              <circle className={styles.dot} cx={x(at)} cy={y(value)} r="3" />
            ) : null}
            {at % every === 0 ? (
              <text className={styles.axis} x={x(at)} y={HEIGHT - 6} textAnchor="middle">
                {formatShort(`${day}T00:00:00`, 0)}
              </text>
            ) : null}
            <rect className={styles.hit} x={LEFT + slot * at} y={TOP} width={slot} height={HEIGHT - TOP - BOTTOM}>
              <title>{`${formatDay(`${day}T00:00:00`)}: ${showValue(unit, value)}`}</title>
            </rect>
          </g>
        ))}
      </svg>
    </div>
  );
}
