"""From rows to decisions: tells the engine what the tables say, and notes what follows from it.

Level-triggered: a row says how things are, not what happened, so that reading one twice, or late, does no harm.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from warmline.domain.routing.engine import Engine
from warmline.domain.routing.estimates import Lore, WaitClass, class_of
from warmline.domain.routing.rings import rings_of
from warmline.domain.routing.rules import QueueRules
from warmline.domain.routing.waiting import Match, WaitingContact
from warmline.runtime.router_rows import AgentRow, ContactRow

PLAIN = QueueRules()


class Withdrawal(Struct, frozen=True):
    """An offer that one of its recipients can no longer take."""

    contact_id: UUID
    offer_id: UUID
    agent_id: UUID


class RouterCore:
    """One leader's picture of its domain. Everything waits in `take_…` until the leader fetches it."""

    def __init__(self, lore: Lore | None = None) -> None:
        self.engine = Engine()
        self.lore = lore or Lore()
        self.in_flight: set[UUID] = set()  # decided upon, not yet stored: their rows tell an old story
        self.staff_changed = True  # somebody came, left, or serves other queues
        self.changed = True  # anything that customers may be told
        self._staffed: set[str] | None = None  # queues somebody on shift serves, when last asked
        self._agents: dict[UUID, AgentRow] = {}
        self._offers: dict[UUID, UUID] = {}  # ringing contact → offer
        self._matches: list[Match] = []
        self._withdrawals: dict[tuple[UUID, UUID], Withdrawal] = {}  # by contact and agent
        self._rules: dict[str, QueueRules] = {}
        self._reviews: set[UUID] = set()
        self._lined_up: dict[UUID, tuple[WaitClass, datetime]] = {}  # who waits or rings: as what, since when
        self._served: dict[UUID, WaitClass] = {}  # in whose hands whatever they waited for

    # --- in ------------------------------------------------------------------------------------

    def queues(self, rules: Mapping[str, QueueRules], now: datetime) -> set[UUID]:
        """Queues are served by these rules from now on; return the waiting contacts to be read again.

        Rings come with each contact, so those who wait where rings have changed must be told of anew.
        """
        changed = {queue_id for queue_id, one in rules.items() if self._rules.get(queue_id, PLAIN) != one}
        for queue_id in changed:
            self._note(self.engine.queue_rules(queue_id, rules[queue_id], now))
        self._rules = dict(rules)
        return {place.contact.id for place in self.engine.everybody_waiting() if place.contact.queue_id in changed}

    def agents(self, rows: Sequence[AgentRow], asked: Collection[UUID], now: datetime) -> None:
        """These agents were asked for; who has no row does not work here (any more)."""
        found = {row.agent.id for row in rows}
        self.changed = self.changed or bool(found or asked)
        for row in rows:
            before = self._agents.get(row.agent.id)
            if before is None or before.agent.on_shift != row.agent.on_shift or (
                before.agent.profile != row.agent.profile
            ):  # fmt: skip
                self.staff_changed = True
            self._agents[row.agent.id] = row
            self._note(self.engine.agent_changed(row.agent, now))
            self._withdraw_from(row.agent.id)
            if row.announced and not self.engine.in_hand(row.agent.id):
                self._reviews.add(row.agent.id)
        for agent_id in asked:
            if agent_id not in found:
                if self._agents.pop(agent_id, None) is not None:
                    self.staff_changed = True
                self._note(self.engine.agent_gone(agent_id, now))
                self._withdraw_from(agent_id)

    def contacts(self, rows: Sequence[ContactRow], asked: Collection[UUID], now: datetime) -> None:
        """These contacts were asked for; what has no row is gone.

        What is in flight, perhaps since a row before it in this very reading, is left alone: it is read when it
        has landed. Believing its row would give it a second agent, and its first agent one contact too many.
        """
        found = {row.id for row in rows}
        self.changed = self.changed or bool(found or asked)
        for row in rows:
            if row.id not in self.in_flight:
                self._contact(row, now)
        for contact_id in asked:
            if contact_id not in found and contact_id not in self.in_flight:
                self._gone(contact_id, now)

    def tick(self, now: datetime) -> None:
        """Let time take effect."""
        matches = self.engine.tick(now)
        self.changed = self.changed or bool(matches)
        self._note(matches)

    def rest(self, contact_id: UUID, now: datetime) -> None:
        """Leave a contact alone for a while: offering it fails again and again."""
        self._gone(contact_id, now)

    def staffing_turned(self) -> bool:
        """Whether somebody serves a queue nobody served when this was last asked, or nobody any more."""
        if not self.staff_changed:
            return False
        self.staff_changed = False
        homes = {hand.home for hand in self.engine.hands() if hand.agent.on_shift}
        staffed = {queue_id for home in homes for queue_id in home.seats}
        turned, self._staffed = staffed != self._staffed, staffed
        return turned

    # --- out -----------------------------------------------------------------------------------

    def take_matches(self) -> list[Match]:
        """Return decisions to be carried out; their contacts are in flight from the decision until `landed`."""
        matches, self._matches = self._matches, []
        return matches

    def offered(self, contact_id: UUID) -> None:
        """The decision is stored. It may be declined before its row is read: then that was an answer, too."""
        self.engine.offered(contact_id)

    def landed(self, contact_id: UUID) -> None:
        self.in_flight.discard(contact_id)

    def take_withdrawals(self) -> list[Withdrawal]:
        withdrawals, self._withdrawals = self._withdrawals, {}
        return list(withdrawals.values())

    def take_reviews(self) -> list[UUID]:
        """Return agents whose presence may have to change: misses, or the end of their work."""
        reviews, self._reviews = self._reviews, set()
        return sorted(reviews)

    # --- inside --------------------------------------------------------------------------------

    def _note(self, matches: list[Match]) -> None:
        self._matches.extend(matches)
        self.in_flight.update(match.contact_id for match in matches)

    def _contact(self, row: ContactRow, now: datetime) -> None:
        before, rang = self.engine.holder(row.id), self.engine.ringing_at(row.id)
        waiting, holder = row.waiting, row.holder
        self._offers.pop(row.id, None)
        if waiting is not None:
            rings = rings_of(self._rules.get(waiting.queue_id, PLAIN), waiting.queue_id, waiting.skills)
            self._note(self.engine.contact_queued(waiting.widened_by(rings), now))
            self._lines_up(waiting, now, again=before is not None and not rang)
        elif holder is not None:
            asked = (holder, *row.also)
            for passed in rang if row.ringing else ():  # with an agent less, the others ring on
                if passed not in asked:
                    self._note(self.engine.offer_declined(row.id, passed, now))
            self._note(
                self.engine.contact_held(row.id, row.channel, holder, now, ringing=row.ringing, also=row.also)
            )
            if row.ringing and row.offer_id is not None:
                self._offers[row.id] = row.offer_id
                for agent_id in asked:
                    self._withdraw_from(agent_id)
            if not row.ringing:
                self._answered(row.id, holder, now)
        else:
            self._note(self.engine.contact_gone(row.id, now))
            self._measure(row, before, now)
        for agent_id in dict.fromkeys((before, *rang)):
            if agent_id is not None:
                self._follow_up(row, agent_id, agent_id in rang)

    def _follow_up(self, row: ContactRow, before: UUID, rang: bool) -> None:
        """Note an agent whose offer or work has just ended."""
        known = self._agents.get(before)
        released = before not in (self.engine.holder(row.id), *self.engine.ringing_at(row.id))
        answered = rang and not released and not row.ringing
        missed_before = known is not None and known.misses > 0
        done = released and known is not None and known.announced and not self.engine.in_hand(before)
        if (released and rang) or (answered and missed_before) or done:
            self._reviews.add(before)

    def _lines_up(self, waiting: WaitingContact, now: datetime, *, again: bool) -> None:
        """Remember since when somebody waits; `again`: they were in somebody's hands before."""
        wanted = class_of(waiting)
        known = self._lined_up.get(waiting.id)
        since = now if again else waiting.entered_at if known is None else known[1]
        self._lined_up[waiting.id] = (wanted, since)

    def _answered(self, contact_id: UUID, agent_id: UUID, now: datetime) -> None:
        """Learn from a customer whom an agent has just taken; knowing of it already, nothing."""
        known, agent = self._lined_up.pop(contact_id, None), self._agents.get(agent_id)
        if known is None:
            return
        wanted, since = known
        self.lore.answered(wanted, (now - since).total_seconds())
        self._served[contact_id] = wanted
        if agent is not None:
            self.lore.took(wanted[0], agent.agent.profile.seats, self.engine.waiting)

    def _measure(self, row: ContactRow, before: UUID | None, now: datetime) -> None:
        known = self._lined_up.pop(row.id, None)
        if known is not None:
            self.lore.gave_up(known[0], (now - known[1]).total_seconds())
        served = self._served.pop(row.id, None)
        if before is not None and row.queue_id and row.connected_at and row.wrapped_at:
            worked_s = (row.wrapped_at - row.connected_at).total_seconds()
            self.lore.handled(served or (row.queue_id, ()), worked_s)

    def _gone(self, contact_id: UUID, now: datetime) -> None:
        self._offers.pop(contact_id, None)
        self._lined_up.pop(contact_id, None)
        self._served.pop(contact_id, None)
        self._note(self.engine.contact_gone(contact_id, now))

    def _withdraw_from(self, agent_id: UUID) -> None:
        agent = self.engine.agent(agent_id)
        if agent is not None and agent.routable:
            return
        for contact_id in self.engine.in_hand(agent_id):
            offer_id = self._offers.get(contact_id)
            if offer_id is not None and self.engine.is_ringing(contact_id):
                self._withdrawals[contact_id, agent_id] = Withdrawal(contact_id, offer_id, agent_id)
