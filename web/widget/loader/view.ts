/** The launcher and the frame: one shadow tree, so that neither page nor widget can restyle the other. */

import css from "./loader.css?inline";
import tokens from "./tokens.css?inline";

const SVG = "http://www.w3.org/2000/svg";
const BUBBLE = "M4 5.5h16v11H11l-4.5 3.5v-3.5H4zM8.5 11h.01M12 11h.01M15.5 11h.01";
const CROSS = "M6 6l12 12M18 6L6 18";

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
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  const path = document.createElementNS(SVG, "path");
  svg.append(path);
  const word = make("span", "word");
  const badge = make("span", "badge");
  const status = make("span", "status");
  status.role = "status";
  // The button's name says it all; what is drawn inside is for the eye.
  svg.ariaHidden = badge.ariaHidden = "true";
  button.append(svg, word, badge);
  box.append(button, status);
  root.append(box);
  const icon = (open: boolean) => path.setAttribute("d", open ? CROSS : BUBBLE);
  return { host, box, button, word, badge, status, icon };
}
