/** The journey as a map: the same document and choice of steps as the outline. */
import {
  ControlButton,
  Controls,
  type EdgeTypes,
  type NodeChange,
  type NodeTypes,
  type OnNodeDrag,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  type ReactFlowState,
  useReactFlow,
  useStore,
  useStoreApi,
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
import { putInOrder, targetOf } from "../model/actions";
import type { DesignerStore, Positions } from "../model/designer";
import { drop, mayDrop } from "../model/drag";
import { act } from "../model/keys";
import { places } from "../model/paths";
import { afterPicture } from "../model/picture";
import { useDesignerPart } from "../model/use";
import type { Texts } from "../model/words";
import type { StepPath } from "../seams";
import { type Aim, aimAt, type Point, sameAim } from "./aim";
import styles from "./canvas.module.css";
import { SIZES } from "./graph";
import { LineEdge } from "./LineEdge";
import { type AnyNode, Painter } from "./nodes";
import { Overview } from "./Overview";
import { BlockNode, HeadNode, LaneNode, StepNode, TextsContext } from "./StepNode";
import { cornerOf, lanesInView, type PlacedLane } from "./scene";
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

/** Where on the screen a pointer is, or the finger that was taken away. */
function pointOf(event: MouseEvent | TouchEvent): Point {
  const at = "changedTouches" in event ? event.changedTouches[0] : event;
  return { x: at?.clientX ?? 0, y: at?.clientY ?? 0 };
}

/** The sections in view; the same set until another one comes into view or leaves it. */
function useLanesInView(scene: Scene | null): ReadonlySet<string> {
  const names = useStore(
    useCallback(
      ({ transform, width, height }: ReactFlowState) =>
        lanesInView(scene?.lanes ?? [], transform, width, height).join(" "),
      [scene],
    ),
  );
  return useMemo(() => new Set(names.split(" ")), [names]);
}

/** Bring the chosen box into view when it is not, e.g. when it was chosen in the outline. */
function useFollowing(scene: Scene | null, path: StepPath | null): void {
  const flow = useReactFlow();
  const room = useStoreApi();
  const latest = useRef(scene);
  latest.current = scene;
  useEffect(() => {
    const placed = latest.current?.lanes.flatMap(({ boxes }) => boxes).find(({ box }) => box.id === path);
    // As the canvas library knows it: asking the page would lay it out in the middle of a change.
    const { transform, width, height, domNode } = room.getState();
    if (!placed || width === 0) return;
    const [left, top, zoom] = transform;
    const [x, y] = [(placed.x + 100) * zoom + left, (placed.y + 30) * zoom + top];
    if (x > 60 && x < width - 60 && y > 40 && y < height - 40) return;
    const go = () => void flow.setCenter(placed.x + 108, placed.y + 31, { zoom: Math.max(zoom, 0.6) });
    if (!domNode?.contains(document.activeElement)) return afterPicture(go);
    go();
    return;
  }, [path, flow, room]);
}

function JourneyMap({ store, texts, found, problems }: CanvasProps) {
  const t = useT();
  const journey = useDesignerPart(store, (state) => state.journey);
  const positions = useDesignerPart(store, (state) => state.positions);
  const selected = useDesignerPart(store, (state) => state.selected);
  const pointed = useDesignerPart(store, (state) => state.pointed);
  const layer = useDesignerPart(store, () => store.layer());
  const scene = useScene(journey, positions);
  const [dragged, setDragged] = useState(NO_DRAG);
  const [aim, setAim] = useState<Aim | null>(null);
  const flow = useReactFlow();
  const painter = useMemo(() => new Painter(), []);
  const chosen = useMemo(() => new Set(selected), [selected]);
  const drawing = useMemo(
    () => ({ layer, selected: chosen, pointed, found, problems, dragged, draggable: store.editable, aim }),
    [layer, chosen, pointed, found, problems, dragged, store.editable, aim],
  );
  const nodes = useMemo(
    () => (scene ? painter.nodes(scene.lanes, scene.graph, drawing) : []),
    [painter, scene, drawing],
  );
  const seen = useLanesInView(scene);
  const edges = useMemo(
    () => (scene ? painter.edges(scene.lanes, scene.graph, drawing, ({ lane }) => seen.has(lane.section)) : []),
    [painter, scene, drawing, seen],
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
  /** What is meant by letting go of these boxes here: another place in order, or null, just another place. */
  const meant = useCallback(
    (event: MouseEvent | TouchEvent, node: AnyNode, all: readonly AnyNode[]) => {
      if (node.type !== "step") return null;
      const taken = all.flatMap(({ id, type }) => (type === "step" ? [id] : []));
      const point = flow.screenToFlowPosition(pointOf(event), { snapToGrid: false });
      return aimAt(lanes.current, point, store.state().journey, taken);
    },
    [store, flow],
  );
  const take = useCallback((next: Aim | null) => setAim((before) => (sameAim(before, next) ? before : next)), []);
  const onNodeDrag = useCallback<OnNodeDrag<AnyNode>>(
    (event, node, all) => take(meant(event, node, all)),
    [meant, take],
  );
  const onNodeDragStop = useCallback<OnNodeDrag<AnyNode>>(
    (event, node, all) => {
      const dropped: Record<StepPath, { x: number; y: number }> = {};
      const aimed = meant(event, node, all);
      take(null);
      setDragged(NO_DRAG);
      if (aimed) {
        const steps = all.flatMap(({ id, type }) => (type === "step" ? [id] : []));
        putInOrder(store, steps, aimed.target);
        return;
      }
      for (const { id, position } of all) {
        const placed = lanes.current.find(({ boxes }) => boxes.some(({ box }) => box.id === id));
        if (!placed) continue;
        const corner = cornerOf(placed);
        dropped[id] = { x: Math.round(position.x - corner.x), y: Math.round(position.y - corner.y) };
      }
      store.place(dropped as Positions);
    },
    [store, meant, take],
  );
  /** The same for what comes from the palette or the outline: between boxes it goes to the end of the section. */
  const brought = (event: DragEvent) =>
    aimAt(
      lanes.current,
      flow.screenToFlowPosition(pointOf(event.nativeEvent), { snapToGrid: false }),
      store.state().journey,
      [],
      true,
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
          onNodeDrag={onNodeDrag}
          onNodeDragStop={onNodeDragStop}
          onNodeClick={(event, node) => {
            if (node.type === "step") return;
            const path = node.id.replace(/^lane /, "");
            if (!event.ctrlKey && !event.metaKey) store.point(path);
          }}
          onNodeDoubleClick={() => store.open("inspector")}
          onDragOver={(event) => {
            if (!store.editable || !mayDrop(event.dataTransfer)) return;
            event.preventDefault();
            take(brought(event));
          }}
          onDragLeave={() => take(null)}
          onDrop={(event) => {
            event.preventDefault();
            take(null);
            if (store.editable) drop(store, event.dataTransfer, brought(event)?.target ?? targetOf(store));
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
