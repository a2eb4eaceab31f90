"""The router's durable decisions in groups, against one commit each: same server, same run, full durability.

A decision moves a waiting contact to one agent: contact, offer, event, timers, outbox row, with the leader's epoch
checked. It takes the product's own way, from the leader's fenced command to the answer after the commit.
Those who wait are not in the leader's memory, for other processes put them in line. Beside it, in the same rounds:
the same way with one decision under way at a time, and a plain client that does the least one could do, as dialers
and queue daemons do it: BEGIN, SELECT … FOR UPDATE, UPDATE, INSERT, COMMIT.

How many times faster groups are is decided by the disk: what they save is waiting for it. `--wait-us` lets the
server wait so long before each flush (`commit_delay`), for a disk that is slower than this one.
"""

import argparse
import asyncio
import os
import random
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import msgspec
import uvloop

from warmline.domain.contact.commands import Decision, MakeOffer, SetTimer
from warmline.domain.contact.events import ContactOffered, ContactOpened, ContactQueued
from warmline.domain.contact.model import Contact, ContactStatus, QueueEntry, SkillNeed
from warmline.features.contacts.assembly import contact_rooms
from warmline.features.contacts.service import ContactService
from warmline.kernel.ids import new_id
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.committer import Committer, StoredEvent
from warmline.runtime.database import Database
from warmline.runtime.feed import Feed
from warmline.runtime.garbage import calm_collector
from warmline.runtime.keyring import Keyring
from warmline.runtime.lease import Lease
from warmline.runtime.master_keys import MasterKeys
from warmline.runtime.migrate import migrate
from warmline.runtime.notifier import Notifier
from warmline.runtime.postgres import EmbeddedPostgres

TARGET = 20.0
QUEUES = ("orders", "refunds", "accounts")
LASTS = timedelta(seconds=20)
WHY = {"code": "longest_idle", "queue_id": "orders", "waited_s": 84, "idle_s": 31, "skill": "ko", "level": 3}
LOCK = "SELECT id FROM contact WHERE tenant_id = 'onda' AND id = $1 AND status = 'queued' FOR UPDATE"
MOVE = (
    "UPDATE contact SET status = 'offered', agent_id = $2, offer_id = $3, version = version + 1,"
    " updated_at = now() WHERE tenant_id = 'onda' AND id = $1"
)
OFFER = (
    "INSERT INTO offer (tenant_id, contact_id, id, agent_id, epoch, offered_at, expires_at)"
    " VALUES ('onda', $1, $3, $2, 1, now(), now() + interval '20 seconds')"
)


class Groups:
    """Listens to commits: decisions of one group carry the same time."""

    def __init__(self) -> None:
        self.sizes: Counter[datetime] = Counter()

    def committed(self, tenant_id: str, contact: Contact, events: Sequence[StoredEvent]) -> None:
        for stored in events:
            if isinstance(stored.event, ContactOffered):
                self.sizes[stored.at] += 1

    def take(self) -> list[int]:
        sizes, self.sizes = sorted(self.sizes.values()), Counter()
        return sizes


def waiting(contact_id: UUID, customer_id: UUID, rng: random.Random) -> Callable[..., Decision]:
    """Return the command that puts a customer in line."""
    queue, needs = rng.choice(QUEUES), (SkillNeed(rng.choice(("ko", "ja", "en")), rng.randint(1, 3)),)

    def run(contact: Contact | None, now: datetime) -> Decision:
        entry = QueueEntry(queue, now, rng.choice((1, 5, 9)), needs)
        watch, conversation_id = SetTimer("queue.watch", now + timedelta(hours=1)), new_id()
        fresh = Contact(
            "onda", contact_id, "webchat", customer_id, conversation_id, "ko", ContactStatus.QUEUED, now,
            version=1, seq=2, queue=entry, first_queued_at=now, intent="order_status",
            timers={watch.timer: watch.due_at}, attributes={"page": "https://onda.example/orders", "tier": "gold"},
        )  # fmt: skip
        return Decision(
            fresh, (ContactOpened("webchat", customer_id, conversation_id, "ko"), ContactQueued(entry)), (watch,)
        )

    return run


class Product:
    """The leader's way: fenced commands through the contact service."""

    def __init__(self, service: ContactService, epoch: int, agents: Sequence[UUID]) -> None:
        self._service, self._epoch, self._agents = service, epoch, agents
        self.took_ms: list[float] = []

    async def decide(self, contact_id: UUID, number: int) -> None:
        began = time.perf_counter()
        agent_id = self._agents[number % len(self._agents)]
        offer = MakeOffer(
            new_id(), agent_id, datetime.now(UTC) + LASTS, "Longest idle of those with ko at level 3.", WHY
        )
        await self._service.command("onda", contact_id, offer, epoch=self._epoch)
        self.took_ms.append((time.perf_counter() - began) * 1e3)

    async def run(self, contacts: Sequence[UUID], pending: int) -> float:
        """Decide upon these contacts with so many decisions pending; return decisions a second."""
        line = iter(enumerate(contacts))
        self.took_ms.clear()

        async def caller() -> None:
            for number, contact_id in line:
                await self.decide(contact_id, number)

        began = time.perf_counter()
        await asyncio.gather(*(caller() for _ in range(pending)))
        return len(contacts) / (time.perf_counter() - began)


async def plain(connection: asyncpg.Connection, contacts: Sequence[UUID], agents: Sequence[UUID]) -> list[float]:
    """Decide upon these contacts in one textbook transaction each; return ms of each."""
    lock, move, offer = [await connection.prepare(sql) for sql in (LOCK, MOVE, OFFER)]
    took_ms: list[float] = []
    for number, contact_id in enumerate(contacts):
        began = time.perf_counter()
        agent_id, offer_id = agents[number % len(agents)], new_id()
        await connection.execute("BEGIN")
        assert await lock.fetchval(contact_id) == contact_id
        await move.fetch(contact_id, agent_id, offer_id)
        await offer.fetch(contact_id, agent_id, offer_id)
        await connection.execute("COMMIT")
        took_ms.append((time.perf_counter() - began) * 1e3)
    return took_ms


def sync_ms(folder: Path, times: int = 200) -> float:
    """Return the median time of writing 8 kB through to the disk, as PostgreSQL's own test does it."""
    took: list[float] = []
    block = os.urandom(8192)
    file = os.open(folder / "sync.test", os.O_CREAT | os.O_RDWR)
    try:
        os.write(file, block)
        for _ in range(times):
            began = time.perf_counter()
            os.pwrite(file, block, 0)
            os.fdatasync(file)
            took.append((time.perf_counter() - began) * 1e3)
    finally:
        os.close(file)
        (folder / "sync.test").unlink()
    return statistics.median(took)


def quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


async def measure(
    folder: Path, postgres: EmbeddedPostgres, rounds: int, decisions: int, pending: int
) -> dict[str, float]:
    """Measure in interleaved rounds; return medians."""
    await migrate(postgres.admin_url, app_password=postgres.app_password)
    admin = await asyncpg.connect(postgres.admin_url)
    assert await admin.fetchval("SHOW fsync") == "on"
    assert await admin.fetchval("SHOW synchronous_commit") == "on"
    await admin.execute("INSERT INTO tenant (id, name, created_at) VALUES ('onda', 'Onda', now())")
    database = await Database.open(postgres.url)
    async with database.tenant("onda") as conn:
        for queue in QUEUES:
            await conn.execute("INSERT INTO queue (tenant_id, id, name) VALUES ('onda', $1, '{}')", queue)
    keyring = await Keyring.open(database, MasterKeys((os.urandom(32),)))
    notifier = Notifier(database)
    committer = Committer(database, keyring, notifier)
    feed = Feed(database, keyring, committer, notifier)
    tasks = TaskRegistry(lambda name, failure: print(f"{name} failed: {failure!r}"))
    rooms = contact_rooms(
        database, keyring, committer, feed, notifier, tasks, lambda name, failure: print(name, failure)
    )
    groups = Groups()
    committer.on_committed.append(groups.committed)
    for part in (notifier, committer, feed):
        part.start()
    await rooms.warm()
    epoch = await Lease(database, "onda", "bench", lasts_s=3_600).acquire()
    assert epoch is not None
    floor = await database.dedicated("floor")
    await floor.execute("SELECT set_config('warmline.tenant', 'onda', false)")

    rng = random.Random(7)
    customers, agents = [new_id() for _ in range(500)], [new_id() for _ in range(500)]
    single = max(decisions // 10, 100)
    ids = [new_id() for _ in range((rounds + 1) * (decisions + 2 * single))]
    for start in range(0, len(ids), 1_000):
        await asyncio.gather(
            *(
                committer.execute("onda", one, waiting(one, rng.choice(customers), rng))
                for one in ids[start : start + 1_000]
            )
        )
    await admin.execute("TRUNCATE outbox")
    await admin.execute("VACUUM ANALYZE")
    await admin.execute("CHECKPOINT")
    calm_collector()
    rng.shuffle(ids)
    product = Product(rooms.service, epoch, agents)
    found: dict[str, list[float]] = {}
    sizes: list[int] = []
    for turn in range(rounds + 1):  # the first one warms up
        figures: dict[str, float] = {"sync ms": await asyncio.to_thread(sync_ms, folder)}
        part = [ids.pop() for _ in range(decisions)]
        groups.take()
        committer.evict_all()  # those who wait were put in line by other processes: the leader has to read them
        cpu = time.process_time()
        figures["grouped a second"] = await product.run(part, pending)
        figures["grouped, client CPU µs each"] = (time.process_time() - cpu) / decisions * 1e6
        figures["grouped p50 ms"], figures["grouped p99 ms"] = (quantile(product.took_ms, q) for q in (0.5, 0.99))
        round_sizes = groups.take()
        part = [ids.pop() for _ in range(single)]
        committer.evict_all()
        figures["one at a time a second"] = await product.run(part, 1)
        figures["one at a time p50 ms"] = quantile(product.took_ms, 0.5)
        part = [ids.pop() for _ in range(single)]
        took_ms = await plain(floor, part, agents)
        figures["plain transactions a second"] = len(part) / sum(took_ms) * 1e3
        figures["plain transactions p50 ms"] = quantile(took_ms, 0.5)
        await admin.execute("TRUNCATE outbox")
        if turn:
            sizes += round_sizes
            for name, value in figures.items():
                found.setdefault(name, []).append(value)
    offered = await admin.fetchval(
        "SELECT count(*) FROM contact c JOIN offer o ON o.contact_id = c.id AND o.id = c.offer_id"
        " WHERE c.status = 'offered' AND o.ended_at IS NULL AND o.agent_id = c.agent_id"
    )
    assert offered == (rounds + 1) * (decisions + 2 * single), (
        "Each decision is one contact and its one live offer."
    )
    await tasks.close()
    await feed.close()
    await committer.close()
    await notifier.close()
    await floor.close()
    await database.close()
    await admin.close()
    medians = {name: statistics.median(values) for name, values in found.items()}
    medians["group size p50"], medians["group size p99"] = quantile(sizes, 0.5), quantile(sizes, 0.99)
    for name in ("one at a time", "plain transactions"):
        ratios = [a / b for a, b in zip(found["grouped a second"], found[f"{name} a second"], strict=True)]
        medians[f"grouped, times {name}"] = statistics.median(ratios)
    return medians


def main() -> int:
    """Run and print; the exit code says whether the goal was met against the same way one at a time."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--decisions", type=int, default=15_000, help="in groups, each round")
    arguments.add_argument("--pending", type=int, default=2_000)
    arguments.add_argument("--wait-us", type=int, default=0, help="before each flush to the disk")
    given = arguments.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="warmline-bench-"))
    folder.chmod(0o711)  # the unprivileged account passes through
    waiting = {"commit_delay": str(given.wait_us), "commit_siblings": "0"} if given.wait_us else {}
    postgres = EmbeddedPostgres(folder, settings=waiting)
    postgres.start()
    try:
        figures = uvloop.run(measure(folder, postgres, given.rounds, given.decisions, given.pending))
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)
    for name, value in figures.items():
        print(f"{name:36} {value:12,.2f}")
    times = {
        "times_one_at_a_time": round(figures["grouped, times one at a time"], 1),
        "times_plain": round(figures["grouped, times plain transactions"], 1),
    }
    print(msgspec.json.encode({**times, "targets": dict.fromkeys(times, TARGET)}).decode())
    return 0 if min(times.values()) >= TARGET else 1


if __name__ == "__main__":
    raise SystemExit(main())
