/** What every chart over time has: marks at the side, labels below, words for the slot one points at.
 *
 * A table beside the chart holds the same numbers; the drawing is never the only place that tells them.
 */
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import styles from "./chart.module.css";

const HEIGHT = 220;
const LEFT = 48;
const RIGHT = 12;
const TOP = 8;
const BOTTOM = 24;

/** Pixels of the drawing. */
export interface Scale {
  slot: number;
  /** Where a slot begins; its middle is `x(at + 0.5)`. */
  x: (at: number) => number;
  /** Values beyond the axis end at its ends. */
  y: (value: number) => number;
}

export interface Slot {
  key: string | number;
  hint: string;
  /** Below the middle of the slot, where there is room. */
  label?: string;
}

export interface ChartFrameProps {
  name: string;
  ticks: readonly number[];
  showTick: (tick: number) => string;
  slots: readonly Slot[];
  labelPx?: number;
  /** Days within the chart: a line where each begins, its name beside it. */
  days?: readonly { at: number; name: string }[];
  legend?: ReactNode;
  children: (scale: Scale) => ReactNode;
}

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

const tenth = (px: number) => Math.round(px * 10) / 10;

export function ChartFrame({
  name,
  ticks,
  showTick,
  slots,
  labelPx = 84,
  days = [],
  legend,
  children,
}: ChartFrameProps) {
  const { box, width } = useWidth();
  const top = ticks.at(-1) ?? 1;
  const slot = (width - LEFT - RIGHT) / Math.max(1, slots.length);
  const x = (at: number) => tenth(LEFT + slot * at);
  const y = (value: number) => {
    const within = Math.min(Math.max(value, 0), top);
    return tenth(HEIGHT - BOTTOM - (within / top) * (HEIGHT - TOP - BOTTOM));
  };
  const every = Math.max(1, Math.ceil(labelPx / slot));
  const everyDay = Math.max(1, Math.ceil((labelPx * days.length) / (width - LEFT - RIGHT)));
  return (
    <div ref={box} className={styles.chart}>
      <svg width={width} height={HEIGHT} role="img" aria-label={name}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line className={styles.grid} x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} />
            <text className={styles.axis} x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
              {showTick(tick)}
            </text>
          </g>
        ))}
        {days.map((day, nth) => (
          <g key={day.at}>
            <line className={styles.grid} x1={x(day.at)} x2={x(day.at)} y1={TOP} y2={HEIGHT - BOTTOM} />
            {nth % everyDay === 0 ? (
              <text className={styles.axis} x={x(day.at) + 4} y={HEIGHT - 6}>
                {day.name}
              </text>
            ) : null}
          </g>
        ))}
        {children({ slot, x, y })}
        {slots.map(({ key, hint, label }, at) => (
          <g key={key}>
            {label !== undefined && at % every === 0 ? (
              <text className={styles.axis} x={x(at + 0.5)} y={HEIGHT - 6} textAnchor="middle">
                {label}
              </text>
            ) : null}
            <rect className={styles.hit} x={x(at)} y={TOP} width={slot} height={HEIGHT - TOP - BOTTOM}>
              <title>{hint}</title>
            </rect>
          </g>
        ))}
      </svg>
      {legend ? <ul className={styles.legend}>{legend}</ul> : null}
    </div>
  );
}
