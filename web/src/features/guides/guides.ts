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
  /** The heading it folds under; "" stands in the open. */
  readonly group: string;
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

export interface Section {
  readonly heading: string;
  readonly fields: readonly GuideField[];
}

/** The card's fields in their order, neighbours of one group together. */
export function sectionsOf(fields: readonly GuideField[]): readonly Section[] {
  return fields.reduce<readonly Section[]>((sections, field) => {
    const last = sections.at(-1);
    if (last?.heading !== field.group) return [...sections, { heading: field.group, fields: [field] }];
    return [...sections.slice(0, -1), { ...last, fields: [...last.fields, field] }];
  }, []);
}

/** Whether a section has to be seen: something in it is asked for, stands there, or does not fit. */
export function isUnfolded({ heading, fields }: Section, entries: Entries): boolean {
  return (
    heading === "" || fields.some(({ name, required, problem }) => required || problem || entries[name]?.trim())
  );
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

/** What other screens have told: guide → its newest revision. */
export type Heard = Readonly<Record<string, number>>;

/** The most guides the server tells of one contact. Source: src/warmline/features/guides/store.py. */
const MOST_TOLD = 50;

export function heardOf(heard: Heard, told: { guide: string; revision: number }): Heard {
  return told.revision > (heard[told.guide] ?? 0) ? { ...heard, [told.guide]: told.revision } : heard;
}

/** Whether another screen is further than what is shown here. */
export function behind(seen: GuidesOf, heard: Heard): boolean {
  return Object.entries(heard).some(([id, revision]) => {
    const known = seen.begun.find((guide) => guide.id === id)?.revision;
    return known === undefined ? seen.begun.length < MOST_TOLD : known < revision;
  });
}

/** What the server told, but for guides that have gone on here since it was asked. */
export function newest(own: GuidesOf | null, told: GuidesOf): GuidesOf {
  if (own === null) return told;
  const ahead = own.begun.filter(
    (guide) => guide.revision > (told.begun.find(({ id }) => id === guide.id)?.revision ?? 0),
  );
  return ahead.reduceRight(withGuide, told);
}

/** Which card is open: it is another one once this changes. */
export function cardKey(guide: Guide | undefined): string {
  return guide ? `${guide.id} ${guide.revision}` : "";
}
