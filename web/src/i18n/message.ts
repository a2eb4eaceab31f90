/** Message templates: `{name}`, and `{count, plural, one {# chat} other {# chats}}` with exact `=0` forms. */
import type { Locale } from "./locale";

export type Params = Readonly<Record<string, string | number>>;

const rules = new Map<string, Intl.PluralRules>();
const numbers = new Map<string, Intl.NumberFormat>();

function pluralOf(locale: Locale, count: number): string {
  let rule = rules.get(locale);
  if (!rule) {
    rule = new Intl.PluralRules(locale);
    rules.set(locale, rule);
  }
  return rule.select(count);
}

function numberOf(locale: Locale, value: number): string {
  let format = numbers.get(locale);
  if (!format) {
    format = new Intl.NumberFormat(locale);
    numbers.set(locale, format);
  }
  return format.format(value);
}

/** Index of the brace that closes the one at `open`. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "{") depth++;
    if (text[at] === "}" && --depth === 0) return at;
  }
  throw new Error(`Message has an open brace: ${text}`);
}

function plural(locale: Locale, body: string, count: number): string {
  const forms = new Map<string, string>();
  let at = 0;
  while (at < body.length) {
    const open = body.indexOf("{", at);
    if (open < 0) break;
    const end = closing(body, open);
    forms.set(body.slice(at, open).trim(), body.slice(open + 1, end));
    at = end + 1;
  }
  const chosen = forms.get(`=${count}`) ?? forms.get(pluralOf(locale, count)) ?? forms.get("other") ?? "";
  return chosen.replaceAll("#", numberOf(locale, count));
}

const PARTICLES: readonly [written: string, afterConsonant: string, afterVowel: string][] = [
  ["을(를)", "을", "를"],
  ["이(가)", "이", "가"],
  ["은(는)", "은", "는"],
  ["과(와)", "과", "와"],
  ["(으)로", "으로", "로"],
];
const ENDS_IN_CONSONANT = /[013678lmnr]$/i;

/** Choose Korean particles by the sound before them: 대기열을, 메모를, 서울로. */
export function chooseParticles(text: string): string {
  return text.replace(
    /(.)(을\(를\)|이\(가\)|은\(는\)|과\(와\)|\(으\)로)/g,
    (_all, before: string, written: string) => {
      const particle = PARTICLES.find(([each]) => each === written);
      if (!particle) return before + written;
      const syllable = before.charCodeAt(0) - 0xac00;
      const hangul = syllable >= 0 && syllable < 11_172;
      const last = hangul ? syllable % 28 : 0;
      const consonant = hangul ? last > 0 : ENDS_IN_CONSONANT.test(before);
      const soft = written === "(으)로" && (hangul ? last === 8 : /[17lr]/i.test(before));
      return before + (consonant && !soft ? particle[1] : particle[2]);
    },
  );
}

function fill(locale: Locale, template: string, params: Params = {}): string {
  if (!template.includes("{")) return template;
  let out = "";
  let at = 0;
  while (at < template.length) {
    const open = template.indexOf("{", at);
    if (open < 0) break;
    out += template.slice(at, open);
    const end = closing(template, open);
    const inner = template.slice(open + 1, end);
    const choice = /^\s*(\w+)\s*,\s*plural\s*,/.exec(inner);
    if (choice?.[1]) {
      const branch = plural(locale, inner.slice(choice[0].length), Number(params[choice[1]] ?? 0));
      out += fill(locale, branch, params);
    } else {
      const value = params[inner.trim()];
      out += typeof value === "number" ? numberOf(locale, value) : (value ?? `{${inner}}`);
    }
    at = end + 1;
  }
  return out + template.slice(at);
}

/** The text of `template` with `params` in their places. Raises Error for an open brace. */
export function format(locale: Locale, template: string, params: Params = {}): string {
  const text = fill(locale, template, params);
  return locale === "ko" && text.includes("(") ? chooseParticles(text) : text;
}
