/** The boxes of the canvas: a step, a branch, a section's head, and the lane behind them. */
import type { Node, NodeProps } from "@xyflow/react";
import { ExternalLink } from "lucide-react";
import { createContext, memo, useContext } from "react";
import { Link } from "@/app/Link";
import { classes } from "@/ui/classes";
import { type Badge, Marks } from "../Marks";
import { iconOf, StartIcon } from "../model/icons";
import { START } from "../model/paths";
import { blockName, journeyName, kindName, sectionName, summary, type Texts } from "../model/words";
import type { Side } from "./aim";
import styles from "./canvas.module.css";
import type { Box } from "./graph";

/** What a box shows; equal data is the same object, so that only changed boxes are drawn anew. */
export interface BoxData extends Record<string, unknown> {
  box: Box;
  lit: boolean;
  pale: boolean;
  found: boolean;
  /** The block where something new would go. */
  pointed: boolean;
  badge: Badge | null;
  problems: number;
  /** Where, seen from here, what is being moved would go. */
  aim: Side | null;
}

export type BoxNode = Node<BoxData>;

export const TextsContext = createContext<Texts>(new Map());

/** Where lines begin and end; the canvas library finds them by these names. */
function Ports() {
  return (
    <>
      <i className={`target ${styles.portIn}`} data-handlepos="top" />
      <i className={`source ${styles.portOut}`} data-handlepos="bottom" />
    </>
  );
}

const AIMS = { before: styles.aimBefore, behind: styles.aimBehind, inside: styles.pointed };

function marksOf({ lit, pale, found, pointed, problems, aim }: BoxData, selected: boolean | undefined): string {
  return classes(
    lit && styles.lit,
    pale && styles.pale,
    found && styles.found,
    pointed && styles.pointed,
    problems > 0 && styles.wrong,
    selected && styles.chosen,
    aim && AIMS[aim],
  );
}

function elsewhere(box: Box): string | null {
  const id = box.step?.step === "transfer" ? box.step.journey : box.step?.step === "call" ? box.step.module : null;
  return typeof id === "string" && id !== "" ? id : null;
}

export const StepNode = memo(function StepNode({ data, selected }: NodeProps<BoxNode>) {
  const texts = useContext(TextsContext);
  const { box } = data;
  if (!box.step) return null;
  const Icon = iconOf(box.step.step);
  const other = elsewhere(box);
  return (
    <div
      className={classes(styles.step, styles[`of_${box.step.step}`], marksOf(data, selected))}
      data-path={box.id}
      data-shape="step"
    >
      <span className={styles.stepHead}>
        <Icon size={13} aria-hidden="true" />
        <strong>{kindName(box.step.step)}</strong>
        {other ? (
          <Link
            to={`/journeys/${other}/edit`}
            className={styles.other}
            aria-label={journeyName(other)}
            tabIndex={-1}
          >
            <ExternalLink size={12} aria-hidden="true" />
          </Link>
        ) : null}
        <Marks badge={data.badge} problems={data.problems} />
      </span>
      <span className={styles.says}>{summary(box.step, texts)}</span>
      <Ports />
    </div>
  );
});

export const BlockNode = memo(function BlockNode({ data, selected }: NodeProps<BoxNode>) {
  const texts = useContext(TextsContext);
  const { box } = data;
  return (
    <div className={classes(styles.block, marksOf(data, selected))} data-path={box.id} data-shape="block">
      <span className={styles.blockName}>
        {box.step && box.block !== null ? blockName(box.step, box.block, texts) : box.id}
      </span>
      <Marks badge={data.badge} problems={data.problems} />
      <Ports />
    </div>
  );
});

export const HeadNode = memo(function HeadNode({ data, selected }: NodeProps<BoxNode>) {
  const { box } = data;
  return (
    <div className={classes(styles.head, marksOf(data, selected))} data-path={box.id} data-shape="head">
      {box.id === START ? <StartIcon size={14} aria-hidden="true" /> : null}
      <strong className={styles.headName}>{sectionName(box.id)}</strong>
      <Marks badge={data.badge} problems={data.problems} />
      <Ports />
    </div>
  );
});

export const LaneNode = memo(function LaneNode({ id }: NodeProps) {
  return <div className={styles.lane} data-path={id.slice("lane ".length)} data-shape="lane" />;
});
