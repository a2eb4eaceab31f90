/** What both pages share: the header, the language, the widget's language, the demo phone. */

import { el, fill } from "./dom";
import people from "./people.json";
import { LANGUAGE_NAMES, LOCALES, type Locale, TEXTS, type Texts, visitLocale } from "./texts";

/** The page answers with and without a slash at the end, so links cannot be relative to it. */
export const HERE = import.meta.env.BASE_URL;
const POLL_MS = 3000;
const BAG_KEY = "onda:bag";

/** Commands given before the widget has loaded wait for it. */
export function warmline(name: string, value?: unknown): void {
  if (!window.Warmline) {
    const early: [string, unknown?][] = [];
    window.Warmline = Object.assign((...command: [string, unknown?]) => void early.push(command), { q: early });
  }
  window.Warmline(name, value);
}

export function bagSize(): number {
  return Number(sessionStorage.getItem(BAG_KEY) ?? "0");
}

export function addToBag(): void {
  sessionStorage.setItem(BAG_KEY, String(bagSize() + 1));
}

export function person(locale: Locale) {
  return people.people[locale];
}

/** Draw the page now, and again whenever the visitor changes the language. */
export function page(current: "shop" | "orders" | "returns", draw: (locale: Locale, t: Texts) => void): void {
  let locale = visitLocale();
  const redraw = () => {
    const t = TEXTS[locale];
    document.documentElement.lang = locale;
    document.title = { shop: t.title, orders: t.ordersTitle, returns: t.returnsTitle }[current];
    header(current, locale, t, (next) => {
      locale = next;
      localStorage.setItem("onda:lang", next);
      warmline("locale", next);
      redraw();
      document.querySelector<HTMLElement>("header select")?.focus();
    });
    fill("demo-note", t.demo);
    fill("footer", t.footer);
    draw(locale, t);
  };
  warmline("locale", locale);
  redraw();
}

function header(current: string, locale: Locale, t: Texts, choose: (locale: Locale) => void): void {
  const select = el("select", { "aria-label": t.language });
  for (const each of LOCALES) {
    select.append(el("option", { value: each, lang: each, ...(each === locale ? { selected: "" } : {}) }, LANGUAGE_NAMES[each]));
  }
  select.addEventListener("change", () => choose(select.value as Locale));
  const link = (name: string, href: string, text: string) =>
    el("a", { href, ...(name === current ? { "aria-current": "page" } : {}) }, text);
  fill(
    "header",
    el("a", { href: HERE, class: "logo", lang: "en", translate: "no" }, "onda"),
    el("nav", { "aria-label": "Onda" }, link("shop", HERE, t.shop), link("orders", `${HERE}orders.html`, t.orders), link("returns", `${HERE}return.html`, t.returns)),
    el("span", { class: "bag", role: "status" }, t.bag(bagSize())),
    select,
  );
}

interface PhoneMessage {
  text: string;
}

/** The customer's phone, for codes by text message: asks the demo for what arrived. */
export function phone(locale: Locale, t: Texts): HTMLElement {
  const list = el("ul");
  const empty = (text: string) => list.replaceChildren(el("li", { class: "quiet" }, text));
  empty(t.noMessages);
  let shown = "";
  const ask = async () => {
    if (!list.isConnected && shown !== "") return;
    try {
      const answer = await fetch(`/demo/phone/messages?to=${encodeURIComponent(person(locale).phone)}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const { messages } = (await answer.json()) as { messages: PhoneMessage[] };
      const now = JSON.stringify(messages);
      if (now !== shown) {
        if (messages.length === 0) empty(t.noMessages);
        else list.replaceChildren(...messages.slice(0, 5).map((message) => el("li", {}, message.text)));
      }
      shown = now;
    } catch {
      empty(t.phoneAway);
      shown = "away";
    }
    if (list.isConnected) setTimeout(ask, POLL_MS);
  };
  setTimeout(ask, 0);
  return el("section", { class: "card phone" }, el("h2", {}, t.myPhone), el("div", { role: "log", "aria-label": t.myPhone }, list));
}
