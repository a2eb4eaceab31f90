/** Accepting and declining an offer. */
import { navigate } from "@/app/router";
import { sendCommand } from "@/live/commands";
import type { Card } from "@/live/protocol";

/** Accept and show the conversation at once: the whole trail came with the offer. */
export function acceptOffer(card: Card): void {
  if (!card.offer) return;
  performance.mark("accept");
  sendCommand(card.id, { kind: "accept_offer", offer_id: card.offer.id });
  navigate(`/desk/${card.id}`);
}

export function declineOffer(card: Card): void {
  if (!card.offer) return;
  sendCommand(card.id, { kind: "decline_offer", offer_id: card.offer.id });
}
