/** A line from box to box: thicker where more flows, lit where a trail leads. */
import { BaseEdge, type Edge, type EdgeProps, getSmoothStepPath } from "@xyflow/react";
import { memo } from "react";
import { classes } from "@/ui/classes";
import styles from "./canvas.module.css";
import type { Line } from "./graph";
import { pathOf, type Way } from "./route";

export interface LineData extends Record<string, unknown> {
  kind: Line["kind"];
  lit: boolean;
  pale: boolean;
  weight: number | null;
  /** How a line from section to section leads around the lanes. */
  way: Way | null;
}

export type LineEdgeType = Edge<LineData>;

const THINNEST = 1.25;
const THICKEST = 9;

export const LineEdge = memo(function LineEdge(props: EdgeProps<LineEdgeType>) {
  const { id, data, selected } = props;
  const path = data?.way ? pathOf(props, data.way) : getSmoothStepPath({ ...props, borderRadius: 6 })[0];
  const width = data?.weight ? THINNEST + data.weight * (THICKEST - THINNEST) : undefined;
  return (
    <BaseEdge
      id={id}
      path={path}
      interactionWidth={0}
      className={classes(
        styles.line,
        data?.kind === "goto" && styles.lineGoto,
        data?.lit && styles.lineLit,
        data?.pale && styles.linePale,
        data?.weight != null && styles.lineFlow,
        selected && styles.lineChosen,
      )}
      style={width === undefined ? undefined : { strokeWidth: width }}
    />
  );
});
