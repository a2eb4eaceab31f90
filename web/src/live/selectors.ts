/** Questions the screens ask of the live state. Answers keep their identity while nothing changed. */
import type { StoredEvent } from "./events";
import type { Outgoing } from "./outbox";
import type { Card, Me } from "./protocol";
import type { LiveState, Thread } from "./state";
import { liveState, useLive } from "./store";

/** A selector that is computed once per state. */
function perState<V>(compute: (state: LiveState) => V, same: (a: V, b: V) => boolean): (state: LiveState) => V {
  let last: { state: LiveState; value: V } | null = null;
  return (state) => {
    if (last?.state === state) return last.value;
    const value = compute(state);
    last = { state, value: last && same(last.value, value) ? last.value : value };
    return last.value;
  };
}

function sameItems<V>(a: readonly V[], b: readonly V[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

export function loadOf(value: Me["load"]): number {
  return typeof value === "number" ? value : Object.values(value).reduce((sum, each) => sum + each, 0);
}

export function isOffer(card: Card): boolean {
  return card.offer !== null && card.status === "offered";
}

/** Whether somebody's audio takes part in a call now: whoever goes then leaves a customer behind. */
export function isOnCall(state: LiveState, agentId: string): boolean {
  return Object.values(state.calls).some(
    (call) =>
      call.state !== "ended" &&
      call.parties.some(
        (party) => party.agent_id === agentId && party.kind !== "supervisor" && party.state !== "gone",
      ),
  );
}

/** Messages of the customer after what I have seen or said. */
export function unreadOf(state: LiveState, id: string): number {
  const events: readonly StoredEvent[] = state.threads[id]?.events ?? [];
  const seen = state.seen[id] ?? 0;
  let count = 0;
  for (let at = events.length - 1; at >= 0; at--) {
    const event = events[at];
    if (!event || event.seq <= seen || event.e.kind === "agent_joined") break;
    if (event.e.kind === "message_sent") {
      if (event.e.author === "agent") break;
      if (event.e.author === "customer") count += 1;
    }
  }
  return count;
}

const offers = perState<readonly Card[]>(
  (state) => state.mine.flatMap((id) => (state.cards[id] && isOffer(state.cards[id]) ? [state.cards[id]] : [])),
  sameItems,
);

/** Held, on hold and wrap-up contacts: who waits longest for an answer comes first, then the newest words. */
const conversations = perState<readonly Card[]>((state) => {
  const cards = state.mine.flatMap((id) =>
    state.cards[id] && !isOffer(state.cards[id]) ? [state.cards[id]] : [],
  );
  return cards.sort((a, b) => (a.connected_at ?? a.opened_at).localeCompare(b.connected_at ?? b.opened_at));
}, sameItems);

export function useOffers(): readonly Card[] {
  return useLive(offers);
}

export function useConversations(): readonly Card[] {
  return useLive(conversations);
}

export function myConversations(): readonly Card[] {
  return conversations(liveState());
}

export function useCard(id: string | undefined): Card | undefined {
  return useLive((state) => (id ? state.cards[id] : undefined));
}

export function useThread(id: string): Thread | undefined {
  return useLive((state) => state.threads[id]);
}

export function useIsMine(id: string | undefined): boolean {
  return useLive((state) => id !== undefined && state.mine.includes(id));
}

export function useUnread(id: string): number {
  return useLive((state) => unreadOf(state, id));
}

export function useUnreadTotal(): number {
  return useLive((state) =>
    state.mine.reduce((sum, id) => {
      const card = state.cards[id];
      return card && !isOffer(card) ? sum + unreadOf(state, id) : sum;
    }, 0),
  );
}

const NOTHING: readonly Outgoing[] = [];
const waitingWords = new Map<string, readonly Outgoing[]>();

/** My words on their way, oldest first. */
export function useOutgoing(contact: string): readonly Outgoing[] {
  return useLive((state) => {
    const words = state.outbox.filter((each) => each.contact === contact);
    const before = waitingWords.get(contact) ?? NOTHING;
    if (sameItems(before, words)) return before;
    waitingWords.set(contact, words);
    return words;
  });
}

export function queueName(id: string | null | undefined) {
  return liveState().queues.find((queue) => queue.id === id)?.name;
}
