/** The part of a long outline that is drawn, as its room scrolls; and scrolling to a row without measuring the page. */
import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Row } from "./rows";
import { edgesOf, type Sight, type Span, scrolledTo, spanOf } from "./window";

export interface RowWindow {
  span: Span;
  /** Where rows begin, in rem. */
  edges: readonly number[];
  /** Scroll so that a row is in view. */
  show: (at: number) => void;
}

export function useRowWindow(rows: readonly Row[], tree: RefObject<HTMLElement | null>): RowWindow {
  const edges = useMemo(() => edgesOf(rows), [rows]);
  const rem = useMemo(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16, []);
  // What is in view is heard of, not asked for: asking would lay out the page in the middle of a change.
  const sight = useRef<Sight>({ top: 0, height: 40 });
  const latest = useRef(edges);
  latest.current = edges;
  const [moved, setMoved] = useState<Span>({ first: 0, last: 0 });
  const span = useMemo(() => {
    const now = spanOf(edges, sight.current);
    return now.first === moved.first && now.last === moved.last ? moved : now;
  }, [edges, moved]);
  const look = useCallback((change: Partial<Sight>) => {
    sight.current = { ...sight.current, ...change };
    const next = spanOf(latest.current, sight.current);
    setMoved((before) => (before.first === next.first && before.last === next.last ? before : next));
  }, []);
  useLayoutEffect(() => {
    const room = tree.current?.parentElement;
    if (!room) return;
    const scrolled = () => look({ top: room.scrollTop / rem });
    const watch = new ResizeObserver(() => look({ top: room.scrollTop / rem, height: room.clientHeight / rem }));
    watch.observe(room);
    room.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      watch.disconnect();
      room.removeEventListener("scroll", scrolled);
    };
  }, [tree, rem, look]);
  const show = useCallback(
    (at: number) => {
      const top = scrolledTo(latest.current, at, sight.current);
      const room = tree.current?.parentElement;
      if (top === null || !room) return;
      room.scrollTop = top * rem;
      look({ top: room.scrollTop / rem });
    },
    [tree, rem, look],
  );
  return { span, edges, show };
}
