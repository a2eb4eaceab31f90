/** A thing of the customer's that came up, most often an order: number and state first, the rest below. */
import { Package } from "lucide-react";
import { formatDate, formatMoney } from "@/i18n/format";
import type { Locale } from "@/i18n/locale";
import { lookup, useT } from "@/i18n/t";
import { type State, StateChip } from "@/ui/StateChip";
import { dataName, plainWords } from "../names";
import styles from "./customer.module.css";
import { currencyOf, isCode, kindOf, newsOf } from "./thing";

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
  const shown = (name: string, value: string) => {
    const kind = kindOf(value);
    if (kind !== "text") return kind === "yes" ? t("thread.yes") : formatDate(`${value}T00:00:00`);
    const currency = currencyOf(name, value, fields);
    if (currency) return formatMoney(Number(value), currency);
    return isCode(value) ? (lookup(`thread.value.${value}`) ?? value) : value;
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
            <dd lang={kindOf(value) === "text" && !isCode(value) ? locale : undefined}>{shown(name, value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
