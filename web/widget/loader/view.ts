/** The launcher and the frame: one shadow tree, so that neither page nor widget can restyle the other. */

import css from "./loader.css?inline";
import tokens from "./tokens.css?inline";

export type View = ReturnType<typeof buildView>;

/** Built by hand, without markup strings: pages with a strict CSP or Trusted Types allow it. */
export function buildView() {
  const make = (tag: string, className = "") => Object.assign(document.createElement(tag), { className });
  const host = make("warmline-widget");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokens + css);
  root.adoptedStyleSheets = [sheet];

  const box = make("div");
  const button = make("button") as HTMLButtonElement;
  const word = make("span", "word");
  const badge = make("span", "badge");
  const status = make("p");
  status.role = "status";
  // The button's name says it all; what is drawn inside is for the eye, and a button hides it from everything else.
  button.append(make("i"), word, badge);
  box.append(button, status);
  root.append(box);
  return { host, box, button, word, badge, status };
}
