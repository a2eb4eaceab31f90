/** What stands half filled in the open card, over a reload of this tab: of one conversation, and never a secret. */

import type { FormField } from "../protocol";
import { type Entries, entriesOf } from "./card";
import type { Shelf } from "./shelf";

interface Kept {
  contact: string;
  entries: Entries;
}

export class Forms {
  private readonly name: string;

  /** `shelf`: the tab's own, so that nothing of it outlives the visit. */
  constructor(
    private readonly shelf: Shelf,
    key: string,
  ) {
    this.name = `warmline:${key}:card`;
  }

  /** One card is open at a time: what was kept of another one is gone. */
  keep(contact: string, fields: readonly FormField[], entries: Entries): void {
    const open = fields.filter(isKept).map(({ name }) => [name, entries[name] ?? ""]);
    const kept: Kept = { contact, entries: Object.fromEntries(open) };
    try {
      this.shelf.setItem(this.name, JSON.stringify(kept));
    } catch {
      // A full shelf costs only the comfort of a reload; the card itself stands.
    }
  }

  /** What stands in a card: what is known, and what was filled in before a reload or a change of language. */
  opened(contact: string, fields: readonly FormField[]): Entries {
    const known = entriesOf(fields);
    const kept = this.read();
    if (kept?.contact !== contact || !sameNames(fields, kept.entries)) return known;
    return { ...known, ...kept.entries };
  }

  /** It was sent, or the conversation is over. */
  drop(): void {
    this.shelf.removeItem(this.name);
  }

  private read(): Kept | null {
    try {
      const kept: unknown = JSON.parse(this.shelf.getItem(this.name) ?? "null");
      return isKeptCard(kept) ? kept : null;
    } catch {
      return null;
    }
  }
}

/** Files are chosen anew: what was uploaded and not sent is not the page's to remember. */
function isKept(field: FormField): boolean {
  return field.kind !== "secret" && field.kind !== "file";
}

function sameNames(fields: readonly FormField[], entries: Entries): boolean {
  const names = fields.filter(isKept).map(({ name }) => name);
  return names.length === Object.keys(entries).length && names.every((name) => name in entries);
}

function isKeptCard(value: unknown): value is Kept {
  if (typeof value !== "object" || value === null || !("contact" in value) || !("entries" in value)) return false;
  const { entries } = value;
  return (
    typeof entries === "object" &&
    entries !== null &&
    Object.values(entries).every((each) => typeof each === "string")
  );
}
