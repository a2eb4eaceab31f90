"""Work in the outbox is done at least once, oldest first, and waits for nobody's polling."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

from warmline.kernel.ids import new_id
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.notifier import Notifier
from warmline.runtime.outbox import OutboxLane, OutboxRow, add_to_outbox


@asynccontextmanager
async def running(lane: OutboxLane, handle: Callable[[list[OutboxRow]], Awaitable[object]]) -> AsyncIterator[None]:
    tasks = TaskRegistry(lambda name, failure: None)
    tasks.spawn("lane", lane.run(handle))
    yield
    await tasks.close()


async def until_empty(database: Database, lane: str) -> None:
    async with asyncio.timeout(10), database.tenant("onda") as conn:
        while await conn.fetchval("SELECT count(*) FROM outbox WHERE lane = $1", lane):
            await asyncio.sleep(0.02)


async def test_rows_are_handled_in_order_and_only_in_their_own_lane(
    database: Database, notifier: Notifier
) -> None:
    handled: list[UUID] = []

    async def handle(rows: list[OutboxRow]) -> None:
        handled.extend(row.key for row in rows)

    keys = [new_id() for _ in range(250)]
    for key in keys:
        await add_to_outbox(database, notifier, "onda", "router", key, b"agent")
    await add_to_outbox(database, notifier, "onda", "webhook", new_id(), None)
    async with running(OutboxLane("router", database, notifier), handle):
        await until_empty(database, "router")
    assert handled == keys
    async with database.tenant("onda") as conn:
        assert await conn.fetchval("SELECT count(*) FROM outbox") == 1


async def test_new_work_wakes_its_lane_at_once(database: Database, notifier: Notifier) -> None:
    woken: asyncio.Queue[list[OutboxRow]] = asyncio.Queue(10)
    async with running(OutboxLane("router", database, notifier), woken.put):
        await asyncio.sleep(0)
        started = utc_now()
        for _ in range(5):
            await add_to_outbox(database, notifier, "onda", "router", new_id(), None)
            await asyncio.wait_for(woken.get(), 5)
        assert utc_now() - started < timedelta(seconds=2)  # five polls would take longer


async def test_failed_work_is_tried_again_and_work_for_later_waits(database: Database, notifier: Notifier) -> None:
    attempts: list[int] = []

    async def handle(rows: list[OutboxRow]) -> None:
        attempts.append(rows[0].attempts)
        if len(attempts) == 1:
            raise OSError("a moment's trouble")

    await add_to_outbox(database, notifier, "onda", "task", new_id(), None)
    async with running(OutboxLane("task", database, notifier), handle):
        await until_empty(database, "task")
    assert attempts == [1, 2]


async def test_a_dead_workers_rows_come_back_and_its_late_answer_deletes_nothing(
    database: Database, notifier: Notifier
) -> None:
    await add_to_outbox(database, notifier, "onda", "task", new_id(), None)
    dead = OutboxLane("task", database, notifier, lease_s=0.0)
    living = OutboxLane("task", database, notifier)
    first = await dead.claim("onda")
    second = await living.claim("onda")
    assert [row.attempts for row in (*first, *second)] == [1, 2]
    await dead.finish("onda", first)
    async with database.tenant("onda") as conn:
        assert await conn.fetchval("SELECT count(*) FROM outbox") == 1
    await living.finish("onda", second)
    async with database.tenant("onda") as conn:
        assert await conn.fetchval("SELECT count(*) FROM outbox") == 0
