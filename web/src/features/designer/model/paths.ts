/** Finding one's way in a document by paths such as `start/2/failed/0`. Pure. */
import type { JourneyJson, StepJson, StepPath } from "../seams";
import { blockNames, blockOf } from "./blocks";

export const ON_ERROR = "@on_error";
export const START = "start";

/** A path taken apart: the section, then index, block, index … in turn. */
export type Parts = readonly (string | number)[];

export function sectionSteps(journey: JourneyJson, section: string): readonly StepJson[] | null {
  if (section === ON_ERROR) return journey.on_error;
  return Object.hasOwn(journey.sections, section) ? (journey.sections[section] ?? null) : null;
}

function leading(names: readonly string[], path: string): string | null {
  const fitting = names.filter((name) => path === name || path.startsWith(`${name}/`));
  return fitting.sort((one, other) => other.length - one.length)[0] ?? null;
}

/** Take a path apart as this document names things: values of options may hold slashes. Null: it leads nowhere. */
export function partsOf(journey: JourneyJson, path: StepPath): Parts | null {
  const section = leading([ON_ERROR, ...Object.keys(journey.sections)], path);
  if (section === null) return null;
  const parts: (string | number)[] = [section];
  let block = sectionSteps(journey, section) ?? [];
  let rest = path.slice(section.length + 1);
  while (rest !== "") {
    const digits = /^(\d+)(?:\/|$)/.exec(rest);
    if (!digits) return null;
    const step = block[Number(digits[1])];
    if (!step) return null;
    parts.push(Number(digits[1]));
    rest = rest.slice(digits[0].length);
    if (rest === "") return parts;
    const name = leading(blockNames(step), rest);
    if (name === null) return null;
    parts.push(name);
    block = blockOf(step, name) ?? [];
    rest = rest.slice(name.length + 1);
  }
  return parts;
}

export function stepAt(journey: JourneyJson, path: StepPath): StepJson | null {
  const parts = partsOf(journey, path);
  return parts === null || parts.length % 2 === 1 ? null : stepOfParts(journey, parts);
}

export function stepOfParts(journey: JourneyJson, parts: Parts): StepJson | null {
  let block: readonly StepJson[] | null = sectionSteps(journey, String(parts[0]));
  let step: StepJson | null = null;
  for (const part of parts.slice(1)) {
    if (typeof part === "number") step = block?.[part] ?? null;
    else block = step && blockOf(step, part);
  }
  return step;
}

/** The steps of the block a path ends in; null for paths of steps and of nothing. An absent block is empty. */
export function blockAt(journey: JourneyJson, path: StepPath): readonly StepJson[] | null {
  const parts = partsOf(journey, path);
  if (parts === null || parts.length % 2 === 0) return null;
  if (parts.length === 1) return sectionSteps(journey, String(parts[0]));
  const holder = stepOfParts(journey, parts.slice(0, -1));
  return holder ? (blockOf(holder, String(parts.at(-1))) ?? []) : null;
}

/** The block a step stands in, and where in it. */
export function placeOf(path: StepPath): { block: StepPath; index: number } {
  const cut = path.lastIndexOf("/");
  return { block: path.slice(0, cut), index: Number(path.slice(cut + 1)) };
}

export function isStep(journey: JourneyJson, path: StepPath): boolean {
  return stepAt(journey, path) !== null;
}

/** Whether `path` is inside `outer`, or is it. */
export function within(path: StepPath, outer: StepPath): boolean {
  return path === outer || path.startsWith(`${outer}/`);
}

export interface Place {
  path: StepPath;
  step: StepJson;
}

function* placesIn(steps: readonly StepJson[], block: StepPath): Generator<Place> {
  for (const [index, step] of steps.entries()) {
    const path = `${block}/${index}`;
    yield { path, step };
    for (const name of blockNames(step)) {
      const inner = blockOf(step, name);
      if (inner) yield* placesIn(inner, `${path}/${name}`);
    }
  }
}

/** Sections that did not change are the same object in the next document: they are walked once. */
const known = new WeakMap<readonly StepJson[], { section: string; places: readonly Place[] }>();

/** Every step of one section, outer before inner. */
export function sectionPlaces(journey: JourneyJson, section: string): readonly Place[] {
  const steps = sectionSteps(journey, section);
  if (steps === null) return [];
  const before = known.get(steps);
  if (before?.section === section) return before.places;
  const places = [...placesIn(steps, section)];
  known.set(steps, { section, places });
  return places;
}

/** The sections from `start` on in the order in which they are reached, what is left by name, `@on_error` last. */
export function sectionOrder(journey: JourneyJson): readonly string[] {
  const order: string[] = [];
  const visit = (section: string) => {
    if (order.includes(section) || !Object.hasOwn(journey.sections, section)) return;
    order.push(section);
    for (const { step } of sectionPlaces(journey, section)) {
      if (step.step === "goto" && typeof step.section === "string") visit(step.section);
    }
  };
  visit(START);
  for (const section of Object.keys(journey.sections).sort()) visit(section);
  return [...order, ON_ERROR];
}

/** Walked once for each document: choosing, searching and checking ask again and again, and it never changes. */
const walked = new WeakMap<JourneyJson, readonly Place[]>();

/** Every step in reading order. */
export function places(journey: JourneyJson): readonly Place[] {
  let all = walked.get(journey);
  if (!all) {
    all = sectionOrder(journey).flatMap((section) => sectionPlaces(journey, section));
    walked.set(journey, all);
  }
  return all;
}

/** Where steps stand now, by the very object: what did not change is the same object in the next document. */
export function pathsByStep(journey: JourneyJson): ReadonlyMap<StepJson, StepPath> {
  return new Map(places(journey).map(({ path, step }) => [step, path]));
}

/** Paths in reading order, without those inside another of them. */
export function outermost(journey: JourneyJson, paths: Iterable<StepPath>): readonly StepPath[] {
  const wanted = new Set(paths);
  const kept: StepPath[] = [];
  for (const { path } of places(journey)) {
    const last = kept.at(-1);
    if (wanted.has(path) && !(last !== undefined && within(path, last))) kept.push(path);
  }
  return kept;
}
