/** The keys of canvas and outline: they do the same in both. */
import { keyName, type Pressed } from "@/app/keys";
import { copyChosen, cutChosen, duplicateChosen, moveChosen, paste, removeChosen, wrapChosen } from "./actions";
import type { DesignerStore } from "./designer";
import { places } from "./paths";

type Act = (store: DesignerStore) => void;

/** The id of the room of a pane in the page. */
export function paneId(pane: string): string {
  return `pane-${pane}`;
}

/** Lead the keyboard into a pane, as soon as it is shown. */
function focusPane(pane: string): void {
  requestAnimationFrame(() => document.getElementById(paneId(pane))?.focus());
}

const ACTS: Readonly<Record<string, Act>> = {
  "mod+z": (store) => store.undo(),
  "mod+y": (store) => store.redo(),
  "mod+shift+z": (store) => store.redo(),
  "mod+c": (store) => void copyChosen(store),
  "mod+x": (store) => void cutChosen(store),
  "mod+v": (store) => void paste(store),
  "mod+d": duplicateChosen,
  "mod+g": wrapChosen,
  "mod+a": (store) => store.choose(places(store.state().journey).map(({ path }) => path)),
  delete: removeChosen,
  backspace: removeChosen,
  "alt+arrowup": (store) => moveChosen(store, "up"),
  "alt+arrowdown": (store) => moveChosen(store, "down"),
  "alt+arrowleft": (store) => moveChosen(store, "out"),
  "alt+arrowright": (store) => moveChosen(store, "in"),
  enter: (store) => {
    store.open("inspector");
    focusPane("inspector");
  },
};

/** Do what a key means; false when it means nothing here. */
export function act(store: DesignerStore, pressed: Pressed): boolean {
  const act = ACTS[keyName(pressed)];
  act?.(store);
  return act !== undefined;
}
