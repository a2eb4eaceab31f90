/** The fields that forms are made of: three languages, numbers, groups, rows that come and go. */
import { Plus, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import type { Trilingual } from "@/api/settings";
import { LOCALES } from "@/i18n/locale";
import { useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import { TextField } from "@/ui/TextField";
import styles from "./crud.module.css";
import { type Errors, errorAt } from "./errors";

export const NO_TEXTS: Trilingual = { ko: "", ja: "", en: "" };

export function Group({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <fieldset className={styles.group}>
      <legend>{title}</legend>
      {hint ? <p className={styles.hint}>{hint}</p> : null}
      {children}
    </fieldset>
  );
}

export function Columns({ children }: { children: ReactNode }) {
  return <div className={styles.columns}>{children}</div>;
}

export interface LanguagesProps {
  label: string;
  /** The field's path in errors, e.g. `name`. */
  name: string;
  value: Trilingual;
  onChange: (value: Trilingual) => void;
  errors: Errors;
  locked?: boolean;
  rows?: number;
  maxLength?: number;
}

/** One text in Korean, Japanese and English, side by side. */
export function Languages({ label, name, value, onChange, errors, locked, rows, maxLength }: LanguagesProps) {
  const t = useT();
  return (
    <fieldset className={styles.languages}>
      <legend className={styles.label}>{label}</legend>
      {LOCALES.map((each) => (
        <TextField
          key={each}
          label={t(`shell.locale.${each}`)}
          lang={each}
          value={value[each]}
          onChange={(text) => onChange({ ...value, [each]: text })}
          error={errorAt(errors, `${name}.${each}`)}
          disabled={locked}
          rows={rows}
          maxLength={maxLength}
        />
      ))}
    </fieldset>
  );
}

export interface NumberFieldProps {
  label: string;
  value: number | null;
  onChange: (value: number | null) => void;
  hint?: string;
  error?: string | null;
  min?: number;
  max?: number;
  locked?: boolean;
  labelHidden?: boolean;
}

export function NumberField({ label, value, onChange, locked, ...rest }: NumberFieldProps) {
  return (
    <TextField
      {...rest}
      label={label}
      type="number"
      value={value === null || Number.isNaN(value) ? "" : String(value)}
      onChange={(text) => onChange(text.trim() === "" ? null : Number(text))}
      disabled={locked}
    />
  );
}

export interface RowsProps<Row> {
  rows: readonly Row[];
  keyOf: (row: Row, at: number) => string;
  onChange: (rows: readonly Row[]) => void;
  children: (row: Row, at: number, change: (part: Partial<Row>) => void) => ReactNode;
  /** Says what a row is, for its remove button. */
  removeLabel: string;
  addLabel: string;
  make: () => Row;
  max: number;
  locked?: boolean;
  empty?: string;
}

/** Rows that are added, changed and removed. */
export function Rows<Row extends object>(props: RowsProps<Row>) {
  const { rows, keyOf, onChange, children, removeLabel, addLabel, make, max, locked, empty } = props;
  return (
    <div className={styles.rows}>
      {rows.length === 0 && empty ? <p className={styles.hint}>{empty}</p> : null}
      {rows.map((row, at) => (
        <div key={keyOf(row, at)} className={styles.formRow}>
          {children(row, at, (part) =>
            onChange(rows.map((each, index) => (index === at ? { ...each, ...part } : each))),
          )}
          {locked ? null : (
            <IconButton
              label={removeLabel}
              icon={<Trash2 size={14} aria-hidden="true" />}
              onPress={() => onChange(rows.filter((_each, index) => index !== at))}
            />
          )}
        </div>
      ))}
      {locked || rows.length >= max ? null : (
        <span>
          <Button icon={<Plus size={14} aria-hidden="true" />} onPress={() => onChange([...rows, make()])}>
            {addLabel}
          </Button>
        </span>
      )}
    </div>
  );
}
