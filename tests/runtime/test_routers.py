"""Each tenant has its router; hints reach the right one."""

import asyncio
from collections.abc import Callable
from uuid import UUID

from warmline.kernel.ids import new_id
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.database import Database
from warmline.runtime.routers import Routers


class Quiet:
    """Nobody listens and nothing is ever offered."""

    async def signal(self, tenant_id: str, name: str, payload: str) -> None:
        self.last = (tenant_id, name, payload)

    async def command(self, tenant_id: str, contact_id: UUID, command: object, epoch: int) -> None:
        raise AssertionError("nobody waits here")

    async def review(self, tenant_id: str, agent_ids: list[UUID]) -> None:
        raise AssertionError("nobody works here")


async def soon(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.01)


async def test_every_tenant_is_led_and_let_go_when_the_process_stops(database: Database):
    quiet, failures = Quiet(), list[str]()
    tasks = TaskRegistry(lambda name, failure: failures.append(f"{name}: {failure!r}"))
    lane = asyncio.Event()
    routers = Routers(database, quiet, quiet.command, quiet.review, lane)
    tasks.spawn("routers", routers.run())
    await soon(lambda: [leader.epoch for leader in routers.leaders.values()] == [1, 1])
    assert sorted(routers.leaders) == ["onda", "rival"]
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO outbox (tenant_id, lane, key, due_at) VALUES ('onda', 'router', $1, now())", new_id()
        )
        lane.set()
        while await conn.fetchval("SELECT count(*) FROM outbox"):
            await asyncio.sleep(0.01)
    routers.presence("onda", f'{{"agent":"{new_id().hex}","version":1}}')
    routers.presence("nobody", "{}")
    routers.settings("rival", "")
    routers.missed_something()
    lost = new_id()
    assert routers.remind("onda", [lost]) == 1
    assert routers.remind("nobody", [lost]) == 0
    await tasks.close()
    async with database.tenant("rival") as conn:
        assert await conn.fetchval("SELECT expires_at < now() FROM routing_lease") is True
    assert failures == []
