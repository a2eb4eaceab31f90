/** Everything about the person: identity, profile, what was collected, orders, earlier contacts. */
import { ExternalLink, X } from "lucide-react";
import { Suspense, useEffect, useMemo } from "react";
import { type Customer, customerPath } from "@/api/customers";
import { useResource } from "@/api/resource";
import { lazy } from "@/app/fetching";
import { Link } from "@/app/Link";
import { languageName } from "@/i18n/format";
import { GUIDES } from "@/i18n/guides";
import { lookup, useT, withTexts } from "@/i18n/t";
import type { Card } from "@/live/protocol";
import { useIsMine, useThread } from "@/live/selectors";
import { IconButton } from "@/ui/Button";
import { IdentityChip } from "../IdentityChip";
import { customerName, dataName, plainWords } from "../names";
import { cardsOf, factsOf, trailOf } from "../thread/story";
import styles from "./customer.module.css";
import { Facts } from "./Facts";
import { ThingCard } from "./ThingCard";
import { Timeline } from "./Timeline";
import { isTelling } from "./thing";

const GuidePane = lazy(() => withTexts(GUIDES, import("@/features/guides/GuidePane")));

function profileFacts(customer: Customer | undefined): [string, string][] {
  if (!customer) return [];
  const { reference, tier, attributes } = customer.profile;
  const known: [string, string | null][] = [
    ["tier", tier],
    ["reference", reference],
    ...Object.entries(attributes),
  ];
  const addresses = customer.addresses.filter((address) => address.kind !== "visitor");
  return [
    ...known.flatMap(([name, value]): [string, string][] =>
      value ? [[lookup(`desk.profile.${name}`) ?? plainWords(name), value]] : [],
    ),
    ...addresses.map(({ kind, value }): [string, string] => [
      lookup(`desk.address.${kind}`) ?? plainWords(kind),
      value,
    ]),
  ];
}

export function CustomerPanel({ card, onClose }: { card: Card; onClose: () => void }) {
  const t = useT();
  const mine = useIsMine(card.id) && card.status !== "offered";
  const events = useThread(card.id)?.events;
  const trail = useMemo(() => trailOf(events ?? []), [events]);
  const customer = useResource<Customer>(customerPath(card.customer.id), 30_000);
  const { reload } = customer;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another contact of the same person has new history
  useEffect(() => void reload(), [card.id, reload]);
  const things = cardsOf(trail.data);
  const collected = factsOf(trail.data);
  return (
    <aside className={styles.panel} aria-label={t("desk.customer")}>
      <header className={styles.head}>
        <h2 lang={card.locale}>{customerName(card)}</h2>
        <IdentityChip assurance={card.assurance} />
        <span className={styles.headActions}>
          <Link to={`/customers/${card.customer.id}`} className={styles.open} aria-label={t("desk.open_customer")}>
            <ExternalLink size={15} aria-hidden="true" />
          </Link>
          <span className={styles.close}>
            <IconButton label={t("ui.close")} icon={<X size={16} aria-hidden="true" />} onPress={onClose} />
          </span>
        </span>
      </header>
      {mine ? (
        <Suspense fallback={null}>
          <GuidePane key={card.id} contact={card.id} />
        </Suspense>
      ) : null}
      <Facts
        title={t("desk.profile")}
        facts={[
          [t("desk.language"), languageName(card.locale)],
          ...profileFacts(customer.data),
          ...(card.transfers > 0 ? [[t("desk.transfers"), String(card.transfers)] as [string, string]] : []),
        ]}
      />
      {[...things]
        .filter(([, fields]) => isTelling(fields))
        .map(([thing, fields]) => (
          <ThingCard key={thing} thing={thing} fields={fields} locale={card.locale} />
        ))}
      {collected.length > 0 ? (
        <Facts
          title={t("desk.collected")}
          facts={collected.map(([name, value]): [string, string] => [dataName(name), value])}
          lang={card.locale}
        />
      ) : null}
      <Timeline customer={customer} except={card.id} />
    </aside>
  );
}
