/** Offers to this agent, above whatever screen is open; nothing else moves. */

import { useT } from "@/i18n/t";
import { useOffers } from "@/live/selectors";
import { OfferBanner } from "./OfferBanner";
import styles from "./offer.module.css";
import { useOfferCommands } from "./useOfferCommands";

export function OfferStack() {
  const t = useT();
  const offers = useOffers();
  useOfferCommands(offers[0]);
  return (
    <section className={styles.stack} aria-label={t("desk.offers")} aria-live="assertive">
      {offers.map((card, index) => (
        <OfferBanner key={card.id} card={card} first={index === 0} />
      ))}
    </section>
  );
}
