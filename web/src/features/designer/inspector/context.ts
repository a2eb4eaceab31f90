/** What every editor of a field may look up: names, variables, texts, and what wants to be called. */
import { createContext, useContext } from "react";
import type { Prompt } from "@/api/settings";
import type { JourneyJson } from "../seams";
import { type Names, NO_NAMES } from "./names";
import type { Suggestion } from "./SuggestField";
import type { Schema } from "./schema";
import type { Variable } from "./variables";

export interface Room {
  readonly schema: Schema;
  readonly names: Names;
  readonly journey: JourneyJson;
  readonly sections: readonly string[];
  readonly variables: readonly Variable[];
  readonly prompts: readonly Prompt[];
  /** Prompt key → its text in the reader's language. */
  readonly texts: ReadonlyMap<string, string>;
  /** Every prompt key to be suggested, with what it says. */
  readonly keys: readonly Suggestion[];
  readonly editable: boolean;
}

const NO_SHAPE = { kind: "", tag: "", leaves_out: true, fields: [] };

export const RoomContext = createContext<Room>({
  schema: {
    steps: [],
    inputs: [],
    conditions: [],
    values: [],
    option: NO_SHAPE,
    entry: NO_SHAPE,
    journey: NO_SHAPE,
  },
  names: NO_NAMES,
  journey: { id: "", sections: {}, on_error: [] },
  sections: [],
  variables: [],
  prompts: [],
  texts: new Map(),
  keys: [],
  editable: false,
});

export function useRoom(): Room {
  return useContext(RoomContext);
}
