/** Changes of a document: each returns the next one, sharing all that stays. Pure. */
import type { JourneyJson, Json, StepJson, StepPath } from "../seams";
import { blockNames, blockOf, withBlock } from "./blocks";
import { blockAt, ON_ERROR, outermost, type Parts, partsOf, placeOf, START, stepAt, within } from "./paths";

type Change = (steps: readonly StepJson[]) => readonly StepJson[];

function inBlock(steps: readonly StepJson[], parts: Parts, change: Change): readonly StepJson[] {
  const [index, name, ...inner] = parts;
  if (index === undefined) return change(steps);
  return steps.map((step, at) => {
    if (at !== index || typeof name !== "string") return step;
    return withBlock(step, name, inBlock(blockOf(step, name) ?? [], inner, change));
  });
}

/** The document with the steps of one block replaced. A path that leads nowhere changes nothing. */
export function changeBlock(journey: JourneyJson, block: StepPath, change: Change): JourneyJson {
  const parts = partsOf(journey, block);
  if (parts === null || parts.length % 2 === 0) return journey;
  const [section, ...inner] = parts;
  if (section === ON_ERROR) return { ...journey, on_error: inBlock(journey.on_error, inner, change) };
  const name = String(section);
  const steps = inBlock(journey.sections[name] ?? [], inner, change);
  return { ...journey, sections: { ...journey.sections, [name]: steps } };
}

export function changeStep(
  journey: JourneyJson,
  path: StepPath,
  change: (step: StepJson) => StepJson,
): JourneyJson {
  const { block, index } = placeOf(path);
  return changeBlock(journey, block, (steps) => steps.map((step, at) => (at === index ? change(step) : step)));
}

/** Set one field of a step; undefined takes it away, so that the default holds. */
export function setField(
  journey: JourneyJson,
  path: StepPath,
  field: string,
  value: Json | undefined,
): JourneyJson {
  return changeStep(
    journey,
    path,
    ({ [field]: _before, ...rest }) => (value === undefined ? rest : { ...rest, [field]: value }) as StepJson,
  );
}

export function insert(
  journey: JourneyJson,
  block: StepPath,
  index: number,
  steps: readonly StepJson[],
): JourneyJson {
  return changeBlock(journey, block, (before) => [...before.slice(0, index), ...steps, ...before.slice(index)]);
}

/** The document without these steps and all that is in them. */
export function remove(journey: JourneyJson, paths: readonly StepPath[]): JourneyJson {
  let next = journey;
  for (const path of [...outermost(journey, paths)].reverse()) {
    const { block, index } = placeOf(path);
    next = changeBlock(next, block, (steps) => steps.filter((_step, at) => at !== index));
  }
  return next;
}

export function stepsAt(journey: JourneyJson, paths: readonly StepPath[]): readonly StepJson[] {
  return outermost(journey, paths).flatMap((path) => stepAt(journey, path) ?? []);
}

/** Move steps, with all that is in them, to a place in a block; never into themselves. */
export function move(
  journey: JourneyJson,
  paths: readonly StepPath[],
  block: StepPath,
  index: number,
): JourneyJson {
  const taken = outermost(journey, paths);
  if (taken.length === 0 || taken.some((path) => within(block, path))) return journey;
  const steps = stepsAt(journey, taken);
  const gone = new Set(steps);
  const before =
    blockAt(journey, block)
      ?.slice(0, index)
      .filter((step) => gone.has(step)).length ?? 0;
  const marker: StepJson = { step: "@moved" };
  const marked = changeBlock(journey, block, (all) => {
    const left = all.filter((step) => !gone.has(step));
    return [...left.slice(0, index - before), marker, ...left.slice(index - before)];
  });
  return replaceMarker(purge(marked, gone), marker, steps);
}

/** Change every block; what did not change stays the same object, so that only what did is drawn anew. */
function everywhere(journey: JourneyJson, change: Change): JourneyJson {
  const deep: Change = (steps) => {
    const after = change(steps.map(inside));
    return after.length === steps.length && after.every((each, at) => each === steps[at]) ? steps : after;
  };
  const inside = (step: StepJson): StepJson => {
    let next = step;
    for (const name of blockNames(step)) {
      const before = blockOf(step, name);
      if (!before || before.length === 0) continue;
      const after = deep(before);
      if (after !== before) next = withBlock(next, name, after);
    }
    return next;
  };
  const sections = Object.fromEntries(
    Object.entries(journey.sections).map(([name, steps]) => [name, deep(steps)]),
  );
  return { ...journey, sections, on_error: deep(journey.on_error) };
}

function purge(journey: JourneyJson, gone: ReadonlySet<StepJson>): JourneyJson {
  return everywhere(journey, (steps) => steps.filter((step) => !gone.has(step)));
}

function replaceMarker(journey: JourneyJson, marker: StepJson, by: readonly StepJson[]): JourneyJson {
  return everywhere(journey, (steps) => steps.flatMap((step) => (step === marker ? by : [step])));
}

/** Move steps one place up or down; from the edge of a block they go out, beside the step it belongs to. */
export function shift(journey: JourneyJson, paths: readonly StepPath[], by: -1 | 1): JourneyJson {
  const taken = outermost(journey, paths);
  const edge = by < 0 ? taken[0] : taken.at(-1);
  if (edge === undefined) return journey;
  const { block, index } = placeOf(edge);
  const size = blockAt(journey, block)?.length ?? 0;
  if (by < 0 ? index > 0 : index < size - 1) return move(journey, taken, block, by < 0 ? index - 1 : index + 2);
  return outward(journey, taken, by < 0 ? 0 : 1);
}

/** Move steps out of their block, before (0) or behind (1) the step it belongs to. */
export function outward(journey: JourneyJson, paths: readonly StepPath[], behind: 0 | 1 = 1): JourneyJson {
  const taken = outermost(journey, paths);
  const first = taken[0];
  const parts = first === undefined ? null : partsOf(journey, placeOf(first).block);
  if (parts === null || parts.length < 3) return journey;
  const holder = placeOf(parts.slice(0, -1).join("/"));
  return move(journey, taken, holder.block, holder.index + behind);
}

/** Move steps into the last block of the step before them. */
export function inward(journey: JourneyJson, paths: readonly StepPath[]): JourneyJson {
  const taken = outermost(journey, paths);
  const first = taken[0];
  if (first === undefined) return journey;
  const { block, index } = placeOf(first);
  const into = blockAt(journey, block)?.[index - 1];
  const name = into && blockNames(into)[0];
  if (!into || name === undefined) return journey;
  const target = `${block}/${index - 1}/${name}`;
  return move(journey, taken, target, blockOf(into, name)?.length ?? 0);
}

/** Put neighbours into the first block of a new step in their place. */
export function wrap(
  journey: JourneyJson,
  paths: readonly StepPath[],
  around: (steps: readonly StepJson[]) => StepJson,
): JourneyJson {
  const taken = outermost(journey, paths);
  const first = taken[0];
  if (first === undefined) return journey;
  const { block, index } = placeOf(first);
  const inner = stepsAt(journey, taken);
  const gone = new Set(inner);
  const marker: StepJson = { step: "@moved" };
  const marked = insert(journey, block, index, [marker]);
  return replaceMarker(purge(marked, gone), marker, [around(inner)]);
}

/** Copies of steps, sharing nothing with them. */
export function copies(steps: readonly StepJson[]): readonly StepJson[] {
  return structuredClone(steps) as readonly StepJson[];
}

/** A name for a section that is not taken yet. */
export function freeSection(journey: JourneyJson, wish: string): string {
  let name = wish;
  for (let at = 2; Object.hasOwn(journey.sections, name) || name === ON_ERROR; at++) name = `${wish}_${at}`;
  return name;
}

/** Why a section cannot be called so; null: it can. */
export function sectionNameProblem(journey: JourneyJson, name: string): "form" | "taken" | null {
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(name)) return "form";
  return Object.hasOwn(journey.sections, name) ? "taken" : null;
}

export function addSection(journey: JourneyJson, name: string, steps: readonly StepJson[] = []): JourneyJson {
  if (Object.hasOwn(journey.sections, name)) return journey;
  return { ...journey, sections: { ...journey.sections, [name]: steps } };
}

export function removeSection(journey: JourneyJson, name: string): JourneyJson {
  const { [name]: _gone, ...sections } = journey.sections;
  return { ...journey, sections };
}

/** Rename a section and all that leads to it. `start` keeps its name: customers begin there. */
export function renameSection(journey: JourneyJson, from: string, to: string): JourneyJson {
  if (from === START || from === to || !Object.hasOwn(journey.sections, from)) return journey;
  const sections = Object.fromEntries(
    Object.entries(journey.sections).map(([name, steps]) => [name === from ? to : name, steps]),
  );
  const renamed: JourneyJson = { ...journey, sections };
  const leads = (journey.agent_section ?? "agent") === from;
  return everywhere(leads ? { ...renamed, agent_section: to } : renamed, (steps) =>
    steps.map((step) => (step.step === "goto" && step.section === from ? { ...step, section: to } : step)),
  );
}
