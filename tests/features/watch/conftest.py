"""A small town of journeys in which every block says a sentence of its own, so that the event log alone tells who
went where; and many customers who walk through it at random."""

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest_asyncio

from warmline.domain.contact import commands as c
from warmline.domain.contact.model import Contact, ContactStatus
from warmline.domain.journey.authoring import v
from warmline.domain.journey.document import (
    Ask,
    CallModule,
    ChoiceInput,
    DigitsInput,
    End,
    Enqueue,
    Goto,
    Journey,
    Menu,
    Option,
    Reason,
    Return,
    Say,
    Survey,
    TransferJourney,
    When,
)
from warmline.features.contacts.assembly import ContactRooms, contact_rooms
from warmline.features.watch.pulse import Pulse
from warmline.kernel.ids import new_id
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.committer import Committer
from warmline.runtime.database import Database
from warmline.runtime.feed import Feed
from warmline.runtime.keyring import Keyring
from warmline.runtime.notifier import Notifier

CLOSED = (End("w.closed", "message_taken"),)
LINE = Enqueue("orders", nobody_staffed=CLOSED, queue_full=CLOSED, overflow=CLOSED)
FRONT = Journey(
    id="front",
    title="w.title",
    on_error=(End("w.sorry", "message_taken"),),
    sections={
        "start": (
            Say("w.hello"),
            Menu(
                "w.menu",
                options=(
                    Option("order", "w.o", then=(Say("w.order"), CallModule("number"), Goto("status"))),
                    Option("agent", "w.o", then=(Say("w.agent"), Goto("agent"))),
                    Option("returns", "w.o", then=(Say("w.returns"), TransferJourney("returns"))),
                    Option("bye", "w.o", then=(Say("w.bye"), End("w.thanks"))),
                ),
                give_up=(Say("w.give_up"), Goto("agent")),
            ),
        ),
        "status": (
            Reason("order_status"),
            Ask("again", "w.again", ChoiceInput((Option("yes", "w.o"), Option("no", "w.o"))), give_up=CLOSED),
            When(v.again == "yes", then=(Say("w.yes"), Goto("start")), otherwise=(Say("w.no"), End("w.thanks"))),
        ),
        "agent": (LINE,),
    },
)
NUMBER = Journey(
    id="number",
    kind="module",
    on_error=(End("w.sorry", "message_taken"),),
    sections={"start": (Ask("n", "w.number", DigitsInput(4, 4), give_up=(Say("w.lost"), Return())), Return())},
)
RETURNS = Journey(
    id="returns",
    title="w.nobody_wrote_this",
    on_error=(End("w.sorry", "message_taken"),),
    sections={
        "start": (
            Menu(
                "w.how",
                options=(
                    Option("done", "w.o", then=(Say("w.done"), End("w.thanks"))),
                    Option("agent", "w.o", then=(Say("w.person"), LINE)),
                ),
                give_up=CLOSED,
            ),
        )
    },
)
CSAT = Journey(
    id="csat",
    kind="survey",
    on_error=(End("w.sorry"),),
    sections={"start": (Survey("w.rate"), End("w.rated"))},
)
# Which block a sentence is said first in, and at which step it is asked: all that the event log needs to be read.
BLOCKS = {
    "w.order": ("front", "start/1/option:order"), "w.agent": ("front", "start/1/option:agent"),
    "w.returns": ("front", "start/1/option:returns"), "w.bye": ("front", "start/1/option:bye"),
    "w.give_up": ("front", "start/1/give_up"), "w.yes": ("front", "status/2/then"),
    "w.no": ("front", "status/2/otherwise"), "w.lost": ("number", "start/0/give_up"),
    "w.done": ("returns", "start/0/option:done"), "w.person": ("returns", "start/0/option:agent"),
}  # fmt: skip
STEPS = {
    "w.menu": ("front", "start/1"), "w.again": ("front", "status/1"), "w.number": ("number", "start/0"),
    "w.how": ("returns", "start/0"), "w.rate": ("csat", "start/0"),
}  # fmt: skip
LINES = {"front": "agent/0", "returns": "start/0/option:agent/1"}
TEXTS = (*BLOCKS, *STEPS, "w.o", "w.closed", "w.sorry", "w.hello", "w.title", "w.thanks", "w.rated")
MINA = new_id()


@dataclass
class Town:
    """The journeys, open for customers; `contacts` are all who ever came."""

    database: Database
    rooms: ContactRooms
    pulse: Pulse
    contacts: list[UUID] = field(default_factory=list)

    async def open(
        self, channel: str = "webchat", locale: str = "ko", conversation: UUID | None = None,
        case: UUID | None = None,
    ) -> Contact:  # fmt: skip
        opened = await self.rooms.service.open(
            "onda", channel=channel, customer_id=new_id(), conversation_id=conversation or new_id(),
            locale="ja" if locale == "ja" else "ko", journey_id="front", case=case,
        )  # fmt: skip
        self.contacts.append(opened.contact.id)
        return opened.contact

    async def do(self, contact_id: UUID, command: c.AnyCommand) -> Contact:
        return (await self.rooms.service.command("onda", contact_id, command)).contact

    async def tap(self, contact_id: UUID, value: str) -> Contact:
        return await self.do(contact_id, c.CustomerMessage(str(new_id()), value, value))

    async def say(self, contact_id: UUID, text: str) -> Contact:
        return await self.do(contact_id, c.CustomerMessage(str(new_id()), text))

    async def answer(self, contact_id: UUID) -> Contact:
        """Mina takes the contact from the line."""
        offer, until = new_id(), datetime.now(UTC) + timedelta(seconds=20)
        await self.do(contact_id, c.MakeOffer(offer, MINA, until))
        return await self.do(contact_id, c.AcceptOffer(MINA, "Mina", offer))

    async def wander(self, chance: random.Random, turns: int, case: UUID | None = None) -> None:
        """Let one customer do `turns` things at random, sensible and not; they may end up anywhere."""
        it = await self.open(chance.choice(("webchat", "email")), chance.choice(("ko", "ja")), case=case)
        for _ in range(turns):
            match it.status:
                case ContactStatus.ENDED:
                    return
                case ContactStatus.QUEUED:
                    it = await (self.answer(it.id) if chance.random() < 0.7 else self.do(it.id, c.CustomerEnds()))
                case ContactStatus.CONNECTED:
                    it = await self.do(it.id, c.AgentEnds(MINA))
                case ContactStatus.SURVEY:
                    it = await self.tap(it.id, "5")
                case _ if chance.random() < 0.06:
                    it = await self.do(it.id, c.CustomerEnds())
                case _:
                    it = await self._guess(it, chance)

    async def _guess(self, it: Contact, chance: random.Random) -> Contact:
        assert it.journey is not None
        frame = it.journey.frames[-1]
        choices = {
            ("front", "start"): ("order", "order", "agent", "returns", "bye"),
            ("front", "status"): ("yes", "no", "no"),
            ("returns", "start"): ("done", "agent"),
        }.get((frame.journey_id, frame.section))
        if chance.random() < 0.15:
            return await self.say(it.id, "흠…")
        if choices is None:
            return await self.say(it.id, str(chance.randint(1000, 9999)))
        return await self.tap(it.id, chance.choice(choices))


async def _furnish(database: Database) -> None:
    now, name = datetime.now(UTC), {"ko": "주문", "ja": "注文", "en": "Orders"}
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO queue (tenant_id, id, name, survey_journey_id) VALUES ('onda', 'orders', $1, 'csat')",
            name,
        )
        for journey in (FRONT, NUMBER, RETURNS, CSAT):
            await conn.execute(
                "INSERT INTO journey (tenant_id, id, version, document, published_at)"
                " VALUES ('onda', $1, 1, $2, $3)",
                journey.id, journey, now,
            )  # fmt: skip
        await conn.executemany(
            "INSERT INTO prompt (tenant_id, key, locale, channel, text, updated_at)"
            " VALUES ('onda', $1, $2, 'written', $1, $3)",
            [(key, locale, now) for key in TEXTS for locale in ("ko", "ja", "en")],
        )


@pytest_asyncio.fixture
async def town(
    database: Database, keyring: Keyring, committer: Committer, feed: Feed, notifier: Notifier
) -> AsyncIterator[Town]:
    await _furnish(database)
    failures: list[BaseException] = []
    tasks = TaskRegistry(lambda name, failure: failures.append(failure))
    pulse = Pulse(committer, feed)
    rooms = contact_rooms(
        database, keyring, committer, feed, notifier, tasks, lambda name, failure: failures.append(failure)
    )
    await rooms.warm()
    part = {"queue_id": "orders", "epoch": 1, "turn": 1, "waiting": 0, "staffed": 3}
    rooms.facts.queues_told("onda", msgspec.json.encode(part).decode())
    yield Town(database, rooms, pulse)
    await tasks.close()
    assert not failures
