"""One leader a tenant matches customers and agents from the tables; a leader of the past changes nothing."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio

from warmline.domain.contact.commands import (
    AcceptOffer,
    AnyCommand,
    CustomerEnds,
    Decision,
    DeclineOffer,
    MakeOffer,
    SetTimer,
    Transfer,
)
from warmline.domain.contact.events import ContactOpened, ContactQueued
from warmline.domain.contact.machine import handle
from warmline.domain.contact.model import Contact, ContactStatus, QueueEntry
from warmline.domain.contact.policy import ContactPolicy
from warmline.domain.journey.interface import QueueFacts
from warmline.domain.routing.stats import QueueStats
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.clock import utc_now
from warmline.runtime.committer import Committer, StaleEpoch
from warmline.runtime.database import Database
from warmline.runtime.notifier import Notifier
from warmline.runtime.router import RouterLeader

NAME = {"ko": "주문", "ja": "注文", "en": "Orders"}
SOON_S = 8


class QuietWorld:
    """Facts of a tenant without journeys, hours or announcements of its own."""

    def journey(self, journey_id: str, version: int | None) -> Any:
        raise KeyError(journey_id)

    def hours(self, calendar: str, now: datetime) -> str:
        return "open"

    def announcements(self, slot: str, locale: str, now: datetime) -> list[Any]:
        return []

    def queue(self, queue_id: str, contact_id: UUID | None) -> QueueFacts:
        return QueueFacts(staffed=True, waiting=0)

    def prompt(self, key: str, locale: str, channel: str) -> str | None:
        return None


class Centre:
    """A contact centre on a real database: people, customers, and candidates for leading the routing."""

    def __init__(self, database: Database, committer: Committer, notifier: Notifier) -> None:
        self.database, self.committer = database, committer
        self.stats = QueueStats()
        self.reviewed: list[UUID] = []
        self.refused: list[str] = []
        self.payloads = 0
        self.leaders: list[RouterLeader] = []
        self._tasks = TaskRegistry(lambda name, failure: self.refused.append(f"{name}: {failure!r}"))
        self._settled = asyncio.Event()
        self._tasks.spawn("lane", self._listen(notifier.lane("router")))
        committer.on_committed.append(lambda *_: self._settled.set())

    async def _listen(self, lane: asyncio.Event) -> None:
        while True:
            await lane.wait()
            lane.clear()
            for leader in self.leaders:
                leader.hint()

    # the feed's part, in this process
    async def signal(self, tenant_id: str, name: str, payload: str) -> None:
        assert (tenant_id, name) == ("onda", "queues")
        self.stats.receive(payload)
        self.payloads += 1
        self._settled.set()

    async def review(self, tenant_id: str, agent_ids: list[UUID]) -> None:
        self.reviewed += agent_ids
        self._settled.set()

    async def command(
        self, tenant_id: str, contact_id: UUID, command: AnyCommand, epoch: int | None = None
    ) -> Decision:
        def run(contact: Contact | None, now: datetime) -> Decision:
            return handle(contact, command, QuietWorld(), now, ContactPolicy())

        try:
            return await self.committer.execute(tenant_id, contact_id, run, epoch=epoch)
        except Refused as refused:
            self.refused.append(refused.code)
            raise

    def lead(self, holder: str, **options: Any) -> RouterLeader:
        leader = RouterLeader(self.database, self, "onda", holder, self.command, self.review, **options)
        self.leaders.append(leader)
        leader.task = self._tasks.spawn(holder, leader.run())  # type: ignore[attr-defined]
        return leader

    async def queue(self, id: str = "orders", offer_s: int = 20) -> None:
        async with self.database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO queue (tenant_id, id, name, offer_s) VALUES ('onda', $1, $2, $3)", id, NAME, offer_s
            )
            await conn.execute(
                "INSERT INTO routing_profile (tenant_id, id, name, capacity, queues)"
                " VALUES ('onda', $1, $2, $3, $4)",
                id, NAME, {"webchat": 1}, [{"queue_id": id, "priority": 1, "delay_s": 0}],
            )  # fmt: skip

    async def agent(self, presence: str = "available", *, profile: str = "orders", idle_s: float = 60) -> UUID:
        agent_id, now = new_id(), utc_now()
        async with self.database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO agent (tenant_id, id, email, name, roles, routing_profile_id, created_at)"
                " VALUES ('onda', $1, $2, 'Mina', '{agent}', $3, $4)",
                agent_id, f"{agent_id.hex}@onda.kr", profile, now,
            )  # fmt: skip
            await conn.execute(
                "INSERT INTO agent_presence (tenant_id, agent_id, presence, since_at, idle_since_at, seen_at)"
                " VALUES ('onda', $1, $2, $3, $3, $4)",
                agent_id, presence, now - timedelta(seconds=idle_s), now,
            )  # fmt: skip
        self._hint_agent(agent_id)
        return agent_id

    async def becomes(self, agent_id: UUID, presence: str) -> None:
        async with self.database.tenant("onda") as conn:
            await conn.execute(
                "UPDATE agent_presence SET presence = $2, since_at = $3, idle_since_at = $3"
                " WHERE tenant_id = 'onda' AND agent_id = $1", agent_id, presence, utc_now(),
            )  # fmt: skip
        self._hint_agent(agent_id)

    def _hint_agent(self, agent_id: UUID) -> None:
        for leader in self.leaders:
            leader.presence_changed(f'{{"agent":"{agent_id.hex}"}}')

    async def customer(self, **wishes: Any) -> UUID:
        """A customer waits in `orders`."""
        contact_id, customer_id, conversation_id = new_id(), new_id(), new_id()

        def run(contact: Contact | None, now: datetime) -> Decision:
            entry = QueueEntry("orders", now, **wishes)
            fresh = Contact(
                "onda", contact_id, "webchat", customer_id, conversation_id, "ja", ContactStatus.QUEUED, now,
                version=1, seq=2, queue=entry, first_queued_at=now,
            )  # fmt: skip
            opened = ContactOpened("webchat", customer_id, conversation_id, "ja")
            return Decision(
                fresh, (opened, ContactQueued(entry)), (SetTimer("queue.watch", now + timedelta(seconds=60)),)
            )

        await self.committer.execute("onda", contact_id, run)
        return contact_id

    async def until(self, condition: Any) -> None:
        """Wait until `condition` of the world holds, looking again whenever something was committed or told."""
        async with asyncio.timeout(SOON_S):
            while True:
                self._settled.clear()
                found = condition()
                if asyncio.iscoroutine(found):
                    found = await found
                if found:
                    return
                try:
                    async with asyncio.timeout(0.2):
                        await self._settled.wait()
                except TimeoutError:
                    continue

    async def contact(self, contact_id: UUID) -> Contact:
        return await self.committer.load("onda", contact_id)

    async def offered_to(self, contact_id: UUID, agent_id: UUID) -> Contact:
        async def is_offered() -> bool:
            offer = (await self.contact(contact_id)).offer
            return offer is not None and offer.agent_id == agent_id

        await self.until(is_offered)
        return await self.contact(contact_id)

    async def accept(self, contact_id: UUID, agent_id: UUID) -> None:
        offer = (await self.offered_to(contact_id, agent_id)).offer
        assert offer is not None
        await self.command("onda", contact_id, AcceptOffer(agent_id, "Mina", offer.id))

    async def close(self) -> None:
        await self._tasks.close()


@pytest_asyncio.fixture
async def centre(database: Database, committer: Committer, notifier: Notifier) -> AsyncIterator[Centre]:
    opened = Centre(database, committer, notifier)
    await opened.queue()
    yield opened
    await opened.close()


async def test_a_waiting_customer_is_offered_when_an_agent_becomes_available(centre: Centre):
    centre.lead("one")
    mina = await centre.agent("offline")
    customer = await centre.customer()
    await centre.until(lambda: centre.leaders[0].core.engine.is_waiting(customer))
    await centre.becomes(mina, "available")
    contact = await centre.offered_to(customer, mina)
    assert contact.status is ContactStatus.OFFERED
    assert contact.offer is not None
    assert contact.offer.expires_at - contact.offer.offered_at <= timedelta(seconds=20)


async def test_an_arriving_customer_is_offered_to_the_longest_idle_agent(centre: Centre):
    await centre.agent(idle_s=10)
    longest = await centre.agent(idle_s=500)
    centre.lead("one")
    contact = await centre.offered_to(await centre.customer(), longest)
    assert contact.status is ContactStatus.OFFERED


async def test_a_new_leader_finds_everything_in_the_tables(centre: Centre):
    mina = await centre.agent()
    waiting = [await centre.customer() for _ in range(3)]
    leader = centre.lead("one")
    await centre.offered_to(waiting[0], mina)
    await centre.until(lambda: leader.core.engine.waiting("orders") == 2)
    assert [leader.core.engine.position(id) for id in waiting] == [None, 1, 2]
    assert list(leader.core.engine.in_hand(mina)) == [waiting[0]]


async def test_capacity_is_free_again_when_the_contact_is_passed_on(centre: Centre):
    mina = await centre.agent()
    centre.lead("one")
    first, second = await centre.customer(), await centre.customer()
    await centre.accept(first, mina)
    assert (await centre.contact(second)).status is ContactStatus.QUEUED
    await centre.queue("refunds")
    await centre.command("onda", first, Transfer(mina, queue_id="refunds"))
    await centre.offered_to(second, mina)


async def test_a_declined_customer_goes_to_the_next_agent_and_keeps_the_place(centre: Centre):
    first, second = await centre.agent(idle_s=90), await centre.agent(idle_s=30)
    centre.lead("one")
    customer = await centre.customer()
    contact = await centre.offered_to(customer, first)
    assert contact.offer is not None
    assert contact.queue is not None
    await centre.command("onda", customer, DeclineOffer(first, contact.offer.id))
    again = await centre.offered_to(customer, second)
    assert again.queue is not None
    assert again.queue.entered_at == contact.queue.entered_at
    await centre.until(lambda: first in centre.reviewed)


async def test_an_agent_who_goes_away_while_it_rings_loses_the_offer_to_somebody_else(centre: Centre):
    mina = await centre.agent(idle_s=90)
    centre.lead("one")
    customer = await centre.customer()
    await centre.offered_to(customer, mina)
    await centre.becomes(mina, "away")

    async def is_back() -> bool:
        return (await centre.contact(customer)).status is ContactStatus.QUEUED

    await centre.until(is_back)
    yuki = await centre.agent()
    assert (await centre.offered_to(customer, yuki)).misses == 0


async def test_a_customer_who_leaves_is_not_offered_any_more(centre: Centre):
    leader = centre.lead("one")
    customer, other = await centre.customer(), await centre.customer()
    await centre.command("onda", customer, CustomerEnds())
    await centre.until(
        lambda: leader.core.engine.is_waiting(other) and not leader.core.engine.is_waiting(customer)
    )
    mina = await centre.agent()
    await centre.offered_to(other, mina)
    assert (await centre.contact(customer)).status is ContactStatus.ENDED


async def test_customers_learn_place_and_staffing_once_they_change(centre: Centre):
    centre.lead("one")
    customers = [await centre.customer() for _ in range(2)]
    await centre.until(lambda: centre.stats.facts("orders", customers[1]).position == 2)
    assert not centre.stats.facts("orders", customers[1]).staffed
    await centre.agent("away")
    await centre.until(lambda: centre.stats.facts("orders", customers[1]).staffed)
    estimate_s = centre.stats.facts("orders", customers[1]).estimate_s
    assert estimate_s is not None
    assert estimate_s > 0


async def test_an_idle_router_says_little_and_asks_nothing(centre: Centre):
    leader = centre.lead("one")
    await centre.until(lambda: centre.payloads > 0)
    told = centre.payloads
    await centre.agent("away")
    await centre.until(lambda: leader.core.engine.hands() and centre.payloads > told)
    assert centre.payloads <= told + 2
    assert centre.refused == []


async def test_the_second_candidate_waits_and_takes_over_when_the_first_steps_down(centre: Centre):
    first = centre.lead("one")
    await centre.until(lambda: first.epoch == 1)
    second = centre.lead("two", lease_s=0.6)
    mina = await centre.agent()
    first.task.cancel()  # type: ignore[attr-defined]
    await asyncio.gather(first.task, return_exceptions=True)  # type: ignore[attr-defined]
    await first.step_down()
    await centre.until(lambda: second.epoch == 2)
    contact = await centre.offered_to(await centre.customer(), mina)
    assert contact.status is ContactStatus.OFFERED


async def test_a_leader_that_was_stopped_and_wakes_up_too_late_changes_nothing(centre: Centre):
    """The process sleeps (SIGSTOP) beyond its lease: all it decided before must bounce off."""
    mina = await centre.agent("offline")
    customer = await centre.customer()
    old = centre.lead("old")
    await centre.until(lambda: old.epoch == 1 and old.core.engine.is_waiting(customer))
    centre.leaders.remove(old)  # stopped: no hint reaches it
    async with centre.database.tenant("onda") as conn:
        await conn.execute("UPDATE routing_lease SET expires_at = now() - interval '1 s' WHERE tenant_id = 'onda'")
    new = centre.lead("new")
    await centre.until(lambda: new.epoch == 2)
    late = MakeOffer(new_id(), mina, utc_now() + timedelta(seconds=20), "decided long ago")
    with pytest.raises(StaleEpoch):
        await centre.command("onda", customer, late, 1)
    assert (await centre.contact(customer)).status is ContactStatus.QUEUED
    await centre.becomes(mina, "available")
    await centre.offered_to(customer, mina)
    other = await centre.customer()
    old.hint()  # it goes on where it was: it must not swallow the hint
    await centre.until(lambda: old.epoch is None)
    await centre.until(lambda: new.core.engine.is_waiting(other))
    async with centre.database.tenant("onda") as conn:
        assert await conn.fetchval("SELECT count(*) FROM offer WHERE epoch = 1") == 0
        assert await conn.fetchval("SELECT count(*) FROM offer WHERE ended_at IS NULL") == 1


async def test_a_leader_that_lost_the_database_waits_for_its_own_offers_before_it_decides_again(
    centre: Centre, admin_url: str
):
    gate, asked = asyncio.Event(), asyncio.Semaphore(0)
    prompt = centre.command

    async def slow(tenant_id: str, contact_id: UUID, command: AnyCommand, epoch: int | None = None) -> Decision:
        asked.release()
        await gate.wait()
        return await prompt(tenant_id, contact_id, command, epoch)

    centre.command = slow
    mina = await centre.agent()
    leader = centre.lead("one")
    await centre.customer()
    await asked.acquire()  # one offer for Mina is on its way
    await centre.customer(priority=1)
    admin = await asyncpg.connect(admin_url)
    before = leader.core
    name = await admin.fetchval("SELECT current_database()")
    await admin.execute(f"REVOKE CONNECT ON DATABASE {name} FROM PUBLIC, warmline_app")
    await admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'warmline_app'")
    leader.hint()
    await centre.until(lambda: leader.epoch is None)
    await admin.execute(f"GRANT CONNECT ON DATABASE {name} TO warmline_app")
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(1.5):
            await asked.acquire()
    gate.set()
    await centre.until(lambda: leader.core is not before and leader.epoch is not None)
    await centre.until(lambda: not leader.core.in_flight and len(list(leader.core.engine.in_hand(mina))) == 1)
    live = await admin.fetchval("SELECT count(*) FROM offer WHERE ended_at IS NULL AND agent_id = $1", mina)
    await admin.close()
    assert live == 1
