/** Guides beside a contact, as the server tells them, and what an agent has filled in so far. Pure. */

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface GuideField {
  readonly name: string;
  readonly label: string;
  readonly kind: string;
  readonly required: boolean;
  readonly options: readonly Choice[];
  readonly value: string;
  readonly problem: string;
}

export interface Guide {
  readonly id: string;
  readonly journey_id: string;
  readonly title: string;
  readonly revision: number;
  /** How it ended; null while a card is open. */
  readonly outcome: string | null;
  readonly said: readonly string[];
  readonly card_title: string;
  readonly texts: readonly string[];
  readonly fields: readonly GuideField[];
  readonly buttons: readonly Choice[];
  readonly problem: string;
  readonly may_go_back: boolean;
  readonly filled: readonly { readonly label: string; readonly entry: string }[];
}

export interface Offered {
  readonly journey_id: string;
  readonly title: string;
  readonly suggested: boolean;
}

export interface GuidesOf {
  readonly offered: readonly Offered[];
  readonly begun: readonly Guide[];
}

export type Entries = Readonly<Record<string, string>>;

/** What stands in the card as it arrives: what is known already. */
export function entriesOf(guide: Guide): Entries {
  return Object.fromEntries(guide.fields.map((field) => [field.name, field.value]));
}

/** The fields that must not stay empty, and are. */
export function lacking(guide: Guide, entries: Entries): ReadonlySet<string> {
  return new Set(
    guide.fields.filter((field) => field.required && !entries[field.name]?.trim()).map((field) => field.name),
  );
}

/** The guides that wait for their agent, newest first. */
export function openGuides(guides: GuidesOf): readonly Guide[] {
  return guides.begun.filter((guide) => guide.outcome === null);
}

/** All of it with one guide as it is now. */
export function withGuide(guides: GuidesOf, guide: Guide): GuidesOf {
  const known = guides.begun.some((each) => each.id === guide.id);
  const begun = known
    ? guides.begun.map((each) => (each.id === guide.id ? guide : each))
    : [guide, ...guides.begun];
  return { ...guides, begun };
}

/** The type of a one-line field; null where a choice or several lines are asked for. */
export function inputType(kind: string): "text" | "password" | "date" | "email" | null {
  if (kind === "choice" || kind === "text") return null;
  if (kind === "secret") return "password";
  return kind === "date" || kind === "email" ? kind : "text";
}
