"""What the matching engine knows, and how it changes: places in line, contacts in hand, agents at work."""

from typing import Final

from warmline.domain.routing.deadlines import Deadlines
from warmline.domain.routing.hands import Hand, Hands, Held
from warmline.domain.routing.ids import Id
from warmline.domain.routing.lines import Lines, Place
from warmline.domain.routing.model import Agent, to_us
from warmline.domain.routing.plans import Plans
from warmline.domain.routing.rules import QueueRules, Selection
from warmline.domain.routing.waiting import WaitingContact

MOST_AT_ONCE: Final = 20  # agents ringing for one contact


class QueueTerms:
    """What the engine uses of a queue's rules. `weight_m`: thousandths, because urgency is compared exactly."""

    __slots__ = ("broadcast", "reserve", "selection", "weight_m")

    def __init__(self, rules: QueueRules) -> None:
        self.weight_m = max(round(rules.weight * 1000), 1)
        self.selection: Selection = rules.selection
        self.reserve = max(rules.reserve, 0)
        self.broadcast = min(max(rules.broadcast, 1), MOST_AT_ONCE)


USUAL: Final = QueueTerms(QueueRules())


class EngineState:
    """Everybody's place. Nothing is decided here."""

    def __init__(self, *, ageing_s: float, avoid_s: float) -> None:
        self._ageing_us = int(ageing_s * 1_000_000)
        self._avoid_us = int(avoid_s * 1_000_000)
        self._known: dict[Id, Place | Held] = {}  # each contact waits or is in hand, never both
        self._astray: dict[Id, set[Held]] = {}  # in the hands of agents who are not known
        self._declined: dict[Id, dict[Id, int]] = {}  # contact → who said no, until it is queued again
        self._plans = Plans()
        self._lines = Lines()
        self._hands = Hands()
        self._deadlines = Deadlines()
        self._terms: dict[str, QueueTerms] = {}  # queues with rules of their own
        self._weighted = False  # some queue's urgency grows at another pace
        self._turns = 0

    # --- lines ---------------------------------------------------------------------------------

    def _place(self, contact: WaitingContact, entered_us: int | None) -> Place:
        entered_us = to_us(contact.entered_at) if entered_us is None else entered_us
        key_us = entered_us + self._ageing_us * contact.priority
        return Place(contact, self._plans.of(contact), entered_us, key_us, contact.id.int)

    def _stand(self, place: Place, now_us: int) -> None:
        """Put the place into the line its wishes of this moment lead to, and note when they change."""
        contact = place.contact
        avoid = place.avoid
        if avoid:
            avoid = place.avoid = {agent: until for agent, until in avoid.items() if until > now_us}
            for until in avoid.values():
                self._deadlines.add(until, place)
        only = contact.only_agent_id
        if place.preferring:
            place.preferring = self._prefers(place, now_us)
            if place.preferring and contact.preferred_until is not None:
                only = only or contact.preferred_agent_id
                self._deadlines.add(to_us(contact.preferred_until), place)
        line = self._lines.enter(place, only)
        if place.plan.moments and only is None and (line.shy or line.head() is place):
            self._watch(place, now_us)

    def _watch(self, head: Place, now_us: int) -> None:
        """Note when more agents may be asked for the head of a line. Whoever stands behind has waited less."""
        for from_us in head.plan.moments:
            if head.entered_us + from_us > now_us:
                self._deadlines.add(head.entered_us + from_us, head)

    def _leave(self, place: Place, now_us: int) -> None:
        line = place.line
        assert line is not None  # noqa: S101 - only places that stand in line leave it
        next_up = place.plan.moments and line.only_agent_id is None and not line.shy and line.head() is place
        self._lines.leave(place)
        if next_up and line.live:
            self._watch(line.head(), now_us)

    def _restand(self, places: list[Place], now_us: int) -> None:
        for place in places:
            self._leave(place, now_us)
            self._stand(place, now_us)

    def _prefers(self, place: Place, now_us: int) -> bool:
        """Whether waiting for the last agent still makes sense: time is left and that agent could take it."""
        contact = place.contact
        until = contact.preferred_until
        hand = None if contact.preferred_agent_id is None else self._hands.by_id.get(contact.preferred_agent_id)
        if hand is None or until is None or to_us(until) <= now_us or (place.avoid and hand.id in place.avoid):
            return False
        fits = place.plan.steps[0].refusal(hand.home) is None
        return hand.routable and fits and contact.channel in hand.home.capacity

    def _widen_private(self, agent_id: Id, now_us: int) -> list[Place]:
        """Let go those who wait for this agent by preference, when it no longer makes sense; return them."""
        stranded = [
            place
            for line in self._lines.private(agent_id)
            for place in line.places()
            if place.preferring and not self._prefers(place, now_us)
        ]
        self._restand(stranded, now_us)
        return stranded

    # --- hands ---------------------------------------------------------------------------------

    def _join(self, agent: Agent, idle_since_us: int, now_us: int) -> Hand:
        """Take an agent in, or to another profile, with everything that is in hand."""
        hand = self._hands.by_id.get(agent.id)
        home, new = self._hands.home(agent.profile)
        if hand is None:
            hand = Hand(agent, home)
            hand.idle_since_us = idle_since_us
            for held in self._astray.pop(agent.id, ()):
                held.hand = hand
                hand.held.add(held)
                hand.carry(held.channel, now_us)
        else:
            empty = self._hands.remove(hand)
            if empty is not None:
                self._plans.farewell(empty)
            hand.home = home
            hand.tell(agent)
            hand.idle_since_us = max(idle_since_us, hand.idle_since_us)
        self._hands.add(hand)
        if new:
            for plan in self._plans.welcome(home):
                if plan.moments:
                    for line in plan.lines.values():
                        for head in line.heads():
                            self._watch(head, now_us)
        return hand

    def _forget(self, hand: Hand) -> None:
        empty = self._hands.remove(hand)
        if empty is not None:
            self._plans.farewell(empty)
        if hand.held:
            self._astray[hand.id] = hand.held
            for held in hand.held:
                held.hand = None

    def _hold(
        self,
        contact_id: Id,
        channel: str,
        agent_id: Id,
        now_us: int,
        *,
        ringing: bool,
        hand: Hand | None = None,
    ) -> Held:
        held = Held(contact_id, agent_id, channel, ringing)
        hand = hand or self._hands.by_id.get(agent_id)
        if hand is None:
            self._astray.setdefault(agent_id, set()).add(held)
        else:
            self._turns += 1
            hand.turn = self._turns
            held.hand = hand
            hand.held.add(held)
            hand.take(channel, now_us)
            self._hands.refresh(hand)
        return held

    def _let_go(self, held: Held, now_us: int, *, serving: bool = False) -> Hand | None:
        """Take the contact out of this agent's hands; return the agent if known.

        `serving`: the agent is served next and listed as idle only then, if still idle (`Hand.stale` tells).
        """
        hand = held.hand
        if hand is None:
            theirs = self._astray[held.agent_id]
            theirs.discard(held)
            if not theirs:
                del self._astray[held.agent_id]
            return None
        hand.held.discard(held)
        hand.give(held.channel, now_us)
        if serving and self._lines.live and not self._hands.reserves:
            hand.stale = True
        else:
            self._hands.refresh(hand)
        return hand

    def _let_all_go(self, held: Held, now_us: int) -> list[Hand]:
        """Take the contact out of everybody's hands; return the agents who are known."""
        freed = [self._let_go(each, now_us) for each in (held, *held.others)]
        return [hand for hand in freed if hand is not None]

    def _answered(self, held: Held) -> None:
        if not held.answered:
            held.answered = True
            hand = held.hand
            if hand is not None:
                hand.handled += 1
                if hand.home.orders:
                    self._hands.refresh(hand)
