"""A contact centre on a real database, for the stories of `test_router.py`."""

import asyncio
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from warmline.domain.contact.commands import AcceptOffer, AnyCommand, Decision, SetTimer
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
from warmline.runtime.committer import Committer
from warmline.runtime.database import Database
from warmline.runtime.notifier import Notifier
from warmline.runtime.router import RouterLeader

NAME = {"ko": "주문", "ja": "注文", "en": "Orders"}
SOON_S = 8


class QuietWorld:
    """Facts of a tenant without journeys, hours or announcements of its own."""

    def journey(self, journey_id: str, version: int | None) -> Any:
        raise KeyError(journey_id)

    def hours(self, calendar: str, now: datetime) -> Literal["open"]:
        return "open"

    def announcements(self, slot: str, locale: str, now: datetime) -> list[Any]:
        return []

    def queue(self, queue_id: str, contact_id: UUID | None, wanted: object = None) -> QueueFacts:
        return QueueFacts(staffed=True, waiting=0)

    def prompt(self, key: str, locale: str, channel: str) -> str | None:
        return None


class Centre:
    """A contact centre on a real database: people, customers, and candidates for leading the routing."""

    def __init__(self, database: Database, committer: Committer, notifier: Notifier) -> None:
        self.database, self.committer = database, committer
        self.stats = QueueStats()
        self.policy = ContactPolicy()
        self.reviewed: list[UUID] = []
        self.refused: list[str] = []
        self.payloads = 0
        self.mishaps: list[Exception] = []  # what telling the others fails with, the next times
        self.leaders: list[RouterLeader] = []
        self._running: dict[int, asyncio.Task[None]] = {}
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
        if self.mishaps:
            raise self.mishaps.pop()
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
            return handle(contact, command, QuietWorld(), now, self.policy)

        try:
            return await self.committer.execute(tenant_id, contact_id, run, epoch=epoch)
        except Refused as refused:
            self.refused.append(refused.code)
            raise

    def lead(self, holder: str, **options: Any) -> RouterLeader:
        leader = RouterLeader(self.database, self, "onda", holder, self.command, self.review, **options)
        self.leaders.append(leader)
        self._running[id(leader)] = self._tasks.spawn(holder, leader.run())
        return leader

    async def end(self, leader: RouterLeader) -> None:
        """Let this leader stop and give its lease back; another may follow."""
        task = self._running.pop(id(leader))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await leader.step_down()

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
