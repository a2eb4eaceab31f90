"""Durable timers: claimed when due, under a lease, and deleted only when what they woke has answered."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from warmline.kernel.errors import Refused
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.clock import utc_now
from warmline.runtime.commit_store import connection_is_lost
from warmline.runtime.database import Database

LOG = logging.getLogger(__name__)
LEASE_S = 30.0  # a crashed process's timers fire again after this
LOOK_EVERY_S = 0.1  # a timer set by another process is noticed within this
LOOK_AGAIN_S = 0.02  # where some were due, more soon will be
RETRY_S = 0.2
MAX_BACKOFF_S = 60.0
_CLAIM = """
UPDATE timer t SET lease_until = $2::timestamptz + $3::interval, attempts = attempts + 1
FROM (
  SELECT tenant_id, key, timer FROM timer
  WHERE tenant_id = $1 AND due_at <= $2 AND (lease_until IS NULL OR lease_until <= $2)
  ORDER BY due_at LIMIT $4 FOR UPDATE SKIP LOCKED
) d
WHERE t.tenant_id = d.tenant_id AND t.key = d.key AND t.timer = d.timer
RETURNING t.key, t.timer, t.due_at, t.lease_until, t.attempts
"""
# A timer that was set again while it fired has no lease, or another due time, and stays.
_DONE = """
DELETE FROM timer t USING unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[])
  AS d (key, timer, due_at, lease_until)
WHERE t.tenant_id = $1 AND t.key = d.key AND t.timer = d.timer AND t.due_at = d.due_at
  AND t.lease_until = d.lease_until
"""
_FAILED = """
UPDATE timer t SET lease_until = $4 WHERE tenant_id = $1 AND key = $2 AND timer = $3 AND lease_until = $5
"""


class DueTimer(Struct, frozen=True):
    """A claimed timer. `attempts` counts this one."""

    tenant_id: str
    key: UUID
    timer: str
    due_at: datetime
    lease_until: datetime
    attempts: int


Fire = Callable[[str, UUID, str], Awaitable[object]]


class TimerService:
    """Fires due timers of every tenant. Several processes may run it; each timer goes to one of them.

    A timer fires at least once: whatever it wakes must know that it was woken before (the contact machine
    does). A refusal counts as an answer; any other failure is tried again, later and later.
    """

    def __init__(self, database: Database, *, batch: int = 200, at_once: int = 400) -> None:
        self._database = database
        self._batch = batch
        self._room = asyncio.Semaphore(at_once)
        self._tasks = TaskRegistry(lambda name, failure: LOG.error("%s failed: %r", name, failure))
        self._done: dict[str, list[DueTimer]] = {}
        self._has_done = asyncio.Event()

    async def run(self, fire: Fire) -> None:
        """Fire until cancelled: `fire(tenant_id, key, timer)`, several at once."""
        self._tasks.spawn("timer eraser", self._erase_forever())
        try:
            while True:
                try:
                    claimed = await self._round(fire)
                except Exception as failure:
                    if not connection_is_lost(failure):
                        LOG.exception("Timers could not be claimed")
                    await asyncio.sleep(RETRY_S)
                    continue
                if claimed < self._batch:
                    await asyncio.sleep(LOOK_AGAIN_S if claimed else LOOK_EVERY_S)
        finally:
            await self._tasks.close()

    async def claim(self, tenant_id: str, now: datetime, limit: int) -> list[DueTimer]:
        """Take at most `limit` due timers of a tenant under a lease."""
        async with self._database.tenant(tenant_id) as conn:
            rows = await conn.fetch(_CLAIM, tenant_id, now, timedelta(seconds=LEASE_S), limit)
        return [DueTimer(tenant_id, *row) for row in rows]

    async def _round(self, fire: Fire) -> int:
        """Claim once for every tenant; return the largest number claimed for one."""
        most = 0
        for tenant_id in await self._tenants():
            claimed = await self.claim(tenant_id, utc_now(), self._batch)
            most = max(most, len(claimed))
            for one in claimed:
                await self._room.acquire()  # bounded: no more is claimed than is being worked on
                self._tasks.spawn(f"timer {one.timer}", self._fire(fire, one))
        return most

    async def _tenants(self) -> list[str]:
        return await self._database.tenants(max_age_s=2.0)

    async def _fire(self, fire: Fire, one: DueTimer) -> None:
        try:
            await fire(one.tenant_id, one.key, one.timer)
        except Refused as refusal:
            if refusal.spec.status >= 500:  # busy or unavailable: not an answer
                await self._later(one)
                return
        except Exception:
            LOG.exception("Timer %s of %s failed (attempt %d)", one.timer, one.key, one.attempts)
            await self._later(one)
            return
        finally:
            self._room.release()
        self._done.setdefault(one.tenant_id, []).append(one)
        self._has_done.set()

    async def _later(self, one: DueTimer) -> None:
        pause_s = min(0.5 * 2**one.attempts, MAX_BACKOFF_S)
        try:
            async with self._database.tenant(one.tenant_id) as conn:
                until = utc_now() + timedelta(seconds=pause_s)
                await conn.execute(_FAILED, one.tenant_id, one.key, one.timer, until, one.lease_until)
        except Exception as failure:  # the lease runs out by itself
            LOG.warning("Timer %s waits for its lease to end: %r", one.timer, failure)

    async def drained(self) -> None:
        """Return when everything that has fired so far is deleted."""
        finished, self._done = self._done, {}
        for tenant_id, timers in finished.items():
            await self._erase(tenant_id, timers)

    async def _erase_forever(self) -> None:
        while True:
            await self._has_done.wait()
            await asyncio.sleep(0.01)  # gather a few
            self._has_done.clear()
            finished, self._done = self._done, {}
            for tenant_id, timers in finished.items():
                try:
                    await self._erase(tenant_id, timers)
                except Exception as failure:
                    LOG.warning("%d timers will fire again: %r", len(timers), failure)

    async def _erase(self, tenant_id: str, timers: list[DueTimer]) -> None:
        async with self._database.tenant(tenant_id) as conn:
            await conn.execute(
                _DONE,
                tenant_id,
                [one.key for one in timers],
                [one.timer for one in timers],
                [one.due_at for one in timers],
                [one.lease_until for one in timers],
            )
