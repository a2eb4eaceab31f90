import { act, createElement, type ReactNode, useRef } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { focusIsLost, followFocus, useKeepsFocus, useTakesLostFocus } from "./lostFocus";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

function Place({ name, keeps, children }: { name: string; keeps?: boolean; children?: ReactNode }) {
  const place = useRef<HTMLElement>(null);
  useTakesLostFocus(place);
  useKeepsFocus(keeps === false ? { current: null } : place);
  return createElement("section", { ref: place, id: name, tabIndex: -1 }, children);
}

const button = (id: string) => createElement("button", { id, key: id, type: "button" });
const at = (id: string) => document.getElementById(id);
const settled = () => act(() => new Promise<void>((done) => setTimeout(done)));

describe("focus of what was taken away", () => {
  let root: Root;
  let stop: () => void;
  const show = (...parts: ReactNode[]) =>
    act(async () => root.render(createElement("main", { id: "main", tabIndex: -1 }, ...parts)));
  beforeEach(() => {
    const home = document.body.appendChild(document.createElement("div"));
    root = createRoot(home);
    stop = followFocus();
  });
  afterEach(async () => {
    await act(async () => root.unmount());
    document.body.replaceChildren();
    stop();
  });

  it("goes to what comes in its stead", async () => {
    await show(button("accept"));
    at("accept")?.focus();
    await show();
    expect(focusIsLost()).toBe(true);
    await show(createElement(Place, { name: "call", key: "call" }));
    expect(document.activeElement).toBe(at("call"));
  });

  it("is not taken from who has it", async () => {
    await show(button("elsewhere"));
    at("elsewhere")?.focus();
    await show(button("elsewhere"), createElement(Place, { name: "call", key: "call" }));
    expect(document.activeElement).toBe(at("elsewhere"));
  });

  it("stays with a call whose button vanishes", async () => {
    await show(createElement(Place, { name: "call", key: "call" }, button("stop")));
    at("stop")?.focus();
    await show(createElement(Place, { name: "call", key: "call" }, button("mute")));
    expect(document.activeElement).toBe(at("call"));
  });

  it("waits in the main part until there is a better place", async () => {
    await show(createElement(Place, { name: "call", key: "call" }, button("hang-up")));
    at("hang-up")?.focus();
    await show();
    await settled();
    expect(document.activeElement).toBe(at("main"));
    await show(createElement(Place, { name: "wrap-up", key: "wrap-up" }));
    expect(document.activeElement).toBe(at("wrap-up"));
  });
});
