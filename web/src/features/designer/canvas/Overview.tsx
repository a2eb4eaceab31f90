/** All lanes at a glance, and which part of them is in view; a click goes there. */
import { type ReactFlowState, useReactFlow, useStore } from "@xyflow/react";
import { memo, useMemo } from "react";
import { useT } from "@/i18n/t";
import type { StepPath } from "../seams";
import styles from "./canvas.module.css";
import { SIZES } from "./graph";
import type { PlacedLane } from "./scene";

const WIDTH = 190;
const HEIGHT = 130;

function rect(x: number, y: number, width: number, height: number): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`;
}

/** Every box in one path: drawn once, not one by one. */
const Boxes = memo(function Boxes({ lanes }: { lanes: readonly PlacedLane[] }) {
  const back = lanes.map(({ x, y, width, height }) => rect(x, y, width, height)).join("");
  const front = lanes
    .flatMap(({ boxes }) => boxes.filter(({ box }) => box.shape !== "block"))
    .map(({ box, x, y }) => rect(x, y, SIZES[box.shape].width, SIZES[box.shape].height))
    .join("");
  return (
    <>
      <path d={back} className={styles.overviewLane} />
      <path d={front} className={styles.overviewBox} />
    </>
  );
});

const view = ({ transform: [x, y, zoom], width, height }: ReactFlowState) =>
  rect(Math.round(-x / zoom), Math.round(-y / zoom), Math.round(width / zoom), Math.round(height / zoom));

function View() {
  return <path d={useStore(view)} className={styles.overviewView} />;
}

export function Overview({ lanes, chosen }: { lanes: readonly PlacedLane[]; chosen: ReadonlySet<StepPath> }) {
  const t = useT();
  const flow = useReactFlow();
  const [width, height] = useMemo(
    () => [
      Math.max(1, ...lanes.map((lane) => lane.x + lane.width)),
      Math.max(1, ...lanes.map((lane) => lane.y + lane.height)),
    ],
    [lanes],
  );
  const marked = lanes
    .flatMap(({ boxes }) => boxes.filter(({ box }) => chosen.has(box.id)))
    .map(({ x, y }) => rect(x, y, SIZES.step.width, SIZES.step.height))
    .join("");
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: by keyboard, the outline leads everywhere.
    <svg
      className={styles.overview}
      role="img"
      aria-label={t("designer.minimap")}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${height}`}
      onClick={(event) => {
        const matrix = event.currentTarget.getScreenCTM();
        if (!matrix) return;
        const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
        void flow.setCenter(at.x, at.y, { zoom: Math.max(0.5, flow.getZoom()) });
      }}
    >
      <Boxes lanes={lanes} />
      <path d={marked} className={styles.overviewChosen} />
      <View />
    </svg>
  );
}
