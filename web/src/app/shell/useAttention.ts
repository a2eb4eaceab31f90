/** What reaches an agent who looks elsewhere: ring, notification, title, favicon. */
import { useEffect } from "react";
import { nameOfCustomer } from "@/i18n/names";
import { useT } from "@/i18n/t";
import { ownCall } from "@/live/calls";
import { useOffers, useUnreadTotal } from "@/live/selectors";
import { useLive } from "@/live/store";
import { onTick } from "@/live/ticker";
import { notify } from "../notify";
import { preferences } from "../preferences";
import { ring, ringCall } from "../ring";

const RING_EVERY_S = 3;

export function useAttention(): void {
  const t = useT();
  const offers = useOffers();
  const unread = useUnreadTotal();
  const rings = useLive((state) => state.rings);
  const talking = useLive((state) => ownCall(state) !== undefined);
  const asked = offers.length + rings.length;
  const ringing = asked > 0;
  const byPhone = rings.length > 0 || offers.some((card) => card.channel === "voice");

  useEffect(() => {
    const count = unread + asked;
    document.title = `${count > 0 ? `(${count}) ` : ""}${ringing || talking ? "☎ " : ""}Warmline`;
    const icon = document.getElementById("favicon");
    if (icon instanceof HTMLLinkElement) icon.href = count > 0 ? "/favicon-dot.svg" : "/favicon.svg";
  }, [unread, asked, ringing, talking]);

  useEffect(() => {
    if (!ringing) return;
    let tick = 0;
    const sound = byPhone ? ringCall : ring;
    sound(preferences().volume);
    return onTick(() => {
      tick += 1;
      if (tick % RING_EVERY_S === 0) sound(preferences().volume);
    });
  }, [ringing, byPhone]);

  const newest = offers.at(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: one notification per offer, whatever its card becomes.
  useEffect(() => {
    if (!newest?.offer) return;
    return notify(t("shell.offer_title"), nameOfCustomer(newest.customer), newest.offer.id);
  }, [newest?.offer?.id]);

  const colleague = rings.at(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: one notification per colleague's question.
  useEffect(() => {
    if (!colleague) return;
    return notify(t("shell.offer_title"), colleague.from.name, `ring ${colleague.contact}`);
  }, [colleague?.contact]);
}
