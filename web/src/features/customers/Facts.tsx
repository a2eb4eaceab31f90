/** What is known about a customer. */

import type { Customer } from "@/api/customers";
import { CallNow, CallPart } from "@/app/calls";
import { formatDate, languageName } from "@/i18n/format";
import { plainWords } from "@/i18n/names";
import { lookup, useT } from "@/i18n/t";
import { StateChip } from "@/ui/StateChip";
import styles from "./customers.module.css";

export function Facts({ customer }: { customer: Customer }) {
  const t = useT();
  const { reference, tier, attributes } = customer.profile;
  const profile: [string, string][] = [
    ...Object.entries({ tier, reference, ...attributes }).flatMap(([name, value]): [string, string][] =>
      value ? [[lookup(`desk.profile.${name}`) ?? plainWords(name), value]] : [],
    ),
    ...(customer.locale ? [[t("customers.language"), languageName(customer.locale)] as [string, string]] : []),
    [t("customers.since"), formatDate(customer.created_at)],
    ...(customer.merged.length > 0
      ? [[t("customers.merged"), String(customer.merged.length)] as [string, string]]
      : []),
  ];
  const addresses = customer.addresses.filter((address) => address.kind !== "visitor");
  return (
    <>
      <section aria-labelledby="customer-profile">
        <h2 id="customer-profile">{t("customers.profile")}</h2>
        <dl className={styles.facts}>
          {profile.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-labelledby="customer-addresses">
        <h2 id="customer-addresses">{t("customers.addresses")}</h2>
        {addresses.length === 0 ? <p className={styles.quiet}>{t("customers.no_addresses")}</p> : null}
        <dl className={styles.facts}>
          {addresses.map(({ id, kind, value, verified_at }) => (
            <div key={id}>
              <dt>{lookup(`customers.address.${kind}`) ?? plainWords(kind)}</dt>
              <dd>
                {value} {verified_at ? <StateChip state="ok">{t("customers.verified")}</StateChip> : null}
                {kind === "phone" ? (
                  <CallPart>
                    <CallNow wish={{ to: value, customer_id: customer.id }} name={value} />
                  </CallPart>
                ) : null}
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}
