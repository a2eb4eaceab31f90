/** The command registry: one list from which keys, ⌘K, menus and the `?` sheet are made. */
import { useEffect, useRef, useSyncExternalStore } from "react";
import type { Key } from "@/i18n/keys";
import { t } from "@/i18n/t";

export type CommandGroup = "conversation" | "write" | "presence" | "go" | "macros" | "view";

export interface Command {
  id: string;
  /** A text key; or the text itself when it comes from data. */
  title: Key | (() => string);
  group: CommandGroup;
  /** "a", "?", "mod+k", or a sequence "g l". */
  keys?: string;
  /** Left out: always. */
  when?: () => boolean;
  /** Works inside inputs too; only for keys with a modifier. */
  inInputs?: boolean;
  /** Known by its key only, e.g. "next conversation". */
  hidden?: boolean;
  run: () => void;
}

let commands: readonly Command[] = [];
const owners = new Map<symbol, readonly Command[]>();
const listeners = new Set<() => void>();

function publish(): void {
  commands = [...owners.values()].flat();
  for (const listener of [...listeners]) listener();
}

export function addCommands(added: readonly Command[]): () => void {
  const owner = Symbol("commands");
  owners.set(owner, added);
  publish();
  return () => {
    owners.delete(owner);
    publish();
  };
}

/** Offer commands while the component is shown. `added` may be rebuilt each render; `version` says when it differs. */
export function useCommands(added: readonly Command[], version: string): void {
  const latest = useRef(added);
  latest.current = added;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` stands for the list's contents.
  useEffect(() => {
    const stable = latest.current.map((command) => ({
      ...command,
      when: () => latest.current.find((each) => each.id === command.id)?.when?.() ?? true,
      run: () => latest.current.find((each) => each.id === command.id)?.run(),
    }));
    return addCommands(stable);
  }, [version]);
}

export function allCommands(): readonly Command[] {
  return commands;
}

export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => commands,
  );
}

export function commandTitle(command: Command): string {
  return typeof command.title === "function" ? command.title() : t(command.title);
}

export function runCommand(id: string): void {
  const command = commands.find((each) => each.id === id);
  if (command && (command.when?.() ?? true)) command.run();
}

/** Keys as people read them on their own keyboard. */
export function showKeys(keys: string | undefined): string | undefined {
  if (!keys) return undefined;
  const mac = /Mac|iPhone|iPad/.test(navigator.platform);
  return keys
    .split(" ")
    .map((part) =>
      part
        .replace("mod+", mac ? "⌘" : "Ctrl ")
        .replace("shift+", mac ? "⇧" : "Shift ")
        .replace("enter", "↵")
        .replace(/(^|\s)([a-z])$/, (_all, space: string, letter: string) => space + letter.toUpperCase()),
    )
    .join(" ");
}
