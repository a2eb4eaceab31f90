/** The guide beside a contact: what suits its reason, the card that is open, and the way back. */
import { ArrowLeft, BookOpenCheck, X } from "lucide-react";
import { type FormEvent, type RefObject, useEffect, useRef, useState } from "react";
import { api } from "@/api/client";
import { useResource } from "@/api/resource";
import { useSending } from "@/api/sending";
import { useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";
import {
  type Entries,
  entriesOf,
  type Guide,
  type GuideField,
  type GuidesOf,
  inputType,
  lacking,
  openGuides,
  withGuide,
} from "./guides";
import styles from "./guides.module.css";

const FRESH_MS = 2_000;

export default function GuidePane({ contact }: { contact: string }) {
  const t = useT();
  const path = `/contacts/${contact}/guides`;
  const told = useResource<GuidesOf>(path, FRESH_MS);
  const [own, setOwn] = useState<GuidesOf | null>(null);
  const [over, setOver] = useState<Guide | null>(null);
  const { busy, problem, refusal, send } = useSending();
  // Only one's own step leads the keyboard on: a guide that is open already, or that a colleague leads, takes nothing.
  const stepped = useRef(false);
  const { data, reload } = told;
  // What the server told last counts; a step of one's own is shown at once.
  useEffect(() => setOwn(data ?? null), [data]);
  const seen = own ?? data;
  if (!seen || (seen.offered.length === 0 && seen.begun.length === 0)) return null;
  const [open] = openGuides(seen);

  const step = (work: () => Promise<Guide>) =>
    send(async () => {
      const guide = await work();
      stepped.current = guide.outcome === null;
      setOwn(withGuide(seen, guide));
      setOver(guide.outcome === null ? null : guide);
    });
  const behind = refusal?.code === "guides.newer" || refusal?.code === "guides.over";

  return (
    <section className={styles.pane} aria-label={t("guides.title")}>
      <h3 className={styles.heading}>
        <BookOpenCheck size={15} aria-hidden="true" /> {open ? open.title : t("guides.title")}
        {open ? (
          <span className={styles.away}>
            <IconButton
              label={t("guides.close")}
              icon={<X size={15} aria-hidden="true" />}
              isDisabled={busy}
              onPress={() => step(() => api.post(`${path}/${open.id}/close`, { revision: open.revision }))}
            />
          </span>
        ) : null}
      </h3>
      {open ? (
        <GuideCard
          key={`${open.id} ${open.revision} ${open.card_title}`}
          guide={open}
          busy={busy}
          led={stepped}
          answer={(button, fields) =>
            step(() => api.post(`${path}/${open.id}/answer`, { revision: open.revision, button, fields }))
          }
          back={() => step(() => api.post(`${path}/${open.id}/back`, { revision: open.revision }))}
        />
      ) : (
        <>
          {over ? <Outcome guide={over} /> : null}
          <Begin guides={seen} busy={busy} begin={(id) => step(() => api.post(path, { journey_id: id }))} />
        </>
      )}
      {problem ? (
        <p role="alert" className={styles.problem}>
          {problem}
          {behind ? <Button onPress={() => void reload()}>{t("guides.reload")}</Button> : null}
        </p>
      ) : null}
    </section>
  );
}

function Outcome({ guide }: { guide: Guide }) {
  const t = useT();
  return (
    <div role="status" className={styles.said}>
      <p>{t(guide.outcome === "closed" ? "guides.closed" : "guides.done", { title: guide.title })}</p>
      {guide.said.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
  );
}

function Begin({ guides, busy, begin }: { guides: GuidesOf; busy: boolean; begin: (id: string) => void }) {
  const t = useT();
  const suggested = guides.offered.filter((guide) => guide.suggested);
  const others = guides.offered.filter((guide) => !guide.suggested);
  return (
    <div className={styles.begin}>
      {suggested.map((guide) => (
        <Button key={guide.journey_id} wide isDisabled={busy} onPress={() => begin(guide.journey_id)}>
          {t("guides.begin", { title: guide.title })}
        </Button>
      ))}
      {others.length > 0 ? (
        <Select
          label={t("guides.others")}
          labelHidden
          placeholder={t("guides.others")}
          items={others.map((guide) => ({ id: guide.journey_id, label: guide.title }))}
          value={null}
          disabled={busy}
          onChange={begin}
        />
      ) : null}
    </div>
  );
}

interface CardProps {
  guide: Guide;
  busy: boolean;
  /** Whether this card came by a step of one's own. */
  led: RefObject<boolean>;
  answer: (button: string | null, entries: Entries) => void;
  back: () => void;
}

function GuideCard({ guide, busy, led, answer, back }: CardProps) {
  const t = useT();
  const [entries, setEntries] = useState<Entries>(() => entriesOf(guide));
  const [empty, setEmpty] = useState<ReadonlySet<string>>(new Set());
  const title = useRef<HTMLHeadingElement>(null);
  // Who presses a button with the keyboard goes on at the next card.
  useEffect(() => {
    if (led.current) title.current?.focus({ preventScroll: true });
    led.current = false;
  }, [led]);

  const send = (button: string | null) => {
    const missing = lacking(guide, entries);
    setEmpty(missing);
    if (missing.size === 0) answer(button, entries);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(guide.buttons[0]?.value ?? null);
  };
  return (
    <form className={styles.card} onSubmit={submit} noValidate>
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
      {guide.fields.map((field) => (
        <Entry
          key={field.name}
          field={field}
          value={entries[field.name] ?? ""}
          error={empty.has(field.name) ? t("guides.missing") : field.problem}
          change={(value) => setEntries({ ...entries, [field.name]: value })}
        />
      ))}
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
