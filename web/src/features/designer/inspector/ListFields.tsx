/** Lists of names, levels of skills, and what is handed to a task or module. */
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { localText, useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import type { Json } from "../seams";
import { useRoom } from "./context";
import { type Around, takenBy } from "./faults";
import styles from "./inspector.module.css";
import { NumberField } from "./NumberField";
import { SuggestField, type Suggestion } from "./SuggestField";
import { type Field, isPart } from "./schema";
import { AT_ONCE, inside, type Put } from "./taking";
import { ValueEditor } from "./ValueEditor";

interface ListProps<Held> {
  label: string;
  value: Held;
  onChange: Put<Held>;
}

/** A line to type one more name into. */
function AddName(props: {
  label: string;
  suggestions: readonly Suggestion[];
  taken: readonly string[];
  onAdd: (name: string) => void;
}) {
  const { label, suggestions, taken, onAdd } = props;
  const t = useT();
  const { editable } = useRoom();
  const [name, setName] = useState("");
  const plain = name.trim();
  const fits = plain !== "" && !taken.includes(plain);
  const add = () => {
    if (!fits) return;
    onAdd(plain);
    setName("");
  };
  if (!editable) return null;
  return (
    <div className={styles.addRow}>
      <SuggestField
        label={t("inspector.add_to", { name: label })}
        labelHidden
        value={name}
        onChange={setName}
        suggestions={suggestions.filter(({ id }) => !taken.includes(id))}
      />
      <Button icon={<Plus size={14} aria-hidden="true" />} isDisabled={!fits} onPress={add}>
        {t("ui.add")}
      </Button>
    </div>
  );
}

function Remove({ name, onPress }: { name: string; onPress: () => void }) {
  const t = useT();
  const { editable } = useRoom();
  return (
    <IconButton
      label={t("inspector.remove_item", { name })}
      icon={<X size={14} aria-hidden="true" />}
      isDisabled={!editable}
      onPress={onPress}
    />
  );
}

export function NameList({
  label,
  value,
  onChange,
  suggestions,
}: ListProps<readonly string[]> & { suggestions: readonly Suggestion[] }) {
  return (
    <>
      {value.length > 0 ? (
        <ul className={styles.chips}>
          {value.map((name) => (
            <li key={name} className={styles.chip}>
              <code>{name}</code>
              <Remove
                name={name}
                onPress={() =>
                  onChange(
                    value.filter((each) => each !== name),
                    AT_ONCE,
                  )
                }
              />
            </li>
          ))}
        </ul>
      ) : null}
      <AddName
        label={label}
        suggestions={suggestions}
        taken={value}
        onAdd={(name) => onChange([...value, name], AT_ONCE)}
      />
    </>
  );
}

export function SkillLevels({ label, value, onChange }: ListProps<Json>) {
  const t = useT();
  const { names, editable } = useRoom();
  const levels = isPart(value) ? value : {};
  return (
    <>
      <ul className={styles.list}>
        {Object.entries(levels).map(([id, level]) => {
          const name = localText(names.skills.find((each) => each.id === id)?.name, id);
          return (
            <li key={id} className={styles.listRow}>
              <NumberField
                label={t("inspector.skill_level", { name })}
                value={Number(level)}
                onChange={(next) => onChange({ ...levels, [id]: next }, inside(id))}
                whole
                disabled={!editable}
              />
              <Remove
                name={name}
                onPress={() =>
                  onChange(Object.fromEntries(Object.entries(levels).filter(([each]) => each !== id)), AT_ONCE)
                }
              />
            </li>
          );
        })}
      </ul>
      <AddName
        label={label}
        suggestions={names.skills.map(({ id, name }) => ({ id, detail: localText(name) }))}
        taken={Object.keys(levels)}
        onAdd={(id) => onChange({ ...levels, [id]: 1 }, AT_ONCE)}
      />
    </>
  );
}

export function Arguments({
  label,
  value,
  onChange,
  field,
  around,
}: ListProps<Json> & { field: Field; around: Around }) {
  const t = useT();
  const { editable } = useRoom();
  const held = isPart(value) ? value : {};
  const taken = takenBy(field, around);
  const missing = (taken?.required ?? []).filter((name) => !(name in held));
  const offered = (taken?.optional ?? []).map((id) => ({ id, detail: t("inspector.optional") }));
  return (
    <>
      <ul className={styles.list}>
        {Object.entries(held).map(([name, each]) => (
          <li key={name} className={styles.argument}>
            <div className={styles.argumentHead}>
              <code>{name}</code>
              <Remove
                name={name}
                onPress={() =>
                  onChange(Object.fromEntries(Object.entries(held).filter(([one]) => one !== name)), AT_ONCE)
                }
              />
            </div>
            <ValueEditor
              label={name}
              value={each}
              onChange={(next, within) => onChange({ ...held, [name]: next }, inside(name, within))}
            />
          </li>
        ))}
        {missing.map((name) => (
          <li key={name}>
            <Button
              icon={<Plus size={14} aria-hidden="true" />}
              isDisabled={!editable}
              onPress={() => onChange({ ...held, [name]: { value: "var", path: "" } }, AT_ONCE)}
            >
              {t("inspector.fill_in", { name })}
            </Button>
          </li>
        ))}
      </ul>
      {taken && offered.length === 0 ? null : (
        <AddName
          label={label}
          suggestions={offered}
          taken={Object.keys(held)}
          onAdd={(name) => onChange({ ...held, [name]: { value: "var", path: "" } }, AT_ONCE)}
        />
      )}
    </>
  );
}
