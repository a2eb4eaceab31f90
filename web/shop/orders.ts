/** The signed-in customer's orders, their details for identity checks, and their phone. */

import { el, fill } from "./dom";
import { page, person, phone, warmline } from "./frame";
import type { Locale, Texts } from "./texts";
import "./shop.css";

type Order = ReturnType<typeof person>["orders"][number];

page("orders", (locale, t) => {
  const me = person(locale);
  fill("hello", t.hello(me.name));
  fill("orders-lead", t.ordersLead);
  fill("orders", ...me.orders.map((order) => card(order, locale, t)));
  const detail = (name: string, value: string) => el("div", {}, el("dt", {}, name), el("dd", { translate: "no" }, value));
  fill(
    "aside",
    phone(locale, t),
    el(
      "section",
      { class: "card" },
      el("h2", {}, t.idCard),
      el("p", { class: "quiet" }, t.idHint),
      el(
        "dl",
        {},
        detail(t.phone, me.phone),
        detail(t.email, me.email),
        detail(t.birthDate, me.birth_date),
        detail(t.account, me.account),
        detail(t.pin, me.pin),
      ),
    ),
  );
});

function card(order: Order, locale: Locale, t: Texts): HTMLElement {
  const [first = "", ...others] = order.items;
  const arrives = Math.max(order.promised_day + order.delay_days, order.status === "delivered" ? -999 : 0);
  const ask = el("button", { type: "button", "aria-label": `${t.ask}: ${order.number}` }, t.ask);
  ask.addEventListener("click", () => warmline("start", { order_number: order.number }));
  return el(
    "li",
    { class: "card order" },
    el(
      "div",
      { class: "order-top" },
      el("span", { class: `chip chip-${order.status}` }, t.status[order.status as keyof Texts["status"]]),
      order.delay_days > 0 ? el("span", { class: "chip chip-late" }, t.late(order.delay_days)) : null,
      el("span", { class: "number", translate: "no" }, order.number),
    ),
    el("h2", {}, first + (others.length > 0 ? t.andMore(others.length) : "")),
    el(
      "dl",
      { class: "facts" },
      el("div", {}, el("dt", {}, t.placed), el("dd", {}, day(order.placed_day, locale))),
      order.status === "cancelled"
        ? null
        : el(
            "div",
            {},
            el("dt", {}, order.status === "delivered" ? t.delivered : t.expected),
            el("dd", {}, day(arrives, locale)),
          ),
      el("div", {}, el("dt", {}, t.total), el("dd", {}, order.total)),
    ),
    ask,
  );
}

/** A day counted from today, as the order system counts, so that the demo never grows old. */
function day(offset: number, locale: Locale): string {
  const date = new Date();
  date.setDate(date.getDate() + offset);
  return new Intl.DateTimeFormat(locale, { month: "long", day: "numeric", weekday: "short" }).format(date);
}
