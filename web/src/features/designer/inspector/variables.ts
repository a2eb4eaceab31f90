/** Which variables a journey knows, and where each comes from. Pure. */
import { places } from "../model/paths";
import type { JourneyJson, Json, StepJson } from "../seams";
import type { NamedTask } from "./names";
import { isPart } from "./schema";

export interface Variable {
  readonly path: string;
  /** The kind of step that fills it in, or `parameter`. */
  readonly from: string;
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}

function filledBy(step: StepJson, tasks: readonly NamedTask[]): readonly string[] {
  const { into } = step;
  const entries = Array.isArray(step.fields) ? step.fields.filter(isPart) : [];
  const asked = entries.flatMap((entry) => (typeof entry.into === "string" ? [entry.into] : []));
  if (typeof into !== "string" || into === "") return asked;
  if (step.step !== "invoke") return [into, ...asked];
  const told = texts(step.result);
  const fields = told.length > 0 ? told : (tasks.find(({ id }) => id === step.task)?.fields ?? []);
  return [into, ...fields.map((field) => `${into}.${field}`)];
}

/** Every variable once, by name: what was given at the beginning, and what steps fill in. */
export function variablesOf(journey: JourneyJson, tasks: readonly NamedTask[]): readonly Variable[] {
  const found = new Map<string, Variable>();
  for (const path of texts(journey.parameters)) found.set(path, { path, from: "parameter" });
  for (const { step } of places(journey)) {
    for (const path of filledBy(step, tasks)) {
      if (!found.has(path)) found.set(path, { path, from: step.step });
    }
  }
  return [...found.values()].sort((one, other) => one.path.localeCompare(other.path));
}

/** Whether anything may stand there: the variable itself, a part of it, or the record it is in. */
export function isKnown(variables: readonly Variable[], path: string): boolean {
  const [head] = path.split(".");
  return variables.some((one) => one.path === path || one.path.split(".")[0] === head);
}
