/** Where the boxes of one lane stand, by dagre; runs in the worker. Pure. */
import { Graph, layout } from "@dagrejs/dagre";
import { type Arranged, framed, GAP_X, GAP_Y, type Plan } from "./columns";
import { SIZES } from "./graph";

export function dagre({ shapes, lines }: Plan): Arranged {
  const graph = new Graph();
  graph.setGraph({ rankdir: "TB", nodesep: GAP_X, ranksep: GAP_Y, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const [at, shape] of shapes.entries()) graph.setNode(String(at), { ...SIZES[shape] });
  for (const [from, to] of lines) graph.setEdge(String(from), String(to));
  layout(graph);
  const places = shapes.map((shape, at) => {
    const { x = 0, y = 0 } = graph.node(String(at)) as { x?: number; y?: number };
    return { x: Math.round(x - SIZES[shape].width / 2), y: Math.round(y - SIZES[shape].height / 2) };
  });
  return framed(shapes, places);
}
