"""A timer fires when it is due, also when the process that held it died."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

from warmline.kernel.errors import NOT_ALLOWED, Refused
from warmline.kernel.ids import new_id
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.timers import TimerService


async def set_timer(
    database: Database, key: UUID, timer: str = "idle", in_s: float = 0, tenant_id: str = "onda"
) -> None:
    async with database.tenant(tenant_id) as conn:
        await conn.execute(
            "INSERT INTO timer (tenant_id, key, timer, due_at) VALUES ($1, $2, $3, $4) "
            "ON CONFLICT (tenant_id, key, timer) DO UPDATE "
            "SET due_at = EXCLUDED.due_at, lease_until = NULL, attempts = 0",
            tenant_id,
            key,
            timer,
            utc_now() + timedelta(seconds=in_s),
        )


async def left(database: Database, tenant_id: str = "onda") -> int:
    async with database.tenant(tenant_id) as conn:
        return await conn.fetchval("SELECT count(*) FROM timer")


@asynccontextmanager
async def running(
    database: Database, fire: Callable[[str, UUID, str], Awaitable[object]]
) -> AsyncIterator[TimerService]:
    service = TimerService(database)
    tasks = TaskRegistry(lambda name, failure: None)
    tasks.spawn("timers", service.run(fire))
    yield service
    await tasks.close()


async def until_empty(database: Database) -> None:
    async with asyncio.timeout(10):
        while await left(database):
            await asyncio.sleep(0.02)


async def test_due_timers_of_every_tenant_fire_once_and_later_ones_wait(database: Database) -> None:
    fired: list[tuple[str, str]] = []

    async def fire(tenant_id: str, _key: UUID, timer: str) -> None:
        fired.append((tenant_id, timer))

    await set_timer(database, new_id(), "idle")
    await set_timer(database, new_id(), "offer", in_s=0.3)
    await set_timer(database, new_id(), "wrap_up", in_s=3600)
    await set_timer(database, new_id(), "idle", tenant_id="rival")
    async with running(database, fire):
        async with asyncio.timeout(10):
            while await left(database) > 1 or await left(database, "rival"):
                await asyncio.sleep(0.02)
    assert sorted(fired) == [("onda", "idle"), ("onda", "offer"), ("rival", "idle")]


async def test_two_processes_share_the_timers_and_fire_none_twice(database: Database) -> None:
    keys = [new_id() for _ in range(300)]
    for key in keys:
        await set_timer(database, key)
    fired: list[UUID] = []

    async def fire(_tenant_id: str, key: UUID, _timer: str) -> None:
        fired.append(key)

    async with running(database, fire), running(database, fire):
        await until_empty(database)
    assert sorted(fired) == sorted(keys)


async def test_a_timer_set_again_while_it_fires_stays(database: Database) -> None:
    key, done = new_id(), asyncio.Event()

    async def fire(_tenant_id: str, key: UUID, _timer: str) -> None:
        if not done.is_set():
            await set_timer(database, key, in_s=3600)
            done.set()

    await set_timer(database, key)
    async with running(database, fire) as service:
        await asyncio.wait_for(done.wait(), 5)
        await service.drained()
    assert await left(database) == 1


async def test_a_dead_processs_timers_come_back_when_their_lease_ends(database: Database) -> None:
    await set_timer(database, new_id())
    service = TimerService(database)
    now = utc_now()
    assert len(await service.claim("onda", now, 10)) == 1
    assert await service.claim("onda", now, 10) == []
    again = await service.claim("onda", now + timedelta(seconds=31), 10)
    assert [one.attempts for one in again] == [2]


async def test_a_refusal_is_an_answer_and_a_failure_is_tried_again(database: Database) -> None:
    tries: dict[str, int] = {}

    async def fire(_tenant_id: str, _key: UUID, timer: str) -> None:
        tries[timer] = tries.get(timer, 0) + 1
        if timer == "refused":
            raise Refused(NOT_ALLOWED)
        if tries[timer] == 1:
            raise OSError("a moment's trouble")

    await set_timer(database, new_id(), "refused")
    await set_timer(database, new_id(), "troubled")
    async with running(database, fire):
        await until_empty(database)
    assert tries == {"refused": 1, "troubled": 2}
