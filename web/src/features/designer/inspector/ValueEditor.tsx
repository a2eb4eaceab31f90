/** A value: a variable of the journey, or a constant; where several may be meant, a list of constants. */
import { Plus, X } from "lucide-react";
import { lookup, useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import field from "@/ui/field.module.css";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";
import type { Json } from "../seams";
import { asValue, type ValueKind, valueKind } from "./conditions";
import { useRoom } from "./context";
import styles from "./inspector.module.css";
import { NumberField } from "./NumberField";
import { SuggestField } from "./SuggestField";
import { isPart } from "./schema";
import { AT_ONCE, inside, type Put } from "./taking";

const KINDS: readonly ValueKind[] = ["variable", "text", "number", "flag", "nothing"];

/** A variable to be read, among those the journey knows. */
export function VariableField(props: {
  label: string;
  labelHidden?: boolean;
  value: string;
  onChange: (path: string) => void;
  hint?: string;
  error?: string | null;
}) {
  const { variables, editable } = useRoom();
  const t = useT();
  const suggestions = variables.map(({ path, from }) => ({
    id: path,
    detail: from === "parameter" ? t("inspector.parameter") : (lookup(`journeys.step.${from}`) ?? from),
  }));
  return <SuggestField {...props} suggestions={suggestions} disabled={!editable} />;
}

export interface ValueEditorProps {
  label: string;
  hint?: string;
  error?: string | null;
  value: Json;
  onChange: Put<Json>;
  /** A list of constants is a value, too. */
  lists?: boolean;
  /** Constants only. */
  constant?: boolean;
}

export function ValueEditor({ label, hint, error, value, onChange, lists, constant }: ValueEditorProps) {
  const t = useT();
  const { editable } = useRoom();
  const kind = valueKind(value);
  const kinds = [
    ...KINDS.filter((each) => !(constant && each === "variable")),
    ...(lists ? (["list"] as const) : []),
  ];
  return (
    <fieldset className={styles.value} aria-label={label}>
      <div className={styles.valueRow}>
        <Select
          label={t("inspector.value_kind", { name: label })}
          labelHidden
          items={kinds.map((id) => ({ id, label: t(`inspector.value.${id}`) }))}
          value={kind}
          onChange={(id) => onChange(asValue(value, id as ValueKind), AT_ONCE)}
          disabled={!editable}
        />
        <Constant label={label} value={value} onChange={onChange} error={error} />
      </div>
      {kind === "list" ? <ListEditor label={label} value={value} onChange={onChange} /> : null}
      {kind === "nothing" || kind === "list" || kind === "flag" ? <Wrong text={error} /> : null}
      {hint ? <p className={field.hint}>{hint}</p> : null}
    </fieldset>
  );
}

function Wrong({ text }: { text: string | null | undefined }) {
  return text ? (
    <p className={field.error} role="alert">
      {text}
    </p>
  ) : null;
}

function Constant({ label, value, onChange, error }: Omit<ValueEditorProps, "lists" | "constant" | "hint">) {
  const t = useT();
  const { editable } = useRoom();
  switch (valueKind(value)) {
    case "variable":
      return (
        <VariableField
          label={label}
          labelHidden
          value={isPart(value) ? String(value.path ?? "") : ""}
          onChange={(path) => onChange({ value: "var", path })}
          error={error}
        />
      );
    case "text":
      return (
        <TextField
          label={label}
          labelHidden
          value={String(value)}
          onChange={(text) => onChange(text)}
          error={error}
          disabled={!editable}
        />
      );
    case "number":
      return (
        <NumberField
          label={label}
          labelHidden
          value={Number(value)}
          onChange={onChange}
          error={error}
          disabled={!editable}
        />
      );
    case "flag":
      return (
        <Select
          label={label}
          labelHidden
          items={["true", "false"].map((id) => ({
            id,
            label: t(id === "true" ? "inspector.yes" : "inspector.no"),
          }))}
          value={String(value)}
          onChange={(id) => onChange(id === "true", AT_ONCE)}
          disabled={!editable}
        />
      );
    default:
      return null;
  }
}

function ListEditor({ label, value, onChange }: Pick<ValueEditorProps, "label" | "value" | "onChange">) {
  const t = useT();
  const { editable } = useRoom();
  const items: readonly Json[] = Array.isArray(value) ? value : [];
  return (
    <ul className={styles.list}>
      {items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: constants have no other identity than their place.
        <li key={at} className={styles.listRow}>
          <ValueEditor
            label={t("inspector.item", { name: label, at: at + 1 })}
            value={item}
            onChange={(next, within) =>
              onChange(
                items.map((each, other) => (other === at ? next : each)),
                inside(at, within),
              )
            }
            constant
          />
          <IconButton
            label={t("inspector.remove_item", { name: String(at + 1) })}
            icon={<X size={14} aria-hidden="true" />}
            isDisabled={!editable}
            onPress={() =>
              onChange(
                items.filter((_each, other) => other !== at),
                AT_ONCE,
              )
            }
          />
        </li>
      ))}
      <li>
        <Button
          tone="quiet"
          icon={<Plus size={14} aria-hidden="true" />}
          isDisabled={!editable}
          onPress={() => onChange([...items, ""], AT_ONCE)}
        >
          {t("ui.add")}
        </Button>
      </li>
    </ul>
  );
}
