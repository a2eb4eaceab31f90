import { describe, expect, it } from "vitest";
import { EnterGate, type KeyPress } from "./ime";

const enter = (isComposing: boolean, more: Partial<KeyPress> = {}): KeyPress => ({
  key: isComposing ? "Process" : "Enter",
  code: "Enter",
  shiftKey: false,
  isComposing,
  ...more,
});

describe("Enter while a customer writes with an input method", () => {
  it("sends plain text at once", () => {
    expect(new EnterGate().keydown(enter(false), 0)).toBe("send");
  });

  it("breaks the line with Shift", () => {
    expect(new EnterGate().keydown(enter(false, { shiftKey: true }), 0)).toBe("browser");
  });

  it("sends a Korean sentence with one key press, when the browser reports one", () => {
    const gate = new EnterGate();
    gate.start();
    gate.update("요");
    expect(gate.keydown(enter(true), 100)).toBe("browser");
    expect(gate.end("요", 101)).toBe(true);
  });

  it("sends a Korean sentence once, when the browser reports the key twice", () => {
    const gate = new EnterGate();
    gate.start();
    gate.update("요");
    gate.keydown(enter(true), 100);
    expect(gate.end("요", 101)).toBe(true);
    expect(gate.keydown(enter(false), 102)).toBe("block");
    expect(gate.keydown(enter(false), 900)).toBe("send");
  });

  it("sends a Korean sentence where the composition ends before the key is reported", () => {
    const gate = new EnterGate();
    gate.start();
    gate.update("요");
    expect(gate.end("요", 100)).toBe(false);
    expect(gate.keydown(enter(false), 101)).toBe("send");
  });

  it("only commits a Japanese conversion, whichever order the browser reports", () => {
    const gate = new EnterGate();
    gate.start();
    gate.update("注文");
    expect(gate.keydown(enter(true), 100)).toBe("browser");
    expect(gate.end("注文", 101)).toBe(false);
    expect(gate.keydown(enter(false), 103)).toBe("block");
    expect(gate.keydown(enter(false), 900)).toBe("send");
  });

  it("does not send a hanja that a Korean writer picks from the list", () => {
    const gate = new EnterGate();
    gate.start();
    gate.update("韓");
    gate.keydown(enter(true), 100);
    expect(gate.end("韓", 101)).toBe(false);
  });

  it("leaves every other key alone", () => {
    expect(new EnterGate().keydown(enter(false, { key: "a", code: "KeyA" }), 0)).toBe("browser");
  });
});
