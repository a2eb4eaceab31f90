/** Keys to commands: single keys and sequences outside inputs, modified keys anywhere they are allowed. */
import { allCommands, type Command } from "./commands";
import { preferences } from "./preferences";

const SEQUENCE_MS = 1200;

export interface Pressed {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** The name of what was pressed. With a Korean or Japanese input method on, letters are read from their place. */
export function keyName(event: Pressed): string {
  let key = event.key.length === 1 ? event.key.toLowerCase() : event.key.toLowerCase();
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  if (letter && !/^[a-z]$/.test(key)) key = letter.toLowerCase();
  const mod = event.ctrlKey || event.metaKey ? "mod+" : "";
  const shift = event.shiftKey && (mod || key.length > 1 || /^[a-z]$/.test(key)) ? "shift+" : "";
  return `${mod}${event.altKey ? "alt+" : ""}${shift}${key}`;
}

function inInput(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input, textarea, select, [role=searchbox]");
}

/** Lists and tables of the library find their rows by typed letters. */
function inList(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("[role=listbox], [role=grid], [role=tree]") !== null;
}

/** Whether a dialog waits for its answer: what is behind it hears no keys until then. */
function dialogOpen(): boolean {
  return [...document.querySelectorAll("[role=dialog], [role=alertdialog]")].some(
    (dialog) => dialog.closest("[data-exiting]") === null,
  );
}

/** Choose the command for `pressed` after `before` (the sequence so far). Null: none; "more": a sequence began. */
export function chooseCommand(
  commands: readonly Command[],
  before: string,
  pressed: string,
  writing: boolean,
  singleKeys: boolean,
): Command | "more" | null {
  const sequence = before ? `${before} ${pressed}` : pressed;
  const modified = pressed.startsWith("mod+");
  let more = false;
  for (const command of commands) {
    if (!command.keys || !(command.when?.() ?? true)) continue;
    if (writing && !(modified && command.inInputs)) continue;
    if (!modified && !singleKeys) continue;
    if (command.keys === sequence) return command;
    if (command.keys.startsWith(`${sequence} `)) more = true;
  }
  return more ? "more" : null;
}

/** Listen for keys until the returned function is called. */
export function listenForKeys(): () => void {
  let before = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || ["Shift", "Control", "Alt", "Meta"].includes(event.key))
      return;
    const modified = event.ctrlKey || event.metaKey;
    const behind = dialogOpen();
    if (!modified && (behind || document.querySelector("[role=menu]"))) return;
    const writing = inInput(event.target) || inList(event.target);
    const chosen = chooseCommand(allCommands(), before, keyName(event), writing, preferences().singleKeys);
    clearTimeout(timer);
    if (chosen === "more") {
      before = before ? `${before} ${keyName(event)}` : keyName(event);
      timer = setTimeout(() => {
        before = "";
      }, SEQUENCE_MS);
      return;
    }
    before = "";
    if (!chosen) return;
    // Also behind a dialog: the browser's own answer to the same key would lead away from it.
    event.preventDefault();
    if (!behind) chosen.run();
  };
  // Before the controls see it: some keep modified Enter for themselves.
  addEventListener("keydown", onKey, true);
  return () => {
    clearTimeout(timer);
    removeEventListener("keydown", onKey, true);
  };
}
