"""Routing's eleven promises as checks: an engine that watches itself while it works.

After each event a cheap form looks at what the event touched; `check_everything` looks at everybody. Its books are
its own, kept from what it is told and what it answers. Used by tests, and always on in the digital twin.

1 one offer or owner a contact; 2 load within capacity, unless by hand; 3 waiting, in hand or gone, never two of
them; 4 nobody idle beside a contact they may serve; 5 first come, first served among those who ask for the same;
6 nobody is passed by a newcomer of the same queue beyond what priority is worth; 7 waiting never narrows who may
be asked; 8 whoever is queued again keeps the age; 9 every offer ends once; 10 the same events give the same
decisions; 11 what is told twice, late or by a leader of the past changes nothing.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Literal
from uuid import UUID

from warmline.domain.routing.engine import AGEING_S, AVOID_S, Engine
from warmline.domain.routing.hands import Hand, Held
from warmline.domain.routing.lines import Place, Plan
from warmline.domain.routing.model import Agent, to_us
from warmline.domain.routing.orders import ORDERS
from warmline.domain.routing.rules import QueueRules
from warmline.domain.routing.scan import idle_for, may_serve, room_for
from warmline.domain.routing.waiting import Match, WaitingContact

BY_HAND = frozenset({"pushed", "picked"})
PERSONAL = BY_HAND | {"only_agent", "last_agent"}


class Broken(AssertionError):
    """A promise was not kept."""

    def __init__(self, promise: int, what: str) -> None:
        super().__init__(f"Routing's promise {promise} is broken: {what}.")
        self.promise = promise


class Books:
    """Who waits and who holds what, as told and as answered."""

    def __init__(self) -> None:
        self.waiting: set[UUID] = set()
        self.ages: dict[UUID, int] = {}  # since first queued, until gone (µs)
        self.holders: dict[UUID, list[UUID]] = {}
        self.channels: dict[UUID, str] = {}
        self.answered: set[tuple[UUID, UUID]] = set()
        self.load: dict[UUID, dict[str, int]] = {}
        self.opened = 0
        self.ended = 0

    def take(self, contact_id: UUID, channel: str, agent_id: UUID) -> None:
        self.holders.setdefault(contact_id, []).append(agent_id)
        self.channels[contact_id] = channel
        load = self.load.setdefault(agent_id, {})
        load[channel] = load.get(channel, 0) + 1
        self.opened += 1

    def give(self, contact_id: UUID, agent_id: UUID) -> None:
        self.holders[contact_id].remove(agent_id)
        self.load[agent_id][self.channels[contact_id]] -= 1
        self.answered.discard((contact_id, agent_id))
        self.ended += 1
        if not self.holders[contact_id]:
            del self.holders[contact_id], self.channels[contact_id]

    def give_all(self, contact_id: UUID, *, keep: Iterable[UUID] = ()) -> None:
        for agent_id in list(self.holders.get(contact_id, ())):
            if agent_id not in keep:
                self.give(contact_id, agent_id)


class WatchedEngine(Engine):
    """Decides exactly as `Engine` does, and raises `Broken` when a promise is not kept.

    `full_every`: look at everybody after so many events (0: only when asked). `record`: keep all events, so that
    `check_replay` can be asked.
    """

    def __init__(
        self, *, ageing_s: float = AGEING_S, avoid_s: float = AVOID_S, full_every: int = 0, record: bool = False
    ) -> None:
        super().__init__(ageing_s=ageing_s, avoid_s=avoid_s)
        self._terms_of_time = (ageing_s, avoid_s)
        self._books = Books()
        self._full_every = full_every
        self._events = 0
        self._story: list[tuple[str, tuple[Any, ...], dict[str, Any]]] | None = [] if record else None
        self._decided: list[tuple[UUID, UUID, tuple[UUID, ...]]] = []
        self._seen: set[Plan] = set()
        self._could: dict[UUID, tuple[Place, dict[UUID, Agent]]] = {}  # whom each place could be given, last time

    # --- events --------------------------------------------------------------------------------

    def contact_queued_us(
        self, contact: WaitingContact, now_us: int, entered_us: int | None = None
    ) -> list[Match]:
        due = self._before("contact_queued_us", now_us, contact, now_us, entered_us)
        books, age_us = self._books, to_us(contact.entered_at) if entered_us is None else entered_us
        if age_us > books.ages.setdefault(contact.id, age_us):
            raise Broken(8, f"contact {contact.id} is queued again as if it had come later")
        freed = list(books.holders.get(contact.id, ()))
        books.give_all(contact.id)
        books.waiting.add(contact.id)
        matches = super().contact_queued_us(contact, now_us, entered_us)
        return due + self._after(matches, now_us, contact.id, freed)

    def contact_held_us(
        self, contact_id: UUID, channel: str, agent_id: UUID, now_us: int, *, ringing: bool = False,
        also: tuple[UUID, ...] = (),
    ) -> list[Match]:  # fmt: skip
        due = self._before(
            "contact_held_us", now_us, contact_id, channel, agent_id, now_us, ringing=ringing, also=also
        )
        books = self._books
        before = list(books.holders.get(contact_id, ()))
        books.waiting.discard(contact_id)
        if books.channels.get(contact_id) not in (None, channel):
            books.give_all(contact_id)
        rings_on = ringing and not also and agent_id in books.holders.get(contact_id, ())
        wanted = before if rings_on else dict.fromkeys((agent_id, *also) if ringing else (agent_id,))
        books.give_all(contact_id, keep=wanted)
        for each in wanted:
            if each not in books.holders.get(contact_id, ()):
                books.take(contact_id, channel, each)
        if not ringing:
            books.answered.add((contact_id, agent_id))
        matches = super().contact_held_us(contact_id, channel, agent_id, now_us, ringing=ringing, also=also)
        return due + self._after(matches, now_us, contact_id, before)

    def offer_declined_us(self, contact_id: UUID, agent_id: UUID, now_us: int) -> list[Match]:
        due = self._before("offer_declined_us", now_us, contact_id, agent_id, now_us)
        books, known = self._books, self._known.get(contact_id)
        accepted = (contact_id, agent_id) in books.answered and not self.is_ringing(contact_id)
        if agent_id in books.holders.get(contact_id, ()) and not accepted:
            books.give(contact_id, agent_id)
            if contact_id not in books.holders and type(known) is Held and known.contact is not None:
                books.waiting.add(contact_id)
        matches = super().offer_declined_us(contact_id, agent_id, now_us)
        return due + self._after(matches, now_us, contact_id, [agent_id])

    def contact_gone_us(self, contact_id: UUID, now_us: int) -> list[Match]:
        due = self._before("contact_gone_us", now_us, contact_id, now_us)
        freed = list(self._books.holders.get(contact_id, ()))
        self._books.give_all(contact_id)
        self._books.waiting.discard(contact_id)
        self._books.ages.pop(contact_id, None)
        return due + self._after(super().contact_gone_us(contact_id, now_us), now_us, contact_id, freed)

    def force_us(
        self, contact_id: UUID, agent_id: UUID, now_us: int, *, by: Literal["supervisor", "agent"] = "supervisor"
    ) -> list[Match]:
        due = self._before("force_us", now_us, contact_id, agent_id, now_us, by=by)
        matches = super().force_us(contact_id, agent_id, now_us, by=by)
        return due + self._after(matches, now_us, contact_id, [agent_id])

    def agent_changed_us(self, agent: Agent, now_us: int, idle_since_us: int | None = None) -> list[Match]:
        due = self._before("agent_changed_us", now_us, agent, now_us, idle_since_us)
        matches = super().agent_changed_us(agent, now_us, idle_since_us)
        return due + self._after(matches, now_us, None, [agent.id])

    def agent_gone_us(self, agent_id: UUID, now_us: int) -> list[Match]:
        due = self._before("agent_gone_us", now_us, agent_id, now_us)
        return due + self._after(super().agent_gone_us(agent_id, now_us), now_us, None, [])

    def queue_rules_us(self, queue_id: str, rules: QueueRules, now_us: int) -> list[Match]:
        due = self._before("queue_rules_us", now_us, queue_id, rules, now_us)
        return due + self._after(super().queue_rules_us(queue_id, rules, now_us), now_us, None, [])

    def new_day_us(self, now_us: int) -> None:
        self._before("new_day_us", now_us, now_us)
        super().new_day_us(now_us)

    def agent_today(self, agent_id: UUID, *, handled: int, busy_s: float) -> None:
        if self._story is not None:
            self._story.append(("agent_today", (agent_id,), {"handled": handled, "busy_s": busy_s}))
        super().agent_today(agent_id, handled=handled, busy_s=busy_s)

    def tick_us(self, now_us: int) -> list[Match]:
        if self._story is not None:
            self._story.append(("tick_us", (now_us,), {}))
        return self._after(super().tick_us(now_us), now_us, None, [])

    # --- the cheap form ------------------------------------------------------------------------

    def _before(self, event: str, now_us: int, *args: Any, **more: Any) -> list[Match]:
        """Let time take effect first, as its own event: nobody's state is mixed with what came after."""
        heap = self._deadlines.heap
        due = self.tick_us(now_us) if heap and heap[0][0] <= now_us and event != "new_day_us" else []
        if self._story is not None:
            self._story.append((event, args, more))
        return due

    def _after(
        self, matches: list[Match], now_us: int, contact_id: UUID | None, agents: Iterable[UUID]
    ) -> list[Match]:
        for match in matches:
            self._check_match(match, now_us)
            if match.contact_id != contact_id:
                self._check_contact(match.contact_id, now_us)
        if contact_id is not None:
            self._check_contact(contact_id, now_us)
        for agent_id in {*agents, *(match.agent_id for match in matches)}:
            hand = self._hands.by_id.get(agent_id)
            if hand is not None and hand.routable and (left := self._next_for(hand, now_us)) is not None:
                raise Broken(4, f"agent {agent_id} has room, and contact {left.contact.id} waits")
        self._decided.extend((match.contact_id, match.agent_id, match.also) for match in matches)
        if self._story is None:
            self._decided.clear()
        self._events += 1
        if self._full_every and self._events % self._full_every == 0:
            self.check_everything(now_us)
        return matches

    def _check_match(self, match: Match, now_us: int) -> None:
        books, id = self._books, match.contact_id
        if id in books.holders:
            raise Broken(1, f"contact {id} is offered while {books.holders[id]} have it")
        if id not in books.waiting:
            raise Broken(3, f"contact {id} is offered though it does not wait")
        held = self._known.get(id)
        if type(held) is not Held or held.contact is None:
            raise Broken(1, f"contact {id} is offered but in nobody's hands")
        contact, personal = held.contact, match.why.code in PERSONAL
        for agent_id in (match.agent_id, *match.also):
            hand = self._hands.by_id[agent_id]
            if match.why.code not in BY_HAND:
                load = books.load.get(agent_id, {})
                if not hand.agent.routable or room_for(hand.agent.profile, load, contact.channel, personal) <= 0:
                    raise Broken(2, f"contact {id} is offered to agent {agent_id} beyond capacity")
            books.take(id, contact.channel, agent_id)
        books.waiting.discard(id)
        if not personal:
            self._check_order(contact, held.entered_us, self._hands.by_id[match.agent_id], now_us)

    def _check_order(self, contact: WaitingContact, entered_us: int, hand: Hand, now_us: int) -> None:
        """Whether somebody else should have been given to this agent (promises 5 and 6). Heads of lines only."""
        plan = self._plans.of(contact)
        served = may_serve(plan, hand.home, now_us - entered_us)
        key_us = entered_us + self._ageing_us * contact.priority
        for other in self._lines.live:
            if other.queue_id != contact.queue_id or served is None:
                continue
            for line in other.lines.values():
                passed = line.first_for(hand.id) if line.channel == contact.channel else None
                if passed is None or (passed.key_us, passed.id_int) >= (key_us, contact.id.int):
                    continue
                reach = may_serve(other, hand.home, now_us - passed.entered_us)
                if reach is not None and reach[1] <= served[1]:
                    promise = 5 if other is plan and line.key[1] == contact.priority else 6
                    raise Broken(promise, f"contact {contact.id} passed {passed.contact.id}")

    def _check_contact(self, id: UUID, now_us: int) -> None:
        books, known = self._books, self._known.get(id)
        place = known if type(known) is Place else None
        if (place is not None) != (id in books.waiting):
            raise Broken(3, f"contact {id} {'waits' if place else 'does not wait'}, unlike told")
        held = [each.agent_id for each in (known, *known.others)] if type(known) is Held else []
        if sorted(held) != sorted(books.holders.get(id, [])):
            raise Broken(1, f"contact {id} is in the hands of {held}, unlike told")
        if place is None:
            return
        if place.entered_us + self._ageing_us * place.contact.priority != place.key_us:
            raise Broken(8, f"contact {id} lost its age")
        if place.line is None or self._hand_for(place, now_us) is not None:
            raise Broken(4, f"contact {id} waits while somebody is idle")
        if place.plan not in self._seen:
            self._seen.add(place.plan)
            for stages in place.plan.fitting.values():
                if any(now.rank > then.rank or now.ring > then.ring for then, now in pairwise(stages)):
                    raise Broken(7, f"contact {id} narrows as it waits")

    # --- the full form -------------------------------------------------------------------------

    def check_everything(self, now_us: int) -> None:
        """Look at every contact and every agent. Changes nothing."""
        books = self._books
        for id in {*self._known, *books.waiting, *books.holders}:
            self._check_contact(id, now_us)
        if books.opened != books.ended + sum(map(len, books.holders.values())):
            raise Broken(9, "an offer ended twice or never")
        self._check_lists()
        self._check_lines()
        hands = list(self._hands.by_id.values())
        kept = {queue: idle_for(queue, hands) <= count for queue, count in self._hands.reserves.items()}
        could: dict[UUID, tuple[Place, dict[UUID, Agent]]] = {}
        for place in self.everybody_waiting():
            able = self._able(place, hands, now_us)
            self._check_widening(place, able)
            could[place.contact.id] = (place, {hand.id: hand.agent for hand in able})
            for hand in able:
                personal = place.only_agent_id is not None
                held_back = any(
                    is_kept and queue != place.plan.queue_id and queue in hand.home.seats
                    for queue, is_kept in kept.items()
                )
                if hand.spare(place.contact.channel, int(personal)) and (personal or not held_back):
                    raise Broken(4, f"agent {hand.id} is idle beside contact {place.contact.id}")
        self._could = could
        self._check_retelling(now_us)

    def _able(self, place: Place, hands: list[Hand], now_us: int) -> list[Hand]:
        """Return who may be asked for this contact, whatever they have in hand."""
        asked = [hand for hand in hands if not place.avoid or hand.id not in place.avoid]
        if place.only_agent_id is not None:
            return [hand for hand in asked if hand.id == place.only_agent_id]
        waited_us = now_us - place.entered_us
        return [hand for hand in asked if may_serve(place.plan, hand.home, waited_us) is not None]

    def _check_widening(self, place: Place, able: list[Hand]) -> None:
        before, could = self._could.get(place.contact.id, (None, dict[UUID, Agent]()))
        if before is not place or (place.only_agent_id is None and place.contact.preferred_agent_id is not None):
            return
        for agent_id, agent in could.items():
            hand = self._hands.by_id.get(agent_id)
            if hand is not None and hand.agent.profile == agent.profile and hand not in able:
                raise Broken(7, f"contact {place.contact.id} may no longer be given to agent {agent_id}")

    def _check_lists(self) -> None:
        """Whether idle lists hold exactly those with room, in order, and loads are as told."""
        for hand in self._hands.by_id.values():
            told = {channel: count for channel, count in self._books.load.get(hand.id, {}).items() if count}
            if told != {channel: count for channel, count in hand.load.items() if count}:
                raise Broken(2, f"agent {hand.id} holds {told}, the engine counts {hand.load}")
        for home in self._hands.profiles():
            for channel, idle in home.idle.items():
                listed = sorted(
                    (hand.busy, hand.idle_since_us, hand.id_int) for hand in home.hands if hand.spare(channel)
                )
                if [key[:3] for key in idle] != listed:
                    raise Broken(4, f"the idle list of {channel} is not right")
                for (selection, at), ranked in home.orders.items():
                    keys = sorted(ORDERS[selection](key[-1], channel)[:-1] for key in idle)
                    if at == channel and [key[:-1] for key in ranked] != keys:
                        raise Broken(4, f"the order of {selection} is not right")
        for queue_id in self._hands.reserves:
            if self._hands.idle_for(queue_id) != idle_for(queue_id, self._hands.by_id.values()):
                raise Broken(4, f"queue {queue_id} counts its idle agents wrongly")

    def _check_lines(self) -> None:
        """Whether everybody stands in one line, oldest first, and everybody is counted."""
        places = list(self.everybody_waiting())
        in_line = {
            id(place) for line in self._lines.every({each.plan for each in places}) for place in line.places()
        }
        if in_line != {id(place) for place in places}:
            raise Broken(3, "somebody waits in no line, or somebody who left still does")
        for place in places:
            if place.line is not None and place.line.head().order > place.order:
                raise Broken(5, f"contact {place.contact.id} is older than the head of its line")

    def _check_retelling(self, now_us: int) -> None:
        """Tell the engine again how things are, as after a change of leader: nothing may follow from it."""
        for id, known in list(self._known.items()):
            if type(known) is Place:
                again = Engine.contact_queued_us(self, known.contact, now_us, known.entered_us)
            elif type(known) is Held and known.ringing:
                again = Engine.contact_held_us(self, id, known.channel, known.agent_id, now_us, ringing=True)
            else:
                continue
            if again or self._known.get(id) is not known:
                raise Broken(11, f"contact {id}, told twice, was decided twice")

    def check_replay(self) -> None:
        """Tell a new engine the whole story: it must decide the same. Needs `record`."""
        fresh = Engine(ageing_s=self._terms_of_time[0], avoid_s=self._terms_of_time[1])
        decided: list[tuple[UUID, UUID, tuple[UUID, ...]]] = []
        for event, args, more in self._story or ():
            for match in getattr(fresh, event)(*args, **more) or ():
                decided.append((match.contact_id, match.agent_id, match.also))
        if decided != self._decided:
            raise Broken(10, "the same story ended differently")


def check_epochs(committed: Iterable[tuple[int, UUID, UUID]]) -> None:
    """Promise 11 over stored offers (epoch, contact, agent), in order of commit: no leader of the past wrote."""
    highest = 0
    for epoch, contact_id, _ in committed:
        if epoch < highest:
            raise Broken(11, f"contact {contact_id} was offered by leader {epoch} after leader {highest}")
        highest = epoch
