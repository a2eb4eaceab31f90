/** The scene as nodes and edges of the canvas library; what did not change stays the same object. Pure but for memory. */
import { type Node, Position } from "@xyflow/react";
import type { Layer, StepPath } from "../seams";
import type { Aim } from "./aim";
import { type Graph, type Lane, type Line, SIZES } from "./graph";
import type { LineData, LineEdgeType } from "./LineEdge";
import { type Way, waysOf } from "./route";
import type { BoxData, BoxNode } from "./StepNode";
import { litBy, type PlacedLane, weightOf } from "./scene";

export interface Drawing {
  layer: Layer | null;
  selected: ReadonlySet<StepPath>;
  pointed: StepPath | null;
  found: ReadonlySet<StepPath>;
  problems: ReadonlyMap<StepPath, number>;
  /** Boxes being dragged, at their places of this moment. */
  dragged: ReadonlyMap<StepPath, { x: number; y: number }>;
  draggable: boolean;
  /** Where what is being moved would go. */
  aim: Aim | null;
}

export type AnyNode = BoxNode | Node;

function same<Value extends object>(one: Value, other: Value): boolean {
  const keys = Object.keys(one) as (keyof Value)[];
  return keys.length === Object.keys(other).length && keys.every((key) => Object.is(one[key], other[key]));
}

/** The list before, where it holds the same. */
function kept<Each>(before: Each[], now: Each[]): Each[] {
  return before.length === now.length && before.every((each, at) => each === now[at]) ? before : now;
}

const handles = (width: number, height: number) => [
  { type: "target" as const, position: Position.Top, x: width / 2, y: 0, width: 1, height: 1 },
  { type: "source" as const, position: Position.Bottom, x: width / 2, y: height, width: 1, height: 1 },
];
const HANDLES = {
  head: handles(SIZES.head.width, SIZES.head.height),
  step: handles(SIZES.step.width, SIZES.step.height),
  block: handles(SIZES.block.width, SIZES.block.height),
};
/** The library's own names for boxes and lines are English, and say nothing that their words do not. */
const NAMELESS = { "aria-roledescription": undefined };
const QUIET = { ...NAMELESS, "aria-label": undefined, role: undefined };

const NOT_LIT: ReadonlySet<StepPath> = new Set();

interface LaneEdges {
  readonly layer: Layer | null;
  readonly lit: ReadonlySet<StepPath>;
  readonly edges: readonly LineEdgeType[];
}

/** Builds nodes and edges, remembering those of the drawing before. */
export class Painter {
  #nodes = new Map<string, AnyNode>();
  #edges = new Map<string, LineEdgeType>();
  #allNodes: AnyNode[] = [];
  #allEdges: LineEdgeType[] = [];
  #laneEdges = new WeakMap<Lane, LaneEdges>();
  #lanes: readonly PlacedLane[] | null = null;
  #ways: ReadonlyMap<string, Way> = new Map();

  nodes(lanes: readonly PlacedLane[], graph: Graph, drawing: Drawing): AnyNode[] {
    const lit = drawing.layer?.trail ? litBy(drawing.layer.trail, graph.gotos) : NOT_LIT;
    const next = new Map<string, AnyNode>();
    for (const placed of lanes) {
      const lane = this.#lane(placed);
      next.set(lane.id, lane);
      for (const { box, x, y } of placed.boxes) {
        const old = (this.#nodes.get(box.id) as BoxNode | undefined)?.data.box;
        const data: BoxData = {
          box: old && same(old, box) ? old : box, // a section that changed has new boxes, most of them alike
          lit: lit.has(box.id),
          pale: isPale(drawing.layer, box.id),
          found: drawing.found.has(box.id),
          pointed: drawing.pointed === box.id,
          badge: drawing.layer?.badges?.get(box.id) ?? null,
          problems: drawing.problems.get(box.id) ?? 0,
          aim: drawing.aim?.path === box.id ? drawing.aim.side : null,
        };
        const place = drawing.dragged.get(box.id) ?? { x, y };
        next.set(box.id, this.#box(data, place, drawing));
      }
    }
    this.#nodes = next;
    this.#allNodes = kept(this.#allNodes, [...next.values()]);
    return this.#allNodes;
  }

  #box(data: BoxData, place: { x: number; y: number }, drawing: Drawing): BoxNode {
    const { id, shape } = data.box;
    const before = this.#nodes.get(id) as BoxNode | undefined;
    const selected = drawing.selected.has(id);
    const oldData = before?.data;
    const shown = oldData && same(oldData, data) ? oldData : data;
    if (
      before &&
      shown === oldData &&
      before.selected === selected &&
      before.draggable === drawing.draggable &&
      before.position.x === place.x &&
      before.position.y === place.y
    ) {
      return before;
    }
    const { width, height } = SIZES[shape];
    return {
      id,
      type: shape,
      domAttributes: NAMELESS,
      data: shown,
      position: before && before.position.x === place.x && before.position.y === place.y ? before.position : place,
      width,
      height,
      measured: { width, height },
      handles: HANDLES[shape],
      selected,
      selectable: shape === "step",
      draggable: drawing.draggable,
      focusable: false,
    };
  }

  #lane({ lane, x, y, width, height }: PlacedLane): Node {
    const id = `lane ${lane.section}`;
    const before = this.#nodes.get(id);
    if (
      before &&
      before.position.x === x &&
      before.position.y === y &&
      before.width === width &&
      before.height === height
    )
      return before;
    return {
      id,
      type: "lane",
      domAttributes: NAMELESS,
      data: {},
      position: { x, y },
      width,
      height,
      measured: { width, height },
      handles: [],
      zIndex: -1,
      selectable: false,
      draggable: false,
      focusable: false,
    };
  }

  /** The ways of lines between sections; those that lead as before are the same object. */
  #routed(lanes: readonly PlacedLane[], graph: Graph): ReadonlyMap<string, Way> {
    if (this.#lanes !== lanes) {
      const before = this.#ways;
      this.#lanes = lanes;
      this.#ways = new Map(
        [...waysOf(lanes, graph)].map(([id, way]) => {
          const old = before.get(id);
          return [id, old && same(old, way) ? old : way];
        }),
      );
    }
    return this.#ways;
  }

  /** Lines within a lane depend on nothing but the lane and what the pane in front draws. */
  #inLane(lane: Lane, drawing: Drawing, lit: ReadonlySet<StepPath>): readonly LineEdgeType[] {
    const before = this.#laneEdges.get(lane);
    if (before && before.layer === drawing.layer && before.lit === lit) return before.edges;
    const edges = lane.lines.map((line) => this.#edge(line, drawing, lit, null));
    this.#laneEdges.set(lane, { layer: drawing.layer, lit, edges });
    return edges;
  }

  #edge(line: Line, drawing: Drawing, lit: ReadonlySet<StepPath>, way: Way | null): LineEdgeType {
    const id = `${line.from} ${line.to}`;
    const data: LineData = {
      kind: line.kind,
      lit: lit.has(line.from) && lit.has(line.to),
      pale: isPale(drawing.layer, line.to) || isPale(drawing.layer, line.from),
      weight: weightOf(drawing.layer, line),
      way,
    };
    // Only what leaves its lane needs to stand out: the others are seen beside their step.
    const selected = line.kind === "goto" && drawing.selected.has(line.from);
    const before = this.#edges.get(id);
    if (before?.data && same(before.data, data) && before.selected === selected) return before;
    return {
      id,
      source: line.from,
      target: line.to,
      type: "line",
      domAttributes: QUIET,
      data,
      selected,
      focusable: false,
      selectable: false,
    };
  }

  /** Lines between sections, and those within the lanes that are `seen`: the library looks through all it is given. */
  edges(
    lanes: readonly PlacedLane[],
    graph: Graph,
    drawing: Drawing,
    seen: (lane: PlacedLane) => boolean = () => true,
  ): LineEdgeType[] {
    const lit = drawing.layer?.trail ? litBy(drawing.layer.trail, graph.gotos) : NOT_LIT;
    const ways = this.#routed(lanes, graph);
    const all = [
      ...lanes.flatMap((placed) => (seen(placed) ? this.#inLane(placed.lane, drawing, lit) : [])),
      ...graph.gotos.map((line) => this.#edge(line, drawing, lit, ways.get(`${line.from} ${line.to}`) ?? null)),
    ];
    this.#edges = new Map(all.map((edge) => [edge.id, edge]));
    this.#allEdges = kept(this.#allEdges, all);
    return this.#allEdges;
  }
}

/** Whether a box is in a block that is drawn pale. */
function isPale(layer: Layer | null, path: StepPath): boolean {
  if (!layer?.pale?.size) return false;
  for (let at = path.length; at > 0; at = path.lastIndexOf("/", at - 1)) {
    if (layer.pale.has(path.slice(0, at))) return true;
  }
  return false;
}
