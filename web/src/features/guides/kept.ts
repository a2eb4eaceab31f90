/** What an agent has half filled in, over a reload of this window: per guide, never a secret, gone once it is sent. */
import { type Entries, entriesOf, type Guide } from "./guides";

const PREFIX = "warmline.guide.";

interface Kept {
  revision: number;
  entries: Entries;
}

/** Keep what differs from what the server knows already. */
export function keepEntries(guide: Guide, entries: Entries): void {
  const own = guide.fields.filter(({ name, kind, value }) => kind !== "secret" && (entries[name] ?? "") !== value);
  if (own.length === 0) {
    dropEntries(guide.id);
    return;
  }
  const kept: Kept = {
    revision: guide.revision,
    entries: Object.fromEntries(own.map(({ name }) => [name, entries[name] ?? ""])),
  };
  try {
    sessionStorage.setItem(PREFIX + guide.id, JSON.stringify(kept));
  } catch {
    // A full store costs only the comfort of a reload; the form itself stands.
  }
}

/** What stands in the open card: what is known, and what was half filled in on this very card. */
export function openedEntries(guide: Guide): Entries {
  const known = entriesOf(guide);
  try {
    const kept: Partial<Kept> = JSON.parse(sessionStorage.getItem(PREFIX + guide.id) ?? "{}");
    if (kept.revision !== guide.revision) return known;
    const own = Object.entries(kept.entries ?? {}).filter(
      ([name, entry]) => name in known && typeof entry === "string",
    );
    return { ...known, ...Object.fromEntries(own) };
  } catch {
    return known;
  }
}

export function dropEntries(guide: string): void {
  sessionStorage.removeItem(PREFIX + guide);
}

/** Forget everything, at sign-out: somebody else may sit here next. */
export function forgetEntries(): void {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(PREFIX)) sessionStorage.removeItem(name);
}
