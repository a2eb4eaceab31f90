/** Finding steps by what they say, what they are and what they name. Pure. */
import { matches } from "@/api/match";
import type { JourneyJson, Json, StepJson, StepPath } from "../seams";
import { blockNames, choicesOf, isObject } from "./blocks";
import { places } from "./paths";

/** Every text a step holds itself: names, prompt keys, values; what is in its branches belongs to their steps. */
export function wordsOf(step: StepJson): readonly string[] {
  const blocks = new Set(blockNames(step));
  const choices = new Set(choicesOf(step).map(({ field }) => field));
  const found: string[] = [];
  const collect = (value: Json | undefined, inChoice = false) => {
    if (typeof value === "string" || typeof value === "number") found.push(String(value));
    else if (Array.isArray(value)) for (const each of value as readonly Json[]) collect(each, inChoice);
    else if (isObject(value)) {
      for (const [name, each] of Object.entries(value)) if (!(inChoice && name === "then")) collect(each);
    }
  };
  for (const [name, value] of Object.entries(step))
    if (!blocks.has(name)) collect(value as Json, choices.has(name));
  return found;
}

export interface Dictionary {
  /** Prompt key → its text in the reader's language. */
  texts: ReadonlyMap<string, string>;
  kind: (kind: string) => string;
}

export function search(journey: JourneyJson, words: string, { texts, kind }: Dictionary): readonly StepPath[] {
  if (words.trim() === "") return [];
  return places(journey).flatMap(({ path, step }) => {
    const own = wordsOf(step);
    const said = own.flatMap((word) => texts.get(word) ?? []);
    return matches([kind(step.step), ...own, ...said].join(" "), words) ? [path] : [];
  });
}
