/** What reaches an agent who looks elsewhere: ring, notification, title, favicon. */
import { useEffect } from "react";
import { nameOfCustomer } from "@/i18n/names";
import { useT } from "@/i18n/t";
import { useOffers, useUnreadTotal } from "@/live/selectors";
import { onTick } from "@/live/ticker";
import { notify } from "../notify";
import { preferences } from "../preferences";
import { ring } from "../ring";

const RING_EVERY_S = 3;

export function useAttention(): void {
  const t = useT();
  const offers = useOffers();
  const unread = useUnreadTotal();
  const ringing = offers.length > 0;

  useEffect(() => {
    const count = unread + offers.length;
    document.title = `${count > 0 ? `(${count}) ` : ""}${ringing ? "☎ " : ""}Warmline`;
    const icon = document.getElementById("favicon");
    if (icon instanceof HTMLLinkElement) icon.href = count > 0 ? "/favicon-dot.svg" : "/favicon.svg";
  }, [unread, offers.length, ringing]);

  useEffect(() => {
    if (!ringing) return;
    let tick = 0;
    ring(preferences().volume);
    return onTick(() => {
      tick += 1;
      if (tick % RING_EVERY_S === 0) ring(preferences().volume);
    });
  }, [ringing]);

  const newest = offers.at(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: one notification per offer, whatever its card becomes.
  useEffect(() => {
    if (!newest?.offer) return;
    return notify(t("shell.offer_title"), nameOfCustomer(newest.customer), newest.offer.id);
  }, [newest?.offer?.id]);
}
