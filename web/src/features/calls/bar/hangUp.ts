/** Hanging up: the end of the contact, or of one attempt to keep a promise, which stays owed. */
import { tellCall } from "@/live/asking";
import type { Call } from "@/live/calls";
import { sendCommand } from "@/live/commands";
import type { Card } from "@/live/protocol";
import { currentLegs, leaveCall } from "../phone/phone";

/** A promised call that has reached nobody yet, or only a machine. */
export function stillOwed(card: Card | undefined, call: Call | undefined): boolean {
  if (!card?.callback?.phone || !call) return false;
  return call.state === "dialling" || call.state === "ringing" || call.result === "machine";
}

export function hangUp(id: string, card: Card | undefined, call: Call | undefined): void {
  if (!stillOwed(card, call)) sendCommand(id, { kind: "agent_ends" });
  else if (currentLegs()[id]) leaveCall(id);
  else tellCall({ t: "call_leave", contact: id });
}
