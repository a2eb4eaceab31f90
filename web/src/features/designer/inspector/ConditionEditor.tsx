/** A condition as a tree: comparisons, joined by "all", "any" and "not". */
import { Plus, X } from "lucide-react";
import { lookup, useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import { Select } from "@/ui/Select";
import type { Json } from "../seams";
import { asKind, BLANK, type ConditionKind, inner, kindOf, withOperator } from "./conditions";
import { useRoom } from "./context";
import { readFault } from "./faults";
import styles from "./inspector.module.css";
import { isPart, type Part } from "./schema";
import { AT_ONCE, inside, type Put, type Within } from "./taking";
import { ValueEditor, VariableField } from "./ValueEditor";
import { faultText } from "./words";

const KINDS: readonly ConditionKind[] = ["compare", "all", "any", "not"];
const OPERATORS = ["==", "!=", "<", "<=", ">", ">=", "in", "contains", "is_set"];

export interface ConditionEditorProps {
  label: string;
  condition: Part;
  onChange: Put<Part>;
}

export function ConditionEditor({ label, condition, onChange }: ConditionEditorProps) {
  const t = useT();
  const { editable } = useRoom();
  const kind = kindOf(condition);
  return (
    <fieldset className={styles.condition} aria-label={label}>
      <Select
        label={t("inspector.condition_kind", { name: label })}
        labelHidden
        items={KINDS.map((id) => ({ id, label: t(`inspector.condition.${id}`) }))}
        value={kind}
        onChange={(id) => onChange(asKind(condition, id as ConditionKind), AT_ONCE)}
        disabled={!editable}
      />
      {kind === "compare" ? (
        <Comparison compare={condition} onChange={onChange} />
      ) : (
        <Joined label={label} condition={condition} onChange={onChange} />
      )}
    </fieldset>
  );
}

function Joined({ label, condition, onChange }: ConditionEditorProps) {
  const t = useT();
  const { editable } = useRoom();
  const parts = inner(condition);
  const alone = kindOf(condition) === "not";
  const put = (next: readonly Part[], within: Within) =>
    onChange(alone ? { cond: "not", condition: next[0] ?? BLANK } : { ...condition, conditions: next }, within);
  return (
    <ul className={styles.list}>
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no other identity than their place.
        <li key={at} className={styles.listRow}>
          <ConditionEditor
            label={alone ? t("inspector.condition.not") : t("inspector.item", { name: label, at: at + 1 })}
            condition={part}
            onChange={(next, within) =>
              put(
                parts.map((each, other) => (other === at ? next : each)),
                inside(at, within),
              )
            }
          />
          {alone ? null : (
            <IconButton
              label={t("inspector.remove_item", { name: String(at + 1) })}
              icon={<X size={14} aria-hidden="true" />}
              isDisabled={!editable}
              onPress={() =>
                put(
                  parts.filter((_each, other) => other !== at),
                  AT_ONCE,
                )
              }
            />
          )}
        </li>
      ))}
      {alone ? null : (
        <li>
          <Button
            tone="quiet"
            icon={<Plus size={14} aria-hidden="true" />}
            isDisabled={!editable}
            onPress={() => put([...parts, BLANK], AT_ONCE)}
          >
            {t("inspector.add_condition")}
          </Button>
        </li>
      )}
    </ul>
  );
}

function Comparison({ compare, onChange }: { compare: Part; onChange: Put<Part> }) {
  const t = useT();
  const { editable, variables } = useRoom();
  const path = isPart(compare.left) ? String(compare.left.path ?? "") : "";
  const op = String(compare.op ?? "is_set");
  const right: Json = compare.right ?? null;
  // Asking whether it is there is how one deals with what may not be there.
  const wrong = op === "is_set" && path !== "" ? null : faultText(readFault(path, variables));
  return (
    <div className={styles.comparison}>
      <VariableField
        label={t("inspector.field.left")}
        value={path}
        onChange={(next) => onChange({ ...compare, left: { value: "var", path: next } }, inside("left"))}
        error={wrong}
      />
      <Select
        label={t("inspector.field.op")}
        items={OPERATORS.map((id) => ({ id, label: lookup(`inspector.choice.op.${id}`) ?? id }))}
        value={op}
        onChange={(id) => onChange(withOperator(compare, id), AT_ONCE)}
        disabled={!editable}
      />
      {op === "is_set" ? null : (
        <ValueEditor
          label={t("inspector.field.right")}
          value={right}
          onChange={(next, within) => onChange({ ...compare, right: next }, inside("right", within))}
          error={isPart(right) ? faultText(readFault(String(right.path ?? ""), variables)) : null}
          lists={op === "in" || Array.isArray(right)}
        />
      )}
    </div>
  );
}
