/** Where the boxes of one lane stand, by dagre; runs in the worker. Pure. */
import { Graph, layout } from "@dagrejs/dagre";
import { type Arranged, framed, GAP_X, GAP_Y, type Plan } from "./columns";
import { SIZES } from "./graph";

/** Names that are no numbers: dagre takes numbers in their own order, not in the order they were told. */
const named = (at: number) => `box ${at}`;

/**
 * Branches stand in the order of the document, and what goes on by itself to the left of them: dagre's own search for
 * an order turned them round. Lines cross only where a branch that ends elsewhere stands between two that go on.
 */
export function dagre({ shapes, lines }: Plan): Arranged {
  const graph = new Graph();
  graph.setGraph({ rankdir: "TB", nodesep: GAP_X, ranksep: GAP_Y, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const [at, shape] of shapes.entries()) graph.setNode(named(at), { ...SIZES[shape] });
  const branch = ([, to]: readonly [number, number]) => Number(shapes[to] === "block");
  const onward = [...lines].sort((one, other) => branch(one) - branch(other));
  for (const [from, to] of onward) graph.setEdge(named(from), named(to));
  layout(graph, { disableOptimalOrderHeuristic: true });
  const places = shapes.map((shape, at) => {
    const { x = 0, y = 0 } = graph.node(named(at)) as { x?: number; y?: number };
    return { x: Math.round(x - SIZES[shape].width / 2), y: Math.round(y - SIZES[shape].height / 2) };
  });
  return framed(shapes, places);
}
