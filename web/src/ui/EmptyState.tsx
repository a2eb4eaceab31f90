/** Nothing here: why, and what to do. */
import type { ReactNode } from "react";
import styles from "./empty.module.css";

export interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  text?: string;
  action?: ReactNode;
  /** It is the whole screen: its title is the screen's heading. */
  wholeScreen?: boolean;
}

export function EmptyState({ icon, title, text, action, wholeScreen }: EmptyStateProps) {
  const Title = wholeScreen ? "h1" : "p";
  return (
    <div className={styles.empty}>
      {icon ? <span className={styles.icon}>{icon}</span> : null}
      <Title className={styles.title}>{title}</Title>
      {text ? <p className={styles.text}>{text}</p> : null}
      {action}
    </div>
  );
}
