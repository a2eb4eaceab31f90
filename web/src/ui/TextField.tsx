/** One line or several of text, with its label, hint and error. */
import type { HTMLInputAutoCompleteAttribute } from "react";
import { FieldError } from "react-aria-components/FieldError";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { TextArea } from "react-aria-components/TextArea";
import { TextField as AriaTextField } from "react-aria-components/TextField";
import { classes } from "./classes";
import styles from "./field.module.css";

export interface TextFieldProps {
  label: string;
  /** Keep the label for screen readers only. */
  labelHidden?: boolean;
  value: string;
  onChange: (value: string) => void;
  type?:
    | "text"
    | "email"
    | "password"
    | "number"
    | "search"
    | "date"
    | "time"
    | "datetime-local"
    | "color"
    | "url";
  name?: string;
  hint?: string;
  /** Text of what is wrong; the field counts as invalid while it is set. */
  error?: string | null;
  placeholder?: string;
  rows?: number;
  required?: boolean;
  disabled?: boolean;
  large?: boolean;
  autoFocus?: boolean;
  autoComplete?: HTMLInputAutoCompleteAttribute;
  maxLength?: number;
  min?: number | string;
  max?: number | string;
  step?: number;
  lang?: string;
}

export function TextField(props: TextFieldProps) {
  const { label, labelHidden, hint, error, rows, large, placeholder, min, max, step, lang, disabled, required } =
    props;
  return (
    <AriaTextField
      className={classes(styles.field, large && styles.large)}
      value={props.value}
      onChange={props.onChange}
      type={rows ? undefined : props.type}
      name={props.name}
      isInvalid={Boolean(error)}
      isDisabled={disabled}
      isRequired={required}
      autoComplete={props.autoComplete}
      autoFocus={props.autoFocus}
      maxLength={props.maxLength}
      validationBehavior="aria"
    >
      <Label className={classes(styles.label, labelHidden && "visually-hidden")}>{label}</Label>
      {rows ? (
        <TextArea
          className={classes(styles.input, styles.area)}
          rows={rows}
          placeholder={placeholder}
          lang={lang}
        />
      ) : (
        <Input className={styles.input} placeholder={placeholder} min={min} max={max} step={step} lang={lang} />
      )}
      {hint ? (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      ) : null}
      <FieldError className={styles.error}>{error}</FieldError>
    </AriaTextField>
  );
}
