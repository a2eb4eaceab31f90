"""A company with a refund guide in three languages, a customer who has named their order, and two agents."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from tests.features.conftest import People

from warmline.domain.contact.commands import CustomerMessage
from warmline.domain.contact.events import AnyEvent
from warmline.domain.journey.document import (
    Ask,
    DigitsInput,
    End,
    Field,
    Goto,
    Invoke,
    Journey,
    NumberInput,
    Option,
    Reason,
    Say,
    Show,
    TextInput,
    Var,
)
from warmline.features.contacts.assembly import ContactRooms, contact_rooms
from warmline.features.guides.service import Guides
from warmline.kernel.errors import ProviderFailed
from warmline.kernel.ids import new_id
from warmline.kernel.locale import LOCALES
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.connector import TaskContext
from warmline.ports.identity import AgentIdentity
from warmline.runtime.clock import utc_now
from warmline.runtime.committer import Committer
from warmline.runtime.database import Database
from warmline.runtime.feed import Feed
from warmline.runtime.keyring import Keyring
from warmline.runtime.notifier import Notifier

SORRY = (End("g.sorry", "message_taken"),)
FRONT = Journey(
    "front",
    SORRY,
    {"start": (Reason("refund"), Ask("number", "g.order", DigitsInput(), SORRY), Goto("agent")), "agent": SORRY},
)
GUIDE = Journey(
    "guide-refund",
    SORRY,
    {
        "start": (
            Reason("refund"),
            Show("g.details", ("g.read",), (Field("number", "g.order", DigitsInput(), group="g.read"),)),
            Show(
                "g.amount",
                fields=(
                    Field("amount", "g.amount", NumberInput(1, 100)),
                    Field("note", "g.note", TextInput(), required=False, sensitivity="pii"),
                    Field("pin", "g.pin", DigitsInput(), required=False, sensitivity="secret"),
                ),
                options=(
                    Option("pay", "g.pay", then=(Goto("pay"),)),
                    Option("no", "g.no", then=(Reason("kept"), End("g.nothing"))),
                ),
            ),
        ),
        "pay": (
            Invoke("shop.pay", "paid", (Say("g.failed"), Show("g.again", next="g.go"), Goto("start")),
                   {"number": Var("number")}, ("id",), retries=0),
            Show("g.paid", next="g.go"),
            End("g.done"),
        ),
    },
    kind="guide",
    title="g.title",
    parameters=("number",),
)  # fmt: skip
OTHER = Journey(
    "guide-other", SORRY, {"start": (Reason("complaint"), End("g.nothing"))}, kind="guide", title="g.other"
)
WORDS = (
    "title", "other", "details", "read", "order", "amount", "note", "pin", "pay", "no", "nothing", "failed",
    "again", "go", "done", "sorry",
)  # fmt: skip


@dataclass
class Shop:
    """A backend that pays once for each key, and can be down, or hold everybody up at its door."""

    down: bool = False
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    door: asyncio.Event | None = None
    keys: list[str] = field(default_factory=list)

    async def pay(self, context: TaskContext, args: dict[str, object]) -> dict[str, object]:
        if self.down:
            raise ProviderFailed("the shop is away", retryable=True)
        self.asked.set()
        if self.door is not None:
            await self.door.wait()
        self.keys.append(context.task_id)
        return {"id": f"R-{args['number']}"}


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
async def rooms(
    database: Database, keyring: Keyring, committer: Committer, feed: Feed, notifier: Notifier, people: People
) -> ContactRooms:
    async with database.tenant("onda") as conn:
        for journey in (FRONT, GUIDE, OTHER):
            await conn.execute(
                "INSERT INTO journey (tenant_id, id, version, document, published_at)"
                " VALUES ('onda', $1, 1, $2, $3)",
                journey.id, journey, utc_now(),
            )  # fmt: skip
        for locale in LOCALES:
            texts = {f"g.{word}": f"{word} ({locale})" for word in WORDS} | {
                "g.paid": f"paid {{paid.id}} ({locale})"
            }
            for key, text in texts.items():
                await conn.execute(
                    "INSERT INTO prompt (tenant_id, key, locale, channel, text, updated_at)"
                    " VALUES ('onda', $1, $2, 'written', $3, $4)", key, locale, text, utc_now(),
                )  # fmt: skip
    failures: list[BaseException] = []
    tasks = TaskRegistry(lambda name, failure: failures.append(failure))
    made = contact_rooms(
        database, keyring, committer, feed, notifier, tasks, lambda name, failure: failures.append(failure)
    )
    await made.warm()
    return made


@pytest.fixture
def guides(rooms: ContactRooms, database: Database, keyring: Keyring, shop: Shop) -> Guides:
    return Guides(
        database, keyring, rooms.facts.of, rooms.service.load, rooms.chat.history, rooms.service.command,
        rooms.chat.pass_on, {"shop.pay": shop.pay}, rooms.report,
    )  # fmt: skip


@pytest.fixture
def mina(people: People) -> AgentIdentity:
    return AgentIdentity("onda", people["onda", "agent"], "Mina", ("agent",), "en")


@pytest.fixture
def yuki(people: People) -> AgentIdentity:
    return AgentIdentity("onda", people["onda", "supervisor"], "Yuki", ("supervisor",), "ja")


@pytest.fixture
async def contact(rooms: ContactRooms, keyring: Keyring) -> UUID:
    """A customer who wants money back and has said for which order."""
    return await wrote_in(rooms, keyring)


async def wrote_in(rooms: ContactRooms, keyring: Keyring) -> UUID:
    """Open the contact of one more such customer."""
    customer_id = new_id()
    await keyring.warm_customers("onda", [customer_id], create=True)
    opened = await rooms.service.open(
        "onda",
        channel="webchat",
        customer_id=customer_id,
        conversation_id=new_id(),
        locale="ko",
        journey_id="front",
    )
    await rooms.service.command("onda", opened.contact.id, CustomerMessage("c1", "4711"))
    return opened.contact.id


@pytest.fixture
def timeline(rooms: ContactRooms, contact: UUID) -> Callable[..., object]:
    """The contact's events of one kind."""

    async def of(kind: type) -> list[AnyEvent]:
        return [
            told.event for told in await rooms.chat.history("onda", contact, 0) if isinstance(told.event, kind)
        ]

    return of
