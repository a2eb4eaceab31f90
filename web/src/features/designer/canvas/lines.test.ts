/** How lines are drawn decides how fast the whole canvas answers. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const css = readFileSync(join(import.meta.dirname, "canvas.module.css"), "utf8");

it("a line between sections is told apart without dashes, which made every picture of a large journey late", () => {
  const rules = [...css.matchAll(/^\.(line\w*) \{([^}]*)\}/gm)].map(([, name, rule]) => [name, rule] as const);
  const goto = rules.find(([name]) => name === "lineGoto")?.[1];
  expect(rules.map(([name]) => name)).toEqual(expect.arrayContaining(["line", "lineChosen", "lineLit"]));
  expect(goto).toContain("opacity");
  expect(rules.filter(([, rule]) => rule?.includes("dash"))).toEqual([]);
});

it("the line of a chosen step stands out by colour and width, also against the canvas library's own grey", () => {
  expect(css).toContain("--xy-edge-stroke-selected: var(--accent);");
  expect(/^\.lineChosen \{[^}]*stroke-width: 2;/m.test(css)).toBe(true);
});
