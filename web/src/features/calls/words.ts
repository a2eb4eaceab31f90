/** Calls in words: who, where it stands, what to do when there is no sound. */
import { nameOfCustomer } from "@/i18n/names";
import { lookup, type T } from "@/i18n/t";
import type { Call, Party } from "@/live/calls";
import type { Card } from "@/live/protocol";
import type { State } from "@/ui/StateChip";
import type { Level } from "./phone/quality";
import type { Leg, Trouble } from "./phone/state";

/** What the bar says of the call, from both sides: the call's own state, and whether my audio is in it. */
export type Standing = "connecting" | "reconnecting" | "no_audio" | Call["state"];

export function standingOf(call: Call | undefined, leg: Leg | undefined, held: boolean): Standing {
  if (call?.state === "ended") return "ended";
  if (call?.state === "dialling" || call?.state === "ringing") return call.state;
  if (leg?.phase === "failed" || leg?.phase === "left" || leg?.phase === "elsewhere") return "no_audio";
  if (leg?.phase === "lost" || (leg?.again && leg.phase !== "up")) return "reconnecting";
  if (leg && leg.phase !== "up") return "connecting";
  if (held) return "held";
  return call?.state ?? "talking";
}

export const STANDING_STATE: Readonly<Record<Standing, State>> = {
  connecting: "wait",
  reconnecting: "late",
  no_audio: "late",
  dialling: "wait",
  ringing: "wait",
  self_service: "off",
  waiting: "wait",
  talking: "live",
  held: "wait",
  ended: "off",
};

export const LEVEL_STATE: Readonly<Record<Level, State>> = { good: "ok", fair: "wait", poor: "late" };

/** The caller's name, else their number. */
export function callerOf(card: Card | undefined, call: Call | undefined, t: T): string {
  if (card?.customer.name) return nameOfCustomer(card.customer);
  return call?.number ?? (card ? nameOfCustomer(card.customer) : t("calls.somebody"));
}

export function partyName(party: Party, t: T): string {
  return party.name || t(`calls.party.${party.kind}`);
}

/** What is wrong with my audio, and what to do about it. */
export function troubleWords(trouble: Trouble, t: T): { text: string; fix: string } {
  return {
    text: t(`calls.trouble.${trouble}`),
    fix: lookup(`calls.trouble.${trouble}.fix`) ?? "",
  };
}
