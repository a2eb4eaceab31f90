"""From "I am ready" to the committed offer: 500 agents, 2,000 waiting customers, real database, full durability.

Each sample is an agent who goes from away to available through the presence service, until the offer's commit is
known to the committer's listeners (that is when a desk rings). Agents have different skills; customers need some.
"""

import argparse
import asyncio
import json
import os
import random
import shutil
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast
from uuid import UUID

import asyncpg
import uvloop

from warmline.domain.contact.commands import AnyCommand, Decision, SetTimer
from warmline.domain.contact.events import ContactOffered, ContactOpened, ContactQueued
from warmline.domain.contact.machine import handle
from warmline.domain.contact.model import Contact, ContactStatus, QueueEntry, SkillNeed
from warmline.domain.contact.policy import ContactPolicy
from warmline.domain.journey.interface import Facts
from warmline.features.desk.presence import PresenceService
from warmline.kernel.ids import new_id
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.committer import Committer, StoredEvent
from warmline.runtime.database import Database
from warmline.runtime.feed import Feed
from warmline.runtime.keyring import Keyring
from warmline.runtime.master_keys import MasterKeys
from warmline.runtime.migrate import migrate
from warmline.runtime.notifier import Notifier
from warmline.runtime.postgres import EmbeddedPostgres
from warmline.runtime.routers import Routers

NO_FACTS = cast(Facts, None)  # offers and withdrawals ask nothing of a journey
QUEUES = ("orders", "refunds", "accounts", "general")
LANGUAGES = ("ko", "ja", "en")


async def people(database: Database, count: int, rng: random.Random) -> list[UUID]:
    """Write queues, profiles and agents, all away."""
    now, ids = datetime.now(UTC), [new_id() for _ in range(count)]
    async with database.tenant("onda") as conn:
        for queue in QUEUES:
            await conn.execute("INSERT INTO queue (tenant_id, id, name) VALUES ('onda', $1, '{}')", queue)
            seats = [{"queue_id": queue, "priority": 1, "delay_s": 0}, {"queue_id": "general", "priority": 2}]
            await conn.execute(
                "INSERT INTO routing_profile (tenant_id, id, name, capacity, queues)"
                " VALUES ('onda', $1, '{}', $2, $3)", queue, {"webchat": 1}, seats,
            )  # fmt: skip
        for id in ids:
            await conn.execute(
                "INSERT INTO agent (tenant_id, id, email, name, roles, routing_profile_id, created_at)"
                " VALUES ('onda', $1, $2, $2, '{agent}', $3, $4)", id, id.hex, rng.choice(QUEUES), now,
            )  # fmt: skip
            await conn.execute(
                "INSERT INTO agent_presence (tenant_id, agent_id, presence, since_at, idle_since_at, seen_at)"
                " VALUES ('onda', $1, 'away', $2, $2, $2)", id, now,
            )  # fmt: skip
            for language in rng.sample(LANGUAGES, 2):
                await conn.execute(
                    "INSERT INTO agent_skill VALUES ('onda', $1, $2, $3)", id, language, rng.randint(1, 5)
                )
    return ids


async def customers(committer: Committer, count: int, rng: random.Random) -> None:
    """Put customers in line."""
    known = [new_id() for _ in range(200)]

    async def one() -> None:
        contact_id, customer_id, conversation_id = new_id(), rng.choice(known), new_id()
        needs = (SkillNeed(rng.choice(LANGUAGES), rng.randint(1, 3)),)
        queue, priority = rng.choice(QUEUES), rng.choice((1, 5, 9))

        def run(contact: Contact | None, now: datetime) -> Decision:
            entry = QueueEntry(queue, now, priority, needs)
            fresh = Contact(
                "onda", contact_id, "webchat", customer_id, conversation_id, "ja", ContactStatus.QUEUED, now,
                version=1, seq=2, queue=entry, first_queued_at=now,
            )  # fmt: skip
            opened = ContactOpened("webchat", customer_id, conversation_id, "ja")
            watch = SetTimer("queue.watch", now + timedelta(hours=1))
            return Decision(fresh, (opened, ContactQueued(entry)), (watch,))

        await committer.execute("onda", contact_id, run)

    for _ in range(0, count, 250):
        await asyncio.gather(*(one() for _ in range(min(250, count))))


class Stopwatch:
    """Knows when each agent was offered a contact."""

    def __init__(self) -> None:
        self.rings: dict[UUID, asyncio.Future[float]] = {}

    def committed(self, tenant_id: str, contact: Contact, events: list[StoredEvent]) -> None:
        for stored in events:
            if isinstance(stored.event, ContactOffered):
                ring = self.rings.pop(stored.event.offer.agent_id, None)
                if ring is not None and not ring.done():
                    ring.set_result(time.perf_counter())


async def sample(presence: PresenceService, stopwatch: Stopwatch, agent_id: UUID) -> tuple[float, float]:
    """Return ms from the click, and from the committed presence, to the committed offer; then go away again."""
    ring = stopwatch.rings[agent_id] = asyncio.get_running_loop().create_future()
    clicked = time.perf_counter()
    await presence.change("onda", agent_id, "available")
    ready = time.perf_counter()
    async with asyncio.timeout(10):
        rang = await ring
    await presence.change("onda", agent_id, "away", "break")
    return (rang - clicked) * 1e3, max(0.0, rang - ready) * 1e3


def server() -> tuple[Path, EmbeddedPostgres]:
    """Start a database server in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="warmline-bench-"))
    folder.chmod(0o711)
    postgres = EmbeddedPostgres(folder)
    postgres.start()
    return folder, postgres


async def measure(agents: int, waiting: int, samples: int, rate: float) -> dict[str, float]:
    """Measure `samples` agents at `rate` a second, spread evenly."""
    rng = random.Random(11)
    folder, postgres = server()
    try:
        await migrate(postgres.admin_url, app_password=postgres.app_password)
        admin = await asyncpg.connect(postgres.admin_url)
        await admin.execute("INSERT INTO tenant (id, name, created_at) VALUES ('onda', 'Onda', now())")
        await admin.close()
        database = await Database.open(postgres.url)
        keyring = await Keyring.open(database, MasterKeys((os.urandom(32),)))
        notifier = Notifier(database)
        committer = Committer(database, keyring, notifier)
        feed = Feed(database, keyring, committer, notifier)
        stopwatch = Stopwatch()
        committer.on_committed.append(stopwatch.committed)

        async def command(
            tenant_id: str, contact_id: UUID, wish: AnyCommand, epoch: int | None = None
        ) -> Decision:
            def run(contact: Contact | None, now: datetime) -> Decision:
                return handle(contact, wish, NO_FACTS, now, ContactPolicy())

            return await committer.execute(tenant_id, contact_id, run, epoch=epoch)

        presence = PresenceService(database, feed, command)
        routers = Routers(database, feed, command, presence.review, notifier.lane("router"))
        leading = asyncio.Event()
        feed.on_signal("presence", routers.presence)
        feed.on_signal("queues", lambda tenant_id, payload: leading.set())
        tasks = TaskRegistry(lambda name, failure: print(f"{name} failed: {failure!r}"))
        notifier.start()
        committer.start()
        feed.start()
        ids = await people(database, agents, rng)
        await customers(committer, waiting, rng)
        tasks.spawn("routers", routers.run())
        await leading.wait()
        found: list[tuple[float, float]] = []

        async def one(agent_id: UUID, delay_s: float) -> None:
            await asyncio.sleep(delay_s)
            found.append(await sample(presence, stopwatch, agent_id))

        picked = [ids[n % len(ids)] for n in range(samples)]
        for start in range(0, samples, len(ids)):  # an agent is measured once a round
            part = picked[start : start + len(ids)]
            await asyncio.gather(*(one(id, n / rate) for n, id in enumerate(part)))
        await tasks.close()
        await feed.close()
        await committer.close()
        await notifier.close()
        await database.close()
        clicks, readies = sorted(click for click, _ in found), sorted(ready for _, ready in found)
        return {
            "samples": len(found),
            "click → offer p50 ms": statistics.median(clicks),
            "click → offer p99 ms": clicks[int(len(clicks) * 0.99)],
            "ready → offer p50 ms": statistics.median(readies),
            "ready → offer p99 ms": readies[int(len(readies) * 0.99)],
        }
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--agents", type=int, default=500)
    arguments.add_argument("--waiting", type=int, default=2_000)
    arguments.add_argument("--samples", type=int, default=1_000)
    arguments.add_argument("--rate", type=float, default=20.0)
    given = arguments.parse_args()
    figures = uvloop.run(measure(given.agents, given.waiting, given.samples, given.rate))
    for name, value in figures.items():
        print(f"{name:24} {value:10,.1f}")
    print(json.dumps({"p99_ms": round(figures["ready → offer p99 ms"], 1), "targets": {"p99_ms_at_most": 100}}))


if __name__ == "__main__":
    main()
