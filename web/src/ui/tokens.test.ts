/** Every pair of colours that carries words can be read; colours live in one file. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const src = join(import.meta.dirname, "..");
const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map((match) => [
    match[1] ?? "",
    [match[2] ?? "", match[3] ?? ""] as const,
  ]),
);

function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (parts[0] ?? 0) + 0.7152 * (parts[1] ?? 0) + 0.0722 * (parts[2] ?? 0);
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const TEXT: readonly (readonly [string, string])[] = [
  ...["bg", "surface", "sunken"].flatMap((ground) =>
    ["ink", "ink-2", "ink-3"].map((ink) => [ink, ground] as const),
  ),
  ...["surface", "bg", "accent-soft"].map((ground) => ["accent", ground] as const),
  ["on-accent", "accent"],
  ["live", "live-soft"],
  ["wait", "wait-soft"],
  ["late-ink", "late"],
  ["late", "surface"],
  ["ok", "ok-soft"],
  ["off", "surface"],
  ["ink", "note"],
  ["ink-2", "note"],
  ["ink", "accent-soft"],
];
const EDGES = [
  ["line-strong", "surface"],
  ["note-edge", "note"],
  ["note-edge", "surface"],
] as const;

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

describe.each([
  ["light", 0],
  ["dark", 1],
] as const)("in the %s theme", (_theme, side) => {
  const colour = (name: string) => tokens.get(name)?.[side] ?? "missing";

  it.each(TEXT)("%s can be read on %s", (ink, ground) => {
    expect(contrast(colour(ink), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(EDGES)("the edge %s can be seen on %s", (edge, ground) => {
    expect(contrast(colour(edge), colour(ground))).toBeGreaterThanOrEqual(3);
  });
});

describe("the stylesheets", () => {
  it("name no colour outside the tokens", () => {
    const strays = files(src).filter(
      (file) => file.endsWith(".module.css") && /#[0-9a-f]{3,8}\b|rgba?\(/i.test(readFileSync(file, "utf8")),
    );
    expect(strays).toEqual([]);
  });

  it("use only tokens that exist", () => {
    const known = new Set([...css.matchAll(/--([\w-]+):/g)].map((match) => match[1]));
    known.add("trigger-width");
    const strays = files(src)
      .filter((file) => file.endsWith(".css"))
      .flatMap((file) =>
        [...readFileSync(file, "utf8").matchAll(/var\(--([\w-]+)/g)]
          .map((match) => match[1])
          .filter((name) => !known.has(name))
          .map((name) => `${file}: ${name}`),
      );
    expect(strays).toEqual([]);
  });
});

describe("text that only screen readers read", () => {
  const hidden = readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".css"))
    .flatMap((file) =>
      [...readFileSync(join(src, file), "utf8").matchAll(/\{([^{}]*clip-path: inset\(50%\)[^{}]*)\}/g)].map(
        (match) => [file, match[1] ?? ""] as const,
      ),
    );

  it.each(hidden)("makes no page wider than a phone: %s", (_file, rule) => {
    expect(rule).toMatch(/width: 1px;/);
    expect(rule).toMatch(/overflow: hidden;/);
  });
});
