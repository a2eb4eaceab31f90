/** Half hours as lines with their bands. */
import { formatNumber, formatPercent } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { ChartFrame } from "@/ui/ChartFrame";
import { ticksOf } from "@/ui/ticks";
import { lineName, showValue } from "./values";
import { isShare, type Line, type Metric, momentsOf, type Point, stretches } from "./whatif";
import styles from "./whatif.module.css";

/** Shares always end at 100 %. */
const SHARES = [0, 0.25, 0.5, 0.75, 1];

export interface WhatIfChartProps {
  lines: readonly Line[];
  metric: Metric;
  name: string;
}

export function WhatIfChart({ lines, metric, name }: WhatIfChartProps) {
  const t = useT();
  const moments = momentsOf(lines);
  const share = isShare(metric);
  const means = lines.flatMap(({ points }) => points.flatMap(({ mean }) => (mean === null ? [] : [mean])));
  const places = new Map(moments.map(({ from_s }, at) => [from_s, at + 0.5]));
  const slots = moments.map(({ from_s, at }) => {
    const told = lines.map(({ id, points }) => {
      const here = points.find((each) => each.from_s === from_s);
      return `${lineName(id)}: ${showValue(metric, here?.mean)}`;
    });
    return { key: from_s, label: at, hint: [at, ...told].join("\n") };
  });
  return (
    <ChartFrame
      name={name}
      ticks={share ? SHARES : ticksOf(Math.max(1, ...means) * 1.1, true)}
      showTick={share ? formatPercent : formatNumber}
      slots={slots}
      labelPx={56}
      legend={
        <>
          {lines.map(({ id }) => (
            <li key={id} className={styles[id]}>
              <span className={styles.key} aria-hidden="true" /> {lineName(id)}
            </li>
          ))}
          <li className={styles.quiet}>{t("whatif.band")}</li>
        </>
      }
    >
      {({ x, y }) => {
        const xOf = (point: Point) => x(places.get(point.from_s) ?? 0);
        return lines.map(({ id, points }) => (
          <g key={id} className={styles[id]}>
            {stretches(points).map((run) => (
              <Stretch key={run[0]?.from_s} run={run} xOf={xOf} y={y} />
            ))}
          </g>
        ));
      }}
    </ChartFrame>
  );
}

interface StretchProps {
  run: readonly Point[];
  xOf: (point: Point) => number;
  y: (value: number) => number;
}

/** An unbroken line; where it is a single point, its interval stands upright. */
function Stretch({ run, xOf, y }: StretchProps) {
  const known = run.filter(({ low, high }) => low !== null && high !== null);
  const upper = known.map((each) => `${xOf(each)},${y(each.high ?? 0)}`);
  const lower = known.map((each) => `${xOf(each)},${y(each.low ?? 0)}`).reverse();
  const alone = run.length === 1 ? run[0] : undefined;
  return (
    <g>
      {alone ? (
        <line
          className={styles.whisker}
          x1={xOf(alone)}
          x2={xOf(alone)}
          y1={y(alone.low ?? alone.mean ?? 0)}
          y2={y(alone.high ?? alone.mean ?? 0)}
        />
      ) : (
        <polygon className={styles.band} points={[...upper, ...lower].join(" ")} />
      )}
      <polyline
        className={styles.line}
        points={run.map((each) => `${xOf(each)},${y(each.mean ?? 0)}`).join(" ")}
      />
      {run.map((each) => (
        <circle key={each.from_s} className={styles.dot} cx={xOf(each)} cy={y(each.mean ?? 0)} r="2.5" />
      ))}
    </g>
  );
}
