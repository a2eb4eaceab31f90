/** The rooms beside the canvas have one row of tabs, and every tab a name, seen or not. */
import { act, createElement } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { DesignerStore } from "./model/designer";
import { Panes } from "./Panes";
import { PANES } from "./panes";

let store: DesignerStore;
let root: Root;

const tabs = () => [...document.querySelectorAll<HTMLElement>("[role=tab]")];
const inFront = () => tabs().filter((tab) => tab.getAttribute("aria-selected") === "true");
const press = (key: string) =>
  act(
    async () => void document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })),
  );

beforeEach(async () => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.stubGlobal("fetch", () => new Promise(() => undefined)); // the rooms themselves stay empty here
  const journey = { id: "orders", sections: { start: [] }, on_error: [] };
  store = new DesignerStore({ id: "orders", journey, base_version: 1, editable: true });
  root = createRoot(document.body.appendChild(document.createElement("div")));
  await act(async () => root.render(createElement(Panes, { store, counts: { problems: 3 } })));
});

afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

it("every tab is called by its name, and tells it to who points at it unless it is read there anyway", () => {
  expect(tabs()).toHaveLength(PANES.length);
  for (const tab of tabs()) {
    const name = tab.querySelector("span")?.textContent ?? "";
    expect(name).not.toBe("");
    expect(tab.getAttribute("title")).toBe(inFront().includes(tab) ? null : name);
  }
  expect(tabs()[1]?.textContent).toContain("3");
});

it("the keyboard goes from tab to tab and around, and the tab it is on is the one in front", async () => {
  tabs()[0]?.focus();
  await press("ArrowLeft");
  expect(document.activeElement).toBe(tabs().at(-1));
  expect(inFront()).toEqual([tabs().at(-1)]);
  await press("ArrowRight");
  await press("ArrowRight");
  expect(inFront()).toEqual([document.activeElement]);
  expect(store.state().pane).toBe(PANES[1]?.id);
});
