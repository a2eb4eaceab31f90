"""How good told waits are, against the moving average Asterisk announces, in the same simulated call centers.

The product's own path: a `RouterCore` reads contacts as rows, matches them and learns; every customer who has to
wait is told what `queue_views` publishes for their place at that moment. Judged on everybody who was answered:
squared error of the mean, over the squared mean wait of their class; and how many were answered within the longer
end of what they were told (nine in ten should be). The rival is what app_queue keeps: for each queue, a quarter
new wait, the rest old average. Run: `python -m benchmarks.expected_wait`.
"""

import argparse
import math
import random
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from uuid import UUID

from msgspec import Struct, structs

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.model import Agent, Profile, Seat
from warmline.domain.routing.views import queue_views
from warmline.runtime.router_core import RouterCore
from warmline.runtime.router_rows import AgentRow, ContactRow, Wishes

HANDLE_S, PATIENCE_S = 300.0, 300.0
GOAL = 0.6
START = datetime(2026, 11, 2, tzinfo=UTC)
ONE_CHAT = {"webchat": 1}
Draw = Callable[[random.Random, float], float]
Kind = tuple[str, tuple[str, ...]]  # queue, skills


class World(Struct, frozen=True):
    """A call center: how many people of each profile, how often each kind of customer comes, how busy it is."""

    name: str
    people: Sequence[tuple[int, Profile]]
    customers: Sequence[tuple[Kind, float]]
    load: Callable[[float], float]
    draw: Draw


class Told(Struct):
    """One customer, from arriving to an answer."""

    kind: Kind
    arrived_s: float
    mean_s: float
    most_s: float
    rival_s: float
    wait_s: float = -1.0


def exponential(chance: random.Random, mean_s: float) -> float:
    """Return a time that forgets how long it has lasted."""
    return chance.expovariate(1 / mean_s)


def lognormal(chance: random.Random, mean_s: float) -> float:
    """Return a time spread as call centers measure it: coefficient of variation 1."""
    sigma2 = math.log(2)
    return chance.lognormvariate(math.log(mean_s) - sigma2 / 2, math.sqrt(sigma2))


def steady(load: float) -> Callable[[float], float]:
    """Return a constant load."""
    return lambda _: load


def tide(now_s: float) -> float:
    """Return a load that swings around 1.2 twice an eight-hour day."""
    return 1.2 + 0.4 * math.sin(now_s / 14_400 * 2 * math.pi)


PLAIN = Profile.of((Seat("orders"),), {}, ONE_CHAT)
TONGUES: Sequence[tuple[int, dict[str, int]]] = ((20, {"ko": 1}), (10, {"ja": 1}), (10, {"ko": 1, "ja": 1}),
                                                 (20, {"ko": 1, "en": 1}))  # fmt: skip
WORLDS = (
    World("overload 1.4", [(100, PLAIN)], [(("orders", ()), 1)], steady(1.4), exponential),
    World("overload 1.2, lognormal", [(100, PLAIN)], [(("orders", ()), 1)], steady(1.2), lognormal),
    World("swinging load", [(100, PLAIN)], [(("orders", ()), 1)], tide, exponential),
    World(
        "four languages, overload 1.3",
        [(number, Profile.of((Seat("orders"),), skills, ONE_CHAT)) for number, skills in TONGUES],
        [(("orders", ("ko",)), 5), (("orders", ("ja",)), 3), (("orders", ("en",)), 1), (("orders", ()), 2)],
        steady(1.3),
        exponential,
    ),
    World(
        "two queues, some agents shared",
        [(40, Profile.of((Seat("orders"), Seat("refunds")), {}, ONE_CHAT)), (20, PLAIN)],
        [(("orders", ()), 2), (("refunds", ()), 3)],
        steady(1.3),
        exponential,
    ),
    World(
        "one queue served before the other",
        [(60, Profile.of((Seat("vip", 1), Seat("orders", 2)), {}, ONE_CHAT))],
        [(("vip", ()), 2), (("orders", ()), 3)],
        steady(1.3),
        exponential,
    ),
)


class Centre:
    """A call center on a virtual clock, told of as a router is: by rows."""

    def __init__(self, world: World, seed: int) -> None:
        self._world, self._chance, self._numbers = world, random.Random(seed), count(1)
        self._core = RouterCore()
        self._queues = sorted({kind[0] for kind, _ in world.customers})
        self._events: list[tuple[float, int, str, UUID | None]] = []
        self._average_s: dict[str, float] = defaultdict(float)
        self._waiting: dict[UUID, Told] = {}
        self._rows: dict[UUID, ContactRow] = {}
        self._agents = 0
        for number, profile in world.people:
            for _ in range(number):
                self._agents += 1
                agent = Agent(UUID(int=self._agents), profile, True, START)
                self._core.agents([AgentRow(agent, 0, False)], (), START)

    def run(self, answers: int) -> list[Told]:
        """Simulate until so many who had to wait were answered; return them."""
        done: list[Told] = []
        self._later(0.0, "arrives", None)
        while len(done) < answers:
            now_s, _, what, id = heappop(self._events)
            now = START + timedelta(seconds=now_s)
            if what == "arrives":
                self._arrive(now_s, now)
            elif id is not None and (what == "ends" or id in self._waiting):
                self._waiting.pop(id, None)
                over = self._row(id, status="ended", agent_id=None, wrapped_at=now)
                self._core.contacts([over], (), now)
                del self._rows[id]
            done += self._answer(now_s, now)
        return done

    def _arrive(self, now_s: float, now: datetime) -> None:
        world = self._world
        gap_s = HANDLE_S / (self._agents * world.load(now_s))
        self._later(now_s + self._chance.expovariate(1 / gap_s), "arrives", None)
        kinds, shares = zip(*world.customers, strict=True)
        queue_id, skills = kind = self._chance.choices(kinds, shares)[0]
        id = UUID(int=1_000_000 + next(self._numbers))
        wishes = Wishes(skills=tuple(SkillNeed(skill, 1) for skill in skills))
        self._rows[id] = ContactRow(
            id, "queued", "webchat", queue_id, 5, now, wishes, None, None, False, None, None
        )  # fmt: skip
        self._core.contacts([self._rows[id]], (), now)
        if not self._core.engine.is_waiting(id):
            return
        views = queue_views(self._core.engine, self._queues, self._core.lore, now)
        view = next(one for one in views if one.queue_id == queue_id)
        wait = view.waits[list(view.line).index(id)]
        assert wait is not None
        self._waiting[id] = Told(kind, now_s, mean_of(*wait), wait[1], self._average_s[queue_id])
        self._later(now_s + world.draw(self._chance, PATIENCE_S), "leaves", id)

    def _answer(self, now_s: float, now: datetime) -> list[Told]:
        found: list[Told] = []
        for match in self._core.take_matches():
            self._core.landed(match.contact_id)
            row = self._row(match.contact_id, status="connected", agent_id=match.agent_id, connected_at=now)
            self._core.contacts([row], (), now)
            told = self._waiting.pop(match.contact_id, None)
            wait_s = 0.0 if told is None else now_s - told.arrived_s
            self._average_s[match.queue_id] += 0.25 * (wait_s - self._average_s[match.queue_id])
            if told is not None:
                told.wait_s = wait_s
                found.append(told)
            self._later(now_s + self._world.draw(self._chance, HANDLE_S), "ends", match.contact_id)
        return found

    def _row(self, id: UUID, **changes: object) -> ContactRow:
        row = self._rows[id] = structs.replace(self._rows[id], **changes)
        return row

    def _later(self, at_s: float, what: str, id: UUID | None) -> None:
        heappush(self._events, (at_s, next(self._numbers), what, id))


def mean_of(half_s: float, most_s: float) -> float:
    """Return the mean of the gamma-distributed wait with this median and ninth decile (Wilson and Hilferty)."""
    if not half_s < most_s or half_s <= 0:
        return half_s
    ratio = (most_s / half_s) ** (1 / 3) - 1
    root = (math.sqrt(1.2816**2 + 4 * ratio**2) - 1.2816) / (2 * ratio)
    return half_s / (1 - root**2) ** 3


def judge(world: World, seed: int, answers: int) -> tuple[float, float, float]:
    """Return our relative squared error, the moving average's, and the share answered by the longer end."""
    told = Centre(world, seed).run(answers)[answers // 10 :]  # everybody has learned by then
    ours, theirs = [], []
    for kind in {one.kind for one in told}:
        mine = [one for one in told if one.kind == kind]
        scale = statistics.fmean(one.wait_s for one in mine) ** 2
        ours += [(one.mean_s - one.wait_s) ** 2 / scale for one in mine]
        theirs += [(one.rival_s - one.wait_s) ** 2 / scale for one in mine]
    return (
        statistics.fmean(ours),
        statistics.fmean(theirs),
        statistics.fmean(one.wait_s <= one.most_s for one in told),
    )


def main() -> int:
    """Run and print; the exit code says whether every overload met the goal."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--answers", type=int, default=6_000)
    arguments.add_argument("--seeds", type=int, default=3)
    given = arguments.parse_args()
    met = True
    for world in WORLDS:
        runs = [judge(world, seed, given.answers) for seed in range(given.seeds)]
        mine, rival, kept = (statistics.median(run[side] for run in runs) for side in (0, 1, 2))
        ratio = statistics.median(a / b for a, b, _ in runs)
        met = met and ratio <= GOAL
        print(
            f"{world.name:34} ours {mine:.3f}, moving average {rival:.3f}: {ratio:.2f} × (goal ≤ {GOAL});"
            f" answered in time {kept:.0%}",
            flush=True,
        )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
