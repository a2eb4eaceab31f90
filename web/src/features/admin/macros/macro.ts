/** Prepared replies: their placeholders, and how one looks when filled. Pure. */
import type { Trilingual } from "@/api/settings";

export interface Macro {
  id: string;
  version: number;
  shortcut: string;
  title: Trilingual;
  texts: Trilingual;
}

export type MacroDraft = Omit<Macro, "id" | "version">;

/** What may stand in braces; `contact.…` are the facts collected in self-service. */
export const VARIABLES = ["customer.name", "agent.name", "contact.id", "contact.order.number"] as const;

const KNOWN = /^(?:customer\.name|agent\.name|contact\.[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)$/;

/** Placeholders that the API would refuse. */
export function unknownPlaceholders(text: string): readonly string[] {
  return [...text.matchAll(/\{([^{}]*)\}/g)].map((found) => found[1] ?? "").filter((name) => !KNOWN.test(name));
}

/** The text with samples in place of its variables. */
export function filled(text: string, samples: Readonly<Record<string, string>>): string {
  return text.replace(/\{([^{}]*)\}/g, (whole, name: string) => samples[name] ?? whole);
}

/** `{name}` put where the cursor is; `cursor` is where it stands after. */
export function withVariable(
  text: string,
  name: string,
  start: number,
  end: number,
): { text: string; cursor: number } {
  const inserted = `{${name}}`;
  return { text: text.slice(0, start) + inserted + text.slice(end), cursor: start + inserted.length };
}
