/** Find steps by texts, kinds and names; Enter leads from one to the next. */
import { type KeyboardEvent, type RefObject, useEffect, useRef } from "react";
import { useT } from "@/i18n/t";
import { TextField } from "@/ui/TextField";
import styles from "../designer.module.css";
import type { StepPath } from "../seams";

/** What keys of the page must not reach behind. */
export const MODAL = "[role=dialog], [role=alertdialog]";

export interface SearchFieldProps {
  words: string;
  onChange: (words: string) => void;
  found: readonly StepPath[];
  /** The step to search on from. */
  from: () => StepPath | null;
  onGo: (path: StepPath) => void;
  /** Where Ctrl+F is heard. */
  room: RefObject<HTMLElement | null>;
}

export function SearchField({ words, onChange, found, from, onGo, room }: SearchFieldProps) {
  const t = useT();
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.code !== "KeyF") return;
      if (!room.current?.offsetParent || document.querySelector(MODAL)) return;
      const input = holder.current?.querySelector("input");
      if (!input) return;
      event.preventDefault();
      input.focus();
      input.select();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [room]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") onChange("");
    if (event.key !== "Enter" || found.length === 0) return;
    event.preventDefault();
    const at = found.indexOf(from() ?? "");
    const next =
      found[(at + (event.shiftKey ? found.length - 1 : 1) + (at < 0 ? 1 : 0)) % found.length] ?? found[0];
    if (next !== undefined) onGo(at < 0 ? (found[0] ?? next) : next);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the field inside.
    <div ref={holder} className={styles.search} onKeyDown={onKeyDown}>
      <TextField
        label={t("designer.search")}
        labelHidden
        type="search"
        placeholder={t("designer.search")}
        value={words}
        onChange={onChange}
      />
      <span className={styles.quiet} aria-live="polite">
        {words.trim() ? t("designer.found", { count: found.length }) : ""}
      </span>
    </div>
  );
}
