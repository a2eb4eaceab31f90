/** What was counted on a help page, added up by version. Pure. */

export interface HelpCount {
  version: number;
  day: string;
  locale: string;
  what: string;
  times: number;
}

/** `key`: the widget's by which an address names the company; null where no widget is in use. */
export interface HelpCounts {
  items: readonly HelpCount[];
  key: string | null;
}

export const HAPPENED = ["seen", "finished", "helped", "not_helped", "to_people"] as const;
export type Happened = (typeof HAPPENED)[number];
export type Sums = Readonly<Record<Happened, number>>;

const DAY_MS = 86_400_000;
const DAYS = 28;

/** The address of the counts of the last four weeks; a day more on either side, for companies in other time zones. */
export function countsAddress(id: string, now: Date): string {
  const day = (offset: number) => new Date(now.getTime() + offset * DAY_MS).toISOString().slice(0, 10);
  return `/journeys/${id}/help?from=${day(-DAYS)}&to=${day(1)}`;
}

/** The address of the page itself. The desk's host may be every company's, so it names whose page is meant. */
export function helpAddress(locale: string, id: string, key: string): string {
  return `/help/${locale}/${id}?key=${encodeURIComponent(key)}`;
}

/** The sums of each version that was seen, the newest first. */
export function byVersion(counts: readonly HelpCount[]): readonly [number, Sums][] {
  const found = new Map<number, Record<Happened, number>>();
  for (const { version, what, times } of counts) {
    const sums = found.get(version) ?? { seen: 0, finished: 0, helped: 0, not_helped: 0, to_people: 0 };
    if (what in sums) sums[what as Happened] += times;
    found.set(version, sums);
  }
  return [...found].sort(([a], [b]) => b - a);
}
