"""Outbox lanes: work written together with the event it belongs to, done at least once afterwards."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from warmline.runtime.clock import utc_now
from warmline.runtime.commit_store import connection_is_lost
from warmline.runtime.database import Database
from warmline.runtime.notifier import Notifier

LOG = logging.getLogger(__name__)
LOOK_EVERY_S = 0.5  # work becomes due, or a notification was lost
RETRY_S = 0.2
MAX_BACKOFF_S = 60.0
_CLAIM = """
UPDATE outbox o SET lease_until = $3::timestamptz + $4::interval, attempts = attempts + 1
FROM (
  SELECT id FROM outbox
  WHERE tenant_id = $1 AND lane = $2 AND due_at <= $3 AND (lease_until IS NULL OR lease_until <= $3)
  ORDER BY due_at, id LIMIT $5 FOR UPDATE SKIP LOCKED
) d
WHERE o.tenant_id = $1 AND o.id = d.id
RETURNING o.id, o.key, o.body, o.due_at, o.attempts, o.lease_until
"""
_DONE = "DELETE FROM outbox WHERE tenant_id = $1 AND id = ANY($2) AND lease_until = $3"
_FAILED = "UPDATE outbox SET lease_until = $3 WHERE tenant_id = $1 AND id = ANY($2) AND lease_until = $4"


class OutboxRow(Struct, frozen=True):
    """One piece of work. Bodies of lane `task` are read with `contact_rows.decode_task`."""

    tenant_id: str
    id: int
    key: UUID
    body: bytes | None
    due_at: datetime
    attempts: int
    lease_until: datetime


Handle = Callable[[list[OutboxRow]], Awaitable[object]]


class OutboxLane:
    """One lane's worker. `lease_s` must exceed the longest `handle`; a crashed worker's rows return after it.

    Rows of one batch belong to one tenant and come oldest first. When `handle` raises, all of the batch is
    tried again later: handlers must do the same work twice without harm.
    """

    def __init__(
        self, name: str, database: Database, notifier: Notifier, *, batch: int = 100, lease_s: float = 60.0
    ) -> None:
        self.name = name
        self._database = database
        self._wake = notifier.lane(name)
        self._batch = batch
        self._lease = timedelta(seconds=lease_s)

    async def run(self, handle: Handle) -> None:
        """Work until cancelled."""
        while True:
            try:
                self._wake.clear()
                busy = False
                for tenant_id in await self._database.tenants(max_age_s=2.0):
                    rows = await self.claim(tenant_id)
                    if rows:
                        await self._work(tenant_id, rows, handle)
                    busy = busy or len(rows) == self._batch
            except Exception as failure:
                if not connection_is_lost(failure):
                    LOG.exception("Lane %s stumbled", self.name)
                await asyncio.sleep(RETRY_S)
                continue
            if not busy:
                try:
                    async with asyncio.timeout(LOOK_EVERY_S):
                        await self._wake.wait()
                except TimeoutError:
                    pass

    async def claim(self, tenant_id: str) -> list[OutboxRow]:
        """Take at most a batch of due rows under a lease, oldest first."""
        async with self._database.tenant(tenant_id) as conn:
            rows = await conn.fetch(_CLAIM, tenant_id, self.name, utc_now(), self._lease, self._batch)
        claimed = [OutboxRow(tenant_id, *row) for row in rows]
        return sorted(claimed, key=lambda row: (row.due_at, row.id))

    async def _work(self, tenant_id: str, rows: list[OutboxRow], handle: Handle) -> None:
        ids, lease = [row.id for row in rows], rows[0].lease_until
        try:
            await handle(rows)
        except Exception:
            attempts = max(row.attempts for row in rows)
            pause_s = min(0.25 * 2**attempts, MAX_BACKOFF_S)
            LOG.exception("Lane %s failed %d rows; again in %.1f s", self.name, len(rows), pause_s)
            async with self._database.tenant(tenant_id) as conn:
                await conn.execute(_FAILED, tenant_id, ids, utc_now() + timedelta(seconds=pause_s), lease)
            return
        await self.finish(tenant_id, rows)

    async def finish(self, tenant_id: str, rows: list[OutboxRow]) -> None:
        """Delete claimed rows of one batch, unless their lease ran out and somebody else has them."""
        async with self._database.tenant(tenant_id) as conn:
            await conn.execute(_DONE, tenant_id, [row.id for row in rows], rows[0].lease_until)


async def add_to_outbox(
    database: Database, notifier: Notifier, tenant_id: str, lane: str, key: UUID, body: bytes | None
) -> None:
    """Put a row into a lane from outside the committer, such as an agent's presence change for the router."""
    async with database.tenant(tenant_id) as conn:
        await conn.execute(
            "INSERT INTO outbox (tenant_id, lane, key, body, due_at) VALUES ($1, $2, $3, $4, $5)",
            tenant_id,
            lane,
            key,
            body,
            utc_now(),
        )
    notifier.lanes({lane})
