/** The journey as a map: the same document and choice of steps as the outline. */
import {
  Background,
  ControlButton,
  Controls,
  type EdgeTypes,
  type NodeChange,
  type NodeTypes,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { Wand } from "lucide-react";
import {
  type DragEvent,
  type KeyboardEvent,
  memo,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useT } from "@/i18n/t";
import type { Target } from "../model/actions";
import { targetOf } from "../model/actions";
import type { DesignerStore, Positions } from "../model/designer";
import { drop, mayDrop } from "../model/drag";
import { act } from "../model/keys";
import { blockAt, placeOf, places } from "../model/paths";
import { useDesignerState } from "../model/use";
import type { Texts } from "../model/words";
import type { StepPath } from "../seams";
import styles from "./canvas.module.css";
import { SIZES } from "./graph";
import { LineEdge } from "./LineEdge";
import { type AnyNode, Painter } from "./nodes";
import { Overview } from "./Overview";
import { BlockNode, HeadNode, LaneNode, StepNode, TextsContext } from "./StepNode";
import { cornerOf, type PlacedLane } from "./scene";
import { type Scene, useScene } from "./useScene";

const NODES: NodeTypes = { step: StepNode, block: BlockNode, head: HeadNode, lane: LaneNode };
const EDGES: EdgeTypes = { line: LineEdge };
const NO_DRAG: ReadonlyMap<StepPath, { x: number; y: number }> = new Map();
/** How close one looks at first, and how far one may go. */
const FIRST_ZOOM = 0.9;
const ZOOM = { least: 0.08, most: 1.75 };

export interface CanvasProps {
  store: DesignerStore;
  texts: Texts;
  found: ReadonlySet<StepPath>;
  problems: ReadonlyMap<StepPath, number>;
}

/** Where something dropped here goes: behind the step, to the start of the branch, to the end of the lane. */
function targetAt(store: DesignerStore, event: DragEvent): Target {
  const hit = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-path]") : null;
  const path = hit?.dataset.path;
  if (!hit || path === undefined) return targetOf(store);
  if (hit.dataset.shape === "step") {
    const box = hit.getBoundingClientRect();
    const { block, index } = placeOf(path);
    return { block, index: index + (event.clientY < box.top + box.height / 3 ? 0 : 1) };
  }
  const size = blockAt(store.state().journey, path)?.length ?? 0;
  return { block: path, index: hit.dataset.shape === "lane" ? size : 0 };
}

/** Bring the chosen box into view when it is not, e.g. when it was chosen in the outline. */
function useFollowing(scene: Scene | null, path: StepPath | null): void {
  const flow = useReactFlow();
  const latest = useRef(scene);
  latest.current = scene;
  useEffect(() => {
    const placed = latest.current?.lanes.flatMap(({ boxes }) => boxes).find(({ box }) => box.id === path);
    const view = document.querySelector(`.${styles.canvas}`)?.getBoundingClientRect();
    if (!placed || !view || view.width === 0) return;
    const { x, y } = flow.flowToScreenPosition({ x: placed.x + 100, y: placed.y + 30 });
    const inside = x > view.left + 60 && x < view.right - 60 && y > view.top + 40 && y < view.bottom - 40;
    if (!inside) void flow.setCenter(placed.x + 108, placed.y + 31, { zoom: Math.max(flow.getZoom(), 0.6) });
  }, [path, flow]);
}

function JourneyMap({ store, texts, found, problems }: CanvasProps) {
  const t = useT();
  const { journey, positions, selected, pointed } = useDesignerState(store);
  const layer = store.layer();
  const scene = useScene(journey, positions);
  const [dragged, setDragged] = useState(NO_DRAG);
  const painter = useMemo(() => new Painter(), []);
  const chosen = useMemo(() => new Set(selected), [selected]);
  const drawing = useMemo(
    () => ({ layer, selected: chosen, pointed, found, problems, dragged, draggable: store.editable }),
    [layer, chosen, pointed, found, problems, dragged, store.editable],
  );
  const nodes = useMemo(
    () => (scene ? painter.nodes(scene.lanes, scene.graph, drawing) : []),
    [painter, scene, drawing],
  );
  const edges = useMemo(
    () => (scene ? painter.edges(scene.lanes, scene.graph, drawing) : []),
    [painter, scene, drawing],
  );
  useFollowing(scene, pointed ?? selected.at(-1) ?? null);

  const lanes = useRef<readonly PlacedLane[]>([]);
  lanes.current = scene?.lanes ?? [];
  const onNodesChange = useCallback(
    (changes: NodeChange<AnyNode>[]) => {
      const picked = changes.flatMap((each) => (each.type === "select" ? [each] : []));
      if (picked.length > 0) {
        const next = new Set(store.state().selected);
        for (const each of picked) {
          if (each.selected) next.add(each.id);
          else next.delete(each.id);
        }
        store.choose([...next]);
      }
      const moved = changes.flatMap((each) => (each.type === "position" && each.position ? [each] : []));
      if (moved.length > 0) {
        setDragged((before) => new Map([...before, ...moved.map((each) => [each.id, each.position!] as const)]));
      }
    },
    [store],
  );
  const onNodeDragStop = useCallback(
    (_event: unknown, _node: AnyNode, all: AnyNode[]) => {
      const dropped: Record<StepPath, { x: number; y: number }> = {};
      for (const { id, position } of all) {
        const placed = lanes.current.find(({ boxes }) => boxes.some(({ box }) => box.id === id));
        if (!placed) continue;
        const corner = cornerOf(placed);
        dropped[id] = { x: Math.round(position.x - corner.x), y: Math.round(position.y - corner.y) };
      }
      setDragged(NO_DRAG);
      store.place(dropped as Positions);
    },
    [store],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && event.target instanceof Element && event.target.closest("button, a")) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      const all = places(journey).map(({ path }) => path);
      const at = all.indexOf(selected.at(-1) ?? "");
      const next = all[Math.max(0, Math.min(all.length - 1, at + by))];
      if (next !== undefined) store.choose(event.shiftKey ? [...selected, next] : [next]);
    } else if (!act(store, event.nativeEvent)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const words = useMemo(
    () => ({
      "controls.ariaLabel": t("designer.zoom"),
      "controls.zoomIn.ariaLabel": t("designer.zoom_in"),
      "controls.zoomOut.ariaLabel": t("designer.zoom_out"),
      "controls.fitView.ariaLabel": t("designer.fit"),
    }),
    [t],
  );
  if (!scene) return <p aria-busy="true">{t("designer.arranging")}</p>;
  return (
    <TextsContext.Provider value={texts}>
      <div className={styles.canvas}>
        <ReactFlow
          aria-label={t("designer.part.canvas")}
          aria-description={t("designer.canvas_hint")}
          tabIndex={0}
          onKeyDown={onKeyDown}
          nodes={nodes}
          edges={edges}
          nodeTypes={NODES}
          edgeTypes={EDGES}
          onNodesChange={onNodesChange}
          onNodeDragStop={onNodeDragStop}
          onNodeClick={(event, node) => {
            if (node.type === "step") return;
            const path = node.id.replace(/^lane /, "");
            if (!event.ctrlKey && !event.metaKey) store.point(path);
          }}
          onNodeDoubleClick={() => store.open("inspector")}
          onDragOver={(event) => {
            if (store.editable && mayDrop(event.dataTransfer)) event.preventDefault();
          }}
          onDrop={(event) => {
            event.preventDefault();
            if (store.editable) drop(store, event.dataTransfer, targetAt(store, event));
          }}
          onInit={(flow) => {
            // Begin where customers begin: the head of the first section, at the top and in the middle.
            const head = lanes.current[0]?.boxes[0];
            const width = document.querySelector(`.${styles.canvas}`)?.clientWidth ?? 0;
            const middle = (head?.x ?? 0) + SIZES.head.width / 2;
            void flow.setViewport({ x: width / 2 - middle * FIRST_ZOOM, y: 12, zoom: FIRST_ZOOM });
          }}
          minZoom={ZOOM.least}
          maxZoom={ZOOM.most}
          onlyRenderVisibleElements
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elevateNodesOnSelect={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          multiSelectionKeyCode={["Control", "Meta"]}
          panOnScroll
          ariaLabelConfig={words}
          zoomOnDoubleClick={false}
          proOptions={{ hideAttribution: true }}
        >
          <Background gap={24} size={1} />
          <Controls showInteractive={false} position="bottom-left" aria-label={t("designer.zoom")}>
            {store.editable && Object.keys(positions).length > 0 ? (
              <ControlButton
                title={t("designer.tidy")}
                aria-label={t("designer.tidy")}
                onClick={() => store.place(null)}
              >
                <Wand size={14} aria-hidden="true" />
              </ControlButton>
            ) : null}
          </Controls>
          <Panel position="bottom-right">
            <Overview lanes={scene.lanes} chosen={chosen} />
          </Panel>
        </ReactFlow>
      </div>
    </TextsContext.Provider>
  );
}

export default memo(function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <JourneyMap {...props} />
    </ReactFlowProvider>
  );
});
