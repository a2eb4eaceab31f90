/** The key of a prompt in a step, what it says, and its texts to be edited in place. */
import { ChevronDown, ChevronRight, Plus } from "lucide-react";
import { useId, useState } from "react";
import { languageName } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { StateChip } from "@/ui/StateChip";
import { useRoom } from "../inspector/context";
import { promptFault } from "../inspector/faults";
import { SuggestField } from "../inspector/SuggestField";
import { faultText } from "../inspector/words";
import { formsOf, newKey, silentIn } from "./keys";
import { PromptTexts } from "./PromptTexts";
import styles from "./prompts.module.css";
import { unsavedForm } from "./unsaved";

export interface PromptFieldProps {
  label: string;
  labelHidden?: boolean;
  value: string;
  onChange: (key: string) => void;
  hint?: string;
  error?: string | null;
  /** What a new key is named after. */
  purpose: string;
}

export function PromptField({ label, labelHidden, value, onChange, hint, error, purpose }: PromptFieldProps) {
  const t = useT();
  const { names, prompts, texts, keys, editable, journey } = useRoom();
  const [open, setOpen] = useState(() => value !== "" && unsavedForm(value) !== null);
  const id = useId();
  const said = texts.get(value);
  const missing = value && !promptFault(value) ? silentIn(formsOf(prompts, value)) : [];
  const usable = value !== "" && promptFault(value) === null;
  const create = () => {
    // Saved keys only: a published journey may name one that nobody has written.
    const written = prompts.map(({ key }) => key);
    onChange(newKey(value, { journey: journey.id, what: purpose }, journey, written));
    setOpen(true);
  };
  return (
    <div className={styles.prompt}>
      <SuggestField
        label={label}
        labelHidden={labelHidden}
        value={value}
        onChange={onChange}
        suggestions={keys}
        hint={hint}
        error={error ?? (value ? faultText(promptFault(value)) : null)}
        disabled={!editable}
      />
      {said && !open ? <p className={styles.said}>{said}</p> : null}
      {missing.length > 0 ? (
        <p>
          <StateChip state="wait">
            {t("journeys.missing", { languages: missing.map(languageName).join(", ") })}
          </StateChip>
        </p>
      ) : null}
      <div className={styles.actions}>
        {usable ? (
          <Button
            tone="quiet"
            icon={
              open ? <ChevronDown size={14} aria-hidden="true" /> : <ChevronRight size={14} aria-hidden="true" />
            }
            aria-label={t("inspector.texts_of", { key: value })}
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            onPress={() => setOpen(!open)}
          >
            {t("inspector.texts")}
          </Button>
        ) : null}
        {editable ? (
          <Button
            tone="quiet"
            icon={<Plus size={14} aria-hidden="true" />}
            aria-label={t("inspector.new_text_for", { name: label })}
            onPress={create}
          >
            {t("inspector.new_text")}
          </Button>
        ) : null}
      </div>
      {open && usable ? (
        <div id={id}>
          <PromptTexts
            key={value}
            promptKey={value}
            prompts={prompts}
            usedBy={names.prompts.find(({ key }) => key === value)?.used_by ?? []}
          />
        </div>
      ) : null}
    </div>
  );
}
