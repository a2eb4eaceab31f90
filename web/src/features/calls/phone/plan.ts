/** What my audio should do next, from what the desk knows. Pure: the same state gives the same steps. */
import { isOwnCall } from "@/live/calls";
import type { LiveState } from "@/live/state";
import type { LegRole, Legs } from "./state";

export type Step =
  /** Be ready before it is accepted. */
  | { do: "prepare"; contact: string }
  | { do: "join"; contact: string; again: boolean }
  /** A contact I was only consulted on is mine now, or the other way round. */
  | { do: "adopt"; contact: string; role: LegRole }
  | { do: "close"; contact: string };

/** Whether this window was in that call before it was loaded again. */
export type WasIn = (contact: string) => boolean;

/** An offer of a call to me. */
function ringsHere(live: LiveState, id: string): boolean {
  const card = live.cards[id];
  const me = live.me?.id;
  if (!card?.offer || !me || card.status !== "offered" || card.channel !== "voice") return false;
  return live.mine.includes(id) && (card.offer.agent_id === me || Boolean(card.offer.also?.includes(me)));
}

function accepting(live: LiveState, id: string): boolean {
  return live.outbox.some(
    ({ contact, frame }) => contact === id && frame.t === "cmd" && frame.c.kind === "accept_offer",
  );
}

/** Our party has left a call that goes on without us. */
function letGo(live: LiveState, id: string): boolean {
  const call = live.calls[id];
  if (!call) return false;
  if (call.state === "ended") return true;
  const mine = call.parties.filter((party) => party.agent_id === live.me?.id);
  return mine.length > 0 && mine.every((party) => party.state === "gone");
}

function stepFor(live: LiveState, legs: Legs, id: string, online: boolean, wasIn: WasIn): Step | null {
  const leg = legs[id];
  const own = isOwnCall(live, id);
  if (!leg) {
    if (own && online) return { do: "join", contact: id, again: wasIn(id) };
    return ringsHere(live, id) && online ? { do: "prepare", contact: id } : null;
  }
  if (own) {
    if (leg.role !== "own") return { do: "adopt", contact: id, role: "own" };
    return leg.phase === "ready" && online ? { do: "join", contact: id, again: false } : null;
  }
  if (leg.role === "own") {
    const waits = ringsHere(live, id) || accepting(live, id);
    return waits ? null : { do: "close", contact: id };
  }
  return letGo(live, id) && leg.phase !== "joining" ? { do: "close", contact: id } : null;
}

/** Steps in order; none while calls are heard on the desk phone, but for what is still open here. */
export function planAudio(live: LiveState, legs: Legs, here: boolean, wasIn: WasIn): readonly Step[] {
  const online = live.connection === "live" || live.connection === "catching_up";
  const ids = new Set([...(here ? live.mine : []), ...Object.keys(legs)]);
  return [...ids].flatMap((id) => stepFor(live, legs, id, online, wasIn) ?? []);
}
