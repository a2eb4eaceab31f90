/** Names of what the house knows by id: intents, states, endings, channels. */
import { lookup, t } from "./t";

/** A customer's name; until it is known, one that tells visitors apart, from the end of their id. */
export function nameOfCustomer(customer: { id: string; name: string | null }): string {
  return customer.name?.trim() || t("desk.visitor", { code: customer.id.slice(-4).toUpperCase() });
}

/** `order_status` → "order status": readable even when nobody wrote a name for it. */
export function plainWords(id: string): string {
  return id.replace(/[_.-]+/g, " ").trim();
}

export function nameOfIntent(intent: string | null | undefined): string {
  if (!intent) return t("desk.no_intent");
  return lookup(`desk.intent.${intent}`) ?? plainWords(intent);
}

export function nameOfChannel(channel: string): string {
  return lookup(`desk.channel.${channel}`) ?? plainWords(channel);
}

/** Where a contact stands: waiting, offered, connected … */
export function nameOfStatus(status: string): string {
  return lookup(`board.status.${status}`) ?? plainWords(status);
}

/** Why a contact ended. */
export function nameOfEnding(reason: string): string {
  return lookup(`desk.reason.${reason}`) ?? plainWords(reason);
}
