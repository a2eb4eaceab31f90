/** Steps on the clipboard: as JSON, so that they go from journey to journey, between tabs, and into a text. */
import type { JourneyJson, StepJson } from "../seams";
import { blockNames, blockOf, isBlock, isObject } from "./blocks";

const FORM = "warmline/steps";
const KEPT = "warmline.designer.steps";

export function write(steps: readonly StepJson[]): string {
  return JSON.stringify({ form: FORM, steps }, null, 1);
}

/** The steps in a text that was copied; null when it holds none. */
export function read(text: string): readonly StepJson[] | null {
  try {
    const found: unknown = JSON.parse(text);
    const steps = isObject(found) && found.form === FORM ? found.steps : found;
    return isBlock(steps) && steps.length > 0 && steps.every(sound) ? steps : null;
  } catch {
    return null;
  }
}

function sound(step: StepJson): boolean {
  return blockNames(step).every((name) => (blockOf(step, name) ?? []).every(sound));
}

/** Keep a copy where pasting finds it also when the browser's own clipboard may not be read. */
export async function keep(steps: readonly StepJson[]): Promise<void> {
  const text = write(steps);
  sessionStorage.setItem(KEPT, text);
  await navigator.clipboard?.writeText(text).catch(() => undefined);
}

/** What was copied last, here or in another tab. */
export async function kept(): Promise<readonly StepJson[] | null> {
  const shared = (await navigator.clipboard?.readText?.().catch(() => "")) ?? "";
  return read(shared) ?? read(sessionStorage.getItem(KEPT) ?? "");
}

/** A journey in a file; null when the text holds none. What its steps say is for the server to judge. */
export function readJourney(text: string): JourneyJson | null {
  try {
    const found: unknown = JSON.parse(text);
    if (!isObject(found) || typeof found.id !== "string" || !isBlock(found.on_error)) return null;
    if (!isObject(found.sections) || !Object.values(found.sections).every(isBlock)) return null;
    return found as unknown as JourneyJson;
  } catch {
    return null;
  }
}

export function writeJourney(journey: JourneyJson): string {
  return `${JSON.stringify(journey, null, 2)}\n`;
}
