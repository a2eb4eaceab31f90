/** A thing of the customer's that came up, most often an order: number and state first, the rest below. */
import { Package } from "lucide-react";
import type { Locale } from "@/i18n/locale";
import { lookup } from "@/i18n/t";
import { type State, StateChip } from "@/ui/StateChip";
import { dataName, plainWords } from "../names";
import styles from "./customer.module.css";

const STATES: Readonly<Record<string, State>> = {
  delivered: "ok",
  shipped: "live",
  preparing: "wait",
  pending: "wait",
  processed: "wait",
  late: "late",
  cancelled: "off",
};
const HEAD = new Set(["number", "id", "status"]);
const NO_NEWS = new Set(["found", "true"]);

export interface ThingCardProps {
  thing: string;
  fields: ReadonlyMap<string, string>;
  locale: Locale;
}

export function ThingCard({ thing, fields, locale }: ThingCardProps) {
  const status = fields.get("status");
  const number = fields.get("number") ?? fields.get("id");
  const rest = [...fields].filter(([name, value]) => !HEAD.has(name) && !NO_NEWS.has(name) && value !== "");
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
            <dd lang={locale}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
