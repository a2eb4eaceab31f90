/** A conversation with the draft in hand: what it is held in, what was done so far, and what came of it. Pure. */
import type { Locale } from "@/i18n/locale";
import type { StepPath } from "../seams";

/** Source: features/designer/cases_schemas.py. */
export interface Deed {
  readonly say?: string | null;
  readonly tap?: string | null;
  readonly press?: string | null;
  readonly fill?: Readonly<Record<string, string>> | null;
  readonly speak?: Locale | null;
  readonly wait_s?: number | null;
  readonly until?: string | null;
  readonly silent?: boolean;
  readonly until_next?: boolean;
  readonly leave?: boolean;
}

/** Guides and help pages have a channel of their own, whatever is asked for. */
export type Channel = "webchat" | "voice" | "guide" | "help";
export type Fault = "slow" | "failing" | "down";
export type HoursState = "open" | "closed" | "holiday" | "emergency";
export type Staffing = "staffed" | "unstaffed" | "full";

export interface Scenery {
  readonly start_at: string;
  readonly channel: Channel;
  readonly locale: Locale;
  readonly hours: Readonly<Record<string, HoursState>>;
  readonly queues: Readonly<Record<string, Staffing>>;
  readonly faults: Readonly<Record<string, Fault>>;
  readonly choices: Readonly<Record<string, number>>;
  readonly [other: string]: unknown;
}

export interface Line {
  readonly who: "customer" | "bot" | "aside";
  readonly kind: string;
  readonly at_s: number;
  readonly text: string;
  readonly name: string;
  readonly place: string;
  readonly options: readonly string[];
  readonly deed: number | null;
}

export interface Pending {
  readonly name: string;
  readonly in_s: number;
  readonly due_at: string;
}

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly kind: string;
  readonly required: boolean;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
  readonly problem: string;
}

export interface Expect {
  readonly ends: string | null;
  readonly said: readonly string[];
  readonly [other: string]: unknown;
}

export interface CaseBody {
  readonly name: string;
  readonly scenery: Scenery;
  readonly deeds: readonly Deed[];
  readonly expect: Expect;
}

export interface Simulation {
  readonly transcript: readonly Line[];
  readonly trace: readonly string[];
  readonly variables: Readonly<Record<string, unknown>>;
  readonly awaited: {
    readonly kind: string;
    readonly place: string;
    readonly input_kind: string | null;
    readonly secret: boolean;
    readonly options: readonly { readonly value: string; readonly label: string }[];
    readonly keys: readonly [number, number] | null;
    readonly fields: readonly FormField[];
    readonly pending: readonly Pending[];
  };
  readonly ended: string | null;
  readonly problems: readonly string[];
  readonly now: string;
  readonly at_s: number;
  readonly locale: Locale;
  readonly case: CaseBody;
  readonly answers: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  readonly calendars: readonly string[];
  readonly queues: readonly string[];
}

export interface Talk {
  readonly scenery: Scenery;
  readonly deeds: readonly Deed[];
}

export function beginning(start_at: string, locale: Locale, channel: Channel = "webchat"): Talk {
  return {
    scenery: { start_at, channel, locale, hours: {}, queues: {}, faults: {}, choices: {} },
    deeds: [],
  };
}

export function did(talk: Talk, deed: Deed): Talk {
  return { ...talk, deeds: [...talk.deeds, deed] };
}

/** Back in time: as it was before the deed of this number. */
export function backTo(talk: Talk, deed: number): Talk {
  return { ...talk, deeds: talk.deeds.slice(0, Math.max(0, deed)) };
}

type Named = "hours" | "queues" | "faults" | "choices";

/** Set one of the surroundings by its name; null: as it is by itself. What was done so far is done anew in them. */
export function surrounded(talk: Talk, kind: Named, name: string, value: string | number | null): Talk {
  const rest = Object.entries(talk.scenery[kind]).filter(([known]) => known !== name);
  const all = value === null ? rest : [...rest, [name, value] as const];
  return { ...talk, scenery: { ...talk.scenery, [kind]: Object.fromEntries(all) } };
}

/** Another channel, language or beginning: a conversation of its own, in the same surroundings. */
export function anew(talk: Talk, change: Partial<Pick<Scenery, "channel" | "locale" | "start_at">>): Talk {
  return { scenery: { ...talk.scenery, ...change }, deeds: [] };
}

/** Which steps and blocks of this journey were reached, in their order. */
export function trailIn(trace: readonly string[], journey: string): readonly StepPath[] {
  const mark = `${journey}#`;
  return trace.filter((place) => place.startsWith(mark)).map((place) => place.slice(mark.length));
}

/** The step of this journey a line came from; null: of another one, or of none. */
export function placeIn(line: Line, journey: string): StepPath | null {
  const mark = `${journey}#`;
  return line.place.startsWith(mark) ? line.place.slice(mark.length) : null;
}

/** Whether keys pressed so far are a whole answer: at the most keys there may be, or ended by `#`. */
export function complete(pressed: string, keys: readonly [number, number] | null): boolean {
  if (pressed.endsWith("#") || pressed === "*") return true;
  return pressed.length >= (keys?.[1] ?? 1);
}

/** Variables by dotted path, in a table. */
export function flattened(variables: Readonly<Record<string, unknown>>, prefix = ""): [string, string][] {
  return Object.entries(variables).flatMap(([name, value]): [string, string][] => {
    const path = prefix === "" ? name : `${prefix}.${name}`;
    if (value !== null && typeof value === "object" && !Array.isArray(value)) {
      return flattened(value as Record<string, unknown>, path);
    }
    return [[path, value === null ? "–" : typeof value === "string" ? value : JSON.stringify(value)]];
  });
}

/** What an answer of a backend says, short enough for a list. */
export function answerWords(answer: Readonly<Record<string, unknown>>): string {
  const parts = flattened(answer).map(([name, value]) => `${name}: ${value}`);
  return parts.length === 0 ? "–" : parts.join(", ");
}

/** What of a new transcript has not been heard yet: bot lines beyond those the two have in common. */
export function unheard(old: readonly Line[], fresh: readonly Line[]): readonly Line[] {
  const same = (one: Line | undefined, other: Line) =>
    one !== undefined && one.kind === other.kind && one.text === other.text && one.at_s === other.at_s;
  const first = fresh.findIndex((line, at) => !same(old[at], line));
  return first < 0 ? [] : fresh.slice(first).filter((line) => line.kind === "spoken");
}
