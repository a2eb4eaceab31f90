import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";

const FORM = `
  <script type="text/plain" src="https://desk.example/widget/help.js" data-key="shop" data-locale="ko"></script>
  <form>
    <div class="field"><label for="n">Order number</label><input id="n" name="order_number" value="ON-1">
      <span data-warmline-help="order-number"
        data-warmline-help-context="order_number, pin card billed nothing_there">Where is it?</span></div>
    <input type="password" name="pin" value="0417">
    <input name="card" autocomplete="cc-number" value="4111111111111111">
    <input name="billed" autocomplete="section-a billing CC-NUMBER" value="4000056655665556">
  </form>`;

const mark = () => document.querySelector<HTMLElement>("[data-warmline-help]") as HTMLElement;
const shadow = () => [...document.body.children].find((one) => one.shadowRoot)?.shadowRoot ?? null;
const address = () => new URL((shadow()?.querySelector("iframe") as HTMLIFrameElement).src);
const press = (key: string, on: EventTarget = window) =>
  on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));

beforeAll(async () => {
  document.body.innerHTML = FORM;
  await import("./help");
});

afterEach(() => {
  press("Escape");
});

describe("help beside a form's field", () => {
  it("makes a button of what a site marks, and opens the page with the declared entries, never the private ones", () => {
    expect([mark().role, mark().tabIndex, mark().ariaExpanded]).toEqual(["button", 0, "false"]);
    mark().click();
    expect(mark().ariaExpanded).toBe("true");
    expect(address().origin + address().pathname).toBe("https://desk.example/help/ko/order-number");
    expect(Object.fromEntries(address().searchParams)).toEqual({
      embed: "1",
      key: "shop",
      field: "Order number",
      "p.order_number": "ON-1",
    });
  });

  it("leads from its closing button on into the page, and stands within a site's own dialog", () => {
    const form = document.querySelector("form") as HTMLFormElement;
    const room = document.body.appendChild(document.createElement("dialog"));
    room.append(form);
    mark().click();
    const host = [...room.children].find((one) => one.shadowRoot);
    const parts = host?.shadowRoot?.querySelector("dialog")?.children ?? [];
    expect([...parts].map((one) => one.tagName)).toEqual(["BUTTON", "IFRAME"]);
    press("Escape");
    expect([...room.children]).toEqual([form]);
    document.body.append(form);
    room.remove();
  });

  it("closes with Escape and gives the keyboard back to where it came from", () => {
    press("Enter", mark());
    expect(shadow()?.querySelector("dialog")?.ariaLabel).toBe("도움말: Where is it?");
    press("Escape");
    expect(shadow()).toBeNull();
    expect(document.activeElement).toBe(mark());
    expect(mark().ariaExpanded).toBe("false");
  });

  it("opens the chat with what was answered, and hears nobody but its own page", () => {
    const warmline = vi.fn();
    window.Warmline = warmline;
    mark().click();
    const source = shadow()?.querySelector("iframe")?.contentWindow ?? null;
    const told = { help_page: "Returns" };
    const say = (origin: string, from: Window | null) =>
      window.dispatchEvent(
        new MessageEvent("message", { data: { warmlineHelp: "talk", told }, origin, source: from }),
      );
    say("https://evil.example", source);
    say("https://desk.example", window);
    expect(warmline).not.toHaveBeenCalled();
    say("https://desk.example", source);
    expect(warmline).toHaveBeenCalledExactlyOnceWith("start", told);
    expect(shadow()).toBeNull();
  });

  it("stays open with the ways that stand on it where the site has no chat to open", () => {
    Reflect.deleteProperty(window, "Warmline");
    mark().click();
    const source = shadow()?.querySelector("iframe")?.contentWindow ?? null;
    const data = { warmlineHelp: "talk", told: {} };
    window.dispatchEvent(new MessageEvent("message", { data, origin: "https://desk.example", source }));
    expect(shadow()?.querySelector("iframe")).not.toBeNull();
  });

  it("asks for nothing more when it is pressed again: the page is put away", () => {
    mark().click();
    mark().click();
    expect(shadow()).toBeNull();
  });
});
