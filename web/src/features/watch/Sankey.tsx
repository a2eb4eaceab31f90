/** The picture of the way of cases: boxes can be walked through by keyboard; the one chosen shows its bands. */
import { useMemo, useState } from "react";
import { formatNumber } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { classes } from "@/ui/classes";
import { ScrollRoom } from "@/ui/ScrollRoom";
import styles from "./flow.module.css";
import { BOX_WIDTH, type Flow, type FlowNode, layOut } from "./sankey";

export interface SankeyProps {
  flow: Flow;
  name: (node: FlowNode) => string;
}

export function Sankey({ flow, name }: SankeyProps) {
  const t = useT();
  const [chosen, setChosen] = useState<string | null>(null);
  const { width, height, boxes, bands } = useMemo(() => layOut(flow), [flow]);
  const names = new Map(flow.nodes.map((node) => [node.id, name(node)]));
  return (
    <ScrollRoom label={t("watch.flow.picture")} className={styles.room}>
      <svg
        className={styles.picture}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="group"
        aria-label={t("watch.flow.picture")}
      >
        {bands.map(({ link, path, thickness }) => (
          <path
            key={`${link.source} ${link.target}`}
            d={path}
            strokeWidth={thickness}
            className={classes(
              styles.band,
              chosen !== null && (link.source === chosen || link.target === chosen ? styles.lit : styles.faint),
            )}
          >
            <title>
              {t("watch.flow.band", {
                from: names.get(link.source) ?? "",
                to: names.get(link.target) ?? "",
                count: link.cases,
              })}
            </title>
          </path>
        ))}
        {boxes.map(({ node, x, y, height: tall }) => (
          <g
            key={node.id}
            role="button"
            tabIndex={0}
            aria-pressed={node.id === chosen}
            className={classes(styles.box, styles[node.kind])}
            onClick={() => setChosen(node.id === chosen ? null : node.id)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" && event.key !== " ") return;
              event.preventDefault();
              setChosen(node.id === chosen ? null : node.id);
            }}
          >
            <rect x={x} y={y} width={BOX_WIDTH} height={tall} rx={2} />
            <text x={x + BOX_WIDTH + 6} y={y + Math.max(tall / 2, 6)} dominantBaseline="middle">
              {names.get(node.id)} <tspan className={styles.count}>{formatNumber(node.cases)}</tspan>
            </text>
          </g>
        ))}
      </svg>
    </ScrollRoom>
  );
}
