/** A call in the customer's words. */

import type { Strings } from "../i18n/en";
import type { PhoneCall } from "../protocol";
import type { CustomerCall } from "./call";

type Standing = Pick<CustomerCall, "phase" | "trouble">;

export function callWords({ phase }: Standing, phone: PhoneCall | null, t: Strings): string {
  if (phase === "ended") return t.phoneEnded;
  if (phase === "lost") return t.phoneLost;
  if (phase === "connecting") return t.phoneConnecting;
  switch (phone?.state) {
    case "waiting":
      return t.phoneWaiting;
    case "held":
      return t.phoneHeld;
    case "self_service":
      return t.phoneBot;
    case "talking":
      return phone.agent ? t.withAgent(phone.agent.name) : t.phoneTalking;
    default:
      return t.phoneTalking;
  }
}

export function troubleWords({ trouble }: Standing, t: Strings): string {
  if (trouble === "denied") return t.phoneDenied;
  return trouble === "no_device" ? t.phoneNoDevice : t.phoneFailed;
}

export function callClock(spanMs: number): string {
  const seconds = Math.max(0, Math.floor(spanMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
