/** The keys of a telephone: pressed by pointer, or typed while the display has the focus. */
import { Delete } from "lucide-react";
import { useEffect, useState } from "react";
import { useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import styles from "./simulator.module.css";
import { complete } from "./talk";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"] as const;

export interface KeypadProps {
  /** How many keys make an answer, at least and at most. */
  keys: readonly [number, number] | null;
  secret: boolean;
  disabled: boolean;
  onPress: (keys: string) => void;
}

export function Keypad({ keys, secret, disabled, onPress }: KeypadProps) {
  const t = useT();
  const [pressed, setPressed] = useState("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins with no key pressed.
  useEffect(() => setPressed(""), [keys?.[0], keys?.[1], disabled]);
  const take = (key: string) => {
    if (disabled) return;
    const now = pressed + key;
    if (now === "#") return;
    if (complete(now, keys)) {
      setPressed("");
      onPress(now);
    } else {
      setPressed(now);
    }
  };
  const shown = secret ? "•".repeat(pressed.length) : pressed;
  return (
    <fieldset className={styles.keypad}>
      <legend className="visually-hidden">{t("simulator.keypad")}</legend>
      <div className={styles.display}>
        <output aria-label={t("simulator.pressed")}>{shown}</output>
        <IconButton
          label={t("simulator.erase_key")}
          icon={<Delete size={14} aria-hidden="true" />}
          isDisabled={pressed === ""}
          onPress={() => setPressed((before) => before.slice(0, -1))}
        />
      </div>
      <div className={styles.keys}>
        {KEYS.map((key) => (
          <Button
            key={key}
            large
            isDisabled={disabled}
            onPress={() => take(key)}
            onKeyDown={(event) => {
              if (/^[0-9*#]$/.test(event.key)) take(event.key);
            }}
          >
            {key}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
