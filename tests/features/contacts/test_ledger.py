"""Every kind of forgotten customer is planted in a real database, found, and put into a queue."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
import pytest_asyncio

from warmline.domain.contact.commands import AnyCommand, Decision, SetTimer, StartTask
from warmline.domain.contact.events import ContactOffered, ContactOpened
from warmline.domain.contact.machine import handle
from warmline.domain.contact.model import Contact, ContactStatus, Offer, QueueEntry
from warmline.domain.contact.policy import ContactPolicy
from warmline.domain.journey.interface import QueueFacts
from warmline.features.contacts.ledger import Ledger
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.committer import Committer
from warmline.runtime.database import Database

NAME = {"ko": "일반", "ja": "一般", "en": "General"}


class QuietWorld:
    """Facts of a tenant without journeys or prompts of its own."""

    def journey(self, journey_id: str, version: int | None) -> Any:
        raise KeyError(journey_id)

    def hours(self, calendar: str, now: datetime) -> str:
        return "open"

    def announcements(self, slot: str, locale: str, now: datetime) -> list[Any]:
        return []

    def queue(self, queue_id: str, contact_id: UUID | None, wanted: object = None) -> QueueFacts:
        return QueueFacts(staffed=True, waiting=0)

    def prompt(self, key: str, locale: str, channel: str) -> str | None:
        return None


class Centre:
    """Contacts written by the real committer, repaired by the real machine; the ledger's clock runs ahead."""

    def __init__(self, database: Database, committer: Committer) -> None:
        self.database, self.committer = database, committer
        self.signals: list[tuple[str, str, str]] = []
        self.reminded: list[UUID] = []
        self.ledger = Ledger(
            database, self, self.command, fallback=self.fallback, remind_router=self.remind,
            clock=lambda: utc_now() + timedelta(seconds=11),
        )  # fmt: skip

    async def signal(self, tenant_id: str, name: str, payload: str) -> None:
        self.signals.append((tenant_id, name, payload))

    async def fallback(self, tenant_id: str) -> str | None:
        return "general"

    def remind(self, tenant_id: str, waiting: Any) -> int:
        self.reminded = list(waiting)
        return len(self.reminded)

    async def command(self, tenant_id: str, contact_id: UUID, command: AnyCommand) -> Decision:
        def run(contact: Contact | None, now: datetime) -> Decision:
            return handle(contact, command, QuietWorld(), now, ContactPolicy())

        return await self.committer.execute(tenant_id, contact_id, run)

    async def queue(self, id: str) -> None:
        async with self.database.tenant("onda") as conn:
            await conn.execute("INSERT INTO queue (tenant_id, id, name) VALUES ('onda', $1, $2)", id, NAME)

    async def agent(self, *, presence: str | None = "available", silent_s: float = 0) -> UUID:
        agent_id = new_id()
        async with self.database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO agent (tenant_id, id, email, name, roles, created_at)"
                " VALUES ('onda', $1, $2, 'Mina', '{agent}', now())", agent_id, f"{agent_id.hex}@onda.kr",
            )  # fmt: skip
            if presence is not None:
                await conn.execute(
                    "INSERT INTO agent_presence (tenant_id, agent_id, presence, since_at, idle_since_at, seen_at)"
                    " VALUES ('onda', $1, $2, $3, $3, $3)",
                    agent_id, presence, utc_now() - timedelta(seconds=silent_s),
                )  # fmt: skip
        return agent_id

    async def contact(
        self, status: ContactStatus, *, timer: str | None = None, task: bool = False, **more: Any
    ) -> UUID:
        """A contact in this state, with only the timer or task named."""
        contact_id = new_id()

        def run(contact: Contact | None, now: datetime) -> Decision:
            events: list[Any] = [ContactOpened("webchat", contact_id, contact_id, "ko")]
            if "offer" in more:
                events.append(ContactOffered(more["offer"]))
            fresh = Contact(
                "onda", contact_id, "webchat", contact_id, contact_id, "ko", status, now,
                version=1, seq=len(events), **more,
            )  # fmt: skip
            effects: list[Any] = [SetTimer(timer, now + timedelta(hours=1))] if timer else []
            if task:
                effects.append(StartTask("t1", "orders.find", {}, 5))
            return Decision(fresh, tuple(events), tuple(effects))

        await self.committer.execute("onda", contact_id, run)
        return contact_id

    async def sql(self, text: str, *values: Any) -> None:
        async with self.database.tenant("onda") as conn:
            await conn.execute(text, *values)

    async def was(self) -> dict[UUID, str]:
        return {alarm.contact_id: alarm.was for alarm in await self.ledger.alarms("onda")}


@pytest_asyncio.fixture
async def centre(database: Database, committer: Committer) -> AsyncIterator[Centre]:
    opened = Centre(database, committer)
    await opened.queue("general")
    await opened.queue("orders")
    yield opened


def line(queue_id: str = "orders", **more: Any) -> dict[str, Any]:
    return {"queue": QueueEntry(queue_id, utc_now(), **more), "first_queued_at": utc_now()}


def offer(agent_id: UUID) -> Offer:
    return Offer(new_id(), agent_id, utc_now(), utc_now() + timedelta(seconds=20))


async def test_a_centre_in_order_raises_no_alarm(centre: Centre):
    mina = await centre.agent()
    await centre.contact(ContactStatus.JOURNEY, timer="journey.input")
    await centre.contact(ContactStatus.JOURNEY, task=True)
    await centre.contact(ContactStatus.SURVEY, timer="journey.survey")
    await centre.contact(ContactStatus.CALLBACK, timer="callback")
    waiting = await centre.contact(ContactStatus.QUEUED, timer="queue.watch", **line())
    await centre.contact(ContactStatus.CONNECTED, agent_id=mina)
    await centre.contact(ContactStatus.ENDED)
    report = await centre.ledger.check("onda")
    assert (report.repaired, report.stray_offers, await centre.was()) == (0, 0, {})
    found = report.counts
    assert (found.open, found.owned, found.queued, found.journey) == (6, 1, 1, 2)
    assert (found.survey, found.callback, found.orphans) == (1, 1, 0)
    assert centre.reminded == [waiting]


@pytest.mark.parametrize(
    ("status", "was"),
    [
        (ContactStatus.JOURNEY, "journey without a timer or a task"),
        (ContactStatus.SURVEY, "survey without a timer or a task"),
        (ContactStatus.CALLBACK, "callback without a timer or a task"),
        (ContactStatus.CONNECTED, "connected to nobody"),
        (ContactStatus.OFFERED, "offered without a live offer"),
        (ContactStatus.QUEUED, "waiting without a timer"),
    ],
)
async def test_a_forgotten_customer_is_found_and_waits_in_a_queue_again(
    centre: Centre, status: ContactStatus, was: str
):
    more = line() if status in (ContactStatus.QUEUED, ContactStatus.OFFERED) else {}
    forgotten = await centre.contact(status, **more)
    report = await centre.ledger.check("onda")
    assert report.repaired == 1
    assert await centre.was() == {forgotten: was}
    contact = await centre.committer.load("onda", forgotten)
    assert contact.status is ContactStatus.QUEUED
    assert contact.queue is not None
    assert contact.queue.queue_id == ("orders" if more else "general")
    again = await centre.ledger.check("onda")
    assert (again.repaired, again.counts.orphans, again.counts.repaired_today) == (0, 0, 1)


async def test_the_customer_of_somebody_who_no_longer_works_here_is_found(centre: Centre):
    mina = await centre.agent()
    stuck = await centre.contact(ContactStatus.CONNECTED, agent_id=mina, **line())
    assert (await centre.ledger.check("onda")).repaired == 0
    await centre.sql("UPDATE agent SET disabled_at = now() WHERE id = $1", mina)
    assert (await centre.ledger.check("onda")).repaired == 1
    assert await centre.was() == {stuck: "connected to an agent who does not work here"}


@pytest.mark.parametrize("presence", [None, "offline"])
async def test_the_customer_of_somebody_who_is_not_at_work_is_found(centre: Centre, presence: str | None):
    absent = await centre.agent(presence=presence, silent_s=120)
    stuck = await centre.contact(ContactStatus.CONNECTED, agent_id=absent, **line())
    assert (await centre.ledger.check("onda")).repaired == 1
    assert await centre.was() == {stuck: "connected to an agent who is not at work"}
    assert (await centre.committer.load("onda", stuck)).status is ContactStatus.QUEUED


async def test_an_open_desk_is_at_work_for_the_ledger_whatever_it_says(centre: Centre):
    await centre.contact(ContactStatus.CONNECTED, agent_id=await centre.agent(presence="offline"), **line())
    assert (await centre.ledger.check("onda")).repaired == 0


async def test_an_offer_whose_timer_is_lost_is_found(centre: Centre):
    ringing = await centre.contact(ContactStatus.OFFERED, offer=offer(await centre.agent()), **line())
    async with centre.database.tenant("onda") as conn:
        live = await conn.fetchval("SELECT count(*) FROM offer WHERE ended_at IS NULL")
    assert live == 1
    await centre.ledger.check("onda")
    assert await centre.was() == {ringing: "offered without a timer"}
    assert (await centre.committer.load("onda", ringing)).status is ContactStatus.QUEUED


async def test_a_customer_in_a_queue_that_was_deleted_moves_to_the_fallback(centre: Centre):
    lost = await centre.contact(ContactStatus.QUEUED, timer="queue.watch", **line("seasonal"))
    await centre.ledger.check("onda")
    assert await centre.was() == {lost: "waiting in no queue"}
    contact = await centre.committer.load("onda", lost)
    assert contact.queue is not None
    assert contact.queue.queue_id == "general"


async def test_a_live_offer_that_its_contact_does_not_know_is_ended(centre: Centre):
    waiting = await centre.contact(ContactStatus.QUEUED, timer="queue.watch", **line())
    await centre.sql(
        "INSERT INTO offer (tenant_id, id, contact_id, agent_id, epoch, offered_at, expires_at)"
        " VALUES ('onda', $1, $2, $1, 1, now(), now())", new_id(), waiting,
    )  # fmt: skip
    assert (await centre.ledger.check("onda")).stray_offers == 1
    async with centre.database.tenant("onda") as conn:
        assert await conn.fetchval("SELECT count(*) FROM offer WHERE ended_at IS NULL") == 0


async def test_what_happened_a_moment_ago_is_given_time(centre: Centre):
    await centre.contact(ContactStatus.JOURNEY)
    patient = Ledger(centre.database, centre, centre.command)
    assert (await patient.check("onda")).repaired == 0


async def test_without_any_queue_the_alarm_stays_on(centre: Centre):
    await centre.sql("DELETE FROM queue")
    forgotten = await centre.contact(ContactStatus.JOURNEY)
    report = await centre.ledger.check("onda")
    assert (report.repaired, report.counts.orphans) == (0, 1)
    await centre.ledger.check("onda")
    alarms = await centre.ledger.alarms("onda")
    assert [(alarm.contact_id, alarm.repaired_at) for alarm in alarms] == [(forgotten, None)]
    await centre.queue("general")
    assert (await centre.ledger.check("onda")).counts.orphans == 0


async def test_other_tenants_are_not_looked_at(centre: Centre):
    await centre.contact(ContactStatus.JOURNEY)
    report = await centre.ledger.check("rival")
    assert (report.repaired, report.counts.open) == (0, 0)


async def test_every_process_knows_the_newest_report(centre: Centre):
    report = await centre.ledger.check("onda")
    tenant_id, name, payload = centre.signals[-1]
    elsewhere = Ledger(centre.database, centre, centre.command)
    elsewhere.heard(tenant_id, payload)
    assert name == "ledger"
    assert elsewhere.reports["onda"] == report == msgspec.json.decode(payload, type=type(report))
