/** The frame of a screen that is not the desk: heading, actions, scrolling body; and panels inside it. */
import { type ReactNode, useId } from "react";
import { classes } from "./classes";
import styles from "./page.module.css";

export interface PageProps {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
  /** No padding around the body. */
  flush?: boolean;
}

export function Page({ title, actions, children, flush }: PageProps) {
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1 className={styles.title}>{title}</h1>
        {actions ? <div className={styles.actions}>{actions}</div> : null}
      </header>
      <div className={classes(styles.body, flush && styles.flush)}>{children}</div>
    </div>
  );
}

export function Panel({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <header className={styles.panelHead}>
        <h2 id={id}>{title}</h2>
        {actions}
      </header>
      {children}
    </section>
  );
}
