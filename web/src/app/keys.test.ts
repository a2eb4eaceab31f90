import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addCommands, type Command } from "./commands";
import { chooseCommand, keyName, listenForKeys } from "./keys";

function press(key: string, code = "", held: Partial<Record<"ctrlKey" | "metaKey" | "shiftKey", boolean>> = {}) {
  return keyName({ key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });
}

const command = (id: string, keys: string, more: Partial<Command> = {}): Command => ({
  id,
  title: () => id,
  group: "go",
  keys,
  run: vi.fn(),
  ...more,
});
const all = [
  command("accept", "a"),
  command("live", "g l"),
  command("palette", "mod+k", { inInputs: true }),
  command("off", "x", { when: () => false }),
];

describe("a key", () => {
  it("has the same name with a Korean or Japanese input method on", () => {
    expect(press("ㅁ", "KeyA")).toBe("a");
    expect(press("Process", "KeyA")).toBe("a");
    expect(press("A", "KeyA", { shiftKey: true })).toBe("shift+a");
  });

  it("has one name for Control and Command", () => {
    expect(press("k", "KeyK", { ctrlKey: true })).toBe("mod+k");
    expect(press("k", "KeyK", { metaKey: true })).toBe("mod+k");
  });

  it("is read as the sign it writes", () => {
    expect(press("?", "Slash", { shiftKey: true })).toBe("?");
  });
});

describe("choosing a command", () => {
  it("finds single keys and sequences outside inputs", () => {
    expect(chooseCommand(all, "", "a", false, true)).toBe(all[0]);
    expect(chooseCommand(all, "", "g", false, true)).toBe("more");
    expect(chooseCommand(all, "g", "l", false, true)).toBe(all[1]);
  });

  it("never takes a letter away from somebody who writes", () => {
    expect(chooseCommand(all, "", "a", true, true)).toBeNull();
    expect(chooseCommand(all, "", "mod+k", true, true)).toBe(all[2]);
  });

  it("leaves single keys alone when they are switched off", () => {
    expect(chooseCommand(all, "", "a", false, false)).toBeNull();
    expect(chooseCommand(all, "", "mod+k", false, false)).toBe(all[2]);
  });

  it("ignores what does not apply now", () => {
    expect(chooseCommand(all, "", "x", false, true)).toBeNull();
  });
});

describe("a key of the page", () => {
  const opened = vi.fn();
  let stop: (() => void)[] = [];

  /** Press Ctrl+K where the keyboard is; tell whether the browser was kept from its own answer. */
  const pressSearch = () => {
    const event = new KeyboardEvent("keydown", {
      key: "k",
      code: "KeyK",
      ctrlKey: true,
      cancelable: true,
      bubbles: true,
    });
    (document.activeElement ?? document.body).dispatchEvent(event);
    return event.defaultPrevented;
  };
  const show = (html: string) => {
    document.body.innerHTML = html;
    document.querySelector<HTMLElement>("input")?.focus();
  };

  beforeEach(() => {
    opened.mockClear();
    stop = [addCommands([command("palette", "mod+k", { inInputs: true, run: opened })]), listenForKeys()];
  });

  afterEach(() => {
    for (const each of stop) each();
    document.body.replaceChildren();
  });

  it("opens the palette from wherever one writes", () => {
    show("<input>");
    expect(pressSearch()).toBe(true);
    expect(opened).toHaveBeenCalledOnce();
  });

  it("leaves who answers a dialog in it: nothing opens over it, neither here nor in the browser", () => {
    for (const role of ["dialog", "alertdialog"]) {
      show(`<div role="${role}"><input></div>`);
      expect(pressSearch()).toBe(true);
      expect(document.activeElement?.tagName).toBe("INPUT");
    }
    expect(opened).not.toHaveBeenCalled();
  });

  it("is heard again as soon as the dialog is going, and while a menu is open", () => {
    show(`<div data-exiting="true"><div role="dialog"></div></div><input>`);
    pressSearch();
    show(`<div role="menu"><input></div>`);
    pressSearch();
    expect(opened).toHaveBeenCalledTimes(2);
  });
});
