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


_COLUMNS = ", ".join(WaitingLine.__struct_fields__)


class LineStore:
    """Reads only; the committer writes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self, tenant_id: str, queue_id: str) -> Sequence[WaitingLine]:
        """Return those who wait to be taken, in the order they are served in."""
        async with self._database.tenant(tenant_id) as conn:
            rows = await conn.fetch(
                f"SELECT {_COLUMNS} FROM contact WHERE tenant_id = $1 AND queue_id = $2"
                " AND (status = 'queued' OR status = 'callback' AND routing IS NOT NULL)"
                " AND routing->>'only_agent_id' IS NULL"
                f" ORDER BY queued_at + coalesce(priority, 5) * interval '{AGEING_S} seconds', id"
                f" LIMIT {WAITING_SHOWN}",
                tenant_id,
                queue_id,
            )
        return [WaitingLine(**dict(row)) for row in rows]

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
