/** Where boxes and bands stand in the picture of the way of cases. Pure. */

import type { LocalText } from "@/i18n/locale";

export interface FlowNode {
  id: string;
  /** Counts from the left; null: an end, at the right. */
  stage: number | null;
  kind: string;
  key: string;
  name: LocalText | null;
  cases: number;
}

export interface FlowLink {
  source: string;
  target: string;
  cases: number;
}

export interface Flow {
  first: string;
  last: string;
  time_zone: string;
  cases: number;
  switched: number;
  nodes: readonly FlowNode[];
  links: readonly FlowLink[];
  switches: readonly { from_channel: string; to_channel: string; cases: number }[];
}

export interface Box {
  node: FlowNode;
  x: number;
  y: number;
  height: number;
}

export interface Band {
  link: FlowLink;
  /** An SVG path of the middle of the band. */
  path: string;
  thickness: number;
}

export interface Picture {
  width: number;
  height: number;
  boxes: readonly Box[];
  bands: readonly Band[];
}

export const BOX_WIDTH = 12;
const COLUMN = 190;
const LABEL = 150;
const GAP = 26; // room for the label of the next box
const TALLEST = 420;
const LEAST = 2;
const TOP = 18;

/** Stand boxes in columns, the largest on top, all to one scale; bands leave and arrive in the order of boxes. */
export function layOut({ nodes, links }: Pick<Flow, "nodes" | "links">): Picture {
  const last = Math.max(0, ...nodes.map((node) => (node.stage ?? -1) + 1));
  const columns: FlowNode[][] = Array.from({ length: last + 1 }, () => []);
  for (const node of nodes) columns[node.stage ?? last]?.push(node);
  const busiest = Math.max(1, ...columns.map((column) => column.reduce((sum, node) => sum + node.cases, 0)));
  const scale = TALLEST / busiest;
  const boxes = new Map<string, Box>();
  let height = 0;
  for (const [at, column] of columns.entries()) {
    let y = TOP;
    for (const node of column.sort((a, b) => b.cases - a.cases || a.id.localeCompare(b.id))) {
      const tall = Math.max(LEAST, node.cases * scale);
      boxes.set(node.id, { node, x: at * COLUMN, y, height: tall });
      y += tall + GAP;
    }
    height = Math.max(height, y);
  }
  return { width: last * COLUMN + BOX_WIDTH + LABEL, height, boxes: [...boxes.values()], bands: bandsOf() };

  function bandsOf(): Band[] {
    const out = new Map<string, number>();
    const into = new Map<string, number>();
    const known = links.flatMap((link) => {
      const [from, to] = [boxes.get(link.source), boxes.get(link.target)];
      return from && to ? [{ link, from, to }] : [];
    });
    const starts = new Map<FlowLink, number>();
    for (const { link, from } of [...known].sort((a, b) => a.to.y - b.to.y)) {
      const used = out.get(link.source) ?? 0;
      starts.set(link, from.y + (used + link.cases / 2) * scale);
      out.set(link.source, used + link.cases);
    }
    return [...known]
      .sort((a, b) => a.from.y - b.from.y || a.from.x - b.from.x)
      .map(({ link, from, to }) => {
        const used = into.get(link.target) ?? 0;
        into.set(link.target, used + link.cases);
        const [x1, x2] = [from.x + BOX_WIDTH, to.x];
        const [y1, y2] = [starts.get(link) ?? from.y, to.y + (used + link.cases / 2) * scale];
        const bend = (x1 + x2) / 2;
        const path = `M${round(x1)},${round(y1)} C${round(bend)},${round(y1)} ${round(bend)},${round(y2)} ${round(x2)},${round(y2)}`;
        return { link, path, thickness: Math.max(1, link.cases * scale) };
      });
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
