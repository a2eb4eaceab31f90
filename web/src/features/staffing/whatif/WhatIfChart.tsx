/** Half hours as lines with their bands. The table below holds the same numbers. */
import { useLayoutEffect, useRef, useState } from "react";
import { formatNumber, formatPercent } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { lineName, showValue } from "./values";
import { isShare, type Line, type Metric, momentsOf, type Point, stretches, ticksFor } from "./whatif";
import styles from "./whatif.module.css";

const HEIGHT = 220;
const LEFT = 48;
const RIGHT = 12;
const TOP = 8;
const BOTTOM = 24;
const LABEL_EVERY_PX = 56;

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

export interface WhatIfChartProps {
  lines: readonly Line[];
  metric: Metric;
  name: string;
}

export function WhatIfChart({ lines, metric, name }: WhatIfChartProps) {
  const t = useT();
  const { box, width } = useWidth();
  const moments = momentsOf(lines);
  const share = isShare(metric);
  const means = lines.flatMap(({ points }) => points.flatMap(({ mean }) => (mean === null ? [] : [mean])));
  const ticks = ticksFor(Math.max(0, ...means) * 1.1, share);
  const top = ticks.at(-1) ?? 1;
  const slot = (width - LEFT - RIGHT) / Math.max(moments.length, 1);
  const places = new Map(moments.map(({ from_s }, at) => [from_s, LEFT + slot * (at + 0.5)]));
  const x = (point: Point) => Math.round((places.get(point.from_s) ?? LEFT) * 10) / 10;
  const y = (value: number) => {
    const within = Math.min(Math.max(value, 0), top);
    return Math.round((HEIGHT - BOTTOM - (within / top) * (HEIGHT - TOP - BOTTOM)) * 10) / 10;
  };
  const every = Math.max(1, Math.ceil(LABEL_EVERY_PX / slot));
  const line = (points: readonly Point[]) => points.map((each) => `${x(each)},${y(each.mean ?? 0)}`).join(" ");
  const band = (points: readonly Point[]) => {
    const known = points.filter(({ low, high }) => low !== null && high !== null);
    const upper = known.map((each) => `${x(each)},${y(each.high ?? 0)}`);
    const lower = known.map((each) => `${x(each)},${y(each.low ?? 0)}`).reverse();
    return [...upper, ...lower].join(" ");
  };
  return (
    <div ref={box} className={styles.chart}>
      <svg width={width} height={HEIGHT} role="img" aria-label={name}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line className={styles.grid} x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} />
            <text className={styles.axis} x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
              {share ? formatPercent(tick) : formatNumber(tick)}
            </text>
          </g>
        ))}
        {lines.map(({ id, points }) => (
          <g key={id} className={styles[id]}>
            {stretches(points).map((run) => (
              <g key={run[0]?.from_s}>
                {run.length > 1 ? (
                  <polygon className={styles.band} points={band(run)} />
                ) : (
                  run.map((each) => (
                    <line
                      key={each.from_s}
                      className={styles.whisker}
                      x1={x(each)}
                      x2={x(each)}
                      y1={y(each.low ?? each.mean ?? 0)}
                      y2={y(each.high ?? each.mean ?? 0)}
                    />
                  ))
                )}
                <polyline className={styles.line} points={line(run)} />
                {run.map((each) => (
                  <circle key={each.from_s} className={styles.dot} cx={x(each)} cy={y(each.mean ?? 0)} r="2.5" />
                ))}
              </g>
            ))}
          </g>
        ))}
        {moments.map(({ from_s, at }, nth) => (
          <g key={from_s}>
            {nth % every === 0 ? (
              <text className={styles.axis} x={LEFT + slot * (nth + 0.5)} y={HEIGHT - 6} textAnchor="middle">
                {at}
              </text>
            ) : null}
            <rect className={styles.hit} x={LEFT + slot * nth} y={TOP} width={slot} height={HEIGHT - TOP - BOTTOM}>
              <title>
                {[
                  at,
                  ...lines.map(({ id, points }) => {
                    const here = points.find((each) => each.from_s === from_s);
                    return `${lineName(id)}: ${showValue(metric, here?.mean)}`;
                  }),
                ].join("\n")}
              </title>
            </rect>
          </g>
        ))}
      </svg>
      <ul className={styles.legend}>
        {lines.map(({ id }) => (
          <li key={id} className={styles[id]}>
            <span className={styles.key} aria-hidden="true" /> {lineName(id)}
          </li>
        ))}
        <li className={styles.quiet}>{t("whatif.band")}</li>
      </ul>
    </div>
  );
}
