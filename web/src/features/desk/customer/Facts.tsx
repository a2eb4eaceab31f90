/** Names and values under a heading. */
import { useId } from "react";
import styles from "./customer.module.css";

export interface FactsProps {
  title: string;
  facts: readonly (readonly [name: string, value: string])[];
  lang?: string;
}

export function Facts({ title, facts, lang }: FactsProps) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd lang={lang}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
