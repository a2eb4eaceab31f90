/** The picture of the way of cases is to scale and runs from left to right. */
import { describe, expect, it } from "vitest";
import { type FlowNode, layOut } from "./sankey";

function node(id: string, stage: number | null, cases: number): FlowNode {
  return { id, stage, kind: "journey", key: id, name: null, cases };
}

const NODES = [
  node("chat", 0, 30),
  node("phone", 0, 10),
  node("front", 1, 40),
  node("solved", null, 25),
  node("left", null, 15),
];
const LINKS = [
  { source: "chat", target: "front", cases: 30 },
  { source: "phone", target: "front", cases: 10 },
  { source: "front", target: "solved", cases: 25 },
  { source: "front", target: "left", cases: 15 },
];

describe("the picture", () => {
  it("gives each box a height by its cases, and the whole one scale", () => {
    const { boxes } = layOut({ nodes: NODES, links: LINKS });
    const height = (id: string) => boxes.find((box) => box.node.id === id)?.height ?? 0;
    expect(height("chat") / height("phone")).toBeCloseTo(3, 6);
    expect(height("solved") + height("left")).toBeCloseTo(height("front"), 6);
  });

  it("puts ends in the last column, however early a case ended", () => {
    const { boxes } = layOut({ nodes: NODES, links: LINKS });
    const columns = new Map(boxes.map((box) => [box.node.id, box.x]));
    expect(new Set([columns.get("solved"), columns.get("left")]).size).toBe(1);
    expect(columns.get("solved") ?? 0).toBeGreaterThan(columns.get("front") ?? 0);
    expect(columns.get("front") ?? 0).toBeGreaterThan(columns.get("chat") ?? 0);
  });

  it("lets boxes of a column stand apart", () => {
    const { boxes, height } = layOut({ nodes: NODES, links: LINKS });
    const ends = boxes.filter((box) => box.node.stage === null).sort((a, b) => a.y - b.y);
    expect((ends[0]?.y ?? 0) + (ends[0]?.height ?? 0)).toBeLessThan(ends[1]?.y ?? 0);
    for (const box of boxes) expect(box.y + box.height).toBeLessThanOrEqual(height);
  });

  it("fills a box exactly with the bands that reach it", () => {
    const { boxes, bands } = layOut({ nodes: NODES, links: LINKS });
    const front = boxes.find((box) => box.node.id === "front");
    const arriving = bands.filter((band) => band.link.target === "front");
    expect(arriving.reduce((sum, band) => sum + band.thickness, 0)).toBeCloseTo(front?.height ?? 0, 6);
    expect(bands.every((band) => band.path.startsWith("M"))).toBe(true);
  });

  it("draws nothing from nothing, and no band to a box that is not there", () => {
    expect(layOut({ nodes: [], links: [] }).boxes).toEqual([]);
    expect(layOut({ nodes: NODES.slice(0, 1), links: LINKS }).bands).toEqual([]);
  });
});
