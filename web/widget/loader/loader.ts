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
  const view = buildView();
  const { host, box, button, status } = view;
  let chosen = launcherLocale(own.dataset.locale) ?? null;
  let locale: Locale =
    chosen ?? launcherLocale(document.documentElement.lang) ?? launcherLocale(navigator.language) ?? "en";
  const kept = (name: string) => remember(() => localStorage, `warmline:${key}:${name}`);
  const isActive = kept("active");
  const lastColour = kept("colour");
  const wasOpen = remember(() => sessionStorage, `warmline:${key}:open`);
  let frame: HTMLIFrameElement | null = null;
  let isReady = false;
  let isOpen = false;
  let hasFailed = false;
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let unread = 0;
  const waiting: ToPanel[] = [];

  function tell(message: ToPanel): void {
    if (isReady && frame?.contentWindow) post(frame.contentWindow, base.origin, message);
    else waiting.push(message);
  }

  function paint(): void {
    const words = LAUNCHER[locale];
    const news = isOpen || unread === 0 ? "" : words.unread(unread);
    host.lang = locale;
    const name = hasFailed ? words.failed : words.open;
    // The frame is shown when there is something in it; until then the launcher stays, also on a phone.
    box.className = hasFailed ? "failed" : isOpen ? (isReady ? "open" : "opening") : "";
    button.ariaExpanded = String(isOpen);
    // Whether it is open is the button's state, not its name.
    button.ariaLabel = name + (news && `, ${news}`);
    view.word.textContent = name;
    view.badge.textContent = news && (unread > 9 ? "9+" : `${unread}`);
    const said = hasFailed ? name : news;
    if (status.textContent !== said) status.textContent = said;
    if (frame) frame.title = words.open;
  }

  function colour(value: string | null | undefined): void {
    const safe = safeColour(value);
    if (safe === null) return;
    host.style.cssText = `--brand:${safe};--on-brand:${textOn(safe)}`;
  }

  function load(): void {
    if (frame) return;
    frame = document.createElement("iframe");
    frame.allow = "microphone";
    const query = `key=${encodeURIComponent(key)}&host=${location.origin}&theme=${own.dataset.theme}`;
    frame.src = `${base.href}panel.html?${query}`;
    // What is not there loads too, as the browser's own page about it; a panel has spoken by then.
    // So the next one is fetched after half a second, one, two and four.
    frame.onload = () => expect(250 * 2 ** tries);
    // One that does not come at all gets eight seconds, then sixteen and so on: some networks are slow.
    expect(8000 * ++tries);
    box.prepend(frame);
  }

  /** Fetch the panel anew unless it is ready by then; after four tries the customer decides when to try again. */
  function expect(withinMs: number): void {
    clearTimeout(timer);
    if (isReady) return;
    timer = setTimeout(() => {
      frame?.remove();
      frame = null;
      if (tries > 3) {
        tries = 0;
        hasFailed = isOpen;
        isOpen = false;
        paint();
      } else load();
    }, withinMs);
  }

  function show(open: boolean): void {
    if (open === isOpen) return;
    const hadFocus = document.activeElement === host;
    isOpen = open;
    hasFailed = false;
    load();
    paint();
    wasOpen(open ? "1" : "");
    if (open) frame?.focus();
    else if (hadFocus) button.focus({ preventScroll: true });
    tell({ do: "shown", open });
  }

  function heard(message: ToHost): void {
    switch (message.do) {
      case "ready":
        isReady = true;
        clearTimeout(timer);
        tell({ do: "init", page: location.href, locale: chosen, open: isOpen });
        waiting.splice(0).forEach(tell);
        paint();
        if (isOpen) frame?.focus();
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
      case "look":
        locale = launcherLocale(message.locale) ?? locale;
        lastColour(message.colour);
        if (!own.dataset.colour) colour(message.colour);
    }
    paint();
  }

  const api: Api = (name, value) => {
    if (name === "open" || name === "start") show(true);
    if (name === "close") show(false);
    if (name === "start") tell({ do: "start", attributes: value });
    if (name === "locale") {
      locale = chosen = launcherLocale(String(value)) ?? locale;
      tell({ do: "locale", locale });
      paint();
    }
  };

  listen<ToHost>(() => frame?.contentWindow, base.origin, heard);
  button.addEventListener("click", () => show(!isOpen));
  host.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen) show(false);
  });
  Object.assign(host.dataset, own.dataset);
  box.style.colorScheme = own.dataset.theme ?? "light dark";
  colour(own.dataset.colour ?? lastColour());
  paint();
  document.body.append(host);

  for (const early of window.Warmline?.q ?? []) api(...early);
  window.Warmline = api;
  // The conversation follows the customer from page to page; on a phone it would cover the page they went to.
  if (wasOpen() && Math.min(innerWidth, innerHeight) > 480) show(true);
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
