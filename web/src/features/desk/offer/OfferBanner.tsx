/** One offer: who, verified or not, why, how long already, and how long to decide. */

import { type Customer, customerPath, entriesOf } from "@/api/customers";
import { useResource } from "@/api/resource";
import { showKeys } from "@/app/commands";
import { formatAgo, formatClock, languageName } from "@/i18n/format";
import { localText, useT } from "@/i18n/t";
import { useServerNow } from "@/live/now";
import type { Card } from "@/live/protocol";
import { queueName } from "@/live/selectors";
import { useLive } from "@/live/store";
import { Button } from "@/ui/Button";
import { ChannelIcon } from "../ChannelIcon";
import { IdentityChip } from "../IdentityChip";
import { customerName, intentName } from "../names";
import { acceptOffer, declineOffer } from "./answer";
import styles from "./offer.module.css";

const OFFER_LONGEST_S = 20;

export function OfferBanner({ card, first }: { card: Card; first: boolean }) {
  const t = useT();
  const now = useServerNow();
  // Asked anew with every offer: the customer may have been here, and rated us, since the last one.
  const { data } = useResource<Customer>(customerPath(card.customer.id), 1000);
  const number = useLive((state) => state.calls[card.id]?.number);
  if (!card.offer) return null;
  const left_s = Math.max(0, (Date.parse(card.offer.expires_at) - now) / 1000);
  const wait_s = (now - Date.parse(card.queued_at ?? card.opened_at)) / 1000;
  const earlier = data && entriesOf({ contacts: data.contacts, notes: [] }, card.id)[0];
  const facts = [
    ...(number ? [[t("desk.number"), number]] : []),
    [t("desk.wait"), formatClock(wait_s)],
    [t("desk.queue"), localText(queueName(card.queue_id), card.queue_id ?? "–")],
    [t("desk.language"), languageName(card.locale)],
    [t("desk.last_contact"), earlier ? formatAgo(earlier.at, now) : t("desk.first_contact")],
  ];
  return (
    <article className={styles.banner} aria-label={t("desk.offer_from", { name: customerName(card) })}>
      <span className={styles.icon}>
        <ChannelIcon channel={card.channel} size={18} />
      </span>
      <div className={styles.who}>
        <p className={styles.name}>
          <span lang={card.locale}>{customerName(card)}</span>
          <IdentityChip assurance={card.assurance} />
        </p>
        <p className={styles.intent}>{intentName(card.intent, t)}</p>
      </div>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.actions}>
        <Button onPress={() => declineOffer(card)}>{t("desk.decline")}</Button>
        <Button tone="primary" keys={first ? showKeys("a") : undefined} onPress={() => acceptOffer(card)}>
          {t("desk.accept")}
        </Button>
      </div>
      <div className={styles.left} aria-hidden="true">
        <span style={{ transform: `scaleX(${Math.min(1, left_s / OFFER_LONGEST_S)})` }} />
      </div>
      <span className={styles.seconds} aria-hidden="true">
        {Math.ceil(left_s)}
      </span>
    </article>
  );
}
