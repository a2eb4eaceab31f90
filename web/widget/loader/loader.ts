/**
 * The one script a host page includes. It draws the launcher and loads the panel only when it is needed.
 *
 *   <script async src="https://…/widget/loader.js" data-key="…" data-locale="ko"></script>
 *
 * Options: data-key (required), data-locale, data-colour (#rrggbb), data-side="left", data-theme="light|dark".
 * Commands: Warmline("open" | "close" | "start", {attribute: value}) and Warmline("locale", "ja").
 */

import { listen, post, type ToHost, type ToPanel } from "../core/bridge";
import { safeColour, textOn } from "../core/colour";
import { LAUNCHER, launcherLocale } from "../i18n/launcher";
import type { Locale } from "../protocol";
import { buildView } from "./view";

type Command = [name: string, value?: unknown];
interface Api {
  (...command: Command): void;
  q?: Iterable<Command>;
}
declare global {
  interface Window {
    Warmline?: Api;
  }
}

const script =
  (document.currentScript as HTMLScriptElement | null) ??
  document.querySelector<HTMLScriptElement>('script[data-key][src*="loader.js"]');

function run(own: HTMLScriptElement, key: string): void {
  const base = new URL(".", own.src);
  const phone = matchMedia("(max-width: 480px), (max-height: 480px)");

  const view = buildView();
  const { host, box, button } = view;
  let locale: Locale =
    launcherLocale(own.dataset.locale) ??
    launcherLocale(document.documentElement.lang) ??
    launcherLocale(navigator.language) ??
    "en";
  let chosen = own.dataset.locale ? locale : null;
  const kept = (name: string) => remember(() => localStorage, `warmline:${key}:${name}`);
  const isActive = kept("active");
  const lastColour = kept("colour");
  const wasOpen = remember(() => sessionStorage, `warmline:${key}:open`);
  let frame: HTMLIFrameElement | null = null;
  let isReady = false;
  let isOpen = false;
  let unread = 0;
  const waiting: ToPanel[] = [];

  function tell(message: ToPanel): void {
    if (isReady && frame?.contentWindow) post(frame.contentWindow, base.origin, message);
    else waiting.push(message);
  }

  function paint(): void {
    const words = LAUNCHER[locale];
    const news = unread > 0 ? words.unread(unread) : "";
    host.lang = locale;
    box.className = isOpen ? "open" : "";
    button.ariaExpanded = String(isOpen);
    button.ariaLabel = isOpen ? words.close : news ? `${words.open}, ${news}` : words.open;
    view.word.textContent = words.open;
    view.badge.textContent = !isOpen && unread > 0 ? (unread > 9 ? "9+" : String(unread)) : "";
    const status = isOpen ? "" : news;
    if (view.status.textContent !== status) view.status.textContent = status;
    view.icon(isOpen);
    if (frame) frame.title = words.frame;
  }

  function colour(value: string | null): void {
    if (value) {
      host.style.setProperty("--brand", value);
      host.style.setProperty("--on-brand", textOn(value));
    }
  }

  function load(): void {
    if (frame) return;
    frame = document.createElement("iframe");
    const query = new URLSearchParams({ key, host: location.origin, theme: own.dataset.theme ?? "" });
    frame.src = `${base.href}panel.html?${query}`;
    box.prepend(frame);
  }

  function show(open: boolean): void {
    if (open === isOpen) return;
    const hadFocus = document.activeElement === host;
    isOpen = open;
    load();
    paint();
    wasOpen(open ? "1" : "");
    if (open) frame?.focus();
    else if (hadFocus) button.focus({ preventScroll: true });
    if (isReady) tell({ do: "shown", open });
  }

  function heard(message: ToHost): void {
    switch (message.do) {
      case "ready":
        isReady = true;
        tell({ do: "init", page: location.href, locale: chosen, open: isOpen });
        for (const early of waiting.splice(0)) tell(early);
        break;
      case "close":
        show(false);
        break;
      case "unread":
        unread = message.count;
        break;
      case "active":
        isActive(message.on ? "1" : "");
        break;
      case "look": {
        locale = launcherLocale(message.locale) ?? locale;
        const look = safeColour(message.colour);
        if (look) lastColour(look);
        if (!own.dataset.colour) colour(look);
      }
    }
    paint();
  }

  const api: Api = (name, value) => {
    if (name === "open" || name === "start") show(true);
    if (name === "close") show(false);
    if (name === "start") tell({ do: "start", attributes: value });
    if (name === "locale") {
      locale = chosen = launcherLocale(String(value)) ?? locale;
      if (isReady) tell({ do: "locale", locale });
      paint();
    }
  };

  listen<ToHost>(() => frame?.contentWindow ?? null, base.origin, heard);
  button.addEventListener("click", () => show(!isOpen));
  host.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen) show(false);
  });
  Object.assign(host.dataset, own.dataset);
  box.style.colorScheme = own.dataset.theme ?? "light dark";
  colour(safeColour(own.dataset.colour) ?? safeColour(lastColour()));
  paint();
  document.body.append(host);

  const early = window.Warmline?.q ?? [];
  window.Warmline = api;
  for (const command of early) api(...command);
  // The conversation follows the customer from page to page; on a phone it would cover the page they went to.
  if (wasOpen() && !phone.matches) show(true);
  else if (isActive()) setTimeout(load, 1500);
}

/** Reads (without an argument) or writes one entry; where storage is blocked, nothing is remembered. */
function remember(storage: () => Storage, name: string): (value?: string) => string | null {
  return (value) => {
    try {
      if (value !== undefined) storage().setItem(name, value);
      return storage().getItem(name);
    } catch {
      return null;
    }
  };
}

const key = script?.dataset.key;
// Included twice, or without a key: the page stays as it is.
if (script && key && !document.querySelector("warmline-widget")) {
  if (document.body) run(script, key);
  else addEventListener("DOMContentLoaded", () => run(script, key));
}
