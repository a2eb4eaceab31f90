/** A number with its bounds; what is no number yet changes nothing. */
import { useState } from "react";
import { TextField } from "@/ui/TextField";

export interface NumberFieldProps {
  label: string;
  labelHidden?: boolean;
  value: number;
  least?: number;
  most: number;
  hint?: string;
  onChange: (value: number) => void;
}

export function NumberField({ label, labelHidden, value, least = 0, most, hint, onChange }: NumberFieldProps) {
  const [text, setText] = useState(String(value));
  const shown = Number(text) === value ? text : String(value);
  return (
    <TextField
      label={label}
      labelHidden={labelHidden}
      type="number"
      min={least}
      max={most}
      hint={hint}
      value={shown}
      onChange={(next) => {
        setText(next);
        const number = Number(next);
        if (next.trim() !== "" && Number.isFinite(number)) onChange(Math.min(most, Math.max(least, number)));
      }}
    />
  );
}
