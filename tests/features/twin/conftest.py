"""Small days of a contact center, so that the twin's figures can be counted by hand."""

import datetime as dt
import random
from collections.abc import Mapping
from uuid import UUID

import pytest

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.model import Seat
from warmline.domain.twin.distributions import Exponential
from warmline.domain.twin.people import Contact
from warmline.domain.twin.simulation import Simulation
from warmline.domain.twin.world import Group, Rates, Shift, Stream, World
from warmline.domain.twin.world import Queue as TwinQueue
from warmline.features.twin.day import AgentTerms, Day, Present, QueueTerms, Stay
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

MONDAY = dt.date(2026, 11, 2)
NINE_S = 9 * 3600.0
HELP = QueueTerms("help", {"ko": "도움", "ja": "ヘルプ", "en": "Help"}, 20.0, 0.8, 500)
MONEY = QueueTerms("money", {"ko": "환불", "ja": "返金", "en": "Refunds"}, 60.0, 0.8, 500)
KOREAN = (SkillNeed("ko", 1),)


def agent(name: str, *queues: str, at_once: int = 1, **skills: int) -> AgentTerms:
    return AgentTerms(name, tuple(Seat(queue) for queue in queues), skills, {"voice": at_once})


def answered(at_s: float, wait_s: float, work_s: float, who: str = "mina", queue: str = "help") -> Stay:
    return Stay(at_s, queue, "voice", "answered", at_s + wait_s, who, work_s, 0.0)


def gone(at_s: float, wait_s: float, queue: str = "help") -> Stay:
    return Stay(at_s, queue, "voice", "gave_up", at_s + wait_s)


def tiny() -> Day:
    """One agent from nine to ten, four customers: 0 s, 40 s, one who leaves after 30 s, and 0 s at 9:45.

    The first calls ten seconds after nine.
    """
    stays = (
        answered(NINE_S + 10, 0, 60),
        answered(NINE_S + 30, 40, 60),
        gone(NINE_S + 40, 30),
        answered(NINE_S + 2_700, 0, 60),
    )
    presence = (Present("mina", NINE_S, NINE_S + 3_600),)
    return Day(MONDAY, "Asia/Seoul", (HELP,), (agent("mina", "help"),), stays, presence, "presence")


def busy_day(agents: int = 4, *, seed: int = 5, per_hour: float = 40) -> Day:
    """Nine to noon, two queues, so many agents who serve both; real waits are made up, not simulated."""
    chance = random.Random(seed)
    names = [f"agent{number}" for number in range(agents)]
    stays: list[Stay] = []
    at_s = NINE_S
    while (at_s := at_s + chance.expovariate(per_hour / 3_600)) < NINE_S + 3 * 3_600:
        queue = "help" if chance.random() < 0.6 else "money"
        if chance.random() < 0.15:
            stays.append(gone(at_s, chance.uniform(20, 200), queue))
        else:
            who = chance.choice(names)
            stays.append(answered(at_s, chance.uniform(0, 60), chance.expovariate(1 / 240), who, queue))
    presence = tuple(Present(name, NINE_S, NINE_S + 3 * 3_600) for name in names)
    people = tuple(agent(name, "help", "money") for name in names)
    return Day(MONDAY, "Asia/Seoul", (HELP, MONEY), people, tuple(stays), presence, "presence")


@pytest.fixture
def tiny_day() -> Day:
    return tiny()


class Diary:
    """Write a day into a real database as the live parts leave it: contacts, events, offers, presence."""

    def __init__(self, database: Database, start_at: dt.datetime) -> None:
        self._database = database
        self.start_at = start_at

    def at(self, seconds: float) -> dt.datetime:
        return self.start_at + dt.timedelta(seconds=seconds)

    async def queue(self, id: str, target_s: int = 20, **columns: object) -> None:
        names = "".join(f", {name}" for name in columns)
        places = "".join(f", ${number}" for number in range(4, 4 + len(columns)))
        async with self._database.tenant("onda") as conn:
            await conn.execute(
                f"INSERT INTO queue (tenant_id, id, name, target_s{names}) VALUES ('onda', $1, $2, $3{places})",
                id, {"ko": id, "ja": id, "en": id.title()}, target_s, *columns.values(),
            )  # fmt: skip

    async def agent(self, *queues: str, at_once: int = 1, **skills: int) -> str:
        id = new_id()
        async with self._database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO routing_profile (tenant_id, id, name, capacity, queues)"
                " VALUES ('onda', $1, '{}', $2, $3)",
                str(id), {"webchat": at_once}, [{"queue_id": queue, "priority": 1} for queue in queues],
            )  # fmt: skip
            await conn.execute(
                "INSERT INTO agent (tenant_id, id, email, name, roles, routing_profile_id, created_at)"
                " VALUES ('onda', $1, $2, 'A', '{agent}', $2, $3)",
                id, str(id), self.start_at,
            )  # fmt: skip
            for skill, level in skills.items():
                await conn.execute("INSERT INTO agent_skill VALUES ('onda', $1, $2, $3)", id, skill, level)
        return str(id)

    async def present(self, agent_id: str, *changes: tuple[float, str]) -> None:
        async with self._database.tenant("onda") as conn:
            await conn.executemany(
                "INSERT INTO presence_change (tenant_id, agent_id, at, presence) VALUES ('onda', $1, $2, $3)",
                [(UUID(agent_id), self.at(seconds), presence) for seconds, presence in changes],
            )

    async def contact(
        self, queue: str, at_s: float, *, wait_s: float, agent_id: str | None = None, handle_s: float = 0.0,
        wrap_up_s: float = 0.0, skills: tuple[SkillNeed, ...] = (), declined_s: float | None = None,
    ) -> None:  # fmt: skip
        """Without an agent the customer leaves after `wait_s`. `declined_s`: an offer was declined then."""
        entry: dict[str, object] = {
            "queue_id": queue,
            "entered_at": self.at(at_s),
            "priority": 5,
            "skills": skills,
        }
        events: list[tuple[float, str, Mapping[str, object]]] = [(at_s, "contact_queued", {"entry": entry})]
        if declined_s is not None:
            events.append((at_s + declined_s, "contact_queued", {"entry": entry, "why": "declined"}))
        joined_s = at_s + wait_s
        if agent_id is None:
            events.append((joined_s, "contact_ended", {"reason": "customer_left", "by": "customer"}))
        else:
            left_s = joined_s + handle_s
            events += [
                (joined_s, "agent_joined", {"agent_id": agent_id, "agent_name": "A"}),
                (left_s, "agent_left", {"agent_id": agent_id, "why": "ended"}),
                (left_s, "contact_ended", {"reason": "agent_ended", "by": "agent"}),
                (left_s + wrap_up_s, "contact_wrapped_up", {"agent_id": agent_id}),
            ]
        id = new_id()
        async with self._database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO contact (tenant_id, id, version, seq, status, channel, locale, customer_id,"
                " conversation_id, opened_at, updated_at, state)"
                " VALUES ('onda', $1, 1, 1, 'ended', 'webchat', 'ko', $1, $1, $2, $2, '')",
                id, self.at(at_s),
            )  # fmt: skip
            await conn.executemany(
                "INSERT INTO event (tenant_id, contact_id, seq, at, kind, body)"
                " VALUES ('onda', $1, $2, $3, $4, $5)",
                [
                    (id, seq, self.at(seconds), kind, {**body, "kind": kind})
                    for seq, (seconds, kind, body) in enumerate(events, start=1)
                ],
            )

    async def lived(
        self, opened_s: float, *events: tuple[float, str, Mapping[str, object]], ended_s: float | None = None,
        queued_s: float | None = None,
    ) -> None:  # fmt: skip
        """A contact with any story; `ended_s` None: it is still open."""
        id = new_id()
        async with self._database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO contact (tenant_id, id, version, seq, status, channel, locale, customer_id,"
                " conversation_id, opened_at, updated_at, state, ended_at, first_queued_at)"
                " VALUES ('onda', $1, 1, 1, 'ended', 'webchat', 'ko', $1, $1, $2, $2, '', $3, $4)",
                id, self.at(opened_s), None if ended_s is None else self.at(ended_s),
                None if queued_s is None else self.at(queued_s),
            )  # fmt: skip
            await conn.executemany(
                "INSERT INTO event (tenant_id, contact_id, seq, at, kind, body)"
                " VALUES ('onda', $1, $2, $3, $4, $5)",
                [
                    (id, seq, self.at(seconds), kind, {**body, "kind": kind})
                    for seq, (seconds, kind, body) in enumerate(events, start=1)
                ],
            )

    def entry(self, queue: str, at_s: float, **more: object) -> dict[str, object]:
        return {"entry": {"queue_id": queue, "entered_at": self.at(at_s), "priority": 5, **more}}


@pytest.fixture
def diary(database: Database) -> Diary:
    """Monday the second of November in Seoul."""
    return Diary(database, dt.datetime(2026, 11, 1, 15, 0, tzinfo=dt.UTC))


async def write_played(diary: Diary, agents: int, per_hour: float, seed: int = 3) -> None:
    """Let the router's engine play a morning of `agents`, and write down what happened as if it were real."""
    await diary.queue("help", 20)
    ids = [await diary.agent("help") for _ in range(agents)]
    for id in ids:
        await diary.present(id, (NINE_S, "available"), (NINE_S + 4 * 3_600, "offline"))
    stream = Stream(
        "help", "help", Rates((per_hour / 2,) * 8, from_s=NINE_S), Exponential(300), patience=Exponential(240),
        channel="webchat",
    )  # fmt: skip
    group = Group("team", (Seat("help"),), agents, capacity={"webchat": 1},
                  shifts=(Shift(NINE_S, NINE_S + 4 * 3_600),))  # fmt: skip
    told: dict[int, dict[str, float]] = {}
    who: dict[int, int] = {}

    def observe(at_us: int, what: str, contact: int, agent_number: int) -> None:
        told.setdefault(contact, {})[what] = at_us / 1e6
        if what == "answered":
            who[contact] = agent_number

    came: dict[int, float] = {}

    class Watching(Simulation):
        def _come(self, contact: Contact) -> None:
            came[contact.int - 1_000_000] = (self.now_us - self.start_us) / 1e6
            super()._come(contact)

    world = World(diary.start_at, (TwinQueue("help"),), (group,), (stream,))
    simulation = Watching(world, seed, 14 * 3_600, observe=observe)
    while simulation.step(10_000):
        pass
    for contact, what in told.items():
        at_s = came[contact]
        if "answered" in what and "done" in what:
            await diary.contact("help", at_s, wait_s=what["answered"] - at_s, agent_id=ids[who[contact] - 1],
                                handle_s=what["done"] - what["answered"])  # fmt: skip
        elif "gave up" in what:
            await diary.contact("help", at_s, wait_s=what["gave up"] - at_s)
