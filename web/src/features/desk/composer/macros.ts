/** Ready-made texts with places for names. Source of the variables: src/warmline/runtime/schema/settings.py. */
import type { Locale, LocalText } from "@/i18n/locale";
import { localText } from "@/i18n/t";
import type { Card } from "@/live/protocol";

export interface Macro {
  id: string;
  shortcut: string;
  title: LocalText;
  texts: LocalText;
}

export interface MacrosAnswer {
  items: readonly Macro[];
}

export const MACROS_PATH = "/macros";

/** What stands for a name nobody knows, so that "{customer.name}님", "{customer.name}様" and "Hello {…}" still read well. */
const NAMELESS: Readonly<Record<Locale, string>> = { ko: "고객", ja: "お客", en: "there" };

/** The macro in the customer's language (else one it has), with its variables filled. Unknown ones stay visible. */
export function fillMacro(macro: Macro, card: Card, agentName: string, data: ReadonlyMap<string, string>): string {
  const own = macro.texts[card.locale];
  const template = own || localText(macro.texts);
  return template.replace(/\{([a-z_][\w.]*)\}/gi, (whole, name: string) => {
    if (name === "customer.name") return card.customer.name ?? (own ? NAMELESS[card.locale] : whole);
    if (name === "agent.name") return agentName;
    if (name === "contact.id") return card.id.slice(0, 8);
    if (name === "contact.intent") return card.intent ?? whole;
    return data.get(name.replace(/^contact\./, "")) ?? data.get(name) ?? whole;
  });
}

/** Put `text` where the cursor is; `at` is the selection's start and end. */
export function insertAt(
  value: string,
  text: string,
  start: number,
  end: number,
): { value: string; cursor: number } {
  return { value: value.slice(0, start) + text + value.slice(end), cursor: start + text.length };
}
