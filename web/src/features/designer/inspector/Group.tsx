/** What belongs together in a form: its name, a line of help, and what is wrong with it. */
import type { ReactNode } from "react";
import styles from "./inspector.module.css";

export function Labelled({ hint, children }: { hint: string | undefined; children: ReactNode }) {
  return (
    <div className={styles.labelled}>
      {children}
      {hint ? <p className={styles.help}>{hint}</p> : null}
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
      {hint ? <p className={styles.help}>{hint}</p> : null}
      {children}
      {error ? (
        <p className={styles.wrong} role="alert">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
