"""Each queue as customers and supervisors are told about it: line, staffing, and how long everybody waits.

The one place where a wait is estimated: customers, desks, boards and alerts are all told what is found here.
"""

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from heapq import nsmallest
from operator import attrgetter
from uuid import UUID

from warmline.domain.routing.engine import Engine
from warmline.domain.routing.estimates import Lore, WaitClass
from warmline.domain.routing.expected_wait import SHARED_HEAVILY, WaitEstimate, by_head
from warmline.domain.routing.hands import ProfileHands
from warmline.domain.routing.lines import Place, Plan, Skills
from warmline.domain.routing.model import to_us
from warmline.domain.routing.stats import POSITIONS_AT_MOST, Interval, QueueView
from warmline.domain.routing.waits import Pace, Reach, ask, crews_of, seat, seat_crowd

STEP = 50  # people seated in one go, well under a millisecond
CLASSES_TOLD = 12  # kinds of newcomers of a queue that are told a wait of their own
_ORDER = attrgetter("key_us", "id_int")
Homes = Mapping[ProfileHands, int]  # of those on shift, and how many of each


def queue_views(engine: Engine, queue_ids: Iterable[str], lore: Lore, now: datetime) -> list[QueueView]:
    """Return a view of each queue as of `now`, in one pass over agents and one over those who wait."""
    steps = view_steps(engine, queue_ids, lore, now)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value


def view_steps(
    engine: Engine, queue_ids: Iterable[str], lore: Lore, now: datetime
) -> Generator[None, None, list[QueueView]]:
    """Do as `queue_views` in short steps; between them the engine may go on, what is told is as of the first."""
    on_shift = [hand for hand in engine.hands() if hand.agent.on_shift]
    homes: Counter[ProfileHands] = Counter(hand.home for hand in on_shift)
    lines: dict[str, list[Place]] = {queue_id: [] for queue_id in queue_ids}
    for place in engine.everybody_waiting():
        lines.setdefault(place.contact.queue_id, []).append(place)
    staff: dict[str, list[ProfileHands]] = {}
    for home in homes:
        for queue_id in home.seats:
            staff.setdefault(queue_id, []).append(home)
    look = _Look(lore, to_us(now), lines, homes, staff)
    yield from look.seat_everybody()
    views: list[QueueView] = []
    for queue_id, places in lines.items():
        serving = staff.get(queue_id, [])
        unserved, later = _unserved(places, engine, homes, to_us(now))
        told = places[:POSITIONS_AT_MOST]
        views.append(
            QueueView(
                queue_id=queue_id,
                waiting=len(places),
                staffed=sum(homes[home] for home in serving),
                line=[place.contact.id for place in told],
                waits=[look.waits.get(place.contact.id) for place in told],
                newcomer=look.newcomers.get((queue_id, ())),
                newcomers={
                    wanted[1]: wait
                    for wanted, wait in look.newcomers.items()
                    if wanted[0] == queue_id and wanted[1]
                },
                unserved=unserved,
                later=later,
                skills=[home.skills for home in serving],
            )
        )
    return views


class _Look:
    """One look at everybody who waits, in the order in which they are served."""

    def __init__(
        self, lore: Lore, now_us: int, lines: dict[str, list[Place]], homes: Homes,
        staff: Mapping[str, Sequence[ProfileHands]],
    ) -> None:  # fmt: skip
        self._lore, self._now_us, self._lines, self._homes, self._staff = lore, now_us, lines, homes, staff
        self._paces: dict[WaitClass, Pace] = {}
        self.waits: dict[UUID, Interval] = {}
        self.newcomers: dict[WaitClass, Interval] = {}
        self._ahead: Counter[Plan] = Counter()
        self._heads: dict[Plan, float] = {}  # how long whoever is next has waited

    def seat_everybody(self) -> Iterator[None]:
        """Find the wait of everybody in line, and of newcomers to each line."""
        front: list[Place] = []
        crowds: Counter[tuple[Plan, str]] = Counter()
        plans: dict[Plan, None] = {}
        for queue_id, line in self._lines.items():
            if len(line) > POSITIONS_AT_MOST:
                first = nsmallest(POSITIONS_AT_MOST, line, key=_ORDER)
                seated = {id(place) for place in first}
                rest = [place for place in line if id(place) not in seated]
                crowds.update((place.plan, place.contact.channel) for place in rest)
                self._lines[queue_id] = [*first, *rest]
                front.extend(first)
            else:
                line.sort(key=_ORDER)
                front.extend(line)
            plans.update(dict.fromkeys(place.plan for place in self._lines[queue_id]))
        plans = dict.fromkeys(sorted(plans, key=lambda plan: -plan.waiting))
        newcomers = self._newcomers(plans)
        reaches = crews_of([*plans, *newcomers.values()], self._homes)
        ranks = {plan: min((rank for _, rank in plan.best), default=0) for plan in plans}
        front.sort(key=lambda place: (ranks[place.plan], place.key_us, place.id_int))
        yield
        yield from self._seat(front, reaches)
        for (plan, channel), count in crowds.items():
            seat_crowd(reaches.get(plan, Reach(())), channel, self._pace((plan.queue_id, plan.skills)), count)
        self._ask(newcomers, reaches)

    def _seat(self, front: list[Place], reaches: Mapping[Plan, Reach]) -> Iterator[None]:
        in_line = Counter(place.plan for place in front)
        for number, place in enumerate(front, 1):
            if number % STEP == 0:
                yield
            plan, contact = place.plan, place.contact
            if contact.only_agent_id is not None or plan not in reaches:
                continue
            waited_s = (self._now_us - place.entered_us) / 1_000_000
            wait = seat(reaches[plan], contact.channel, self._pace((plan.queue_id, plan.skills)), waited_s)
            if wait is None:
                continue
            head_s = self._heads.setdefault(plan, waited_s)
            if self._lore.elsewhere(plan.queue_id) >= SHARED_HEAVILY and head_s > 0:
                wait = by_head(head_s * (self._ahead[plan] + 1) / in_line[plan], self._ahead[plan])
            self._ahead[plan] += 1
            self.waits[contact.id] = coarse(wait)

    def _newcomers(self, waiting: Iterable[Plan]) -> dict[WaitClass, Plan]:
        """Return a plan for each kind of newcomer: of those who wait now, else made for those seen lately."""
        known = {(plan.queue_id, plan.skills): plan for plan in waiting}
        found: dict[WaitClass, Plan] = {}
        latest = self._lore.latest(CLASSES_TOLD)
        for queue_id in self._lines:
            wanted: dict[WaitClass, None] = {(queue_id, ()): None}
            wanted.update(dict.fromkeys(each for each in known if each[0] == queue_id))
            wanted.update(dict.fromkeys(latest.get(queue_id, ())))
            for one in list(wanted)[: CLASSES_TOLD + 1]:
                found[one] = known.get(one) or self._plan(*one)
        return found

    def _plan(self, queue_id: str, skills: Skills) -> Plan:
        """Return a plan nobody waits with: profiles do not hear of it."""
        plan = Plan(queue_id, skills)
        for home in self._staff.get(queue_id, ()):
            stages = plan.stages(home)
            if stages:
                plan.fitting[home] = stages
        return plan

    def _ask(self, newcomers: Mapping[WaitClass, Plan], reaches: Mapping[Plan, Reach]) -> None:
        usual = {queue_id: _channel(line) for queue_id, line in self._lines.items()}
        for wanted, plan in newcomers.items():
            main = usual[wanted[0]]
            channels = _answered(plan) if main is None else (main,)
            reach = reaches.get(plan, Reach(()))
            wait = max(
                (ask(reach, channel, self._pace(wanted)) for channel in channels),
                key=lambda found: -1.0 if found is None else found.mean_s,
                default=None,
            )
            head_s = self._heads.get(plan, 0.0)
            if wait is not None and head_s > 0 and self._lore.elsewhere(wanted[0]) >= SHARED_HEAVILY:
                wait = by_head(head_s, self._ahead[plan])
            if wait is not None:
                self.newcomers[wanted] = coarse(wait)

    def _pace(self, wanted: WaitClass) -> Pace:
        known = self._paces.get(wanted)
        if known is None:
            own = 1 - min(self._lore.elsewhere(wanted[0]), SHARED_HEAVILY)
            pace = Pace(self._lore.handle_s(wanted) / own, self._lore.patience_s(wanted))
            known = self._paces[wanted] = pace
        return known


def _channel(line: Sequence[Place]) -> str | None:
    """Return the channel most of a line waits on, by which a newcomer most likely comes; None: nobody waits."""
    return Counter(place.contact.channel for place in line).most_common(1)[0][0] if line else None


def _answered(plan: Plan) -> Sequence[str]:
    """Return every channel on which those who fit answer."""
    return sorted({channel for home in plan.fitting for channel, at_once in home.capacity.items() if at_once > 0})


def coarse(wait: WaitEstimate) -> Interval:
    """Return whole seconds in steps that grow with the wait, so that nobody is told anew of a mere breath."""
    return (_step(wait.half_s), _step(wait.most_s))


def _step(seconds: float) -> int:
    step = 5 if seconds < 300 else 15 if seconds < 1_800 else 60
    return round(seconds / step) * step


def _unserved(places: list[Place], engine: Engine, homes: Homes, now_us: int) -> tuple[list[UUID], list[UUID]]:
    """Return those whom nobody on shift fits, now or later, and those who are helped by a ring to come only."""
    opens: dict[tuple[Plan, str], int | None] = {}
    lost: list[UUID] = []
    later: list[UUID] = []
    for place in places:
        contact = place.contact
        if contact.only_agent_id is not None:
            agent = engine.agent(contact.only_agent_id)
            if agent is None or not agent.on_shift:
                lost.append(contact.id)
            continue
        key = (place.plan, contact.channel)
        if key not in opens:
            opens[key] = _opens_us(place.plan, contact.channel, homes)
        from_us = opens[key]
        if from_us is None:
            lost.append(contact.id)
        elif from_us > now_us - place.entered_us:
            later.append(contact.id)
    return lost, later


def _opens_us(plan: Plan, channel: str, homes: Homes) -> int | None:
    """Return the waiting time from which on somebody on shift may be asked; None: never."""
    smaller, larger = (plan.fitting, homes) if len(plan.fitting) < len(homes) else (homes, plan.fitting)
    found: int | None = None
    for home in smaller:
        if home in larger and home.capacity.get(channel, 0) > 0:
            from_us = plan.fitting[home][0].from_us
            if from_us == 0:
                return 0
            found = from_us if found is None else min(found, from_us)
    return found
