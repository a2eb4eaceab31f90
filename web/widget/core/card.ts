/** What stands in a card of the bot, and how it reads once it is sent. */

import type { FormField } from "../protocol";

export type Entries = Record<string, string>;

const MASK = "••••";

export function entriesOf(fields: readonly FormField[]): Entries {
  return Object.fromEntries(fields.map((field) => [field.name, field.value ?? ""]));
}

export interface Section {
  heading: string;
  fields: FormField[];
}

/** The card's fields in their order, neighbours of one group together. */
export function sectionsOf(fields: readonly FormField[]): Section[] {
  const sections: Section[] = [];
  for (const field of fields) {
    const heading = field.group ?? "";
    const last = sections.at(-1);
    if (last?.heading === heading) last.fields.push(field);
    else sections.push({ heading, fields: [field] });
  }
  return sections;
}

/** Whether a section has to be seen: something in it is asked for, stands there, or does not fit. */
export function isUnfolded({ heading, fields }: Section, entries: Entries): boolean {
  return (
    heading === "" ||
    fields.some(
      ({ name, required, problem }) =>
        required !== false || problem !== undefined || (entries[name] ?? "").trim() !== "",
    )
  );
}

/** The names of the fields that must not stay empty, and are. */
export function missing(fields: readonly FormField[], entries: Entries): string[] {
  return fields
    .filter((field) => field.required !== false && (entries[field.name] ?? "").trim() === "")
    .map((field) => field.name);
}

/** The card as a message, until the server has written its own. */
export function written(fields: readonly FormField[], entries: Entries, button: string): string {
  const lines = fields.flatMap((field) => {
    const entry = (entries[field.name] ?? "").trim();
    if (entry === "") return [];
    const label = field.options?.find((option) => option.value === entry)?.label ?? entry;
    return [`${field.label}: ${field.kind === "secret" ? MASK : label}`];
  });
  return [...lines, button].join("\n");
}
