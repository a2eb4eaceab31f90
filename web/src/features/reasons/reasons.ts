/** The map of contact reasons as the server tells it, and a catalogue entry as somebody edits it. */
import type { Trilingual } from "@/api/settings";

export const TAGS = ["PIPA", "APPI", "PCI_DSS", "HIPAA", "SOC_2"] as const;
export const LEVELS = [0, 1, 2, 3, 4, 5] as const;
/** How often a customer may be misunderstood at most before a person has to help. */
export const MOST_PATIENCE = 20;
export type Tag = (typeof TAGS)[number];

export interface Entry {
  readonly id: string;
  readonly name: Trilingual;
  readonly needs: readonly string[];
  readonly level: number;
  readonly tasks: readonly string[];
  readonly tags: readonly Tag[];
  readonly journey_id: string | null;
  /** Misunderstood so often in one conversation, the customer comes to a person; null: not by count. */
  readonly person_after: number | null;
  readonly version: number;
}

export interface Served {
  readonly volume: number;
  readonly containment: number | null;
  readonly transfer: number | null;
  readonly repeat: number | null;
  readonly csat: number | null;
  readonly csat_answers: number;
  readonly lasted_s: number | null;
}

/** How often customers were not understood or silent; for `handed` contacts a person took over because of it. */
export interface UnheardCount {
  readonly times: number;
  readonly contacts: number;
  readonly handed: number;
}

export type GapKind =
  | "no_journey"
  | "journey_unknown"
  | "not_declared"
  | "level_missing"
  | "task_missing"
  | "task_unknown"
  | "data_missing"
  | "uncatalogued";

export interface ReasonLine {
  readonly id: string;
  readonly entry: Entry | null;
  readonly served: Served;
  readonly channels: readonly { readonly channel: string; readonly served: Served }[];
  readonly declared_in: readonly string[];
  readonly gaps: readonly { readonly kind: GapKind; readonly about: string }[];
  readonly unheard: UnheardCount;
}

export interface ReasonMap {
  readonly first: string;
  readonly last: string;
  readonly time_zone: string;
  readonly items: readonly ReasonLine[];
  readonly undeclared: Served;
  readonly unheard: UnheardCount;
}

/** An entry in a form: lists as the text one types. */
export interface Draft {
  readonly id: string;
  readonly name: Trilingual;
  readonly needs: string;
  readonly level: number;
  readonly tasks: string;
  readonly tags: readonly Tag[];
  readonly journey_id: string | null;
  readonly person_after: number | null;
}

export function draftOf(line: ReasonLine | null): Draft {
  const entry = line?.entry ?? null;
  return {
    id: line?.id ?? "",
    name: entry?.name ?? { ko: "", ja: "", en: "" },
    needs: (entry?.needs ?? []).join(", "),
    level: entry?.level ?? 0,
    tasks: (entry?.tasks ?? []).join(", "),
    tags: entry?.tags ?? [],
    journey_id: entry ? entry.journey_id : (line?.declared_in[0] ?? null),
    person_after: entry?.person_after ?? null,
  };
}

/** The words of a list that was typed with commas, spaces or new lines between them, each once. */
export function listOf(text: string): string[] {
  return [...new Set(text.split(/[\s,、，]+/u).filter(Boolean))];
}

export function bodyOf(draft: Draft): Omit<Entry, "version"> {
  return { ...draft, needs: listOf(draft.needs), tasks: listOf(draft.tasks) };
}

export function isComplete(draft: Draft): boolean {
  return /^[a-z0-9][a-z0-9_-]{0,62}$/.test(draft.id) && Object.values(draft.name).every((name) => name.trim());
}

/** The contacts of a reason, as the reports list them. */
export function contactsAddress(map: ReasonMap, reason: string | null): string {
  const query = new URLSearchParams({ from: map.first, to: map.last, group: "reason" });
  if (reason !== null) query.set("key", reason);
  return `/reports?${query}`;
}

/** A number of days before a day, both written as in 2026-11-22. */
export function daysBefore(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - days);
  return at.toISOString().slice(0, 10);
}
