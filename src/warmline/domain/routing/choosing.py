"""Which contact an agent gets, which agent a contact gets: only heads of lines and of idle lists are compared."""

from collections.abc import Collection, Iterable
from heapq import heapify, heappop, heappush
from itertools import islice
from typing import Any, Final

from msgspec.structs import replace

from warmline.domain.routing.hands import Hand, Held
from warmline.domain.routing.ids import Id
from warmline.domain.routing.lines import Place, Plan, open_stage
from warmline.domain.routing.orders import levels, measure_of
from warmline.domain.routing.plans import PLANS_KEPT
from warmline.domain.routing.reasons import Code, Reason
from warmline.domain.routing.state import USUAL, EngineState
from warmline.domain.routing.waiting import Match

_SECOND_US: Final = 1_000_000


class Choosing(EngineState):
    """The order of decisions is total, so the same events give the same matches."""

    def __init__(self, *, ageing_s: float, avoid_s: float) -> None:
        super().__init__(ageing_s=ageing_s, avoid_s=avoid_s)
        self._held_back: dict[str, set[Plan]] = {}  # queue that keeps agents → who was refused one for that

    def _hold_back(self, keeper: str, plan: Plan) -> None:
        """Remember who was refused an agent that `keeper` keeps; those nobody waits with any more are dropped."""
        refused = self._held_back.setdefault(keeper, set())
        refused.add(plan)
        if len(refused) > PLANS_KEPT:
            self._held_back[keeper] = {each for each in refused if each.lines or each is plan}

    # --- an agent has room ----------------------------------------------------------------------

    def _serve(self, hand: Hand, now_us: int, matches: list[Match]) -> None:
        """Fill the agent's room: own contacts first, then by the queue's rank, then by urgency."""
        while hand.routable and not (hand.full and not self._lines.mine):
            place = self._next_for(hand, now_us)
            if place is None:
                return
            self._match(place, hand, now_us, matches)

    def _next_for(self, hand: Hand, now_us: int) -> Place | None:
        if self._lines.mine:
            own = self._own_next(hand)
            if own is not None:
                return own
        live, load, home = self._lines.live, hand.load, hand.home
        if not live or hand.full:
            return None
        room = home.room
        weighted, reserves = self._weighted, self._hands.reserves
        best: Place | None = None
        best_rank, best_key = 0, 0
        by_queue: dict[str, tuple[int, int, int, Place]] = {}  # only where weights differ
        for plan in live if len(live) < 4 else live & home.plans:
            stages = plan.fitting.get(home)
            if stages is None:
                continue
            first = stages[0]
            if reserves and (keeper := self._hands.keeper(home, plan.queue_id)) is not None:
                self._hold_back(keeper, plan)
                continue
            for line in plan.lines.values():
                channel = line.channel
                if room.plain:
                    if load.get(channel, 0) >= room.capacity.get(channel, 0):
                        continue
                elif room.left(load, channel) <= 0:
                    continue
                head = line.first_for(hand.id) if line.shy else line.head()
                if head is None:
                    continue
                from_us, rank, _ = first
                if from_us and now_us - head.entered_us < from_us:
                    continue
                if len(stages) > 1 and (stage := open_stage(stages, now_us - head.entered_us)) is not None:
                    rank = stage.rank
                key_us = head.key_us
                if weighted:
                    order = (rank, key_us, head.id_int, head)
                    known = by_queue.get(plan.queue_id)
                    if known is None or order[:3] < known[:3]:
                        by_queue[plan.queue_id] = order
                elif (
                    best is None
                    or rank < best_rank
                    or (
                        rank == best_rank
                        and (key_us < best_key or (key_us == best_key and head.id_int < best.id_int))
                    )
                ):
                    best, best_rank, best_key = head, rank, key_us
        return self._most_urgent(by_queue.values(), now_us) if weighted else best

    def _own_next(self, hand: Hand) -> Place | None:
        """Return the oldest of those meant for this agent alone."""
        heads = [line.first_for(hand.id) for line in self._lines.private(hand.id) if hand.spare(line.channel, 1)]
        return min((head for head in heads if head is not None), key=lambda place: place.order, default=None)

    def _most_urgent(self, heads: Iterable[tuple[int, int, int, Place]], now_us: int) -> Place | None:
        """Choose between heads of different queues of the same rank: waiting counts by the queue's weight."""

        def order(head: tuple[int, int, int, Place]) -> tuple[int, int, int]:
            rank, _, id_int, place = head
            weight_m = self._terms.get(place.plan.queue_id, USUAL).weight_m
            waited = (now_us - place.entered_us) * weight_m
            return (rank, self._ageing_us * place.contact.priority * 1000 - waited, id_int)

        best = min(heads, key=order, default=None)
        return None if best is None else best[3]

    # --- a contact looks for somebody -----------------------------------------------------------

    def _seat(self, place: Place, now_us: int, matches: list[Match]) -> bool:
        """Give the contact to the best idle agent, if there is one; return whether there was."""
        if place.line is None:
            return False  # already matched within this event
        hand = self._hand_for(place, now_us)
        if hand is None:
            return False
        self._match(place, hand, now_us, matches)
        return True

    def _hand_for(self, place: Place, now_us: int, without: Collection[Id] = ()) -> Hand | None:
        avoid = place.avoid
        channel = place.channel
        if place.only_agent_id is not None:
            hand = self._hands.by_id.get(place.only_agent_id)
            if hand is None or (avoid and hand.id in avoid) or not hand.spare(channel, 1):
                return None
            return hand
        plan, hands = place.plan, self._hands
        fitting = plan.fitting
        selection = self._terms.get(plan.queue_id, USUAL).selection
        waited_us = now_us - place.entered_us
        best: tuple[Any, ...] | None = None
        if selection == "longest_idle" and not hands.reserves:
            crowd = hands.crowd(fitting, channel)
            if crowd is not None:
                hand = self._first_of(crowd, place, waited_us, without)
                if hand is not None:
                    return hand
        for home in hands.idle_among(fitting, channel):
            stages = fitting[home]
            stage = stages[0]
            if stage.from_us and waited_us < stage.from_us:
                continue
            if len(stages) > 1:
                stage = open_stage(stages, waited_us) or stage
            if hands.reserves and (keeper := hands.keeper(home, plan.queue_id)) is not None:
                self._hold_back(keeper, plan)
                continue
            level = -levels(home.skills, plan.skills) if selection == "best_level" else 0
            idle = home.idle[channel] if selection == "longest_idle" else home.in_order(selection, channel)
            for key in idle:
                if (avoid and key[-1].id in avoid) or (without and key[-1].id in without):
                    continue
                candidate = (stage.ring, stage.rank, level, key)
                if best is None or candidate < best:
                    best = candidate
                break
        return None if best is None else best[3][-1]

    def _first_of(
        self, crowd: list[tuple[Any, ...]], place: Place, waited_us: int, without: Collection[Id]
    ) -> Hand | None:
        """Walk through the idle agents of all profiles, best first, until one fits as well as anybody can.

        None: not found soon enough; going through the profiles is quicker then.
        """
        fitting, avoid = place.plan.fitting, place.avoid
        ideal = min(place.plan.best)
        for key in islice(crowd, len(fitting)):
            hand: Hand = key[-1]
            stages = fitting.get(hand.home)
            if stages is None or (avoid and hand.id in avoid) or (without and hand.id in without):
                continue
            stage = stages[0] if len(stages) == 1 else open_stage(stages, waited_us)
            if stage is not None and (stage.ring, stage.rank) == ideal and stage.from_us <= max(waited_us, 0):
                return hand
        return None

    def _seat_all(self, places: Iterable[Place], now_us: int, matches: list[Match]) -> None:
        """Seat these, oldest key first; after each, whoever stood behind in the same line may be next."""
        waiting = [(place.key_us, place.id_int, place) for place in places]
        heapify(waiting)
        while waiting:
            place = heappop(waiting)[2]
            line = place.line
            if line is not None and self._seat(place, now_us, matches) and line.live and not line.shy:
                head = line.head()
                heappush(waiting, (head.key_us, head.id_int, head))

    def _due(self, now_us: int) -> list[Match]:
        """Widen every place whose wishes have changed by `now_us`, then seat them."""
        matches: list[Match] = []
        if self._deadlines.heap and self._deadlines.heap[0][0] <= now_us:
            due = self._deadlines.pop(now_us)
            self._restand([place for place in due if place.avoid or place.preferring], now_us)
            self._seat_all(due, now_us, matches)
        return matches

    def _settle(self, places: list[Place], now_us: int, matches: list[Match]) -> None:
        """Seat these; where a queue now has more idle agents than it keeps, also those who were refused one."""
        if self._hands.loosened:
            places = places + self._refused()
        if places:
            self._seat_all(places, now_us, matches)

    def _refused(self) -> list[Place]:
        loosened, hands = self._hands.loosened, self._hands
        plans: set[Plan] = set()
        for queue_id in loosened:
            if hands.idle_for(queue_id) > hands.reserves.get(queue_id, -1):
                plans |= self._held_back.pop(queue_id, set())
        loosened.clear()
        return [head for plan in plans for line in plan.lines.values() for head in line.heads()]

    # --- the decision ---------------------------------------------------------------------------

    def _match(
        self, place: Place, hand: Hand, now_us: int, matches: list[Match], *, by_hand: Code | None = None
    ) -> None:
        contact = place.contact
        why = self._why(place, hand, now_us, by_hand)
        if place.line is not None:
            self._leave(place, now_us)
        held = self._hold(contact.id, contact.channel, hand.id, now_us, ringing=False, hand=hand)
        held.contact, held.entered_us = contact, place.entered_us
        held.forced = by_hand is not None
        self._known[contact.id] = held
        also: tuple[Id, ...] = ()
        if self._terms and by_hand is None and place.only_agent_id is None:
            more = self._terms.get(contact.queue_id, USUAL).broadcast - 1
            if more:
                also = self._ring_more(held, place, now_us, more)
                why = replace(why, also=len(also))
        matches.append(Match(contact.id, hand.id, contact.queue_id, why, also))

    def _ring_more(self, held: Held, place: Place, now_us: int, count: int) -> tuple[Id, ...]:
        """Let further agents ring for the same contact; return who."""
        asked = [held.agent_id]
        while len(asked) <= count and (hand := self._hand_for(place, now_us, asked)) is not None:
            contact = place.contact
            other = self._hold(contact.id, contact.channel, hand.id, now_us, ringing=False, hand=hand)
            held.others = (*held.others, other)
            asked.append(hand.id)
        return tuple(asked[1:])

    def _why(self, place: Place, hand: Hand, now_us: int, by_hand: Code | None) -> Reason:
        contact, plan, home = place.contact, place.plan, hand.home
        waited_us = now_us - place.entered_us
        waited_s = waited_us // _SECOND_US if waited_us > 0 else 0
        if by_hand is not None:
            over = not hand.spare(contact.channel, 1)
            return Reason(by_hand, contact.queue_id, waited_s, contact.priority, over_capacity=over)
        if contact.only_agent_id is not None or place.preferring:
            code: Code = "last_agent" if contact.only_agent_id is None else "only_agent"
            return Reason(code, contact.queue_id, waited_s, contact.priority)
        idle_us = now_us - hand.idle_since_us
        idle_s = idle_us // _SECOND_US if idle_us > 0 else 0
        code = "least_busy" if hand.busy else "longest_idle"
        stages = plan.fitting[home]
        ring = stages[0].ring if len(stages) == 1 else (open_stage(stages, waited_us) or stages[0]).ring
        if not ring and not self._terms:
            return Reason(code, contact.queue_id, waited_s, contact.priority, plan.skills, idle_s, hand.busy)
        terms, step = self._terms.get(contact.queue_id, USUAL), plan.steps[ring]
        return Reason(
            code if terms.selection == "longest_idle" else terms.selection,
            contact.queue_id,
            waited_s,
            contact.priority,
            step.skills,
            idle_s,
            hand.busy,
            ring,
            step.after_us / _SECOND_US,
            step.queue_id if ring else None,
            measure_of(hand, terms.selection, contact.channel, plan.skills, now_us),
            terms.weight_m / 1000,
            tuple(queue for queue in self._hands.reserves if queue != plan.queue_id and queue in home.seats),
        )
