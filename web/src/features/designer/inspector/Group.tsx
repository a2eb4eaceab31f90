/** What belongs together in a form: its name, a line of help, and what is wrong with it. */
import type { ReactNode } from "react";
import field from "@/ui/field.module.css";
import styles from "./inspector.module.css";

export function Labelled({ hint, children }: { hint: string | undefined; children: ReactNode }) {
  return (
    <div className={field.field}>
      {children}
      {hint ? <p className={field.hint}>{hint}</p> : null}
    </div>
  );
}

export function Group(props: {
  label: string;
  hint: string | undefined;
  error: string | null;
  children: ReactNode;
}) {
  const { label, hint, error, children } = props;
  return (
    <fieldset className={styles.group}>
      <legend>{label}</legend>
      {hint ? <p className={field.hint}>{hint}</p> : null}
      {children}
      {error ? (
        <p className={field.error} role="alert">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
