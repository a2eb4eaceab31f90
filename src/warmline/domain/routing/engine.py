"""The matching engine: who is offered to whom, decided at the moment something changes, never by looking around.

Every event returns the matches it makes possible. After each event no idle agent stands beside a waiting contact
that agent may serve. The order of decisions is total, so the same events give the same matches.

Each event also exists with times as whole microseconds since 1970 (`…_us`), for callers that count many of them.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from warmline.domain.routing.explain import Explaining
from warmline.domain.routing.hands import Hand, Held
from warmline.domain.routing.ids import Id
from warmline.domain.routing.lines import Place
from warmline.domain.routing.model import Agent, from_us, to_us
from warmline.domain.routing.rules import QueueRules
from warmline.domain.routing.state import QueueTerms
from warmline.domain.routing.waiting import Match, WaitingContact

AGEING_S = 120  # one step of priority is worth this much waiting: the bound on being overtaken
AVOID_S = 30  # who declined or missed a contact is not asked again for this long, if others can be


class Engine(Explaining):
    """The state of one routing domain. Pure: time comes in as `now`, which never runs backwards."""

    def __init__(self, *, ageing_s: float = AGEING_S, avoid_s: float = AVOID_S) -> None:
        super().__init__(ageing_s=ageing_s, avoid_s=avoid_s)

    # --- events about contacts -----------------------------------------------------------------

    def contact_queued(self, contact: WaitingContact, now: datetime) -> list[Match]:
        """The contact waits (again). Told the same twice, nothing changes; its age key is kept in any case."""
        return self.contact_queued_us(contact, to_us(now))

    def contact_queued_us(
        self, contact: WaitingContact, now_us: int, entered_us: int | None = None
    ) -> list[Match]:
        """As `contact_queued`; with `entered_us`, the contact's `entered_at` is not read."""
        matches = self._due(now_us)
        known = self._known.get(contact.id)
        if known is None and contact.preferred_agent_id is None and contact.only_agent_id is None:
            if contact.passed_on_by is None and contact.id not in self._declined:
                self._arrive(self._place(contact, entered_us), now_us, matches)
                return matches
        elif type(known) is Place and (known.contact is contact or known.contact == contact):
            return matches
        self._queue_again(contact, known, entered_us, now_us, matches)
        return matches

    def contact_held(
        self, contact_id: Id, channel: str, agent_id: Id, now: datetime, *, ringing: bool = False,
        also: tuple[Id, ...] = (),
    ) -> list[Match]:  # fmt: skip
        """The contact is in this agent's hands; `ringing`: offered and not yet accepted.

        Of several agents ringing, the one named here without `ringing` has accepted: the others are free again.
        `also`: everybody else who is ringing; left out, those who ring go on ringing.
        """
        return self.contact_held_us(contact_id, channel, agent_id, to_us(now), ringing=ringing, also=also)

    def contact_held_us(
        self, contact_id: Id, channel: str, agent_id: Id, now_us: int, *, ringing: bool = False,
        also: tuple[Id, ...] = (),
    ) -> list[Match]:  # fmt: skip
        """As `contact_held`."""
        matches = self._due(now_us)
        known = self._known.get(contact_id)
        if type(known) is Place:
            self._leave(known, now_us)
            del self._known[contact_id]
        self._declined.pop(contact_id, None)
        before = (known, *known.others) if type(known) is Held else ()
        kept = {each.agent_id: each for each in before if each.channel == channel}
        wanted = (agent_id, *also) if ringing and also else (agent_id,)
        if ringing and not also and agent_id in kept:
            wanted = tuple(kept)
        freed = [self._let_go(each, now_us) for each in before if kept.get(each.agent_id) is not each]
        freed += [self._let_go(each, now_us) for id, each in kept.items() if id not in wanted]
        holds = [
            kept.get(id) or self._hold(contact_id, channel, id, now_us, ringing=ringing)
            for id in dict.fromkeys(wanted)
        ]
        first = self._known[contact_id] = holds[0]
        if type(known) is Held and first is not known:
            first.inherit(known)
        first.others = tuple(holds[1:])
        for each in holds:
            each.ringing = ringing
        if not ringing:
            self._answered(first)
        self._serve_all(freed, now_us, matches)
        return matches

    def offered(self, contact_id: Id) -> None:
        """What was matched is stored and rings: whoever lets it pass, however soon, is not asked again at once."""
        known = self._known.get(contact_id)
        if type(known) is Held and not known.answered:
            for each in (known, *known.others):
                each.ringing = True

    def offer_declined(self, contact_id: Id, agent_id: Id, now: datetime) -> list[Match]:
        """One of those ringing has declined or missed it; the others go on ringing.

        When nobody else rings, the contact is back in line with its age, and this agent is left out for a while.
        """
        return self.offer_declined_us(contact_id, agent_id, to_us(now))

    def offer_declined_us(self, contact_id: Id, agent_id: Id, now_us: int) -> list[Match]:
        """As `offer_declined`."""
        matches = self._due(now_us)
        known = self._known.get(contact_id)
        if type(known) is not Held:
            return matches
        asked = (known, *known.others)
        declining = next((each for each in asked if each.agent_id == agent_id), None)
        if declining is None or (declining.answered and not declining.ringing):
            return matches
        declining.ringing = True  # so that it is left out when the contact is queued again
        left = [each for each in asked if each is not declining]
        if not left and known.contact is not None:
            self._queue_again(known.contact, known, known.entered_us, now_us, matches)
            return matches
        declined = {**(known.declined or {}), agent_id: now_us + self._avoid_us}
        if left:
            first = self._known[contact_id] = left[0]
            first.inherit(known)
            first.declined = declined
            first.others = tuple(left[1:])
        else:
            del self._known[contact_id]
            self._declined[contact_id] = declined
        self._serve_all([self._let_go(declining, now_us)], now_us, matches)
        return matches

    def contact_gone(self, contact_id: Id, now: datetime) -> list[Match]:
        """The contact neither waits nor is in anybody's hands: ended, back in self-service, called back later."""
        return self.contact_gone_us(contact_id, to_us(now))

    def contact_gone_us(self, contact_id: Id, now_us: int) -> list[Match]:
        """As `contact_gone`."""
        matches = self._due(now_us)
        known = self._known.pop(contact_id, None)
        if type(known) is Place:
            self._leave(known, now_us)
        elif type(known) is Held:
            if known.others:
                self._serve_all(self._let_all_go(known, now_us), now_us, matches)
            else:
                hand = self._let_go(known, now_us, serving=True)
                if hand is not None:
                    self._serve(hand, now_us, matches)
                    if hand.stale:
                        self._hands.refresh(hand)
                    if self._hands.loosened:
                        self._settle([], now_us, matches)
        elif self._declined:
            self._declined.pop(contact_id, None)
        return matches

    def force(
        self, contact_id: Id, agent_id: Id, now: datetime, *, by: Literal["supervisor", "agent"] = "supervisor"
    ) -> list[Match]:
        """A supervisor gives the waiting contact to this agent, or the agent takes it, whatever is in hand.

        Nothing happens when the contact does not wait or the agent is not known.
        """
        return self.force_us(contact_id, agent_id, to_us(now), by=by)

    def force_us(
        self, contact_id: Id, agent_id: Id, now_us: int, *, by: Literal["supervisor", "agent"] = "supervisor"
    ) -> list[Match]:
        """As `force`."""
        matches = self._due(now_us)
        known, hand = self._known.get(contact_id), self._hands.by_id.get(agent_id)
        if type(known) is Place and hand is not None:
            self._match(known, hand, now_us, matches, by_hand="pushed" if by == "supervisor" else "picked")
        return matches

    # --- events about agents and queues --------------------------------------------------------

    def agent_changed(self, agent: Agent, now: datetime) -> list[Match]:
        """Presence, profile or idle time of an agent is now this."""
        return self.agent_changed_us(agent, to_us(now))

    def agent_changed_us(self, agent: Agent, now_us: int, idle_since_us: int | None = None) -> list[Match]:
        """As `agent_changed`; with `idle_since_us`, the agent's `idle_since` is not read."""
        matches = self._due(now_us)
        idle_since_us = to_us(agent.idle_since) if idle_since_us is None else idle_since_us
        hand = self._hands.by_id.get(agent.id)
        if hand is not None and (hand.agent.profile is agent.profile or hand.agent.profile == agent.profile):
            hand.tell(agent)
            hand.idle_since_us = max(idle_since_us, hand.idle_since_us)
            self._hands.refresh(hand)
        else:
            hand = self._join(agent, idle_since_us, now_us)
        stranded = self._widen_private(agent.id, now_us) if self._lines.mine else []
        self._serve(hand, now_us, matches)
        self._settle(stranded, now_us, matches)
        return matches

    def agent_gone(self, agent_id: Id, now: datetime) -> list[Match]:
        """The agent does not work here any more. Contacts in hand stay held until told otherwise."""
        return self.agent_gone_us(agent_id, to_us(now))

    def agent_gone_us(self, agent_id: Id, now_us: int) -> list[Match]:
        """As `agent_gone`."""
        matches = self._due(now_us)
        hand = self._hands.by_id.get(agent_id)
        if hand is not None:
            self._forget(hand)
            self._seat_all(self._widen_private(agent_id, now_us), now_us, matches)
        return matches

    def agent_today(self, agent_id: Id, *, handled: int, busy_s: float) -> None:
        """Say what an agent has done so far today, as the tables tell at take-over. Unknown agents are ignored."""
        hand = self._hands.by_id.get(agent_id)
        if hand is not None:
            hand.handled, hand.busy_us = handled, int(busy_s * 1_000_000)
            self._hands.refresh(hand)

    def new_day(self, now: datetime) -> None:
        """Everybody starts the day with nothing handled and no time worked."""
        self.new_day_us(to_us(now))

    def new_day_us(self, now_us: int) -> None:
        """As `new_day`."""
        for hand in self._hands.by_id.values():
            hand.handled, hand.busy_us, hand.busy_from_us = 0, 0, now_us
            self._hands.refresh(hand)

    def queue_rules(self, queue_id: str, rules: QueueRules, now: datetime) -> list[Match]:
        """This queue is served by these rules from now on. Rings come with each contact (`rings_of`)."""
        return self.queue_rules_us(queue_id, rules, to_us(now))

    def queue_rules_us(self, queue_id: str, rules: QueueRules, now_us: int) -> list[Match]:
        """As `queue_rules`."""
        matches = self._due(now_us)
        terms = QueueTerms(rules)
        before = self._terms.get(queue_id)
        self._terms[queue_id] = terms
        self._weighted = any(each.weight_m != 1000 for each in self._terms.values())
        if terms.reserve != (0 if before is None else before.reserve):
            self._hands.reserve(queue_id, terms.reserve)
        self._settle([], now_us, matches)
        return matches

    # --- time ----------------------------------------------------------------------------------

    def tick(self, now: datetime) -> list[Match]:
        """Let rings, delays and preferences that change by `now` take effect."""
        return self.tick_us(to_us(now))

    def tick_us(self, now_us: int) -> list[Match]:
        """As `tick`."""
        return self._due(now_us)

    def next_deadline(self) -> datetime | None:
        """Return when `tick` is due next; None when nothing depends on time."""
        due_us = self._deadlines.next_us()
        return None if due_us is None else from_us(due_us)

    def next_deadline_us(self) -> int | None:
        """As `next_deadline`."""
        return self._deadlines.next_us()

    # --- what others ask -----------------------------------------------------------------------

    def is_waiting(self, contact_id: Id) -> bool:
        return type(self._known.get(contact_id)) is Place

    def holder(self, contact_id: Id) -> Id | None:
        """Return the agent who holds the contact, the first of those ringing; None when nobody does."""
        known = self._known.get(contact_id)
        return known.agent_id if type(known) is Held else None

    def is_ringing(self, contact_id: Id) -> bool:
        known = self._known.get(contact_id)
        return type(known) is Held and known.ringing

    def ringing_at(self, contact_id: Id) -> tuple[Id, ...]:
        """Return everybody who is asked for the contact now, the first one first."""
        known = self._known.get(contact_id)
        if type(known) is not Held:
            return ()
        return tuple(each.agent_id for each in (known, *known.others) if each.ringing)

    def in_hand(self, agent_id: Id) -> Iterable[Id]:
        """Return the contacts this agent holds."""
        hand = self._hands.by_id.get(agent_id)
        held = self._astray.get(agent_id, ()) if hand is None else hand.held
        return tuple(sorted(each.contact_id for each in held))

    def agent(self, agent_id: Id) -> Agent | None:
        hand = self._hands.by_id.get(agent_id)
        return None if hand is None else hand.agent

    def hands(self) -> Iterable[Hand]:
        """Return every agent with its load, in no order."""
        return self._hands.by_id.values()

    def waiting(self, queue_id: str) -> int:
        return self._lines.waiting.get(queue_id, 0)

    def everybody_waiting(self) -> Iterable[Place]:
        return (known for known in self._known.values() if type(known) is Place)

    def position(self, contact_id: Id) -> int | None:
        """Return the contact's place in its queue, 1 = next; None when it does not wait."""
        mine = self._known.get(contact_id)
        if type(mine) is not Place:
            return None
        ahead = 0
        for line in self._lines.every(self._plans.of_queue(mine.plan.queue_id)):
            ahead += sum(1 for place in line.places() if place.order < mine.order)
        return ahead + 1

    # --- inside --------------------------------------------------------------------------------

    def _arrive(self, place: Place, now_us: int, matches: list[Match]) -> None:
        """Seat a newcomer without wishes about persons, or let it join the line behind those who came before."""
        contact, plan = place.contact, place.plan
        line = plan.lines.get((contact.channel, contact.priority, False))
        if line is not None and line.head().entered_us < place.entered_us:
            self._known[contact.id] = place
            self._lines.join(line, place)
            return
        hand = self._hand_for(place, now_us)
        if hand is not None:
            self._match(place, hand, now_us, matches)
            return
        self._known[contact.id] = place
        self._stand(place, now_us)

    def _queue_again(
        self, contact: WaitingContact, known: Place | Held | None, entered_us: int | None, now_us: int,
        matches: list[Match],
    ) -> None:  # fmt: skip
        """Let a contact wait that has wishes about persons, or a history."""
        avoid: dict[Id, int] = self._declined.pop(contact.id, {})
        freed: list[Hand] = []
        if type(known) is Place:
            self._leave(known, now_us)
            avoid.update(known.avoid or {})
        elif type(known) is Held:
            avoid.update(known.declined or {})
            for each in (known, *known.others):
                if each.ringing:
                    avoid[each.agent_id] = now_us + self._avoid_us
            freed = self._let_all_go(known, now_us)
        if contact.passed_on_by is not None and contact.passed_on_until is not None:
            until_us = to_us(contact.passed_on_until)
            avoid[contact.passed_on_by] = max(until_us, avoid.get(contact.passed_on_by, until_us))
        if contact.only_agent_id is not None:
            avoid.pop(contact.only_agent_id, None)  # somebody who decides by name knows better
        place = self._place(contact, entered_us)
        place.avoid = avoid or None
        place.preferring = contact.preferred_agent_id is not None
        self._known[contact.id] = place
        self._stand(place, now_us)
        for hand in freed:
            self._serve(hand, now_us, matches)
        self._settle([place], now_us, matches)

    def _serve_all(self, freed: Iterable[Hand | None], now_us: int, matches: list[Match]) -> None:
        for hand in freed:
            if hand is not None:
                self._serve(hand, now_us, matches)
        self._settle([], now_us, matches)
