/** What fields may name, as `GET /api/journeys/names` tells it. */
import { useResource } from "@/api/resource";
import type { Trilingual } from "@/api/settings";
import type { Schema } from "./schema";

export interface Named {
  readonly id: string;
  readonly name: Partial<Trilingual>;
}

export interface NamedTask {
  readonly id: string;
  /** It takes these arguments and no others. */
  readonly declared: boolean;
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly secret: readonly string[];
  readonly answers: readonly Readonly<Record<string, { kind: string; optional: boolean }>>[];
  readonly fields: readonly string[];
}

export interface NamedJourney {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly parameters: readonly string[];
}

export interface Names {
  readonly queues: readonly Named[];
  readonly calendars: readonly Named[];
  readonly skills: readonly (Named & { readonly level: number })[];
  readonly tasks: readonly NamedTask[];
  readonly journeys: readonly NamedJourney[];
  readonly prompts: readonly { readonly key: string; readonly used_by: readonly string[] }[];
  readonly intents: readonly string[];
  readonly slots: readonly string[];
}

export const NO_NAMES: Names = {
  queues: [],
  calendars: [],
  skills: [],
  tasks: [],
  journeys: [],
  prompts: [],
  intents: [],
  slots: [],
};

export const NAMES = "/journeys/names";

export function useNames() {
  return useResource<Names>(NAMES, 30_000);
}

/** It changes with a new release only. */
export function useSchema() {
  return useResource<Schema>("/journeys/schema", 3_600_000);
}
