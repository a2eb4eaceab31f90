/** What is wrong with one field as it is filled in, before the checker walks anything. Pure. */
import type { Key } from "@/i18n/keys";
import type { Json } from "../seams";
import type { Names } from "./names";
import { type Field, isPart, type Part } from "./schema";
import { isKnown, type Variable } from "./variables";

export interface Fault {
  readonly key: Key;
  readonly params?: Readonly<Record<string, string | number>>;
}

export interface Around {
  readonly names: Names;
  readonly sections: readonly string[];
  readonly variables: readonly Variable[];
  /** The part the field stands in. */
  readonly part: Part;
}

const PROMPT_KEY = /^[a-z0-9_]+(\.[a-z0-9_]+)+$/;
const VARIABLE = /^[^\s.]+(\.[^\s.]+)*$/u;
const MOST_KEY = 120;
/** Where "agent" leads: only what customers talk with has to have it. Source: domain/journey/checker_static.py. */
const FOR_PEOPLE = "agent_section";
const JOURNEY = "journey";

const fault = (key: Key, params?: Fault["params"]): Fault => (params ? { key, params } : { key });

export function promptFault(key: string): Fault | null {
  return PROMPT_KEY.test(key) && key.length <= MOST_KEY ? null : fault("inspector.fault.prompt_key");
}

/** A number within the field's range; whole where things are counted. */
export function numberFault(field: Field, value: number): Fault | null {
  if (field.kind === "count" && !Number.isInteger(value)) return fault("inspector.fault.whole");
  const { least, most } = field;
  if (least !== null && most !== null && (value < least || value > most)) {
    return fault("inspector.fault.range", { least, most });
  }
  return least !== null && value < least ? fault("inspector.fault.least", { least }) : null;
}

function named(ids: readonly string[], name: string, unknown: Key): Fault | null {
  return ids.includes(name) ? null : fault(unknown, { name });
}

function textFault(field: Field, value: string, around: Around): Fault | null {
  const { names, sections } = around;
  const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);
  switch (field.kind) {
    case "prompt":
      return promptFault(value);
    case "variable":
      return VARIABLE.test(value) ? null : fault("inspector.fault.variable");
    case "queue":
      return named(ids(names.queues), value, "inspector.fault.queue");
    case "calendar":
      return named(ids(names.calendars), value, "inspector.fault.calendar");
    case "task":
      return named(ids(names.tasks), value, "inspector.fault.task");
    case "journey":
      return named(ids(names.journeys), value, "inspector.fault.journey");
    case "module":
      return named(ids(names.journeys), value, "inspector.fault.module");
    case "section":
      if (field.name === FOR_PEOPLE && (around.part.kind ?? JOURNEY) !== JOURNEY) return null;
      return named(sections, value, "inspector.fault.section");
    case "region":
      return /^[A-Z]{2}$/.test(value) ? null : fault("inspector.fault.region");
    default:
      return null;
  }
}

/** A variable that is read: nothing in this journey fills it in. */
export function readFault(path: string, variables: readonly Variable[]): Fault | null {
  if (path === "") return fault("inspector.fault.empty");
  if (!VARIABLE.test(path)) return fault("inspector.fault.variable");
  return isKnown(variables, path) ? null : fault("inspector.fault.unset", { name: path });
}

function valueFault(value: Json, around: Around): Fault | null {
  return isPart(value) && typeof value.path === "string" ? readFault(value.path, around.variables) : null;
}

function optionsFault(value: Json): Fault | null {
  const values = Array.isArray(value) ? value.filter(isPart).map((option) => String(option.value ?? "")) : [];
  if (values.length === 0) return fault("inspector.fault.no_options");
  const twice = values.find((one, at) => values.indexOf(one) !== at);
  return twice === undefined ? null : fault("inspector.fault.twice", { name: twice });
}

/** The arguments that are taken here; null: any. */
export function takenBy(
  field: Field,
  { names, part }: Around,
): { required: readonly string[]; optional: readonly string[] } | null {
  if (field.kind !== "args") return null;
  if (typeof part.task === "string") {
    const task = names.tasks.find(({ id }) => id === part.task);
    return task?.declared ? task : null;
  }
  const module = names.journeys.find(({ id }) => id === part.module);
  return module ? { required: module.parameters, optional: [] } : null;
}

function argsFault(field: Field, value: Json, around: Around): Fault | null {
  const taken = takenBy(field, around);
  if (!taken || !isPart(value)) return null;
  const missing = taken.required.find((name) => !(name in value));
  if (missing !== undefined) return fault("inspector.fault.argument_missing", { name: missing });
  const all = [...taken.required, ...taken.optional];
  const foreign = Object.keys(value).find((name) => !all.includes(name));
  return foreign === undefined ? null : fault("inspector.fault.argument_unknown", { name: foreign });
}

function skillsFault(field: Field, value: Json, { names }: Around): Fault | null {
  if (!isPart(value)) return null;
  for (const [id, level] of Object.entries(value)) {
    const skill = names.skills.find((each) => each.id === id);
    if (!skill) return fault("inspector.fault.skill", { name: id });
    const wrong = numberFault({ ...field, kind: "count" }, Number(level));
    if (wrong) return wrong;
    if (Number(level) > skill.level) return fault("inspector.fault.skill_level", { name: id, level: skill.level });
  }
  return null;
}

/** What is wrong with a field; null: nothing that shows without walking. */
export function faultOf(field: Field, value: Json, around: Around): Fault | null {
  if (value === null && (field.optional || field.kind === "value" || field.kind === "operand")) return null;
  switch (field.kind) {
    case "seconds":
    case "count":
    case "number":
      return typeof value === "number" ? numberFault(field, value) : fault("inspector.fault.number");
    case "value":
    case "operand":
    case "var":
      return valueFault(value, around);
    case "options":
      // A card may do without options; a menu and a choice may not.
      return field.required || (Array.isArray(value) && value.length > 0) ? optionsFault(value) : null;
    case "args":
      return argsFault(field, value, around);
    case "skills":
      return skillsFault(field, value, around);
    default:
      if (typeof value !== "string") return null;
      if (value === "") return field.required ? fault("inspector.fault.empty") : null;
      return textFault(field, value, around);
  }
}
