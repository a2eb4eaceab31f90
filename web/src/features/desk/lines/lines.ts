/** Lines as `GET /lines` and `GET /queues/{id}/waiting` answer. Source: src/warmline/features/desk/lines_api.py. */
import type { Locale, LocalText } from "@/i18n/locale";

export interface Line {
  id: string;
  name: LocalText;
  waiting: number;
  /** Since when the first of them waits. */
  longest_since: string | null;
}

export interface Waiting {
  id: string;
  customer: { id: string; name: string | null; known: boolean };
  intent: string | null;
  locale: Locale;
  channel: string;
  priority: number | null;
  queued_at: string;
  /** A promised call whose turn may come. */
  callback: boolean;
  /** How much longer they are expected to wait, in whole minutes; null where nobody can say. */
  expected: { low_s: number; high_s: number } | null;
}

/** The words for an expected wait, and the minutes in them. */
export function expectedWords({ low_s, high_s }: NonNullable<Waiting["expected"]>) {
  const [low, high] = [Math.round(low_s / 60), Math.round(high_s / 60)];
  if (low === 0) return { key: "lines.expected.within", low, high } as const;
  if (low === high) return { key: "lines.expected.about", low, high } as const;
  return { key: "lines.expected.between", low, high } as const;
}

/** The line to show: the one asked for, else the one that waits longest, else the first. */
export function chosenLine(lines: readonly Line[], wanted: string | undefined): Line | undefined {
  const asked = lines.find((line) => line.id === wanted);
  if (asked) return asked;
  const waiting = lines.filter((line) => line.longest_since !== null);
  return waiting.sort((a, b) => String(a.longest_since).localeCompare(String(b.longest_since)))[0] ?? lines[0];
}
