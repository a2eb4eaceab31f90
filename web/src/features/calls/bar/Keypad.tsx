/** Twelve keys for the other side's menu; typed digits count too while it is open. */
import { X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useT } from "@/i18n/t";
import { IconButton } from "@/ui/Button";
import styles from "../calls.module.css";
import { pressKeys } from "../phone/phone";

export const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"] as const;
const SHOWN = 24;

export function Keypad({ id, party, onClose }: { id: string; party: string | undefined; onClose: () => void }) {
  const t = useT();
  const [pressed, setPressed] = useState("");
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.querySelector("button")?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const press = (key: string) => {
    setPressed((shown) => (shown + key).slice(-SHOWN));
    pressKeys(id, key, party);
  };
  const typed = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    } else if (KEYS.some((key) => key === event.key)) {
      event.preventDefault();
      press(event.key);
    }
  };
  return (
    <section ref={panel} className={styles.tray} aria-label={t("calls.keypad")} onKeyDown={typed}>
      <p className={styles.pressed} aria-live="polite">
        {pressed || <span className={styles.quiet}>{t("calls.keypad_hint")}</span>}
      </p>
      <div className={styles.keypad}>
        {KEYS.map((key) => (
          <button key={key} type="button" onClick={() => press(key)}>
            {key}
          </button>
        ))}
      </div>
      <IconButton label={t("ui.close")} icon={<X size={14} aria-hidden="true" />} onPress={onClose} />
    </section>
  );
}
