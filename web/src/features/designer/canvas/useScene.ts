/** The scene as it is known: shown at once where nothing moved, arranged anew beside the page where something did. */
import { useEffect, useMemo, useReducer, useRef } from "react";
import type { Positions } from "../model/designer";
import type { JourneyJson } from "../seams";
import { columns } from "./columns";
import { type Graph, graphOf, type Lane } from "./graph";
import { Layouts, workerArranger } from "./layout";
import { type PlacedLane, sceneOf } from "./scene";

export interface Scene {
  readonly graph: Graph;
  readonly lanes: readonly PlacedLane[];
}

export function useScene(journey: JourneyJson, positions: Positions): Scene | null {
  const layouts = useMemo(() => new Layouts(workerArranger(), columns), []);
  const [arranged, tell] = useReducer((turn: number) => turn + 1, 0);
  const graph = useMemo(() => graphOf(journey), [journey]);
  const shown = useRef<Graph | null>(null);
  useEffect(() => {
    let here = true;
    if (graph.lanes.some((lane) => !layouts.known(lane))) {
      void layouts.arrange(graph.lanes).then(() => here && tell());
    }
    return () => {
      here = false;
    };
  }, [graph, layouts]);
  useEffect(() => () => layouts.stop(), [layouts]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `arranged` says that more lanes are known.
  return useMemo(() => {
    const known = (lane: Lane) => layouts.known(lane);
    const ready = graph.lanes.every(known);
    // Until the new lanes are arranged, the boxes that are still there stay where they were.
    const drawn = ready ? graph : shown.current;
    if (ready) shown.current = graph;
    if (drawn === null) return null;
    return { graph: drawn, lanes: sceneOf(drawn, known, positions) };
  }, [graph, positions, layouts, arranged]);
}
