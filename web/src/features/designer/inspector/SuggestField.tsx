/** One line of text with suggestions: any text is taken, and what is known is offered as one types. */
import { ChevronDown } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "react-aria-components/Button";
import { ComboBox } from "react-aria-components/ComboBox";
import { FieldError } from "react-aria-components/FieldError";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { Text } from "react-aria-components/Text";
import { flushSync } from "react-dom";
import { matches } from "@/api/match";
import { classes } from "@/ui/classes";
import field from "@/ui/field.module.css";
import list from "@/ui/listbox.module.css";

/** More than can be read at once; typing narrows them down. */
const MOST_SHOWN = 40;
const NONE: Suggestion[] = [];

export interface Suggestion {
  id: string;
  detail?: string;
}

export interface SuggestFieldProps {
  label: string;
  labelHidden?: boolean;
  value: string;
  onChange: (value: string) => void;
  suggestions: readonly Suggestion[];
  hint?: string;
  error?: string | null;
  disabled?: boolean;
}

export function SuggestField(props: SuggestFieldProps) {
  const { label, labelHidden, value, onChange, suggestions, hint, error, disabled } = props;
  const [typed, setTyped] = useState(false);
  // A form has many such fields: what a field would suggest is put together when somebody comes to it.
  const [awake, setAwake] = useState(false);
  const wake = () => {
    if (!awake) flushSync(() => setAwake(true));
  };
  const shown = useMemo(() => {
    if (!awake) return NONE;
    const fitting = typed
      ? // What is typed already is no suggestion: nothing hangs over the next field then.
        suggestions.filter(({ id, detail }) => id !== value && matches(`${id} ${detail ?? ""}`, value))
      : suggestions;
    return fitting.slice(0, MOST_SHOWN).map((each) => ({ ...each }));
  }, [suggestions, value, typed, awake]);
  return (
    <ComboBox
      className={field.field}
      items={shown}
      inputValue={value}
      onInputChange={(text) => {
        if (text === value) return;
        setTyped(true);
        onChange(text);
      }}
      onChange={(key) => {
        if (key === null) return;
        setTyped(false);
        onChange(String(key));
      }}
      onFocus={() => setAwake(true)}
      onOpenChange={(open, trigger) => {
        // Asked for by its button, it shows everything; what is typed narrows it down.
        if (open && trigger === "manual") setTyped(false);
      }}
      value={null}
      allowsCustomValue
      menuTrigger="input"
      isInvalid={Boolean(error)}
      isDisabled={disabled}
      validationBehavior="aria"
    >
      <Label className={classes(field.label, labelHidden && "visually-hidden")}>{label}</Label>
      <div className={field.combo} onPointerDownCapture={wake} onClickCapture={wake}>
        <Input className={field.input} spellCheck={false} />
        <Button className={field.comboButton}>
          <ChevronDown size={14} aria-hidden="true" />
        </Button>
      </div>
      {hint ? (
        <Text slot="description" className={field.hint}>
          {hint}
        </Text>
      ) : null}
      <FieldError className={field.error}>{error}</FieldError>
      <Popover className={list.popover}>
        <section className={list.room} aria-label={label}>
          <ListBox<Suggestion> className={list.list}>
            {(item) => (
              <ListBoxItem id={item.id} textValue={item.id} className={list.item}>
                <span className={list.text}>
                  {item.id}
                  {item.detail ? <span className={list.detail}>{item.detail}</span> : null}
                </span>
              </ListBoxItem>
            )}
          </ListBox>
        </section>
      </Popover>
    </ComboBox>
  );
}
