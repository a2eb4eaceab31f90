/** Reply or note, with their keys; a dot shows where unsent words wait. */
import { MessageSquare, StickyNote } from "lucide-react";
import { Label } from "react-aria-components/Label";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { useT } from "@/i18n/t";
import styles from "./composer.module.css";
import type { Mode } from "./drafts";

export interface ModeSwitchProps {
  mode: Mode;
  onChange: (mode: Mode) => void;
  waiting: Readonly<Record<Mode, string>>;
}

export function ModeSwitch({ mode, onChange, waiting }: ModeSwitchProps) {
  const t = useT();
  const modes = [
    { id: "reply", icon: MessageSquare, keys: "R" },
    { id: "note", icon: StickyNote, keys: "N" },
  ] as const;
  return (
    <RadioGroup
      className={styles.modes}
      orientation="horizontal"
      value={mode}
      onChange={(value) => onChange(value === "note" ? "note" : "reply")}
    >
      <Label className="visually-hidden">{t("composer.mode")}</Label>
      {modes.map(({ id, icon: Icon, keys }) => (
        <Radio key={id} value={id} className={styles.mode}>
          <Icon size={14} aria-hidden="true" />
          {t(`composer.${id}`)}
          {id !== mode && waiting[id] ? (
            <span className={styles.dot}>
              <span className="visually-hidden">{t("desk.draft")}</span>
            </span>
          ) : (
            <kbd className={styles.key}>{keys}</kbd>
          )}
        </Radio>
      ))}
    </RadioGroup>
  );
}
