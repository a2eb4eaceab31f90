/** The journey as a tree: read, chosen, moved and changed by keyboard alone; the canvas shows the same. */
import {
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useT } from "@/i18n/t";
import { graphOf } from "../canvas/graph";
import { litBy } from "../canvas/scene";
import type { DesignerStore } from "../model/designer";
import { dragSteps, drop, mayDrop } from "../model/drag";
import { act } from "../model/keys";
import { placeOf } from "../model/paths";
import { useDesignerPart } from "../model/use";
import type { Texts } from "../model/words";
import type { StepPath } from "../seams";
import { OutlineRow, rowId, type Side } from "./OutlineRow";
import styles from "./outline.module.css";
import { around, parentOf, type Row, Rows, rowFor } from "./rows";
import { useRowWindow } from "./useRowWindow";

export interface OutlineTreeProps {
  store: DesignerStore;
  texts: Texts;
  /** Steps that the search found. */
  found: ReadonlySet<StepPath>;
  /** How many problems show at a step, block or section. */
  problems: ReadonlyMap<StepPath, number>;
}

interface Over {
  path: StepPath;
  side: Side;
}

function sideOf(row: Row, event: DragEvent<HTMLElement>): Side {
  if (row.kind !== "step") return "inside";
  const box = event.currentTarget.getBoundingClientRect();
  return event.clientY < box.top + box.height / 2 ? "before" : "behind";
}

const NOT_LIT: ReadonlySet<StepPath> = new Set();

export const OutlineTree = memo(function OutlineTree({ store, texts, found, problems }: OutlineTreeProps) {
  const t = useT();
  const tree = useRef<HTMLDivElement>(null);
  const journey = useDesignerPart(store, (state) => state.journey);
  const selected = useDesignerPart(store, (state) => state.selected);
  const pointed = useDesignerPart(store, (state) => state.pointed);
  const layer = useDesignerPart(store, () => store.layer());
  const [folded, setFolded] = useState<ReadonlySet<StepPath>>(new Set());
  const [anchor, setAnchor] = useState<StepPath | null>(null);
  const [over, setOver] = useState<Over | null>(null);
  const kept = useRef<Rows>(null);
  kept.current ??= new Rows();
  const known = kept.current;
  const rows = useMemo(() => known.of(journey, folded), [known, journey, folded]);
  const trail = layer?.trail;
  const lit = useMemo(() => (trail ? litBy(trail, graphOf(journey).gotos) : NOT_LIT), [trail, journey]);
  const chosen = useMemo(() => new Set(selected), [selected]);
  const current = pointed ?? selected.at(-1) ?? rows[0]?.path ?? null;
  // Who folded in what is around the chosen step goes on from there.
  const at = rowFor(rows, current);
  const here = rows[at];
  const { span, edges, show } = useRowWindow(rows, tree);

  // Only when the choice moves: who folds in a branch around the chosen step wants it folded.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  useEffect(() => {
    if (current === null) return;
    const hidden = around(current).filter((path) => folded.has(path));
    if (hidden.length > 0) setFolded(new Set([...folded].filter((path) => !hidden.includes(path))));
  }, [current]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows that come and go elsewhere scroll nothing.
  useEffect(() => {
    if (here?.path === current) show(at);
  }, [current, folded, show]);

  const fold = useRef((path: StepPath, open: boolean) => {
    setFolded((before) => {
      const next = new Set(before);
      if (open) next.delete(path);
      else next.add(path);
      return next;
    });
  }).current;

  const go = (row: Row | undefined, extend: boolean) => {
    if (!row) return;
    if (row.kind !== "step") {
      store.point(row.path);
      setAnchor(null);
      return;
    }
    const from = extend ? (anchor ?? selected[0] ?? row.path) : row.path;
    setAnchor(from);
    const begin = rows.findIndex((each) => each.path === from);
    const end = rows.indexOf(row);
    const range = rows.slice(Math.min(begin, end), Math.max(begin, end) + 1);
    store.choose(
      extend && begin >= 0 ? range.filter((each) => each.kind === "step").map(({ path }) => path) : [row.path],
    );
  };

  // One set of functions for the life of the tree: rows are drawn again only when they change.
  const latest = useRef({ go, store, chosen, selected });
  latest.current = { go, store, chosen, selected };
  const hands = useRef({
    pick: (row: Row, event: MouseEvent) => {
      const now = latest.current;
      tree.current?.focus({ preventScroll: true });
      if ((event.ctrlKey || event.metaKey) && row.kind === "step") {
        const rest = now.selected.filter((path) => path !== row.path);
        now.store.choose(now.chosen.has(row.path) ? rest : [...rest, row.path]);
      } else now.go(row, event.shiftKey);
    },
    open: (row: Row) => {
      if (row.kind === "step") latest.current.store.open("inspector");
    },
    drag: (row: Row, event: DragEvent<HTMLElement>) => {
      const now = latest.current;
      if (!now.chosen.has(row.path)) now.store.choose([row.path]);
      dragSteps(event.dataTransfer, now.store.state().selected);
    },
    over: (row: Row, event: DragEvent<HTMLElement>) => {
      if (!mayDrop(event.dataTransfer) || !latest.current.store.editable) return;
      event.preventDefault();
      const side = sideOf(row, event);
      setOver((before) => (before?.path === row.path && before.side === side ? before : { path: row.path, side }));
    },
    dropped: (row: Row, event: DragEvent<HTMLElement>) => {
      event.preventDefault();
      setOver(null);
      const side = sideOf(row, event);
      const { block, index } = placeOf(row.path);
      const target =
        side === "inside"
          ? { block: row.path, index: row.size }
          : { block, index: index + (side === "before" ? 0 : 1) };
      drop(latest.current.store, event.dataTransfer, target);
    },
  }).current;

  const onKeyDown = (event: KeyboardEvent) => {
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(rows[Math.min(rows.length - 1, at + 1)], event.shiftKey),
      ArrowUp: () => go(rows[Math.max(0, at - 1)], event.shiftKey),
      Home: () => go(rows[0], event.shiftKey),
      End: () => go(rows.at(-1), event.shiftKey),
      ArrowRight: () => {
        if (here?.open === false) fold(here.path, true);
        else if (here?.open) go(rows[at + 1], false);
      },
      ArrowLeft: () => {
        if (here?.open) fold(here.path, false);
        else go(rows[parentOf(rows, at)], false);
      },
      Escape: () => store.choose([]),
    };
    const move = plain ? moves[event.key] : undefined;
    if (move) move();
    else if (!act(store, event.nativeEvent)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const drawn = (row: Row) => (
    <OutlineRow
      key={row.path}
      row={row}
      texts={texts}
      chosen={chosen.has(row.path)}
      focused={row === here}
      found={found.has(row.path)}
      lit={lit.has(row.path)}
      pale={layer?.pale?.has(row.path) ?? false}
      badge={layer?.badges?.get(row.path) ?? null}
      problems={problems.get(row.path) ?? 0}
      dropping={over?.path === row.path ? over.side : null}
      editable={store.editable}
      onFold={fold}
      onPick={hands.pick}
      onOpen={hands.open}
      onDrag={hands.drag}
      onOver={hands.over}
      onDropped={hands.dropped}
    />
  );
  // The row that has the keyboard is there also while it is scrolled away: the tree names it.
  const away = at < span.first || at >= span.last ? here : undefined;
  const room = (from: number, to: number, before: boolean) =>
    to > from ? (
      <div role="none" className={styles.away} style={{ height: `${(edges[to] ?? 0) - (edges[from] ?? 0)}rem` }}>
        {away && at < span.first === before ? drawn(away) : null}
      </div>
    ) : null;
  return (
    <div
      ref={tree}
      role="tree"
      tabIndex={0}
      aria-label={t("journeys.outline")}
      aria-multiselectable="true"
      aria-activedescendant={here ? rowId(here.path) : undefined}
      className={styles.tree}
      onKeyDown={onKeyDown}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(null);
      }}
    >
      {room(0, span.first, true)}
      {rows.slice(span.first, span.last).map(drawn)}
      {room(span.last, rows.length, false)}
    </div>
  );
});
