"""The live board's alerts: limits from settings, hysteresis, and who has seen to what."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
from msgspec.structs import replace

from warmline.features.desk.alerts import LEVELS, METRICS, Ack, Alert, AlertBook, Limits, Values, usual_limits
from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.kernel.errors import INVALID, NOT_FOUND, Refused
from warmline.runtime.database import Database

FORGET = timedelta(seconds=60)  # after its alert is over: another process may still be calming down
LIMITS = (
    "SELECT q.id, q.target_s, r.limits FROM queue q"
    " LEFT JOIN alert_rule r ON r.tenant_id = q.tenant_id AND r.id = q.id WHERE q.tenant_id = $1"
)
ACKS = (
    "SELECT a.queue_id, a.metric, a.level, a.agent_id, g.name, a.at FROM alert_ack a"
    " JOIN agent g ON g.tenant_id = a.tenant_id AND g.id = a.agent_id WHERE a.tenant_id = $1"
)
ACKNOWLEDGE = (
    "INSERT INTO alert_ack (tenant_id, queue_id, metric, level, agent_id, at) VALUES ($1, $2, $3, $4, $5, $6)"
    " ON CONFLICT (tenant_id, queue_id, metric) DO UPDATE SET level = $4, agent_id = $5, at = $6"
)

Acks = Mapping[tuple[str, str], Ack]


class BoardAlerts:
    """Alerts of all companies, as this process sees them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._books: dict[str, tuple[AlertBook, datetime]] = {}

    async def look(
        self, conn: asyncpg.Connection, tenant_id: str, values: Mapping[str, Values], now: datetime
    ) -> list[Alert]:
        """Take in every queue's numbers of this moment; return the alerts, the worst and oldest first."""
        book, since = self._books.setdefault(tenant_id, (AlertBook(), now))
        limits = await limits_of(conn, tenant_id)
        acks = await acks_of(conn, tenant_id)
        alerts = [
            alert
            for queue_id, numbers in values.items()
            for alert in book.look(queue_id, numbers, limits.get(queue_id, {}), now)
        ]
        if now - since > FORGET:
            await self._forget(conn, tenant_id, acks, alerts, now)
        seen = [replace(one, acknowledged=_ack_of(one, acks)) for one in alerts]
        return sorted(seen, key=lambda one: (-LEVELS.index(one.level), one.since_at, one.queue_id, one.metric))

    async def acknowledge(
        self, tenant_id: str, actor: Actor, queue_id: str, metric: str, level: str, now: datetime
    ) -> None:
        """Note that somebody has seen to an alert, until it is over or gets worse. Raises Refused."""
        if metric not in METRICS or level not in LEVELS[1:]:
            raise Refused(INVALID, field="metric", reason="no alert is called so")
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            known = "SELECT 1 FROM queue WHERE tenant_id = $1 AND id = $2"
            if await conn.fetchval(known, tenant_id, queue_id) is None:
                raise Refused(NOT_FOUND, what="queue")
            await conn.execute(ACKNOWLEDGE, tenant_id, queue_id, metric, level, actor.agent_id, now)
            detail: audit.Detail = {"metric": metric, "level": level}
            await audit.append(conn, tenant_id, actor, "alert.acknowledged", f"queue:{queue_id}", detail, now=now)

    async def _forget(
        self, conn: asyncpg.Connection, tenant_id: str, acks: Acks, alerts: Iterable[Alert], now: datetime
    ) -> None:
        on = {(alert.queue_id, alert.metric) for alert in alerts}
        over = [key for key, ack in acks.items() if key not in on and now - ack.at > FORGET]
        for queue_id, metric in over:
            await conn.execute(
                "DELETE FROM alert_ack WHERE tenant_id = $1 AND queue_id = $2 AND metric = $3",
                tenant_id, queue_id, metric,
            )  # fmt: skip


async def limits_of(conn: asyncpg.Connection, tenant_id: str) -> dict[str, Limits]:
    """Return each queue's limits: its own, or the usual ones."""
    rows = await conn.fetch(LIMITS, tenant_id)
    return {row["id"]: usual_limits(row["target_s"]) if row["limits"] is None else row["limits"] for row in rows}


async def acks_of(conn: asyncpg.Connection, tenant_id: str) -> dict[tuple[str, str], Ack]:
    """Return who has seen to which alert."""
    return {
        (row["queue_id"], row["metric"]): Ack(row["level"], UUID(str(row["agent_id"])), row["name"], row["at"])
        for row in await conn.fetch(ACKS, tenant_id)
    }


def _ack_of(alert: Alert, acks: Acks) -> Ack | None:
    """An alert that has become worse since asks again."""
    ack = acks.get((alert.queue_id, alert.metric))
    return ack if ack is not None and LEVELS.index(ack.level) >= LEVELS.index(alert.level) else None
