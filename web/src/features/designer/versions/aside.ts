/** Work that is not saved yet, put aside while the page is loaded again. Kept in this tab, for this person alone. */
import type { JourneyJson } from "../seams";
import type { Draft, Positions, Work } from "./keeper";

const PREFIX = "warmline.unsaved.";

export interface Aside {
  /** The draft it belongs to; null: none is saved yet. */
  readonly draft: string | null;
  /** What the first save would call its draft: it may have arrived, and is not to begin a second one. */
  readonly fresh: string | null;
  /** The revision it was drawn over, 0 without a draft. */
  readonly revision: number;
  readonly base_version: number;
  /** A merged version that no save has told yet. */
  readonly merged: number | null;
  /** What was saved last: the base, should somebody else have saved since. */
  readonly base: Work;
  /** What was on its way to be saved; nobody knows whether it arrived. */
  readonly sent: Work | null;
  readonly mine: Work;
}

/** Whether two values are the same JSON: the server keeps no order of fields. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((each, index) => sameJson(each, other[index]));
  }
  if (!isRecord(one) || !isRecord(other)) return false;
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every((name) => Object.hasOwn(other, name) && sameJson(one[name], other[name]));
}

function key(me: string | null, journey: string, draft: string | null): string {
  return `${PREFIX}${me ?? ""}.${journey}.${draft ?? "new"}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function workIn(value: unknown): Work | null {
  if (!isRecord(value) || !isRecord(value.journey) || !isRecord(value.positions)) return null;
  if (typeof value.journey.id !== "string" || !isRecord(value.journey.sections)) return null;
  return { journey: value.journey as unknown as JourneyJson, positions: value.positions as Positions };
}

/** Whether this is what a draft holds. */
export function isWork({ journey, positions }: Work, draft: Draft): boolean {
  return sameJson(journey, draft.document) && samePlaces(positions, draft.positions);
}

/** Positions are made anew with every edit, so they are compared place by place. */
export function samePlaces(one: Positions, other: Positions): boolean {
  if (one === other) return true;
  const paths = Object.keys(one);
  if (paths.length !== Object.keys(other).length) return false;
  return paths.every((path) => one[path]?.x === other[path]?.x && one[path]?.y === other[path]?.y);
}

/** What was put aside of a draft, or of a journey without one (null); null when there is nothing, or it is broken. */
export function readAside(me: string | null, journey: string, draft: string | null): Aside | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key(me, journey, draft)) ?? "null");
    if (!isRecord(kept)) return null;
    const { revision, base_version, merged } = kept;
    const [base, mine] = [workIn(kept.base), workIn(kept.mine)];
    if (!base || !mine || typeof revision !== "number" || typeof base_version !== "number") return null;
    const told = typeof merged === "number" ? merged : null;
    const fresh = typeof kept.fresh === "string" ? kept.fresh : null;
    return { draft, fresh, revision, base_version, merged: told, base, sent: workIn(kept.sent), mine };
  } catch {
    return null;
  }
}

/** Put work aside; whoever closes a page with more than a tab can keep was asked whether to stay. */
export function writeAside(me: string | null, journey: string, aside: Aside): void {
  try {
    sessionStorage.setItem(key(me, journey, aside.draft), JSON.stringify(aside));
  } catch {
    dropAside(me, journey, aside.draft); // an older one must not come back in its place
  }
}

export function dropAside(me: string | null, journey: string, draft: string | null): void {
  sessionStorage.removeItem(key(me, journey, draft));
}
