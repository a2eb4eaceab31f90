/** Lists whose order matters: moved up and down, taken away, added to; and the list of prompts. */
import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import { PromptField } from "../prompts/PromptField";
import type { Json } from "../seams";
import { useRoom } from "./context";
import styles from "./inspector.module.css";

export interface ListProps {
  label: string;
  value: Json;
  onChange: (value: Json) => void;
}

/** What can be done with one of several: up, down, away. */
export function Order(props: {
  name: string;
  at: number;
  items: readonly Json[];
  onChange: (items: readonly Json[]) => void;
}) {
  const { name, at, items, onChange } = props;
  const t = useT();
  const { editable } = useRoom();
  if (!editable) return null;
  const swap = (other: number) =>
    onChange(items.map((each, i) => (i === at ? items[other] : i === other ? items[at] : each) as Json));
  return (
    <span className={styles.order}>
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
        onPress={() => onChange(items.filter((_each, other) => other !== at))}
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
              <span className={styles.label}>{t("inspector.item", { name: label, at: at + 1 })}</span>
              <Order name={String(at + 1)} at={at} items={keys} onChange={onChange} />
            </div>
            <PromptField
              label={t("inspector.item", { name: label, at: at + 1 })}
              labelHidden
              value={String(key)}
              onChange={(next) => onChange(keys.map((each, other) => (other === at ? next : each)))}
              purpose={purpose}
            />
          </li>
        ))}
      </ol>
      <Add label={label} onPress={() => onChange([...keys, ""])} />
    </>
  );
}
