"""Worlds to run: the textbook queue, and a center where everything goes wrong at once."""

import random
from datetime import UTC, datetime

from msgspec.structs import replace

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.engine import Engine
from warmline.domain.routing.model import Seat
from warmline.domain.routing.rules import CallbackRules, MediaRules, QueueRules, Ring, Selection
from warmline.domain.twin.distributions import Duration, Empirical, Exponential, Fixed, Lognormal
from warmline.domain.twin.result import Figures, read
from warmline.domain.twin.ruled import simulation_of
from warmline.domain.twin.simulation import Simulation
from warmline.domain.twin.world import (
    Arrivals,
    Calls,
    Carried,
    Group,
    Outage,
    Queue,
    Rates,
    Recorded,
    RecordedContact,
    Shift,
    Span,
    Spike,
    Steady,
    Stream,
    World,
)

MORNING = datetime(2026, 11, 2, tzinfo=UTC)
HELP = (Seat("help"),)


def textbook(
    per_hour: float, handle_s: float, agents: int, patience_s: float | None = None, **more: float
) -> World:
    """One queue, equal agents, exponential times: what Erlang computed."""
    patience = None if patience_s is None else Exponential(patience_s)
    stream = Stream("calls", "help", Steady(per_hour), Exponential(handle_s), patience=patience)
    return World(MORNING, (Queue("help"),), (Group("team", HELP, agents),), (stream,))


def calls(*at_s: float, handle_s: float = 60, patience_s: float | None = None) -> Recorded:
    """Customers who came at these times."""
    return Recorded(tuple(RecordedContact(at, handle_s, 0, patience_s) for at in at_s))


def small(
    arrivals: Arrivals, *, agents: int = 1, queue: Queue | None = None, group: Group | None = None,
    patience: Duration | None = None, **more: object,
) -> World:  # fmt: skip
    """One queue `help`, one group, one stream of calls of a minute each."""
    stream = Stream("calls", "help", arrivals, Fixed(60), patience=patience)
    team = Group("team", HELP, agents) if group is None else group
    return replace(World(MORNING, (queue or Queue("help"),), (team,), (stream,)), **more)


def center(number: int) -> World:
    """Skills, two channels, ranks, delays, overflow, breaks, missed offers, broken media, outages, spikes."""
    chance = random.Random(number)
    languages = ["ko", "ja", "en"]
    queues = (
        Queue("sales", overflow_after_s=40, overflow_to="help") if chance.random() < 0.5 else Queue("sales"),
        Queue("help", max_wait_s=chance.choice([None, 200.0]), max_waiting=chance.choice([None, 8])),
        Queue("night", opened=(Span(0, 1_800), Span(2_400, 9_000))),
    )
    groups = tuple(
        Group(
            f"group {n}",
            tuple(
                Seat(queue, chance.randint(1, 2), chance.choice([0, 0, 15]))
                for queue in chance.sample(["sales", "help", "night"], chance.randint(1, 3))
            ),
            chance.randint(1, 3),
            {language: chance.randint(1, 5) for language in chance.sample(languages, 2)},
            {"voice": 1, "webchat": chance.randint(1, 3)},
            chance.choice([(), (Shift(0, 3_000, (Span(600, 900),)), Shift(3_000, 9_000))]),
            chance.choice([None, Exponential(6)]),
            chance.choice([0, 0.15]),
            misses_allowed=2,
            away_s=120,
        )
        for n in range(4)
    )
    streams = tuple(
        Stream(
            f"stream {n}",
            chance.choice(["sales", "help", "night"]),
            Rates((30, 60, 20, 10)),
            chance.choice([Lognormal(90, 1), Exponential(60), Empirical((30.0, 60.0, 200.0))]),
            Fixed(10),
            chance.choice([None, Exponential(90)]),
            chance.choice(["voice", "webchat"]),
            (SkillNeed(chance.choice(languages), chance.randint(1, 3)),),
            chance.randint(3, 6),
            chance.choice([0, 0.4]),
            Exponential(100),
            chance.choice([0, 0.1]),
        )
        for n in range(6)
    )
    outages = (Outage(1_000, 1_200), Outage(2_000, 2_300, "agents_gone", ("group 1", "group 2")))
    return World(MORNING, queues, groups, streams, outages, (Spike(500, 900, 3), Spike(3_000, 3_300, 0.3)))


STRATEGIES: tuple[Selection, ...] = (
    "longest_idle", "spare_capacity", "round_robin", "fewest", "best_level", "least_occupied",
)  # fmt: skip


def house(number: int) -> World:
    """The center of that number, with everything a company can set about queues and agents."""
    chance = random.Random(1_000 + number)
    world = center(number)

    def rules(queue_id: str) -> QueueRules:
        other = chance.choice([None, *sorted({"sales", "help", "night"} - {queue_id})]) if number % 2 else None
        return QueueRules(
            weight=chance.choice([1.0, 2.5]),
            selection=chance.choice(STRATEGIES),
            reserve=chance.choice([0, 0, 1]),
            broadcast=chance.choice([1, 2, 3]),
            rings=(Ring(20, teams=("blue",)), Ring(45, queue_id="help")) if chance.random() < 0.7 else (),
            relax_skills_after_s=chance.choice([None, 60.0]),
            overflow_queue_id=other,
            overflow_after_s=40,
            max_wait_s=200,
            at_max_wait=chance.choice(["stay", "message", "callback"]),
            leave_when_empty=chance.random() < 0.5,
            callback=CallbackRules(
                True, 30, chance.choice(["agent_first", "customer_first"]), attempts=2, retry_s=120, confirm_s=40
            ),
        )

    queues = tuple(
        Queue(
            queue.id, opened=queue.opened, max_waiting=queue.max_waiting, rules=rules(queue.id),
            lets_in=chance.random() < 0.5, when_unstaffed=chance.choice(["wait", "turn_away"]),
            looks_every_s=chance.choice([None, 60.0]),
        )
        for queue in sorted(world.queues, key=lambda queue: queue.id)
    )  # fmt: skip
    media = (
        MediaRules(),
        MediaRules({"voice": 2}, 3, (), (("voice", "webchat"),)),
        MediaRules({}, None, ("voice",), (("voice", "webchat"),)),
    )
    groups = tuple(
        replace(group, teams=(chance.choice(["blue", "red"]),), media=chance.choice(media))
        for group in world.groups
    )
    streams = tuple(
        replace(
            stream, calls=Calls(0.5, 0.6, Exponential(20)), self_service=chance.choice([None, Exponential(30)]),
            contained=chance.choice([0, 0.2]), returning=chance.choice([0, 0.3]),
            skills=chance.choice([(), (), (SkillNeed("ko", 1),), (SkillNeed("ja", 2),)]),
        )
        for stream in world.streams
    )  # fmt: skip
    carried = (
        Carried("stream 0", -90), Carried("stream 1", -400, promised=True),
        Carried("stream 2", -30, patience_s=60),
        *(Carried(stream.id, -100, group.id, 80) for stream in streams[:2] for group in groups[:2]),
    )  # fmt: skip
    return replace(world, queues=queues, groups=groups, streams=streams, carried=carried)


class Diary:
    """What happened, as (second, what, contact, agent)."""

    def __init__(self) -> None:
        self.entries: list[tuple[float, str, int, int]] = []

    def __call__(self, at_us: int, what: str, contact: int, agent: int) -> None:
        self.entries.append((at_us / 1_000_000, what, contact, agent))

    def of(self, contact: int) -> list[tuple[float, str]]:
        return [(at_s, what) for at_s, what, number, _ in self.entries if number == contact]


def run(
    world: World, until_s: float, seed: int = 1, *, engine: Engine | None = None, thorough: bool = True
) -> tuple[Simulation, Diary]:
    """Run to the end, every promise watched after every event."""
    diary = Diary()
    simulation = simulation_of(world, seed, until_s, engine=engine, thorough=thorough, observe=diary)
    while simulation.step(1_000):
        pass
    return simulation, diary


def figures(simulation: Simulation) -> Figures:
    return read(simulation).overall.total.figures
