/** A card of the bot: several fields at once, and the buttons that send them. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Entries, isUnfolded, missing, sectionsOf, written } from "../core/card";
import type { Question } from "../core/state";
import type { FormField } from "../protocol";
import { CardFile, takeFiles, useCardFiles } from "./CardFile";
import { usePanel } from "./context";
import { FIELDS } from "./fields";
import type { Uploads } from "./uploads";

export function Card({ question, fields }: { question: Question; fields: readonly FormField[] }) {
  const { session, forms, state, t } = usePanel();
  const contact = state.contact?.id ?? "";
  const [entries, setEntries] = useState<Entries>(() => forms.opened(contact, fields));
  const latest = useRef(entries);
  const [marked, setMarked] = useState<readonly string[]>([]);
  const files = useCardFiles(fields);
  const sections = useMemo(() => sectionsOf(fields), [fields]);
  // As it is when the card opens; from then on the sections are the customer's to fold.
  const [unfolded] = useState(() => sections.map((section) => isUnfolded(section, entries)));
  const box = useRef<HTMLFormElement>(null);
  const id = (field: FormField) => `card-${question.seq}-${field.name}`;
  // A mark is for what stood there when the card was sent: whoever has changed it since has heard it.
  const problem = ({ name, value, problem }: FormField) => {
    const uploads = files.get(name);
    if (uploads && marked.includes(name)) return uploads.isBusy ? t.fileBusy : undefined;
    if (marked.includes(name)) return (entries[name] ?? "").trim() === "" ? t.fieldMissing : undefined;
    return (entries[name] ?? "") === (value ?? "") ? problem : undefined;
  };

  useEffect(() => {
    // A card that came back stands at its first mark.
    const marks = [...(box.current?.querySelectorAll<HTMLElement>("[aria-invalid=true]") ?? [])];
    for (const section of marks.map((mark) => mark.closest("details"))) if (section) section.open = true;
    marks[0]?.focus();
  }, [marked]);

  const change = (name: string, text: string) => {
    // A browser that fills in several fields at once says so before the card is drawn again.
    latest.current = { ...latest.current, [name]: text };
    setEntries(latest.current);
    forms.keep(contact, fields, latest.current);
  };
  const send = (value: string, label: string) => {
    const busy = [...files].flatMap(([name, uploads]) => (uploads.isBusy ? [name] : []));
    const lacking = [...missing(fields, entries), ...busy];
    setMarked(lacking);
    if (lacking.length > 0) return;
    const secret = fields.some((field) => field.kind === "secret");
    // The card goes away with what is sent: the keyboard stays in the conversation, in front of what comes next.
    box.current?.closest<HTMLElement>("[role=region]")?.focus({ preventScroll: true });
    forms.drop();
    const { sent, read, attachments } = takeFiles(files);
    session.say(written(fields, { ...entries, ...read }, label), {
      value,
      fields: { ...entries, ...sent },
      secret,
      ...(attachments.length > 0 ? { attachments } : {}),
    });
  };

  const entry = (field: FormField) => (
    <div key={field.name} class="card-field">
      <label for={id(field)}>
        {field.label}
        {field.required === false && <span class="card-hint"> ({t.optional})</span>}
      </label>
      <Entry
        field={field}
        id={id(field)}
        value={entries[field.name] ?? ""}
        problem={problem(field)}
        uploads={files.get(field.name)}
        changed={(text) => change(field.name, text)}
      />
      {problem(field) && (
        <span class="card-problem" id={`${id(field)}-problem`}>
          {problem(field)}
        </span>
      )}
    </div>
  );

  return (
    <form
      ref={box}
      class="card"
      aria-label={question.title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const [first] = question.choices;
        if (first) send(first.value, first.label);
      }}
    >
      {sections.map((section, i) => {
        const inside = section.fields.map(entry);
        if (section.heading === "") return inside;
        return (
          <details key={section.fields[0]?.name} class="card-more" open={unfolded[i]}>
            <summary>{section.heading}</summary>
            <div class="card-inside">{inside}</div>
          </details>
        );
      })}
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
  uploads: Uploads | undefined;
  changed: (text: string) => void;
}

function Entry({ field, id, value, problem, uploads, changed }: EntryProps) {
  const { t } = usePanel();
  if (uploads) return <CardFile id={id} uploads={uploads} problem={problem} />;
  const shared = {
    id,
    value,
    class: "write",
    // The browser's own `required` would call a field wrong before anybody was in it.
    "aria-required": field.required !== false,
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
