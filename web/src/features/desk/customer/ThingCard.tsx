/** A thing of the customer's that came up, most often an order: number and state first, the rest below. */
import { Package } from "lucide-react";
import { formatDate } from "@/i18n/format";
import type { Locale } from "@/i18n/locale";
import { lookup, useT } from "@/i18n/t";
import { type State, StateChip } from "@/ui/StateChip";
import { dataName, plainWords } from "../names";
import styles from "./customer.module.css";
import { kindOf, newsOf } from "./thing";

const STATES: Readonly<Record<string, State>> = {
  delivered: "ok",
  shipped: "live",
  preparing: "wait",
  pending: "wait",
  processed: "wait",
  late: "late",
  cancelled: "off",
};

export interface ThingCardProps {
  thing: string;
  fields: ReadonlyMap<string, string>;
  locale: Locale;
}

export function ThingCard({ thing, fields, locale }: ThingCardProps) {
  const t = useT();
  const status = fields.get("status");
  const number = fields.get("number") ?? fields.get("id");
  const rest = newsOf(fields);
  const shown = (value: string) => {
    const kind = kindOf(value);
    return kind === "yes" ? t("thread.yes") : kind === "day" ? formatDate(`${value}T00:00:00`) : value;
  };
  return (
    <section className={styles.thing}>
      <header>
        <Package size={15} aria-hidden="true" />
        <h3>{lookup(`thread.data.${thing}`) ?? plainWords(thing)}</h3>
        {number ? <span className={styles.number}>{number}</span> : null}
        {status ? (
          <StateChip state={STATES[status] ?? "off"}>
            {lookup(`thread.status.${status}`) ?? plainWords(status)}
          </StateChip>
        ) : null}
      </header>
      <dl className={styles.facts}>
        {rest.map(([name, value]) => (
          <div key={name}>
            <dt>{dataName(name)}</dt>
            <dd lang={kindOf(value) === "text" ? locale : undefined}>{shown(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
