/** Keys for the offer in front. */
import { useCommands } from "@/app/commands";
import type { Card } from "@/live/protocol";
import { acceptOffer, declineOffer } from "./answer";

export function useOfferCommands(card: Card | undefined): void {
  useCommands(
    [
      {
        id: "offer:accept",
        title: "desk.accept",
        group: "conversation",
        keys: "a",
        when: () => card !== undefined,
        run: () => card && acceptOffer(card),
      },
      {
        id: "offer:decline",
        title: "desk.decline",
        group: "conversation",
        keys: "shift+d",
        when: () => card !== undefined,
        run: () => card && declineOffer(card),
      },
    ],
    "offer",
  );
}
