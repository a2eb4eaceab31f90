"""The digital twin, with the router's own engine, against general simulation packages on the same queue.

The queue is M/M/50+M: 48 contacts a minute, a minute of service, two minutes of patience. Every package simulates
the same stretch of time; processor time, medians over interleaved rounds. Then a day of 100 agents and 20,000
contacts with skills; with `--seeds N`, how far the twin strays from Erlang C and A over a grid of loads.

As in the product, the engine is compiled (`scripts/compile_engine.py`), if there is a C compiler; `--interpreted`
measures it as it is written. SimPy and Ciw are needed for the comparison alone:
`uv sync --group dev --group engine --group bench`.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.model import Seat
from warmline.domain.routing.rules import QueueRules
from warmline.domain.staffing.erlang import erlang_a
from warmline.domain.twin.distributions import Duration, Exponential, Lognormal
from warmline.domain.twin.run import simulate
from warmline.domain.twin.world import Group, Queue, Rates, Shift, Span, Steady, Stream, World
from warmline.runtime import compiled

ROOT = Path(__file__).parents[1]

MORNING = datetime(2026, 11, 2, tzinfo=UTC)
AGENTS, PER_MINUTE, SERVICE_MIN, PATIENCE_MIN = 50, 48.0, 1.0, 2.0
LONGER = 5  # than in the tests, because waits are skewed
PLAIN = Queue("q")
TARGETS = {"times_simpy": 5, "times_ciw": 10, "day_s_at_most": 10}
Found = tuple[int, float]  # contacts, share that gave up


def by_twin(minutes: float, seed: int, queue: Queue = PLAIN, answers_after: Duration | None = None) -> Found:
    patience = Exponential(PATIENCE_MIN * 60)
    calls = Stream("calls", "q", Steady(PER_MINUTE * 60), Exponential(SERVICE_MIN * 60), patience=patience)
    team = Group("team", (Seat("q"),), AGENTS, answers_after=answers_after)
    found = simulate(World(MORNING, (queue,), (team,), (calls,)), seed, minutes * 60).overall.total.figures
    return found.came, found.abandoned / found.came


def by_twin_with_rules(minutes: float, seed: int) -> Found:
    """As recorded days are played: queues with rules, here one that changes nothing about this model."""
    return by_twin(minutes, seed, Queue("q", rules=QueueRules(weight=2.0)))


def by_twin_ringing(minutes: float, seed: int) -> Found:
    """Besides, agents take a while to answer, which the other packages do not simulate."""
    return by_twin(minutes, seed, Queue("q", rules=QueueRules(weight=2.0)), Exponential(2))


def by_simpy(minutes: float, seed: int) -> Found:
    """As in SimPy's own example of reneging, and the waits written down."""
    import simpy

    chance = random.Random(seed)
    environment = simpy.Environment()
    agents = simpy.Resource(environment, AGENTS)
    waits: list[float] = []
    gone: list[float] = []
    came = 0

    def contact():
        began = environment.now
        with agents.request() as request:
            ended = yield request | environment.timeout(chance.expovariate(1 / PATIENCE_MIN))
            if request in ended:
                waits.append(environment.now - began)
                yield environment.timeout(chance.expovariate(1 / SERVICE_MIN))
            else:
                gone.append(environment.now - began)

    def source():
        nonlocal came
        while True:
            yield environment.timeout(chance.expovariate(PER_MINUTE))
            came += 1
            environment.process(contact())

    environment.process(source())
    environment.run(until=minutes)
    return came, len(gone) / came


def by_ciw(minutes: float, seed: int) -> Found:
    import ciw

    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(PER_MINUTE)],
        service_distributions=[ciw.dists.Exponential(1 / SERVICE_MIN)],
        reneging_time_distributions=[ciw.dists.Exponential(1 / PATIENCE_MIN)],
        number_of_servers=[AGENTS],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(minutes)
    records = simulation.get_all_records(only=["service", "renege"])
    gone = sum(record.record_type == "renege" for record in records)
    return len(records), gone / len(records)


def processor_s(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def compare(minutes: float, rounds: int) -> dict[str, float]:
    """Return contacts a second of processor time, medians."""
    runs: dict[str, Callable[[float, int], Found]] = {
        "twin": by_twin,
        "twin with rules": by_twin_with_rules,
        "twin, ringing too": by_twin_ringing,
        "simpy": by_simpy,
        "ciw": by_ciw,
    }
    speeds: dict[str, list[float]] = {name: [] for name in runs}
    gone: dict[str, list[float]] = {name: [] for name in runs}
    for seed in range(rounds):
        for name, run in runs.items():
            began = time.process_time()
            came, share = run(minutes, seed)
            speeds[name].append(came / (time.process_time() - began))
            gone[name].append(share)
    exact = erlang_a(PER_MINUTE / 60, SERVICE_MIN * 60, PATIENCE_MIN * 60, AGENTS).p_abandon
    for name in runs:
        found = statistics.mean(gone[name])
        speed = statistics.median(speeds[name])
        print(f"{name:18} {speed:10,.0f} contacts/s   gave up {found:.2%} (exact {exact:.2%})")
    return {name: statistics.median(found) for name, found in speeds.items()}


def day() -> World:
    """100 agents of 20 kinds in three shifts, 12 skills, 6 queues, 20,000 contacts between 8 and 20 o'clock."""
    chance = random.Random(5)
    queues = [f"queue-{number}" for number in range(6)]
    languages = ["ko", "ja", "en"]
    subjects = [f"subject-{number}" for number in range(9)]
    shape = [2, 3, 4, 5, 6, 6, 5, 4, 4, 5, 5, 5, 4, 4, 4, 4, 3, 3, 3, 2, 2, 2, 1, 1]
    groups: list[Group] = []
    for number in range(20):
        from_s = (0, 2 * 3_600, 4 * 3_600)[number % 3]
        skills = {language: chance.randint(2, 5) for language in chance.sample(languages, 2)}
        skills |= {subject: chance.randint(1, 5) for subject in chance.sample(subjects, 5)}
        seats = tuple(Seat(queue, rank) for rank, queue in enumerate(chance.sample(queues, 3), 1))
        shift = Shift(from_s, from_s + 8 * 3_600, (Span(from_s + 3 * 3_600, from_s + 4 * 3_600),))
        groups.append(Group(f"group-{number}", seats, 5, skills, {"voice": 1, "webchat": 2}, (shift,)))
    streams: list[Stream] = []
    while len(streams) < 30:
        needs = (SkillNeed(chance.choice(languages), 2), SkillNeed(chance.choice(subjects), chance.randint(1, 3)))
        queue, channel = chance.choice(queues), chance.choice(["voice", "webchat"])
        rates = Rates(tuple(20_000 / 30 * part / sum(shape) for part in shape))
        handle, patience = Lognormal(90, 0.8), Exponential(120)
        name = f"stream-{len(streams)}"
        streams.append(Stream(name, queue, rates, handle, Lognormal(10, 0.5), patience, channel, needs))
    return World(MORNING, tuple(Queue(queue) for queue in queues), tuple(groups), tuple(streams))


def strays(seeds: int) -> None:
    """Print how the deviations from exact theory are spread over the test's grid and many seeds."""
    tests = sys.modules["tests"] = ModuleType("tests")  # Ciw installs a package of that name, which would be found
    tests.__path__ = [str(Path(__file__).parent.parent / "tests")]
    from tests.domain.twin.test_against_erlang import grid, z_scores  # pyright: ignore[reportMissingImports]

    found: dict[str, list[float]] = {}
    for seed in range(100, 100 + seeds):
        for number, place in enumerate(grid()):  # chances of their own, so that z do not go together
            for name, z in z_scores(*place, seed * 1_000 + number, LONGER).items():
                found.setdefault(name, []).append(z)
    for name, zs in found.items():
        beyond = sum(abs(z) > 3.5 for z in zs)
        mean, spread = statistics.mean(zs), statistics.pstdev(zs)
        print(f"{name:16} {len(zs):6} z: mean {mean:+.3f}, spread {spread:.3f}, furthest {max(map(abs, zs)):.2f}, "
              f"beyond 3.5: {beyond} ({beyond / len(zs):.2%})")  # fmt: skip


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--minutes", type=float, default=200)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--seeds", type=int, default=0, help="of the grid against theory; 0: not now")
    arguments.add_argument("--interpreted", action="store_true", help="the engine as it is written")
    given = arguments.parse_args()
    if not given.interpreted and not compiled.is_used():
        subprocess.run([sys.executable, ROOT / "scripts/compile_engine.py"], check=True)
        if compiled.folder().is_dir():
            again = ["-m", "warmline.runtime.compiled", "benchmarks.twin", *sys.argv[1:]]
            return subprocess.run([sys.executable, *again]).returncode
    print("the engine is", "compiled" if compiled.is_used() else "interpreted")
    world = day()
    day_s = processor_s(lambda: simulate(world, 1, 13 * 3_600))
    told = simulate(world, 1, 13 * 3_600).overall.total
    print(f"a day of 100 agents: {told.figures.came:,} contacts in {day_s:.2f} s of processor time, "
          f"service level {told.figures.service_level:.0%}, occupancy {told.work.occupancy:.0%}")  # fmt: skip
    if given.seeds:
        strays(given.seeds)
    try:
        speeds = compare(given.minutes, given.rounds)
    except ImportError as missing:
        print(f"{missing}. Install both: uv sync --group dev --group engine --group bench", file=sys.stderr)
        return 1
    times_simpy, times_ciw = speeds["twin"] / speeds["simpy"], speeds["twin"] / speeds["ciw"]
    found = {"times_simpy": round(times_simpy, 2), "times_ciw": round(times_ciw, 2), "day_s": round(day_s, 2)}
    for name in ("twin with rules", "twin, ringing too"):
        times = (speeds[name] / speeds["simpy"], speeds[name] / speeds["ciw"])
        print(f"{name}: {times[0]:.2f} times SimPy, {times[1]:.2f} times Ciw")
    print(json.dumps({**found, "targets": TARGETS}))
    met = times_simpy >= TARGETS["times_simpy"] and times_ciw >= TARGETS["times_ciw"]
    return 0 if met and day_s <= TARGETS["day_s_at_most"] else 1


if __name__ == "__main__":
    sys.exit(main())
