/** A form made of a shape: one editor for each field, by its kind. */
import { useState } from "react";
import { localText, useT } from "@/i18n/t";
import fieldStyles from "@/ui/field.module.css";
import { Select } from "@/ui/Select";
import { Switch } from "@/ui/Switch";
import { TextField } from "@/ui/TextField";
import { PromptField } from "../prompts/PromptField";
import type { Json } from "../seams";
import { ConditionEditor } from "./ConditionEditor";
import { BLANK } from "./conditions";
import { type Room, useRoom } from "./context";
import { type Around, faultOf } from "./faults";
import { Group, Labelled } from "./Group";
import styles from "./inspector.module.css";
import { Arguments, NameList, SkillLevels } from "./ListFields";
import { NumberField } from "./NumberField";
import { Add, type ListProps, Order, PromptList } from "./Order";
import { SuggestField, type Suggestion } from "./SuggestField";
import { type Field, filled, fresh, heldBy, isPart, type Part, type Shape, shapeOf, turnedInto } from "./schema";
import { AT_ONCE, inside, type Put, type Within } from "./taking";
import { ValueEditor, VariableField } from "./ValueEditor";
import { choiceName, faultText, fieldHelp, fieldName } from "./words";

/** Fewer than this are shown at once rather than folded away. */
const FEW = 4;

export interface PartFormProps {
  shape: Shape;
  part: Part;
  /** Which field changed, and the place in which somebody types: see `Within`. */
  onChange: (part: Part, name: string, within: Within) => void;
}

function isShown(field: Field): boolean {
  return field.kind !== "block" && field.kind !== "sections";
}

export function PartForm({ shape, part, onChange }: PartFormProps) {
  const t = useT();
  const fields = shape.fields.filter(isShown);
  // Decided once: a field that is given its default does not jump away under the hands of who types.
  const [folded] = useState(() => {
    const usual = fields.filter((field) => !field.required && !(field.name in part) && field.kind !== "options");
    return new Set(usual.length < FEW ? [] : usual.map(({ name }) => name));
  });
  const editor = (field: Field) => (
    <FieldEditor key={field.name} shape={shape} part={part} field={field} onChange={onChange} />
  );
  return (
    <>
      {fields.filter(({ name }) => !folded.has(name)).map(editor)}
      {folded.size > 0 ? (
        <details className={styles.more}>
          <summary>{t("inspector.more", { count: folded.size })}</summary>
          <div className={styles.form}>{fields.filter(({ name }) => folded.has(name)).map(editor)}</div>
        </details>
      ) : null}
    </>
  );
}

function suggestionsFor(field: Field, room: Room): readonly Suggestion[] {
  const { names, sections, texts, variables } = room;
  const plain = (ids: readonly string[]) => ids.map((id) => ({ id }));
  const journeys = (module: boolean) =>
    names.journeys
      .filter(({ kind }) => (kind === "module") === module)
      .map(({ id, title }) => ({ id, detail: texts.get(title) ?? "" }));
  switch (field.kind) {
    case "queue":
      return names.queues.map(({ id, name }) => ({ id, detail: localText(name) }));
    case "calendar":
      return names.calendars.map(({ id, name }) => ({ id, detail: localText(name) }));
    case "task":
      return names.tasks.map(({ id, fields }) => ({ id, detail: fields.join(", ") }));
    case "journey":
      return journeys(false);
    case "module":
      return journeys(true);
    case "section":
      return plain(sections);
    case "intent":
      return plain(names.intents);
    case "slot":
      return plain(names.slots);
    case "region":
      return plain(["KR", "JP", "US", "GB"]);
    case "variable":
      return plain(variables.map(({ path }) => path));
    default:
      return [];
  }
}

interface FieldEditorProps extends PartFormProps {
  field: Field;
}

function FieldEditor({ shape, part, field, onChange }: FieldEditorProps) {
  const room = useRoom();
  const { editable, names, sections, variables } = room;
  const value = heldBy(part, field);
  const around: Around = { names, sections, variables, part };
  const put = (next: Json, within: Within = "") =>
    onChange(filled(shape, part, field, next), field.name, inside(field.name, within));
  const choose = (next: Json) => put(next, AT_ONCE);
  const label = fieldName(shape, field);
  const hint = fieldHelp(shape, field);
  const error = faultText(faultOf(field, value, around));
  const text = typeof value === "string" ? value : "";
  const putText = (next: string) => put(next === "" && field.optional ? null : next);
  switch (field.kind) {
    case "prompt":
      return (
        <PromptField
          label={label}
          value={text}
          onChange={putText}
          hint={hint}
          error={error}
          purpose={shape.kind ? `${shape.kind}_${field.name.replace(/_?prompt$/, "")}` : field.name}
        />
      );
    case "prompt_list":
      return (
        <Group label={label} hint={hint} error={error}>
          <PromptList label={label} value={value} onChange={put} purpose={`${shape.kind}_${field.name}`} />
        </Group>
      );
    case "var":
      return (
        <VariableField
          label={label}
          value={isPart(value) ? String(value.path ?? "") : ""}
          onChange={(path) => put({ value: "var", path })}
          hint={hint}
          error={error}
        />
      );
    case "value":
    case "operand":
      return (
        <div className={fieldStyles.field}>
          <span className={fieldStyles.label}>{label}</span>
          <ValueEditor
            label={label}
            value={value}
            onChange={put}
            hint={hint}
            error={error}
            lists={field.kind === "operand"}
          />
        </div>
      );
    case "condition":
      return (
        <Group label={label} hint={hint} error={error}>
          <ConditionEditor label={label} condition={isPart(value) ? value : BLANK} onChange={put} />
        </Group>
      );
    case "input":
      return <InputEditor label={label} hint={hint} value={value} onChange={put} />;
    case "options":
    case "fields":
      return (
        <Group label={label} hint={hint} error={error}>
          <PartList
            label={label}
            shape={field.kind === "options" ? room.schema.option : room.schema.entry}
            value={value}
            onChange={put}
          />
        </Group>
      );
    case "names":
      return (
        <Group label={label} hint={hint} error={error}>
          <NameList
            label={label}
            value={Array.isArray(value) ? value.map(String) : []}
            onChange={put}
            suggestions={
              field.name === "result" ? resultFields(part, room) : variables.map(({ path }) => ({ id: path }))
            }
          />
        </Group>
      );
    case "skills":
      return (
        <Group label={label} hint={hint} error={error}>
          <SkillLevels label={label} value={value} onChange={put} />
        </Group>
      );
    case "args":
      return (
        <Group label={label} hint={hint} error={error}>
          <Arguments label={label} value={value} onChange={put} field={field} around={around} />
        </Group>
      );
    case "choice":
      return (
        <Labelled hint={hint}>
          <Select
            label={label}
            items={field.choices.map((id) => ({ id, label: choiceName(field.name, id) }))}
            value={text}
            onChange={choose}
            error={error}
            disabled={!editable}
          />
        </Labelled>
      );
    case "boolean":
      return (
        <Labelled hint={hint}>
          <Switch label={label} on={value === true} onChange={choose} disabled={!editable} />
        </Labelled>
      );
    case "seconds":
    case "count":
    case "number":
      return (
        <NumberField
          label={label}
          value={typeof value === "number" ? value : null}
          onChange={put}
          optional={field.optional}
          whole={field.kind === "count"}
          hint={hint}
          error={error}
          disabled={!editable}
        />
      );
    case "text":
    case "pattern":
      return (
        <TextField label={label} value={text} onChange={putText} hint={hint} error={error} disabled={!editable} />
      );
    default:
      return (
        <SuggestField
          label={label}
          value={text}
          onChange={putText}
          suggestions={suggestionsFor(field, room)}
          hint={hint}
          error={error}
          disabled={!editable}
        />
      );
  }
}

function resultFields(part: Part, { names }: Room): readonly Suggestion[] {
  return (names.tasks.find(({ id }) => id === part.task)?.fields ?? []).map((id) => ({ id }));
}

function InputEditor({
  label,
  hint,
  value,
  onChange,
}: {
  label: string;
  hint: string | undefined;
  value: Json;
  onChange: Put<Json>;
}) {
  const { schema, editable } = useRoom();
  const input = isPart(value) ? value : {};
  const shape = shapeOf(schema.inputs, input);
  return (
    <Group label={label} hint={hint} error={null}>
      <Select
        label={label}
        labelHidden
        items={schema.inputs.map(({ kind }) => ({ id: kind, label: choiceName("input", kind) }))}
        value={shape?.kind ?? null}
        onChange={(kind) => {
          const next = schema.inputs.find((each) => each.kind === kind);
          if (next && next !== shape) onChange(turnedInto(next, input), AT_ONCE);
        }}
        disabled={!editable}
      />
      {shape ? (
        <PartForm
          key={shape.kind}
          shape={shape}
          part={input}
          onChange={(next, _name, within) => onChange(next, within)}
        />
      ) : null}
    </Group>
  );
}

/** Options and entries of forms: each a form of its own. */
function PartList({ label, shape, value, onChange }: ListProps & { shape: Shape }) {
  const t = useT();
  const { texts } = useRoom();
  const parts = Array.isArray(value) ? value.filter(isPart) : [];
  const nameOf = (part: Part, at: number) =>
    texts.get(String(part.label ?? "")) ?? (String(part.value ?? part.into ?? "") || String(at + 1));
  return (
    <>
      <ol className={styles.list}>
        {parts.map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what would tell them apart is being typed.
          <li key={at} className={styles.part}>
            <div className={styles.partHead}>
              <b>{nameOf(part, at)}</b>
              <Order name={nameOf(part, at)} at={at} items={parts} onChange={onChange} />
            </div>
            <fieldset className={styles.form} aria-label={t("inspector.item", { name: label, at: at + 1 })}>
              <PartForm
                shape={shape}
                part={part}
                onChange={(next, _name, within) =>
                  onChange(
                    parts.map((each, other) => (other === at ? next : each)),
                    inside(at, within),
                  )
                }
              />
            </fieldset>
          </li>
        ))}
      </ol>
      <Add label={label} onPress={() => onChange([...parts, fresh(shape)], AT_ONCE)} />
    </>
  );
}
