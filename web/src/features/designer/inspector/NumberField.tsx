/** A number as it is typed: what is no number stays in the field, and out of the document. */
import { useEffect, useState } from "react";
import { useT } from "@/i18n/t";
import { TextField } from "@/ui/TextField";

export interface NumberFieldProps {
  label: string;
  labelHidden?: boolean;
  /** Null: none. */
  value: number | null;
  /** Null only where `optional`. */
  onChange: (value: number | null) => void;
  optional?: boolean;
  whole?: boolean;
  hint?: string;
  error?: string | null;
  disabled?: boolean;
}

function spelled(value: number | null): string {
  return value === null ? "" : String(value);
}

/** The number a text says; undefined: none that can be taken. */
export function readNumber(text: string, whole: boolean): number | undefined {
  const plain = text.normalize("NFKC").replaceAll(",", "").trim();
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return undefined;
  const value = Number(plain);
  return whole && !Number.isSafeInteger(value) ? undefined : value;
}

export function NumberField(props: NumberFieldProps) {
  const { label, labelHidden, value, onChange, optional, whole, hint, error, disabled } = props;
  const t = useT();
  const [text, setText] = useState(spelled(value));
  const read = text.trim() === "" ? null : readNumber(text, whole ?? false);
  const unread = read === undefined || (read === null && !optional);
  useEffect(() => {
    // Changed elsewhere, as by undo: show it. A number being typed (`1.`, `01`) stays as it is typed.
    setText((before) => {
      const said = before.trim() === "" ? null : readNumber(before, whole ?? false);
      return said === value ? before : spelled(value);
    });
  }, [value, whole]);
  return (
    <TextField
      label={label}
      labelHidden={labelHidden}
      hint={hint}
      error={unread ? t(whole ? "inspector.fault.whole" : "inspector.fault.number") : error}
      value={text}
      disabled={disabled}
      onChange={(next) => {
        setText(next);
        const said = next.trim() === "" ? null : readNumber(next, whole ?? false);
        if (said === undefined || (said === null && !optional) || said === value) return;
        onChange(said);
      }}
    />
  );
}
