/** Which blocks the kinds of steps have. Source: src/warmline/domain/journey/walk.py, document.py. */
import type { Json, StepJson } from "../seams";

export interface BlockDef {
  name: string;
  /** There in every document: it is empty at first, and the checker tells what has to be in it. */
  required?: boolean;
  /** Absent, it does what another branch does; present, even empty, it goes its own way. */
  instead?: true;
}

const required = (name: string): BlockDef => ({ name, required: true });
const optional = (name: string): BlockDef => ({ name });
const instead = (name: string): BlockDef => ({ name, instead: true });

const BLOCKS: Readonly<Record<string, readonly BlockDef[]>> = {
  ask: [required("give_up")],
  menu: [required("give_up")],
  when: [required("then"), optional("otherwise")],
  invoke: [required("failed"), instead("timed_out")],
  verify: [required("failed"), required("locked"), instead("unavailable")],
  hours: [optional("open"), required("closed"), instead("holiday"), instead("emergency")],
  enqueue: [required("nobody_staffed"), required("queue_full"), required("overflow"), optional("callback")],
  callback: [required("give_up")],
  voicemail: [required("done"), required("give_up")],
  show: [optional("give_up")],
  send_link: [required("sent"), required("failed")],
};

/** Lists of choices, each with a block of its own. */
const CHOICES = ["options", "choices"] as const;
export const OPTION = "option:";

export function isObject(value: unknown): value is Readonly<Record<string, Json>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isBlock(value: unknown): value is readonly StepJson[] {
  return Array.isArray(value) && value.every((each) => isObject(each) && typeof each.step === "string");
}

export interface Choice {
  field: string;
  at: number;
  value: string;
  label: string | null;
}

/** The choices of a step that may have blocks: a menu's options. */
export function choicesOf(step: StepJson): readonly Choice[] {
  return CHOICES.flatMap((field) => {
    const listed = step[field];
    if (!Array.isArray(listed)) return [];
    return listed.flatMap((choice: Json, at): Choice[] =>
      isObject(choice) && choice.value !== undefined
        ? [
            {
              field,
              at,
              value: String(choice.value),
              label: typeof choice.label === "string" ? choice.label : null,
            },
          ]
        : [],
    );
  });
}

/** Fields that hold steps in kinds this page does not know by name. */
function foreign(step: StepJson, known: readonly BlockDef[]): readonly BlockDef[] {
  return Object.keys(step)
    .filter((name) => !known.some((def) => def.name === name))
    .filter((name) => !CHOICES.some((field) => field === name))
    .filter((name) => isBlock(step[name]) && (step[name] as readonly StepJson[]).length > 0)
    .map(optional);
}

export function blockDefs(step: StepJson): readonly BlockDef[] {
  const known = BLOCKS[step.step] ?? [];
  return [...known, ...foreign(step, known)];
}

/** The names of all blocks a step may have, absent ones too: choices first, as they are read. */
export function blockNames(step: StepJson): readonly string[] {
  return [...choicesOf(step).map(({ value }) => OPTION + value), ...blockDefs(step).map(({ name }) => name)];
}

/** The names of the blocks to be seen: those that are there, and empty ones through which a path goes on. */
export function shownBlocks(step: StepJson): readonly string[] {
  const defs = blockDefs(step).filter(({ name, instead: other }) => {
    if (isBlock(step[name]) && (step[name] as readonly StepJson[]).length > 0) return true;
    if (other) return isBlock(step[name]);
    return name !== "callback" || typeof step.callback_after_s === "number";
  });
  return [...choicesOf(step).map(({ value }) => OPTION + value), ...defs.map(({ name }) => name)];
}

/** The steps of one block; null when it is absent or the step has no such block. */
export function blockOf(step: StepJson, name: string): readonly StepJson[] | null {
  if (name.startsWith(OPTION)) {
    const choice = choicesOf(step).find(({ value }) => value === name.slice(OPTION.length));
    if (!choice) return null;
    const holder = (step[choice.field] as readonly Json[])[choice.at];
    const then = isObject(holder) ? holder.then : undefined;
    return isBlock(then) ? then : [];
  }
  const found = step[name];
  return isBlock(found) ? found : null;
}

/** The step with other steps in one of its blocks. */
export function withBlock(step: StepJson, name: string, steps: readonly StepJson[]): StepJson {
  if (!name.startsWith(OPTION)) return { ...step, [name]: steps };
  const choice = choicesOf(step).find(({ value }) => value === name.slice(OPTION.length));
  if (!choice) return step;
  const listed = (step[choice.field] as readonly Json[]).map((each, at) =>
    // biome-ignore lint/suspicious/noThenProperty: the document's own word for a choice's steps.
    at === choice.at && isObject(each) ? { ...each, then: steps } : each,
  );
  return { ...step, [choice.field]: listed };
}
