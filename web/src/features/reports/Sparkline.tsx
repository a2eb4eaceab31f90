/** The course of a figure, small enough for a tile. */

import { type Point, stretchesOf } from "./reports";
import styles from "./reports.module.css";

const WIDTH = 100;
const HEIGHT = 24;
const EDGE = 2;

export function Sparkline({ points }: { points: readonly Point[] }) {
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const most = Math.max(...values, 1e-9);
  const x = (at: number) =>
    points.length < 2 ? WIDTH / 2 : EDGE + (at * (WIDTH - 2 * EDGE)) / (points.length - 1);
  const y = (value: number) => HEIGHT - EDGE - (value / most) * (HEIGHT - 2 * EDGE);
  return (
    <svg className={styles.spark} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {stretchesOf(points).map((stretch) =>
        stretch.length === 1 ? (
          <circle key={stretch[0]?.at} cx={x(stretch[0]?.at ?? 0)} cy={y(stretch[0]?.value ?? 0)} r="1.5" />
        ) : (
          <polyline
            key={stretch[0]?.at}
            points={stretch.map(({ at, value }) => `${x(at)},${y(value)}`).join(" ")}
          />
        ),
      )}
    </svg>
  );
}
