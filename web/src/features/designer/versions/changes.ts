/** Changes between two documents as the server tells them, and as canvas and lists show them. */
import type { Key } from "@/i18n/keys";
import { lookup } from "@/i18n/t";
import { spellCondition, spellValue } from "../../journeys/outline";
import { blockAt, stepAt } from "../model/paths";
import { kindName, placeName, sectionName, summary, type Texts } from "../model/words";
import type { JourneyJson, Layer, StepJson, StepPath } from "../seams";

type Json = StepJson[string];

export type ChangeKind = "added" | "removed" | "moved" | "changed";
export type Tone = "good" | "warn" | "bad";

export interface FieldChange {
  readonly field: string;
  readonly old: unknown;
  readonly new: unknown;
}

/** One difference. Source: src/warmline/features/designer/versions_api.py, ChangeDoc. */
export interface Change {
  readonly kind: ChangeKind;
  readonly what: "step" | "option" | "section" | "journey";
  readonly path: StepPath | null;
  readonly before: StepPath | null;
  readonly step: string;
  readonly fields: readonly FieldChange[];
  /** What was removed, without its branches. */
  readonly own: Readonly<Record<string, Json>>;
  /** What stands before the place of something removed; at its beginning, the block. */
  readonly near: StepPath | null;
}

export const TONES: Readonly<Record<ChangeKind, Tone>> = {
  added: "good",
  removed: "bad",
  moved: "warn",
  changed: "warn",
};

export const SIGNS: Readonly<Record<ChangeKind, string>> = { added: "+", removed: "−", moved: "⇄", changed: "~" };

export function keyOfChange(change: Change): string {
  return `${change.kind} ${change.what} ${change.path ?? ""} ${change.before ?? ""}`;
}

/** The changes drawn over the newer document; what is gone is counted at the step or block it stood behind. */
export function layerOf(changes: readonly Change[], journey: JourneyJson): Layer {
  const badges = new Map<StepPath, { text: string; tone: Tone }>();
  const gone = new Map<StepPath, number>();
  for (const change of changes) {
    if (change.path) badges.set(change.path, { text: SIGNS[change.kind], tone: TONES[change.kind] });
    else if (change.near && (stepAt(journey, change.near) || blockAt(journey, change.near)))
      gone.set(change.near, (gone.get(change.near) ?? 0) + 1);
  }
  for (const [place, count] of gone) {
    const own = badges.get(place)?.text;
    badges.set(place, { text: own === undefined ? `−${count}` : `${own} −${count}`, tone: "bad" });
  }
  return { of: "versions", badges };
}

/** How often each kind of change occurs, in the order they are told. */
export function tally(changes: readonly Change[]): readonly (readonly [ChangeKind, number])[] {
  const kinds: readonly ChangeKind[] = ["added", "removed", "moved", "changed"];
  return kinds.flatMap((kind) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count > 0 ? [[kind, count] as const] : [];
  });
}

/** What a change is about, in words: a step with what it says, a section by its name. */
export function changeName(change: Change, journey: JourneyJson, texts: Texts): string {
  if (change.what === "journey") return lookup("versions.journey") ?? "";
  if (change.what === "section") return sectionName(change.step);
  if (change.path !== null && (change.what === "option" || stepAt(journey, change.path))) {
    return placeName(journey, change.path, texts);
  }
  const option = /option:([^/]*)$/.exec(change.before ?? "");
  if (option?.[1] !== undefined) return `“${option[1]}”`;
  return [kindName(change.step), summary({ ...change.own, step: change.step }, texts)].filter(Boolean).join(": ");
}

/** Where a change is, as its section says it. */
export function changeSection(change: Change): string {
  const [section = ""] = (change.path ?? change.before ?? "").split("/");
  return sectionName(section);
}

/** A value of a field as people read it: a prompt with its text, a condition spelled out, many things counted. */
export function valueName(field: string, value: unknown, texts: Texts): string {
  if (value === null || value === undefined) return "–";
  if (field === "condition") return spellCondition(value);
  if (typeof value === "string") return texts.get(value) ?? value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) {
    const plain = value.every((one) => typeof one === "string" || typeof one === "number");
    if (plain) return value.map((one) => valueName(field, one, texts)).join(", ") || "–";
    return value.map((one) => partName(one, texts)).join(" → ") || "–";
  }
  if (typeof value === "object" && "path" in value) return spellValue(value);
  return partName(value, texts);
}

function partName(value: unknown, texts: Texts): string {
  if (typeof value !== "object" || value === null) return String(value);
  const { step, prompt, label, input } = value as Readonly<Record<string, unknown>>;
  const said = typeof prompt === "string" ? prompt : typeof label === "string" ? label : null;
  const kind = typeof step === "string" ? kindName(step) : typeof input === "string" ? input : "";
  const text = said === null ? "" : (texts.get(said) ?? said);
  return [kind, text].filter(Boolean).join(": ") || JSON.stringify(value);
}

export function fieldName(field: string): string {
  return lookup(`inspector.field.${field}`) ?? lookup(`journeys.branch.${field}`) ?? field;
}

export function kindKey(kind: ChangeKind): Key {
  return `versions.kind.${kind}`;
}
