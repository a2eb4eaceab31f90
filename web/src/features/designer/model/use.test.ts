/** Panes follow what is drawn when it rests, but at once for whoever works in them. */
import { act, createElement } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { JourneyJson } from "../seams";
import { DesignerStore } from "./designer";
import { paneId } from "./keys";
import { useSeenDesigner } from "./use";

const PANE = "inspector";
const journey: JourneyJson = {
  id: "orders",
  sections: { start: ["hello", "thanks", "bye"].map((prompt) => ({ step: "say", prompt })) },
  on_error: [],
};

let store: DesignerStore;
let root: Root;

function Room({ seen }: { seen: boolean }) {
  const { selected } = useSeenDesigner(store, PANE, seen);
  return createElement("input", { key: selected.join(" "), "aria-label": selected.join(" ") });
}

const field = () => document.querySelector("input");
const shown = () => field()?.getAttribute("aria-label");
const choose = (path: string) => act(async () => store.choose([path]));
const wait = (time_ms: number) => act(async () => void vi.advanceTimersByTime(time_ms));
const draw = (seen: boolean) => act(async () => root.render(createElement(Room, { seen })));

beforeEach(async () => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.useFakeTimers({ toFake: ["requestAnimationFrame", "cancelAnimationFrame", "setTimeout", "clearTimeout"] });
  store = new DesignerStore({ id: "orders", journey, base_version: 1, editable: true });
  const room = document.body.appendChild(document.createElement("div"));
  room.id = paneId(PANE);
  root = createRoot(room);
  await draw(true);
});

afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a pane beside the canvas", () => {
  it("shows the step that was chosen last, once keys that are held down rest", async () => {
    await choose("start/0");
    await wait(30);
    await choose("start/1");
    await wait(30);
    expect(shown()).toBe("");
    await wait(100);
    expect(shown()).toBe("start/1");
  });

  it("is as things are before anything is typed into it or pressed in it", async () => {
    await choose("start/0");
    await act(async () => field()?.dispatchEvent(new FocusEvent("focusin", { bubbles: true })));
    expect(shown()).toBe("start/0");
    await choose("start/2");
    await act(async () => field()?.dispatchEvent(new Event("pointerdown", { bubbles: true })));
    expect(shown()).toBe("start/2");
  });

  it("follows at once while somebody is at work in it", async () => {
    await choose("start/0");
    await wait(100);
    field()?.focus();
    await choose("start/1");
    expect(shown()).toBe("start/1");
  });

  it("stays as it was while it is hidden, and is as things are when it is seen again", async () => {
    await choose("start/0");
    await wait(100);
    await draw(false);
    await choose("start/2");
    await wait(100);
    expect(shown()).toBe("start/0");
    await draw(true);
    expect(shown()).toBe("start/2");
  });
});
