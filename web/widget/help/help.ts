/**
 * Help beside a site's form fields. A site includes one script and marks where help may be asked for:
 *
 *   <script async src="https://…/widget/help.js" data-key="…"></script>
 *   <span data-warmline-help="returns" data-warmline-help-context="order_number">Can I return this?</span>
 *
 * The marked element becomes a button that opens the help page `returns` beside it. Of the form around it, only the
 * named controls are given along, and never passwords, codes or card numbers.
 * Options: data-key (the widget's), data-locale; the page's own language otherwise.
 */

const script =
  (document.currentScript as HTMLScriptElement | null) ??
  document.querySelector<HTMLScriptElement>('script[src*="/widget/help.js"]');
const base = script && new URL("..", script.src);
const MARK = "data-warmline-help";
/** Anywhere among the words of `autocomplete`, as in `billing cc-number`. */
const PRIVATE = /\bcc-|password|one-time/i;
const WORDS: Record<string, readonly [help: string, close: string]> = {
  ko: ["도움말", "닫기"],
  ja: ["ヘルプ", "閉じる"],
  en: ["Help", "Close"],
};
const CSS =
  "dialog{inset:auto;position:absolute;width:min(420px,calc(100vw - 16px));height:min(560px,80vh);margin:0;padding:0;border:1px solid #8888;border-radius:12px;overflow:hidden;box-shadow:0 8px 32px #0004;z-index:2147483646;background:Canvas;color-scheme:light dark}iframe{width:100%;height:100%;border:0}button{position:absolute;top:4px;right:8px;width:44px;height:44px;border:0;border-radius:8px;background:none;color:CanvasText;font:24px/1 system-ui;cursor:pointer}button:focus-visible{outline:2px solid;outline-offset:-4px}";

let close = () => {};

function language(): string {
  const tag = (script?.dataset.locale ?? (document.documentElement.lang || navigator.language)).slice(0, 2);
  return tag in WORDS ? tag : "en";
}

/** What stands in the named controls of the form, as far as it may be given along. */
function given(anchor: HTMLElement, query: URLSearchParams): void {
  const form = anchor.closest("form");
  for (const name of (anchor.dataset.warmlineHelpContext ?? "").split(/[\s,]+/)) {
    const control = form && name ? form.elements.namedItem(name) : null;
    const one = control as HTMLInputElement | RadioNodeList | null;
    if (!one?.value) continue;
    if (one instanceof HTMLElement && (one.type === "password" || PRIVATE.test(one.autocomplete))) continue;
    query.set(`p.${name}`, one.value.slice(0, 60));
  }
}

function open(anchor: HTMLElement): void {
  if (!base) return;
  close();
  const locale = language();
  const [help, shut] = WORDS[locale] as readonly [string, string];
  const slug = anchor.getAttribute(MARK) ?? "";
  const field =
    anchor.dataset.warmlineHelpField ?? anchor.closest("label, .field")?.querySelector("label")?.textContent;
  const query = new URLSearchParams({ embed: "1", key: script?.dataset.key ?? "", field: field?.trim() ?? "" });
  given(anchor, query);

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];
  const dialog = document.createElement("dialog");
  dialog.ariaLabel = `${help}: ${anchor.textContent?.trim() ?? ""}`;
  const frame = document.createElement("iframe");
  frame.title = help;
  frame.src = new URL(`help/${locale}/${encodeURIComponent(slug)}?${query}`, base).href;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "×";
  button.ariaLabel = shut;
  dialog.append(button, frame); // who opened it is at the button, and goes on into the page
  root.append(dialog);
  // Beside a dialog that is modal nothing can be reached.
  (anchor.closest("dialog") ?? document.body).append(host);

  const heard = (event: MessageEvent) => {
    if (event.source !== frame.contentWindow || event.origin !== base.origin) return;
    const said = event.data as { warmlineHelp?: string; told?: unknown } | null;
    if (said?.warmlineHelp === "close") close();
    // A site without a chat of its own keeps the page open: it leads to one.
    if (said?.warmlineHelp === "talk" && window.Warmline) {
      close();
      window.Warmline("start", said.told);
    }
  };
  const place = () => {
    const at = anchor.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - dialog.offsetWidth - 8));
    const below = at.bottom + 8 + dialog.offsetHeight <= innerHeight;
    const top = below
      ? at.bottom + 8
      : Math.max(8, Math.min(at.bottom + 8, innerHeight - dialog.offsetHeight - 8));
    // Whatever it is placed from: the page, a dialog, or a body that a site has moved.
    dialog.style.left = dialog.style.top = "0";
    const from = dialog.getBoundingClientRect();
    dialog.style.left = `${left - from.left}px`;
    dialog.style.top = `${top - from.top}px`;
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault(); // a dialog around it stays open
    close();
  };
  close = () => {
    close = () => {};
    removeEventListener("message", heard);
    removeEventListener("resize", place);
    removeEventListener("keydown", key);
    host.remove();
    anchor.ariaExpanded = "false";
    anchor.focus();
  };
  addEventListener("message", heard);
  addEventListener("resize", place);
  addEventListener("keydown", key);
  button.onclick = () => close();
  anchor.ariaExpanded = "true";
  dialog.open = true; // `show()` would scroll to where it stands before it has its place
  place();
  button.focus({ preventScroll: true });
}

/** An element marked for help is a button, whatever it was. */
function prepare(anchor: HTMLElement): void {
  if (anchor.ariaHasPopup) return;
  anchor.ariaHasPopup = "dialog";
  anchor.ariaExpanded = "false";
  if (anchor.tagName !== "BUTTON") {
    anchor.role = "button";
    anchor.tabIndex = 0;
  } else anchor.setAttribute("type", "button");
}

function prepareAll(): void {
  for (const anchor of document.querySelectorAll<HTMLElement>(`[${MARK}]`)) prepare(anchor);
}

function asked(event: Event): void {
  const anchor = (event.target as Element | null)?.closest?.<HTMLElement>(`[${MARK}]`);
  if (!anchor) return;
  event.preventDefault();
  if (anchor.ariaExpanded === "true") close();
  else open(anchor);
}

addEventListener("click", asked);
addEventListener("keydown", (event) => {
  const target = event.target as HTMLElement | null;
  if ((event.key === "Enter" || event.key === " ") && target?.tagName !== "BUTTON" && target?.hasAttribute?.(MARK))
    asked(event);
});
new MutationObserver(prepareAll).observe(document.documentElement, { childList: true, subtree: true });
prepareAll();

export {};
