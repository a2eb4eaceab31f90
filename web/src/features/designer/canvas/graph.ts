/** A journey as boxes and lines, section by section. Pure. */
import { blockOf, shownBlocks } from "../model/blocks";
import { sectionOrder, sectionSteps } from "../model/paths";
import type { JourneyJson, StepJson, StepPath } from "../seams";

/** Sizes in canvas units; boxes are never measured, so that only those in view need to exist. */
export const SIZES = {
  head: { width: 200, height: 32 },
  step: { width: 216, height: 56 },
  block: { width: 132, height: 24 },
} as const;

export type Shape = keyof typeof SIZES;

export interface Box {
  /** The path of the step, block or section. */
  readonly id: StepPath;
  readonly shape: Shape;
  /** The step, or the one whose branch it is; null for sections. */
  readonly step: StepJson | null;
  /** The branch's name. */
  readonly block: string | null;
}

export interface Line {
  readonly from: StepPath;
  readonly to: StepPath;
  /** `goto` leads to another section. */
  readonly kind: "next" | "branch" | "goto";
}

export interface Lane {
  readonly section: string;
  readonly boxes: readonly Box[];
  /** Lines inside the section. */
  readonly lines: readonly Line[];
}

export interface Graph {
  readonly lanes: readonly Lane[];
  /** Lines from section to section. */
  readonly gotos: readonly Line[];
}

/** Kinds that never simply go on to the step after them: they end, lead elsewhere, or go on through their branches. */
const NEVER_ON = new Set([
  "goto",
  "transfer",
  "return",
  "end",
  "when",
  "hours",
  "menu",
  "enqueue",
  "callback",
  "voicemail",
  "send_link",
]);

class LaneBuilder {
  readonly boxes: Box[] = [];
  readonly lines: Line[] = [];
  readonly gotos: Line[] = [];

  /** Lay out a block's steps behind `from`; return the boxes from which its end goes on. */
  block(steps: readonly StepJson[], path: StepPath, from: StepPath): readonly StepPath[] {
    let open: readonly StepPath[] = [from];
    for (const [index, step] of steps.entries()) {
      const id = `${path}/${index}`;
      this.boxes.push({ id, shape: "step", step, block: null });
      for (const end of open) this.lines.push({ from: end, to: id, kind: "next" });
      open = this.#behind(step, id);
    }
    return open;
  }

  #behind(step: StepJson, id: StepPath): readonly StepPath[] {
    if (step.step === "goto" && typeof step.section === "string") {
      this.gotos.push({ from: id, to: step.section, kind: "goto" });
    }
    const open: StepPath[] = NEVER_ON.has(step.step) ? [] : [id];
    for (const name of shownBlocks(step)) {
      const inside = `${id}/${name}`;
      this.boxes.push({ id: inside, shape: "block", step, block: name });
      this.lines.push({ from: id, to: inside, kind: "branch" });
      open.push(...this.block(blockOf(step, name) ?? [], inside, inside));
    }
    return open;
  }
}

function laneOf(journey: JourneyJson, section: string): Lane & { gotos: readonly Line[] } {
  const builder = new LaneBuilder();
  builder.boxes.push({ id: section, shape: "head", step: null, block: null });
  builder.block(sectionSteps(journey, section) ?? [], section, section);
  return { section, boxes: builder.boxes, lines: builder.lines, gotos: builder.gotos };
}

const kept = new WeakMap<readonly StepJson[], Lane & { gotos: readonly Line[] }>();

/** Canvas and outline ask for the same document. */
const graphs = new WeakMap<JourneyJson, Graph>();

/** The lanes in reading order. A section that did not change is the same lane as before. */
export function graphOf(journey: JourneyJson): Graph {
  const known = graphs.get(journey);
  if (known) return known;
  const lanes = sectionOrder(journey).map((section) => {
    const steps = sectionSteps(journey, section) ?? [];
    const before = kept.get(steps);
    if (before?.section === section) return before;
    const lane = laneOf(journey, section);
    kept.set(steps, lane);
    return lane;
  });
  const there = new Set(lanes.map(({ section }) => section));
  const graph = { lanes, gotos: lanes.flatMap(({ gotos }) => gotos.filter(({ to }) => there.has(to))) };
  graphs.set(journey, graph);
  return graph;
}
