"""Calls as rows: which node has which, when they began, were answered and ended, and how they sounded."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct

from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

Direction = Literal["inbound", "outbound", "browser"]
QUIET_FOR = timedelta(seconds=60)  # a contact's call begins and ends within this time of what it is told


class RunningCall(Struct, frozen=True):
    """A call that has begun and not ended, as its row says."""

    tenant_id: str
    id: UUID
    contact_id: UUID
    node_id: str
    began_at: datetime


class Quality(Struct, frozen=True, omit_defaults=True):
    """How the customer's leg fared: see `ports/media.LegReport`."""

    mos: float | None = None
    lost_share: float | None = None
    jitter_ms: float | None = None


class Calls:
    """The table of calls."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def began(
        self,
        tenant_id: str,
        id: UUID,
        contact_id: UUID,
        node_id: str,
        direction: Direction,
        *,
        number_id: str | None = None,
        trunk_id: str | None = None,
    ) -> None:
        """Write the row of a new call; harmless when it is there."""
        async with self._database.tenant(tenant_id) as conn:
            await conn.execute(
                "INSERT INTO call (tenant_id, id, contact_id, node_id, direction, number_id, trunk_id, began_at)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
                tenant_id, id, contact_id, node_id, direction, number_id, trunk_id, utc_now(),
            )  # fmt: skip

    async def claim(self, tenant_id: str, id: UUID, contact_id: UUID, node_id: str) -> bool:
        """Write the row of a call that goes out, unless the contact has a running one; then return False."""
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await conn.execute("SELECT pg_advisory_xact_lock(hashtextextended('call|' || $1, 0))", str(contact_id))
            written = await conn.execute(
                "INSERT INTO call (tenant_id, id, contact_id, node_id, direction, began_at)"
                " SELECT $1, $2, $3, $4, 'outbound', $5 WHERE NOT EXISTS (SELECT 1 FROM call"
                " WHERE tenant_id = $1 AND contact_id = $3 AND ended_at IS NULL)",
                tenant_id, id, contact_id, node_id, utc_now(),
            )  # fmt: skip
        return written == "INSERT 0 1"

    async def answered(self, tenant_id: str, id: UUID) -> None:
        """Note that somebody answered; the first time counts."""
        async with self._database.tenant(tenant_id) as conn:
            await conn.execute(
                "UPDATE call SET answered_at = coalesce(answered_at, $3) WHERE tenant_id = $1 AND id = $2",
                tenant_id, id, utc_now(),
            )  # fmt: skip

    async def ended(self, tenant_id: str, id: UUID, outcome: str, quality: Quality | None = None) -> bool:
        """Note the end of a call, once; return whether this was the first to say so."""
        known = quality or Quality()
        async with self._database.tenant(tenant_id) as conn:
            done = await conn.execute(
                "UPDATE call SET ended_at = $3, outcome = $4, mos = $5, lost_share = $6, jitter_ms = $7"
                " WHERE tenant_id = $1 AND id = $2 AND ended_at IS NULL",
                tenant_id, id, utc_now(), outcome, known.mos, known.lost_share, known.jitter_ms,
            )  # fmt: skip
        return done == "UPDATE 1"

    async def running(self, tenant_id: str, node_id: str | None = None) -> list[RunningCall]:
        """Return the calls that have not ended, of one node or of all."""
        async with self._database.tenant(tenant_id) as conn:
            rows = await conn.fetch(
                "SELECT id, contact_id, node_id, began_at FROM call WHERE tenant_id = $1 AND ended_at IS NULL"
                " AND ($2::text IS NULL OR node_id = $2) ORDER BY began_at LIMIT 5000",
                tenant_id, node_id,
            )  # fmt: skip
        return [RunningCall(tenant_id, r["id"], r["contact_id"], r["node_id"], r["began_at"]) for r in rows]

    async def without_node(self, tenant_id: str) -> list[RunningCall]:
        """Return running calls whose node is gone: their audio is, too."""
        async with self._database.tenant(tenant_id) as conn:
            rows = await conn.fetch(
                "SELECT c.id, c.contact_id, c.node_id, c.began_at FROM call c"
                " WHERE c.tenant_id = $1 AND c.ended_at IS NULL"
                " AND NOT EXISTS (SELECT 1 FROM voice_node n WHERE n.id = c.node_id) LIMIT 1000",
                tenant_id,
            )
        return [RunningCall(tenant_id, r["id"], r["contact_id"], r["node_id"], r["began_at"]) for r in rows]

    async def contacts_without(self, tenant_id: str) -> list[tuple[UUID, bool]]:
        """Return open telephone contacts, quiet for a minute, that no call runs of, and whether one ever did."""
        async with self._database.tenant(tenant_id) as conn:
            rows = await conn.fetch(
                "SELECT k.id, EXISTS (SELECT 1 FROM call c WHERE c.tenant_id = $1 AND c.contact_id = k.id) AS had"
                " FROM contact k WHERE k.tenant_id = $1 AND k.channel = 'voice'"
                " AND k.status IN ('journey', 'queued', 'offered', 'connected', 'survey')"
                " AND k.updated_at < $2 AND NOT EXISTS (SELECT 1 FROM call c"
                " WHERE c.tenant_id = $1 AND c.contact_id = k.id AND c.ended_at IS NULL) LIMIT 200",
                tenant_id, utc_now() - QUIET_FOR,
            )  # fmt: skip
        return [(row["id"], row["had"]) for row in rows]
