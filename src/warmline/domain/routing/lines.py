"""Lines of waiting contacts: grouped so that only the heads of lines ever need to be looked at.

Contacts that ask for the same form one line. Inside a line everybody has the same priority, so age decides and
never has to be sorted again: under linear ageing the key (arrival, later by a constant for each step of priority)
does not change while a contact waits. The head has waited longest, so it may be given to everybody who may get
anybody behind it.

A plan is what a contact asks for: its own wishes (ring 0) and the rings that are added as it waits. Contacts with
the same plan share it, and for each profile that fits, the plan knows from which waiting time on.
Source: Kleinrock, Queueing Systems, volume 2, "Delay-dependent priorities".
"""

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import heapify, heappop, heappush
from typing import Literal, NamedTuple

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.hands import ProfileHands
from warmline.domain.routing.ids import Id
from warmline.domain.routing.rules import Ring
from warmline.domain.routing.waiting import WaitingContact

LineKey = tuple[str, int, bool]  # channel, priority, whether some agents are left out
Lacking = Literal["queue", "skills", "team", "attributes"]
Skills = tuple[SkillNeed, ...]
PlanKey = tuple[str, Skills, tuple[Ring, ...]]


class Stage(NamedTuple):
    """From this waiting time on, a profile may be asked: at its best rank, in the earliest ring so far."""

    from_us: int
    rank: int
    ring: int


@lru_cache(maxsize=4_096)  # nearly all profiles of a plan share one of a few
def _one_stage(from_us: int, rank: int) -> tuple[Stage, ...]:
    return (Stage(from_us, rank, 0),)


class Step:
    """One ring, ready to be compared with profiles."""

    __slots__ = ("after_us", "attributes", "need_any", "queue_id", "skills", "teams")

    def __init__(self, ring: Ring, own_queue_id: str) -> None:
        self.after_us = max(round(ring.after_s * 1_000_000), 0)
        self.queue_id = ring.queue_id or own_queue_id
        self.skills = ring.skills
        self.need_any = ring.match == "any" and bool(ring.skills)
        self.teams = frozenset(ring.teams)
        self.attributes = frozenset(ring.attributes)

    def refusal(self, home: ProfileHands) -> Lacking | None:
        """Name what this profile lacks: `queue`, `skills`, `team` or `attributes`; None: nothing."""
        if self.queue_id not in home.seats:
            return "queue"
        have = home.skills
        if self.need_any:
            if not any(have.get(need.skill, 0) >= need.level for need in self.skills):
                return "skills"
        else:
            for need in self.skills:
                if have.get(need.skill, 0) < need.level:
                    return "skills"
        if self.teams and self.teams.isdisjoint(home.teams):
            return "team"
        return None if self.attributes <= home.attributes else "attributes"


class Plan:
    """What contacts ask for, who fits, and the lines of those who wait with it."""

    __slots__ = (
        "best", "fitting", "key", "lines", "moments", "queue_id", "queues", "skills", "steps", "waiting",
    )  # fmt: skip

    def __init__(self, queue_id: str, skills: Skills = (), rings: tuple[Ring, ...] = ()) -> None:
        self.key: PlanKey = (queue_id, skills, rings)
        self.queue_id = queue_id
        self.skills = skills
        self.steps = tuple(Step(ring, queue_id) for ring in (Ring(skills=skills), *rings))
        self.queues = frozenset(step.queue_id for step in self.steps)
        self.fitting: dict[ProfileHands, tuple[Stage, ...]] = {}
        self.best: dict[tuple[int, int], int] = {}  # (ring, rank) a profile reaches in the end → how many do
        self.moments: dict[int, int] = {}  # waiting time after which more profiles may be asked → how many
        self.lines: dict[LineKey, Line] = {}  # those open to everybody who fits
        self.waiting = 0  # in all lines, also those for one agent

    def stages(self, home: ProfileHands) -> tuple[Stage, ...]:
        """Return from when on this profile may be asked; each later stage is better, none: never."""
        if len(self.steps) == 1:
            only = self.steps[0]
            terms = home.seats.get(only.queue_id)
            if terms is None or only.refusal(home) is not None:
                return ()
            return _one_stage(max(only.after_us, terms.delay_us), terms.rank)
        found = [
            Stage(max(step.after_us, home.seats[step.queue_id].delay_us), home.seats[step.queue_id].rank, ring)
            for ring, step in enumerate(self.steps)
            if step.refusal(home) is None
        ]
        if len(found) < 2:
            return tuple(found)
        stages: list[Stage] = []
        for stage in sorted(found):
            if not stages:
                stages.append(stage)
                continue
            last = stages[-1]
            better = Stage(stage.from_us, min(last.rank, stage.rank), min(last.ring, stage.ring))
            if better[1:] != last[1:]:
                if last.from_us == stage.from_us:
                    stages[-1] = better
                else:
                    stages.append(better)
        return tuple(stages)

    def consider(self, home: ProfileHands) -> bool:
        """Count this profile among the fitting ones if it is; return whether it is."""
        if home in self.fitting:
            return True
        stages = self.stages(home)
        if not stages:
            return False
        self.fitting[home] = stages
        home.plans.add(self)
        best = (stages[-1].ring, stages[-1].rank)
        self.best[best] = self.best.get(best, 0) + 1
        for stage in stages:
            if stage.from_us:
                self.moments[stage.from_us] = self.moments.get(stage.from_us, 0) + 1
        return True

    def forget(self, home: ProfileHands) -> None:
        """Count this profile no longer: its last agent left."""
        stages = self.fitting.pop(home)
        best = (stages[-1].ring, stages[-1].rank)
        self.best[best] -= 1
        if not self.best[best]:
            del self.best[best]
        for stage in stages:
            if stage.from_us:
                self.moments[stage.from_us] -= 1
                if not self.moments[stage.from_us]:
                    del self.moments[stage.from_us]
        home.plans.discard(self)


def open_stage(stages: tuple[Stage, ...], waited_us: int) -> Stage | None:
    """Return the stage reached after waiting so long; None: not yet."""
    reached: Stage | None = None
    for stage in stages:
        if stage.from_us > waited_us:
            break
        reached = stage
    return reached


class Place:
    """One contact's place in line, and what of its wishes still holds."""

    __slots__ = (
        "avoid", "channel", "contact", "entered_us", "id_int", "key_us", "line", "only_agent_id", "plan",
        "preferring",
    )  # fmt: skip

    def __init__(self, contact: WaitingContact, plan: "Plan", entered_us: int, key_us: int, id_int: int) -> None:
        self.contact = contact
        self.channel = contact.channel
        self.plan = plan
        self.entered_us = entered_us
        self.key_us = key_us
        self.id_int = id_int
        self.preferring = False  # its last agent is asked first
        self.only_agent_id: Id | None = None  # the one agent who may be asked at this moment
        self.avoid: dict[Id, int] | None = None  # who just declined, missed or passed it on, until when (µs)
        self.line: Line | None = None

    @property
    def order(self) -> tuple[int, int]:
        return (self.key_us, self.id_int)


class Line:
    """Contacts that ask for exactly the same, oldest first. Leaving is lazy: the dead are skipped at the head."""

    __slots__ = ("_late", "_pushes", "_run", "channel", "key", "live", "only_agent_id", "plan", "shy")

    def __init__(self, plan: Plan, key: LineKey, only_agent_id: Id | None) -> None:
        self.plan = plan
        self.key = key
        self.channel = key[0]
        self.shy = key[2]
        self.only_agent_id = only_agent_id
        self.live = 0
        self._run: deque[Place] = deque()  # those who came in the order of their age: nearly everybody
        self._late: list[tuple[int, int, int, Place]] = []  # a heap of those who came back
        self._pushes = 0

    def add(self, place: Place) -> None:
        run = self._run
        if run and (place.entered_us, place.id_int) <= (run[-1].entered_us, run[-1].id_int):
            self._pushes += 1  # unique, so that two places are never compared
            heappush(self._late, (place.entered_us, place.id_int, self._pushes, place))
        else:
            run.append(place)
        place.line = self
        self.live += 1

    def remove(self, place: Place) -> None:
        place.line = None
        self.live -= 1
        if len(self._run) > 2 * self.live + 64:  # many gave up behind a head who stays
            self._run = deque(each for each in self._run if each.line is self)
        if len(self._late) > 2 * self.live + 64:
            self._late = [entry for entry in self._late if entry[3].line is self]
            heapify(self._late)

    def head(self) -> Place:
        """Return the oldest contact. The line must not be empty."""
        run, late = self._run, self._late
        while run and run[0].line is not self:
            run.popleft()
        if not late:
            return run[0]
        while late and late[0][3].line is not self:
            heappop(late)
        if not late or (run and (run[0].entered_us, run[0].id_int) <= late[0][:2]):
            return run[0]
        return late[0][3]

    def first_for(self, agent_id: Id) -> Place | None:
        """Return the oldest contact this agent may be asked for. The line must not be empty."""
        return self.head()

    def heads(self) -> list[Place]:
        """Return those who may get an agent that those before them may not: the oldest, here."""
        return [self.head()]

    def remembered(self) -> int:
        """Return how many entries the line keeps, those who left included."""
        return len(self._run) + len(self._late)

    def places(self) -> Iterator[Place]:
        """Iterate over everybody in line, in no order."""
        everybody = {id(each): each for each in self._run if each.line is self}
        everybody.update((id(entry[3]), entry[3]) for entry in self._late if entry[3].line is self)
        return iter(everybody.values())


class ShyLine(Line):
    """Contacts that leave out some agents for a while, each its own: few, and each may have to be looked at."""

    __slots__ = ("_sorted",)

    def __init__(self, plan: Plan, key: LineKey, only_agent_id: Id | None) -> None:
        super().__init__(plan, key, only_agent_id)
        self._sorted: list[tuple[int, int, Place]] = []

    def add(self, place: Place) -> None:
        insort(self._sorted, (place.entered_us, place.id_int, place))
        place.line = self
        self.live += 1

    def remove(self, place: Place) -> None:
        del self._sorted[bisect_left(self._sorted, (place.entered_us, place.id_int))]
        place.line = None
        self.live -= 1

    def head(self) -> Place:
        return self._sorted[0][2]

    def first_for(self, agent_id: Id) -> Place | None:
        """Return the oldest contact this agent may be asked for; None when all of them leave it out."""
        for _, _, place in self._sorted:
            if not place.avoid or agent_id not in place.avoid:
                return place
        return None

    def heads(self) -> list[Place]:
        return [place for _, _, place in self._sorted]

    def places(self) -> Iterator[Place]:
        return iter(self.heads())

    def remembered(self) -> int:
        return len(self._sorted)


class Lines:
    """All lines: those open to everybody who fits stand with their plan, those for one agent with the agent."""

    def __init__(self) -> None:
        self.live: set[Plan] = set()  # plans with an open line
        self.mine: dict[Id, dict[tuple[Plan, LineKey], Line]] = {}  # lines for one agent
        self.waiting: dict[str, int] = {}  # per queue

    def enter(self, place: Place, only_agent_id: Id | None = None) -> Line:
        """Put `place` at the end of the line of those who ask for the same; its key decides, not the moment."""
        contact, plan = place.contact, place.plan
        key: LineKey = (place.channel, contact.priority, bool(place.avoid))
        if only_agent_id is None:
            line = plan.lines.get(key)
            if line is None:
                line = plan.lines[key] = (ShyLine if key[2] else Line)(plan, key, None)
                self.live.add(plan)
        else:
            theirs = self.mine.setdefault(only_agent_id, {})
            line = theirs.get((plan, key))
            if line is None:
                line = theirs[plan, key] = (ShyLine if key[2] else Line)(plan, key, only_agent_id)
        place.only_agent_id = only_agent_id
        self.join(line, place)
        return line

    def join(self, line: Line, place: Place) -> None:
        """Put `place` into a line it is known to belong to."""
        line.add(place)
        plan = line.plan
        plan.waiting += 1
        self.waiting[plan.queue_id] = self.waiting.get(plan.queue_id, 0) + 1

    def leave(self, place: Place) -> None:
        """Take `place` out of its line; an empty line is dropped."""
        line, plan = place.line, place.plan
        assert line is not None  # noqa: S101 - only places that stand in line are taken out
        line.remove(place)
        plan.waiting -= 1
        self.waiting[plan.queue_id] -= 1
        if line.live == 0:
            if line.only_agent_id is None:
                del plan.lines[line.key]
                if not plan.lines:
                    self.live.discard(plan)
            else:
                theirs = self.mine[line.only_agent_id]
                del theirs[plan, line.key]
                if not theirs:
                    del self.mine[line.only_agent_id]

    def private(self, agent_id: Id) -> list[Line]:
        """Return the lines for this agent alone."""
        return list(self.mine.get(agent_id, {}).values())

    def every(self, plans: Iterable[Plan]) -> Iterator[Line]:
        """Iterate over the lines of these plans, private ones too."""
        wanted = set(plans)
        for plan in wanted:
            yield from plan.lines.values()
        for theirs in self.mine.values():
            for line in theirs.values():
                if line.plan in wanted:
                    yield line
