/** The open card of a guide: what to tell, what to fill in, and the buttons that lead on. */
import { ArrowLeft } from "lucide-react";
import { type FormEvent, type RefObject, useEffect, useRef, useState } from "react";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";
import { type Entries, type Guide, type GuideField, inputType, isUnfolded, lacking, sectionsOf } from "./guides";
import styles from "./guides.module.css";
import { keepEntries, openedEntries } from "./kept";

export interface GuideCardProps {
  guide: Guide;
  busy: boolean;
  /** Whether the keyboard goes on at this card: it came by a step of one's own, or in the place of one it was in. */
  led: RefObject<boolean>;
  answer: (button: string | null, entries: Entries) => void;
  back: () => void;
}

export function GuideCard({ guide, busy, led, answer, back }: GuideCardProps) {
  const t = useT();
  const [entries, setEntries] = useState<Entries>(() => openedEntries(guide));
  const latest = useRef(entries);
  const sections = sectionsOf(guide.fields);
  // As it is when the card opens; from then on the sections are the agent's to fold.
  const [unfolded] = useState(() => sections.map((section) => isUnfolded(section, entries)));
  const [empty, setEmpty] = useState<ReadonlySet<string>>(new Set());
  const form = useRef<HTMLFormElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  // Who presses a button with the keyboard goes on at the next card, or at the first mark of one that came back.
  useEffect(() => {
    if (led.current) (firstMark(form.current) ?? title.current)?.focus();
    led.current = false;
  }, [led]);
  useEffect(() => {
    if (empty.size > 0) firstMark(form.current)?.focus();
  }, [empty]);

  const change = (name: string, value: string) => {
    // A browser that fills in several fields at once says so before the card is drawn again.
    latest.current = { ...latest.current, [name]: value };
    setEntries(latest.current);
    keepEntries(guide, latest.current);
  };
  const send = (button: string | null) => {
    const missing = lacking(guide, entries);
    setEmpty(missing);
    if (missing.size === 0) answer(button, entries);
  };
  // A mark is for what stood there when the card was sent: whoever has changed it since has heard it.
  const problem = (field: GuideField) => {
    const entry = entries[field.name] ?? "";
    if (empty.has(field.name)) return entry.trim() ? "" : t("guides.missing");
    return entry === field.value ? field.problem : "";
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(guide.buttons[0]?.value ?? null);
  };
  return (
    <form ref={form} className={styles.card} onSubmit={submit} noValidate>
      {guide.said.map((text) => (
        <p key={text} className={styles.said}>
          {text}
        </p>
      ))}
      <h4 ref={title} tabIndex={-1} className={styles.title}>
        {guide.card_title}
      </h4>
      {guide.texts.map((text) => (
        <p key={text} className={styles.text}>
          {text}
        </p>
      ))}
      {sections.map((section, place) => {
        const inside = section.fields.map((field) => (
          <Entry
            key={field.name}
            field={field}
            value={entries[field.name] ?? ""}
            error={problem(field)}
            change={(value) => change(field.name, value)}
          />
        ));
        if (section.heading === "") return inside;
        return (
          <details key={section.fields[0]?.name} className={styles.section} open={unfolded[place]}>
            <summary>{section.heading}</summary>
            <div className={styles.inside}>{inside}</div>
          </details>
        );
      })}
      {guide.problem ? (
        <p role="alert" className={styles.problem}>
          {guide.problem}
        </p>
      ) : null}
      <div className={styles.buttons}>
        {guide.buttons.map((button, place) => (
          <Button
            key={button.value}
            tone={place === 0 ? "primary" : "plain"}
            type={place === 0 ? "submit" : "button"}
            isDisabled={busy}
            onPress={place === 0 ? undefined : () => send(button.value)}
          >
            {button.label}
          </Button>
        ))}
        {guide.may_go_back ? (
          <Button tone="quiet" isDisabled={busy} icon={<ArrowLeft size={14} aria-hidden="true" />} onPress={back}>
            {t("guides.back")}
          </Button>
        ) : null}
      </div>
    </form>
  );
}

/** The first entry that does not fit: the field itself, or the button that opens its choices. All are in sight. */
function firstMark(form: HTMLElement | null): HTMLElement | null {
  const marks = [...(form?.querySelectorAll<HTMLElement>("[aria-invalid=true], [data-invalid] button") ?? [])];
  for (const section of marks.map((mark) => mark.closest("details"))) if (section) section.open = true;
  return marks[0] ?? null;
}

interface EntryProps {
  field: GuideField;
  value: string;
  error: string;
  change: (value: string) => void;
}

function Entry({ field, value, error, change }: EntryProps) {
  const t = useT();
  const label = field.required ? field.label : t("guides.optional", { label: field.label });
  if (field.kind === "choice") {
    return (
      <Select
        label={label}
        items={field.options.map((option) => ({ id: option.value, label: option.label }))}
        value={value || null}
        placeholder={t("guides.choose")}
        error={error || null}
        onChange={change}
      />
    );
  }
  const type = inputType(field.kind);
  return (
    <TextField
      label={label}
      value={value}
      onChange={change}
      error={error || null}
      maxLength={2000}
      autoComplete="off"
      required={field.required}
      {...(type === null ? { rows: 2 } : { type })}
    />
  );
}
