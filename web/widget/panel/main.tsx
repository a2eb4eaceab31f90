/** Starts the panel: inside a host page's frame, or alone in a window of its own. */

import { render } from "preact";
import { listen, post, type ToHost, type ToPanel } from "../core/bridge";
import { Forms } from "../core/forms";
import { Memory } from "../core/memory";
import { Session } from "../core/session";
import { shelfOr } from "../core/shelf";
import { unread } from "../core/state";
import { nearestLocale } from "../protocol";
import { App } from "./App";
import { Uploads } from "./uploads";
import "./tokens.css";
import "./panel.css";

const query = new URLSearchParams(location.search);
const key = query.get("key") ?? "";
const hostOrigin = query.get("host");
const theme = query.get("theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;

const memory = new Memory(
  shelfOr(() => localStorage),
  key,
);
// Whoever opened the link of a short message is the visitor it names; the address forgets it at once.
const linked = new URLSearchParams(location.hash.slice(1)).get("visitor");
if (linked !== null && window.parent === window) {
  if (memory.visitor !== linked) memory.contact = null;
  memory.visitor = linked;
  history.replaceState(null, "", location.pathname + location.search);
}
const locale =
  nearestLocale(query.get("locale")) ?? nearestLocale(memory.locale) ?? nearestLocale(navigator.language) ?? "en";
const socketUrl = new URL("/ws/widget", location.href);
socketUrl.protocol = location.protocol === "https:" ? "wss:" : "ws:";
const session = new Session(key, socketUrl.href, locale, memory);
const uploads = new Uploads(session);
const forms = new Forms(
  shelfOr(() => sessionStorage),
  key,
);

const framed = window.parent !== window && hostOrigin !== null;
const tell = (message: ToHost) => {
  if (framed) post(window.parent, hostOrigin, message);
};

const close = framed
  ? () => {
      draw(false);
      tell({ do: "close" });
    }
  : null;

function draw(shown: boolean): void {
  const root = document.getElementById("panel");
  if (root === null) return;
  render(<App session={session} uploads={uploads} forms={forms} shown={shown} close={close} />, root);
}

function heard(message: ToPanel): void {
  switch (message.do) {
    case "init":
      session.page = message.page;
      if (message.locale && message.locale !== session.state.locale) session.setLocale(message.locale);
      draw(message.open);
      session.connect();
      break;
    case "shown":
      draw(message.open);
      if (message.open) session.connect();
      break;
    case "start":
      session.start(stringMap(message.attributes));
      break;
    case "locale":
      session.setLocale(message.locale);
  }
}

/** What the host page knows about its visitor, as the protocol takes it: text by name. */
function stringMap(value: unknown): Record<string, string> {
  const pairs = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(pairs.map(([name, entry]) => [name, String(entry)]));
}

/** Tell the launcher what it has to show, when it changes. */
function report(): void {
  let last = "";
  const announce = () => {
    const { contact, settings, locale } = session.state;
    const on = contact !== null && contact.status !== "ended";
    const count = unread(session.state);
    const now = JSON.stringify([on, count, settings?.colour, locale]);
    if (now === last) return;
    last = now;
    tell({ do: "unread", count });
    tell({ do: "active", on });
    if (settings) tell({ do: "look", colour: settings.colour, locale });
  };
  session.subscribe(announce);
}

if (framed) {
  listen<ToPanel>(() => window.parent, hostOrigin, heard);
  report();
  tell({ do: "ready" });
} else {
  draw(true);
  session.connect();
}
