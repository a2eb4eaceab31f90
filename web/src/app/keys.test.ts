import { describe, expect, it, vi } from "vitest";
import type { Command } from "./commands";
import { chooseCommand, keyName } from "./keys";

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
