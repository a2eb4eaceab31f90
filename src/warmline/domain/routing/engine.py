"""The matching engine: who is offered to whom, decided at the moment something changes, never by looking around.

Every event returns the matches it makes possible. After each event no idle agent stands beside a waiting contact
that agent may serve. The order of decisions is total, so the same events give the same matches.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.deadlines import Deadlines
from warmline.domain.routing.hands import Hand, Hands, ProfileHands
from warmline.domain.routing.lines import Line, Lines, Needs, Place
from warmline.domain.routing.model import Agent, Match, WaitingContact, from_us, to_us
from warmline.domain.routing.reasons import reason_of

AGEING_S = 120  # one step of priority is worth this much waiting: the bound on being overtaken
AVOID_S = 30  # who declined or missed a contact is not asked again for this long, if others can be


class Held:
    """A contact in an agent's hands: offered, connected or in wrap-up. `ringing`: offered, not yet answered."""

    __slots__ = ("agent_id", "channel", "ringing")

    def __init__(self, agent_id: UUID, channel: str, ringing: bool) -> None:
        self.agent_id = agent_id
        self.channel = channel
        self.ringing = ringing


class Engine:
    """The state of one routing domain. Pure: time comes in as `now`, which never runs backwards."""

    def __init__(self, *, ageing_s: float = AGEING_S, avoid_s: float = AVOID_S) -> None:
        self._ageing_us = int(ageing_s * 1_000_000)
        self._avoid_us = int(avoid_s * 1_000_000)
        self._places: dict[UUID, Place] = {}
        self._held: dict[UUID, Held] = {}
        self._held_by: dict[UUID, dict[UUID, str]] = {}  # agent → contact → channel
        self._needs: dict[str, dict[tuple[SkillNeed, ...], Needs]] = {}  # by queue, then skills
        self._lines = Lines()
        self._hands = Hands()
        self._deadlines = Deadlines()

    # --- events about contacts -----------------------------------------------------------------

    def contact_queued(self, contact: WaitingContact, now: datetime) -> list[Match]:
        """The contact waits (again). Told the same twice, nothing changes; its age key is kept in any case."""
        now_us = to_us(now)
        matches = self._due(now_us)
        known = self._places.get(contact.id)
        if known is not None:
            if known.contact == contact:
                return matches
            self._drop(known)
        held, freed = self._release(contact.id, now_us)
        place = self._place(contact)
        if known is not None:
            place.avoid = known.avoid
        if held is not None and held.ringing:
            place.avoid[held.agent_id] = now_us + self._avoid_us
        if contact.passed_on_by is not None and contact.passed_on_until is not None:
            until_us = to_us(contact.passed_on_until)
            place.avoid[contact.passed_on_by] = max(until_us, place.avoid.get(contact.passed_on_by, until_us))
        if contact.only_agent_id is not None:
            place.avoid.pop(contact.only_agent_id, None)  # somebody who decides by name knows better
        place.preferring = contact.preferred_agent_id is not None
        self._places[contact.id] = place
        self._stand(place, now_us)
        if freed is not None:
            self._serve(freed, now_us, matches)
        self._seat(place, now_us, matches)
        return matches

    def contact_held(
        self, contact_id: UUID, channel: str, agent_id: UUID, now: datetime, *, ringing: bool = False
    ) -> list[Match]:
        """The contact is in this agent's hands; `ringing`: offered and not yet accepted."""
        now_us = to_us(now)
        matches = self._due(now_us)
        self._take_out(contact_id)
        held = self._held.get(contact_id)
        if held is not None and held.agent_id == agent_id and held.channel == channel:
            held.ringing = ringing
            return matches
        _, freed = self._release(contact_id, now_us)
        self._hold(contact_id, channel, agent_id, now_us, ringing=ringing)
        if freed is not None:
            self._serve(freed, now_us, matches)
        return matches

    def contact_gone(self, contact_id: UUID, now: datetime) -> list[Match]:
        """The contact neither waits nor is in anybody's hands: ended, back in self-service, called back later."""
        now_us = to_us(now)
        matches = self._due(now_us)
        self._take_out(contact_id)
        _, freed = self._release(contact_id, now_us)
        if freed is not None:
            self._serve(freed, now_us, matches)
        return matches

    # --- events about agents -------------------------------------------------------------------

    def agent_changed(self, agent: Agent, now: datetime) -> list[Match]:
        """Presence, profile or idle time of an agent is now this."""
        now_us = to_us(now)
        matches = self._due(now_us)
        hand = self._hands.by_id.get(agent.id)
        idle_since_us = to_us(agent.idle_since)
        if hand is not None and hand.agent.profile == agent.profile:
            idle_since_us = max(idle_since_us, hand.idle_since_us)
            hand.agent = agent
            hand.idle_since_us = idle_since_us
            self._hands.refresh(hand)
        else:
            if hand is not None:
                idle_since_us = max(idle_since_us, hand.idle_since_us)
                self._forget(hand)
            hand = self._join(agent, idle_since_us, now_us)
        stranded = self._widen_private(agent.id, now_us)
        self._serve(hand, now_us, matches)
        self._seat_all(stranded, now_us, matches)
        return matches

    def agent_gone(self, agent_id: UUID, now: datetime) -> list[Match]:
        """The agent does not work here any more. Contacts in hand stay held until told otherwise."""
        now_us = to_us(now)
        matches = self._due(now_us)
        hand = self._hands.by_id.get(agent_id)
        if hand is not None:
            self._forget(hand)
            self._seat_all(self._widen_private(agent_id, now_us), now_us, matches)
        return matches

    # --- time ----------------------------------------------------------------------------------

    def tick(self, now: datetime) -> list[Match]:
        """Let delays and preferences that end by `now` take effect."""
        return self._due(to_us(now))

    def next_deadline(self) -> datetime | None:
        """Return when `tick` is due next; None when nothing depends on time."""
        due_us = self._deadlines.next_us(self._is_live)
        return None if due_us is None else from_us(due_us)

    # --- what others ask -----------------------------------------------------------------------

    def is_waiting(self, contact_id: UUID) -> bool:
        return contact_id in self._places

    def holder(self, contact_id: UUID) -> UUID | None:
        """Return the agent who holds the contact; None when nobody does."""
        held = self._held.get(contact_id)
        return None if held is None else held.agent_id

    def is_ringing(self, contact_id: UUID) -> bool:
        held = self._held.get(contact_id)
        return held is not None and held.ringing

    def in_hand(self, agent_id: UUID) -> Iterable[UUID]:
        """Return the contacts this agent holds."""
        return tuple(self._held_by.get(agent_id, ()))

    def agent(self, agent_id: UUID) -> Agent | None:
        hand = self._hands.by_id.get(agent_id)
        return None if hand is None else hand.agent

    def hands(self) -> Iterable[Hand]:
        """Return every agent with its load, in no order."""
        return self._hands.by_id.values()

    def waiting(self, queue_id: str) -> int:
        return self._lines.waiting.get(queue_id, 0)

    def everybody_waiting(self) -> Iterable[Place]:
        return self._places.values()

    def position(self, contact_id: UUID) -> int | None:
        """Return the contact's place in its queue, 1 = next; None when it does not wait."""
        mine = self._places.get(contact_id)
        if mine is None:
            return None
        ahead = 0
        for line in self._lines.every():
            if line.needs.queue_id == mine.contact.queue_id:
                ahead += sum(1 for place in line.places() if place.order < mine.order)
        return ahead + 1

    # --- inside: lines -------------------------------------------------------------------------

    def _is_live(self, place: Place) -> bool:
        return self._places.get(place.contact.id) is place

    def _place(self, contact: WaitingContact) -> Place:
        skills = tuple(sorted(contact.skills, key=lambda need: (need.skill, need.level)))
        known = self._needs.setdefault(contact.queue_id, {})
        needs = known.get(skills)
        if needs is None:
            needs = known[skills] = Needs(contact.queue_id, skills)
            for hands in self._hands.profiles():
                needs.consider(hands)
        return Place(contact, needs, to_us(contact.entered_at) + self._ageing_us * contact.priority)

    def _stand(self, place: Place, now_us: int) -> None:
        """Put the place into the line its wishes of this moment lead to, and note when they change."""
        contact = place.contact
        place.avoid = {agent: until for agent, until in place.avoid.items() if until > now_us}
        place.preferring = place.preferring and self._prefers(place, now_us)
        only = contact.only_agent_id or (contact.preferred_agent_id if place.preferring else None)
        self._lines.enter(place, only, frozenset(place.avoid))
        ends = list(place.avoid.values())
        if place.preferring and contact.preferred_until is not None:
            ends.append(to_us(contact.preferred_until))
        ends.extend(place.entered_us + delay_us for delay_us in place.needs.delays_us)
        for due_us in ends:
            if due_us > now_us:
                self._deadlines.add(due_us, place)

    def _prefers(self, place: Place, now_us: int) -> bool:
        """Whether waiting for the last agent still makes sense: time is left and that agent could take it."""
        contact = place.contact
        until = contact.preferred_until
        hand = None if contact.preferred_agent_id is None else self._hands.by_id.get(contact.preferred_agent_id)
        if hand is None or until is None or to_us(until) <= now_us or hand.agent.id in place.avoid:
            return False
        return hand.agent.routable and hand.home in place.needs.fitting and contact.channel in hand.home.capacity

    def _drop(self, place: Place) -> None:
        self._lines.leave(place)
        del self._places[place.contact.id]

    def _take_out(self, contact_id: UUID) -> None:
        place = self._places.get(contact_id)
        if place is not None:
            self._drop(place)

    def _due(self, now_us: int) -> list[Match]:
        """Widen every place whose wishes have changed by `now_us`, then seat them, oldest key first."""
        matches: list[Match] = []
        due = [place for place in self._deadlines.pop(now_us) if self._is_live(place)]
        self._restand(due, now_us)
        self._seat_all(due, now_us, matches)
        return matches

    def _restand(self, places: list[Place], now_us: int) -> None:
        for place in places:
            self._lines.leave(place)
            self._stand(place, now_us)

    def _seat_all(self, places: list[Place], now_us: int, matches: list[Match]) -> None:
        for place in sorted(places, key=lambda place: place.order):
            self._seat(place, now_us, matches)

    def _widen_private(self, agent_id: UUID, now_us: int) -> list[Place]:
        """Let go those who wait for this agent by preference, when it no longer makes sense; return them."""
        stranded = [
            place
            for line in self._lines.private(agent_id)
            for place in line.places()
            if place.preferring and not self._prefers(place, now_us)
        ]
        self._restand(stranded, now_us)
        return stranded

    # --- inside: hands -------------------------------------------------------------------------

    def _join(self, agent: Agent, idle_since_us: int, now_us: int) -> Hand:
        home, new = self._hands.home(agent.profile)
        hand = Hand(agent, home)
        hand.idle_since_us = idle_since_us
        for channel in self._held_by.get(agent.id, {}).values():
            hand.load[channel] = hand.load.get(channel, 0) + 1
        self._hands.add(hand)
        if new:
            self._welcome(home, now_us)
        return hand

    def _welcome(self, home: ProfileHands, now_us: int) -> None:
        """Let a new profile fit where it does, and wake those who wait for the end of its delays."""
        for queue_id, terms in home.seats.items():
            for needs in self._needs.get(queue_id, {}).values():
                needs.consider(home)
            if terms.delay_us:
                for line in self._lines.shared(queue_id):
                    for place in line.places():
                        if place.entered_us + terms.delay_us > now_us:
                            self._deadlines.add(place.entered_us + terms.delay_us, place)

    def _forget(self, hand: Hand) -> None:
        empty = self._hands.remove(hand)
        if empty is not None:
            for queue_id in empty.seats:
                for needs in self._needs.get(queue_id, {}).values():
                    needs.forget(empty)

    def _hold(self, contact_id: UUID, channel: str, agent_id: UUID, now_us: int, *, ringing: bool) -> None:
        self._held[contact_id] = Held(agent_id, channel, ringing)
        self._held_by.setdefault(agent_id, {})[contact_id] = channel
        self._reload(agent_id, channel, 1, now_us)

    def _release(self, contact_id: UUID, now_us: int) -> tuple[Held | None, Hand | None]:
        held = self._held.pop(contact_id, None)
        if held is None:
            return None, None
        theirs = self._held_by[held.agent_id]
        del theirs[contact_id]
        if not theirs:
            del self._held_by[held.agent_id]
        return held, self._reload(held.agent_id, held.channel, -1, now_us)

    def _reload(self, agent_id: UUID, channel: str, by: int, now_us: int) -> Hand | None:
        hand = self._hands.by_id.get(agent_id)
        if hand is not None:
            hand.load[channel] = hand.load.get(channel, 0) + by
            hand.idle_since_us = max(hand.idle_since_us, now_us)
            self._hands.refresh(hand)
        return hand

    # --- inside: choosing ----------------------------------------------------------------------

    def _serve(self, hand: Hand, now_us: int, matches: list[Match]) -> None:
        """Fill the agent's spare capacity: own contacts first, then by the queue's rank, then by age."""
        while hand.agent.routable and (place := self._next_for(hand, now_us)) is not None:
            self._match(place, hand, now_us, matches)

    def _next_for(self, hand: Hand, now_us: int) -> Place | None:
        best: Place | None = None
        best_order = (0, 0, 0)
        for line in self._lines.private(hand.agent.id):
            if hand.spare(line.channel, 1) and hand.agent.id not in line.avoid:
                head = line.head()
                order = (0, head.key_us, head.id_int)
                if best is None or order < best_order:
                    best, best_order = head, order
        if best is not None:
            return best
        for queue_id, terms in hand.home.seats.items():
            for line in self._lines.shared(queue_id):
                if not self._open_to(line, hand):
                    continue
                head = line.head()
                if head.entered_us + terms.delay_us > now_us:
                    continue
                order = (terms.rank, head.key_us, head.id_int)
                if best is None or order < best_order:
                    best, best_order = head, order
        return best

    def _open_to(self, line: Line, hand: Hand) -> bool:
        return hand.home in line.needs.fitting and hand.spare(line.channel) and hand.agent.id not in line.avoid

    def _seat(self, place: Place, now_us: int, matches: list[Match]) -> None:
        """Give the contact to the best idle agent, if there is one."""
        line = place.line
        if line is None:
            return  # already matched within this event
        hand = self._hand_for(place, line, now_us)
        if hand is not None:
            self._match(place, hand, now_us, matches)

    def _hand_for(self, place: Place, line: Line, now_us: int) -> Hand | None:
        channel = line.channel
        if line.only_agent_id is not None:
            hand = self._hands.by_id.get(line.only_agent_id)
            fits = hand is not None and hand.spare(channel, 1) and hand.agent.id not in line.avoid
            return hand if fits else None
        best: tuple[int, int, int, int, UUID] | None = None
        for hands in self._hands.idle_among(line.needs.fitting, channel):
            terms = hands.seats[line.needs.queue_id]
            if place.entered_us + terms.delay_us > now_us:
                continue
            for key in hands.idle[channel]:
                if key[3] not in line.avoid:
                    candidate = (terms.rank, *key)
                    if best is None or candidate < best:
                        best = candidate
                    break
        return None if best is None else self._hands.by_id[best[4]]

    def _match(self, place: Place, hand: Hand, now_us: int, matches: list[Match]) -> None:
        reason = reason_of(place, hand, now_us)
        self._drop(place)
        self._hold(place.contact.id, place.contact.channel, hand.agent.id, now_us, ringing=False)
        matches.append(Match(place.contact.id, hand.agent.id, place.contact.queue_id, reason))
