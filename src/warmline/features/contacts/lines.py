"""Reads on lines: who waits in a queue, and whose call is promised."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from warmline.runtime.database import Database

WAITING_SHOWN = 100
CALLBACKS_SHOWN = 200
AGEING_S = 120  # as the router counts: one step of priority is worth this much waiting


class WaitingLine(Struct, frozen=True):
    """Somebody in line."""

    id: UUID
    status: str
    customer_id: UUID
    intent: str | None
    locale: str
    channel: str
    priority: int | None
    queued_at: datetime


class LineLength(Struct, frozen=True):
    """How many wait to be taken, and since when the first of them does."""

    waiting: int = 0
    longest_since: datetime | None = None


_COLUMNS = ", ".join(WaitingLine.__struct_fields__)


# Who may be taken by whoever wants: waits, or is due to be called, and is meant for nobody alone.
_FREE = "(status = 'queued' OR status = 'callback' AND routing IS NOT NULL) AND routing->>'only_agent_id' IS NULL"


class LineStore:
    """Reads only; the committer writes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self, tenant_id: str, queue_id: str) -> Sequence[WaitingLine]:
        """Return those who wait to be taken, in the order they are served in."""
        async with self._database.tenant(tenant_id) as conn:
            rows = await conn.fetch(
                f"SELECT {_COLUMNS} FROM contact WHERE tenant_id = $1 AND queue_id = $2"
                f" AND {_FREE}"
                f" ORDER BY queued_at + coalesce(priority, 5) * interval '{AGEING_S} seconds', id"
                f" LIMIT {WAITING_SHOWN}",
                tenant_id,
                queue_id,
            )
        return [WaitingLine(**dict(row)) for row in rows]

    async def lengths(self, tenant_id: str) -> dict[str, LineLength]:
        """Return how long each line is; queues without anybody in line are left out."""
        async with self._database.tenant(tenant_id) as conn:
            rows = await conn.fetch(
                "SELECT queue_id, count(*)::int AS waiting, min(queued_at) AS longest_since FROM contact"
                f" WHERE tenant_id = $1 AND queue_id IS NOT NULL AND {_FREE} GROUP BY queue_id",
                tenant_id,
            )
        return {row["queue_id"]: LineLength(row["waiting"], row["longest_since"]) for row in rows}

    async def callbacks(self, tenant_id: str, queue_id: str | None) -> Sequence[UUID]:
        """Return the contacts with an open promise, the one due first at the top."""
        async with self._database.tenant(tenant_id) as conn:
            rows = await conn.fetch(
                "SELECT id FROM contact WHERE tenant_id = $1 AND callback_at IS NOT NULL"
                f" AND ($2::text IS NULL OR queue_id = $2) ORDER BY callback_at, id LIMIT {CALLBACKS_SHOWN}",
                tenant_id,
                queue_id,
            )
        return [row["id"] for row in rows]
