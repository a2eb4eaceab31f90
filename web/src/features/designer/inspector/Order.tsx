/** Lists whose order matters: moved up and down, taken away, added to; and the list of prompts. */
import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { useRef } from "react";
import { useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import field from "@/ui/field.module.css";
import { afterPicture } from "../model/picture";
import { PromptField } from "../prompts/PromptField";
import type { Json } from "../seams";
import { useRoom } from "./context";
import styles from "./inspector.module.css";
import { AT_ONCE, inside, type Put } from "./taking";

export interface ListProps {
  label: string;
  value: Json;
  onChange: Put<Json>;
}

/** The buttons of one of several, in their order. */
const BUTTONS = { up: 0, down: 1, remove: 2 };

/** The keyboard goes with what was moved, or to what stands where something was taken away; else to "add". */
function follow(list: Element | null, to: number, button: keyof typeof BUTTONS): void {
  const row = list?.children[Math.min(to, list.children.length - 1)];
  const [up, down, remove] = row?.querySelector("[data-order]")?.querySelectorAll("button") ?? [];
  const wanted = [up, down, remove][BUTTONS[button]];
  // At the end of the list, what led there leads no further: the way back does.
  const there = wanted?.disabled ? (button === "up" ? down : up) : wanted;
  (there ?? list?.parentElement?.querySelector<HTMLElement>(":scope > button"))?.focus();
}

/** What can be done with one of several: up, down, away. */
export function Order(props: {
  name: string;
  at: number;
  items: readonly Json[];
  onChange: Put<readonly Json[]>;
}) {
  const { name, at, items, onChange } = props;
  const t = useT();
  const { editable } = useRoom();
  const room = useRef<HTMLSpanElement>(null);
  if (!editable) return null;
  const list = () => room.current?.closest("ol") ?? null;
  const swap = (other: number) => {
    const there = list();
    onChange(
      items.map((each, i) => (i === at ? items[other] : i === other ? items[at] : each) as Json),
      AT_ONCE,
    );
    afterPicture(() => follow(there, other, other < at ? "up" : "down"));
  };
  const remove = () => {
    const there = list();
    onChange(
      items.filter((_each, other) => other !== at),
      AT_ONCE,
    );
    afterPicture(() => follow(there, at, "remove"));
  };
  return (
    <span ref={room} className={styles.order} data-order>
      <IconButton
        label={t("inspector.up", { name })}
        icon={<ArrowUp size={14} aria-hidden="true" />}
        isDisabled={at === 0}
        onPress={() => swap(at - 1)}
      />
      <IconButton
        label={t("inspector.down", { name })}
        icon={<ArrowDown size={14} aria-hidden="true" />}
        isDisabled={at === items.length - 1}
        onPress={() => swap(at + 1)}
      />
      <IconButton
        label={t("inspector.remove_item", { name })}
        icon={<X size={14} aria-hidden="true" />}
        onPress={remove}
      />
    </span>
  );
}

export function Add({ label, onPress }: { label: string; onPress: () => void }) {
  const t = useT();
  const { editable } = useRoom();
  return editable ? (
    <Button
      icon={<Plus size={14} aria-hidden="true" />}
      aria-label={t("inspector.add_to", { name: label })}
      onPress={onPress}
    >
      {t("ui.add")}
    </Button>
  ) : null;
}

export function PromptList({ label, value, onChange, purpose }: ListProps & { purpose: string }) {
  const t = useT();
  const keys: readonly Json[] = Array.isArray(value) ? value : [];
  return (
    <>
      <ol className={styles.list}>
        {keys.map((key, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same prompt may be said twice.
          <li key={at} className={styles.part}>
            <div className={styles.partHead}>
              <span className={field.label}>{t("inspector.item", { name: label, at: at + 1 })}</span>
              <Order name={String(at + 1)} at={at} items={keys} onChange={onChange} />
            </div>
            <PromptField
              label={t("inspector.item", { name: label, at: at + 1 })}
              labelHidden
              value={String(key)}
              onChange={(next) =>
                onChange(
                  keys.map((each, other) => (other === at ? next : each)),
                  inside(at),
                )
              }
              purpose={purpose}
            />
          </li>
        ))}
      </ol>
      <Add label={label} onPress={() => onChange([...keys, ""], AT_ONCE)} />
    </>
  );
}
