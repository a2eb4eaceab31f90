/** Names for people and machines: customers, intents, data, tasks. */
import { nameOfCustomer } from "@/i18n/names";
import { lookup, type T } from "@/i18n/t";
import type { MessageSent } from "@/live/events";
import type { Card } from "@/live/protocol";

/** The number of an answer in a call: the call, and which of its answers it is. */
const BY_CALL = /^[0-9a-f-]{36}:\d+$/;

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
  const step = lookup(`thread.section.${section}`);
  if (step) return step;
  // Every journey begins at "start": that says nothing, and the journey's name does.
  return lookup(`thread.journey.${journey}`) ?? plainWords(section === "start" ? journey : section);
}

/** What a customer wrote, said or did: on the telephone 0 is a key that asks for a person, and nobody's words. */
export function wordsOf(message: Pick<MessageSent, "author" | "text" | "client_id">, t: T): string {
  const called = message.author === "customer" && BY_CALL.test(message.client_id ?? "");
  return called && message.text === "0" ? t("thread.pressed_zero") : message.text;
}

export function methodName(method: string): string {
  return lookup(`thread.method.${method}`) ?? plainWords(method);
}
