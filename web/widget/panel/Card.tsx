/** A card of the bot: several fields at once, and the buttons that send them. */

import { useEffect, useRef, useState } from "preact/hooks";
import { type Entries, entriesOf, missing, written } from "../core/card";
import type { Question } from "../core/state";
import type { FormField } from "../protocol";
import { usePanel } from "./context";
import { FIELDS } from "./fields";

export function Card({ question, fields }: { question: Question; fields: readonly FormField[] }) {
  const { session, t } = usePanel();
  const [entries, setEntries] = useState<Entries>(() => entriesOf(fields));
  const [empty, setEmpty] = useState<readonly string[]>([]);
  const box = useRef<HTMLFormElement>(null);
  const id = (field: FormField) => `card-${question.seq}-${field.name}`;
  const problem = (field: FormField) => (empty.includes(field.name) ? t.fieldMissing : field.problem);

  useEffect(() => {
    // A card that came back stands at its first mark.
    box.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [empty]);

  const send = (value: string, label: string) => {
    const lacking = missing(fields, entries);
    setEmpty(lacking);
    if (lacking.length > 0) return;
    const secret = fields.some((field) => field.kind === "secret");
    session.say(written(fields, entries, label), { value, fields: entries, secret });
  };

  return (
    <form
      ref={box}
      class="card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const [first] = question.choices;
        if (first) send(first.value, first.label);
      }}
    >
      {fields.map((field) => (
        <p key={field.name} class="card-field">
          <label for={id(field)}>
            {field.label}
            {field.required === false && <span class="card-hint"> ({t.optional})</span>}
          </label>
          <Entry
            field={field}
            id={id(field)}
            value={entries[field.name] ?? ""}
            problem={problem(field)}
            changed={(text) => setEntries({ ...entries, [field.name]: text })}
          />
          {problem(field) && (
            <span class="card-problem" id={`${id(field)}-problem`}>
              {problem(field)}
            </span>
          )}
        </p>
      ))}
      <div class="card-buttons">
        {question.choices.map((choice, i) => (
          <button
            key={choice.value}
            type={i === 0 ? "submit" : "button"}
            class={i === 0 ? "choice card-first" : "choice"}
            onClick={i === 0 ? undefined : () => send(choice.value, choice.label)}
          >
            {choice.label}
          </button>
        ))}
      </div>
    </form>
  );
}

interface EntryProps {
  field: FormField;
  id: string;
  value: string;
  problem: string | undefined;
  changed: (text: string) => void;
}

function Entry({ field, id, value, problem, changed }: EntryProps) {
  const { t } = usePanel();
  const shared = {
    id,
    value,
    class: "write",
    required: field.required !== false,
    "aria-invalid": problem ? true : undefined,
    "aria-describedby": problem ? `${id}-problem` : undefined,
  };
  if (field.kind === "choice") {
    return (
      <select {...shared} onChange={(event) => changed(event.currentTarget.value)}>
        <option value="">{t.choose}</option>
        {field.options?.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  }
  if (field.kind === "text") {
    return (
      <textarea {...shared} rows={2} maxLength={2000} onInput={(event) => changed(event.currentTarget.value)} />
    );
  }
  const attributes = FIELDS[field.kind];
  return (
    <input
      {...shared}
      type={(attributes?.type ?? "text") as "text"}
      inputmode={attributes?.inputmode}
      autocomplete={attributes?.autocomplete ?? "off"}
      maxLength={200}
      onInput={(event) => changed(event.currentTarget.value)}
    />
  );
}
