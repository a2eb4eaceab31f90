/** What journeys did not understand, as the API tells it, and the ways from and to it. Pure. */

/** Words that mean the same to us, in one language, without numbers and addresses. */
export interface Phrase {
  readonly text: string;
  readonly locale: string;
  readonly times: number;
  readonly contacts: number;
  readonly last_at: string;
}

/** A step and what it did not understand. */
export interface Misheard {
  readonly journey_id: string;
  readonly path: string;
  readonly version: number;
  /** The key of what it asks; null: not known. */
  readonly prompt: string | null;
  readonly no_match: number;
  readonly no_input: number;
  readonly contacts: number;
  /** Customers a person took over because of it. */
  readonly handed: number;
  /** How many of the newest words `phrases` sums up. */
  readonly read: number;
  /** How many of those are in phrases that are not shown. */
  readonly others: number;
  readonly phrases: readonly Phrase[];
}

export interface Unheard {
  readonly first: string;
  readonly last: string;
  readonly kept_days: number;
  readonly steps: readonly Misheard[];
}

/** What is looked at; null or left out: all of them. */
export interface Sought {
  readonly from: string;
  readonly to: string;
  readonly journey?: string | null;
  readonly reason?: string | null;
  readonly version?: number | null;
  readonly channel?: string | null;
  readonly locale?: string | null;
}

export function unheardAddress({ from, to, ...only }: Sought): string {
  const query = new URLSearchParams({ from, to });
  for (const [name, value] of Object.entries(only)) {
    if (value !== null && value !== undefined) query.set(name, String(value));
  }
  return `/watch/unheard?${query}`;
}

const STEP = "step";

/** The designer with this step chosen. */
export function stepAddress(journey: string, path: string): string {
  return `/journeys/${encodeURIComponent(journey)}/edit?${new URLSearchParams({ [STEP]: path })}`;
}

/** The step that an address of the designer asks for, if it does. */
export function askedStep(query: string): string | null {
  return new URLSearchParams(query).get(STEP);
}
