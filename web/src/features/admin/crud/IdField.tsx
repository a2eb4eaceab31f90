/** The short name that everything else refers to; chosen once. */
import { useT } from "@/i18n/t";
import { TextField } from "@/ui/TextField";
import { type Errors, errorAt } from "./errors";

export interface IdFieldProps {
  value: string;
  onChange: (value: string) => void;
  errors: Errors;
  isNew: boolean;
  field?: string;
}

/** What people type, as an id: "VIP 고객!" → "vip". */
export function asSlug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, 63);
}

export function IdField({ value, onChange, errors, isNew, field = "id" }: IdFieldProps) {
  const t = useT();
  return (
    <TextField
      label={t("admin.field.id")}
      value={value}
      onChange={(text) => onChange(asSlug(text))}
      error={errorAt(errors, field)}
      hint={isNew ? t("admin.id_hint") : undefined}
      disabled={!isNew}
      autoComplete="off"
    />
  );
}
