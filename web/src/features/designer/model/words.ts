/** What a step is called and says, for canvas, outline and lists. */
import { lookup, t } from "@/i18n/t";
import { detailOf, promptOf } from "../../journeys/outline";
import type { JourneyJson, StepJson, StepPath } from "../seams";
import { choicesOf, OPTION } from "./blocks";
import { ON_ERROR, placeOf, stepAt } from "./paths";

export type Texts = ReadonlyMap<string, string>;

export function kindName(kind: string): string {
  return lookup(`journeys.step.${kind}`) ?? kind;
}

export function sectionName(section: string): string {
  if (section === ON_ERROR) return t("journeys.on_error");
  return lookup(`designer.section.${section}`) ?? section;
}

export function journeyName(id: string): string {
  return lookup(`thread.journey.${id}`) ?? id;
}

/** The name of a branch: an option by its label, the others by their own words. */
export function blockName(step: StepJson, block: string, texts: Texts): string {
  if (!block.startsWith(OPTION)) return lookup(`journeys.branch.${block}`) ?? block;
  const value = block.slice(OPTION.length);
  const label = choicesOf(step).find((choice) => choice.value === value)?.label;
  return `“${(label && texts.get(label)) ?? value}”`;
}

/** What a step says first, in the reader's language; else what it does, in its own terms. */
export function summary(step: StepJson, texts: Texts): string {
  const key = promptOf(step);
  if (key) return texts.get(key) ?? key;
  if (step.step === "goto") return typeof step.section === "string" ? sectionName(step.section) : "";
  const other = step.step === "transfer" ? step.journey : step.step === "call" ? step.module : null;
  if (typeof other === "string") return other === "" ? "" : journeyName(other);
  return detailOf(step);
}

/** A step's place for people: its section, kind and what it says. */
export function placeName(journey: JourneyJson, path: StepPath, texts: Texts): string {
  const step = stepAt(journey, path);
  if (step) return [kindName(step.step), summary(step, texts)].filter(Boolean).join(": ");
  const { block } = placeOf(path);
  const holder = stepAt(journey, block);
  return holder ? blockName(holder, path.slice(block.length + 1), texts) : sectionName(path);
}
