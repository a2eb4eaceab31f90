/** Names for people and machines: customers, intents, data, tasks. */
import { nameOfCustomer } from "@/i18n/names";
import { lookup, type T } from "@/i18n/t";
import type { Card } from "@/live/protocol";

export function customerName(card: Pick<Card, "customer">): string {
  return nameOfCustomer(card.customer);
}

/** `order_status` → "order status": readable even when nobody wrote a name for it. */
export function plainWords(id: string): string {
  return id.replace(/[_.-]+/g, " ").trim();
}

export function intentName(intent: string | null | undefined, t: T): string {
  if (!intent) return t("desk.no_intent");
  return lookup(`desk.intent.${intent}`) ?? plainWords(intent);
}

export function dataName(name: string): string {
  return lookup(`thread.data.${name}`) ?? plainWords(name);
}

export function taskName(task: string): string {
  return lookup(`thread.task.${task}`) ?? plainWords(task);
}

export function sectionName(journey: string, section: string): string {
  return lookup(`thread.section.${section}`) ?? lookup(`thread.journey.${journey}`) ?? plainWords(section);
}

export function methodName(method: string): string {
  return lookup(`thread.method.${method}`) ?? plainWords(method);
}
