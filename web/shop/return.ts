/** The form for a return or an exchange, with help beside two of its fields. */

import { el, fill } from "./dom";
import { page, person } from "./frame";
import "./shop.css";

page("returns", (locale, t) => {
  fill("returns-title", t.returns);
  fill("returns-lead", t.returnsLead);
  fill("sent");
  const number = person(locale).orders[0]?.number ?? "";
  const input = el("input", { id: "order-number", name: "order_number", value: number, autocomplete: "off" });
  const wish = el(
    "select",
    { id: "wish", name: "wish" },
    ...Object.entries(t.wishes).map(([value, text]) => el("option", { value }, text)),
  );
  const remarks = el("textarea", { id: "remarks", name: "remarks", rows: "4", maxlength: "1000" });
  fill(
    "return",
    field("order-number", t.orderNumber, input, help("order-number", t.whereIsIt, t.orderNumber, "order_number")),
    field("wish", t.wish, wish, help("returns", t.mayI, t.wish)),
    field("remarks", t.remarks, remarks),
    el("button", { type: "submit", class: "button" }, t.sendRequest),
  );
  document.querySelector("form")?.addEventListener("submit", (event) => {
    event.preventDefault();
    fill("sent", t.sentRequest(input.value));
  });
});

function field(id: string, label: string, control: HTMLElement, help: HTMLElement | null = null): HTMLElement {
  return el("div", { class: "field" }, el("div", { class: "field-top" }, el("label", { for: id }, label), help), control);
}

/** A mark is all that a site writes: the script of the help makes a button of it. */
function help(slug: string, text: string, field: string, context = ""): HTMLElement {
  return el(
    "button",
    {
      type: "button",
      class: "help",
      "data-warmline-help": slug,
      "data-warmline-help-field": field,
      "data-warmline-help-context": context,
    },
    text,
  );
}
