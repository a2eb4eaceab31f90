"""Alerts as rows: raised and cleared by whoever looks after them, read and acknowledged by everybody who leads."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
from msgspec import Struct

from warmline.features.desk.alerts import LEVELS, METRICS, Ack, Alert, Limits, Values, usual_limits
from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.features.security.roles import PERMISSIONS
from warmline.kernel.errors import INVALID, NOT_FOUND, Refused, declare
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

SIGNAL = "alerts"  # something about a company's alerts changed
EARLIER = timedelta(hours=24)
EARLIER_AT_MOST = 100
LIMITS = (
    "SELECT q.id, q.target_s, r.limits FROM queue q"
    " LEFT JOIN alert_rule r ON r.tenant_id = q.tenant_id AND r.id = q.id WHERE q.tenant_id = $1"
)
_ALERT = (
    "SELECT a.queue_id, a.metric, a.level, a.value, a.bound, a.raised_at, a.since_at, a.cleared_at,"
    " a.seen_level, a.seen_by, g.name, a.seen_at FROM alert a"
    " LEFT JOIN agent g ON g.tenant_id = a.tenant_id AND g.id = a.seen_by WHERE a.tenant_id = $1"
)
OPEN = f"{_ALERT} AND a.cleared_at IS NULL"
# For somebody's own desk: nothing unless they lead.
OF_LEADER = (
    f"{OPEN} AND EXISTS (SELECT 1 FROM agent l WHERE l.tenant_id = $1 AND l.id = $2 AND l.roles && $3::text[])"
)
OVER = f"{_ALERT} AND a.cleared_at >= $2 ORDER BY a.cleared_at DESC LIMIT $3"
RAISE = (
    "INSERT INTO alert (tenant_id, id, queue_id, metric, level, value, bound, raised_at, since_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) ON CONFLICT (tenant_id, queue_id, metric)"
    " WHERE cleared_at IS NULL DO UPDATE SET level = $5, value = $6, bound = $7, since_at = $8"
)
CLEAR = (
    "UPDATE alert SET cleared_at = $4 WHERE tenant_id = $1 AND queue_id = $2 AND metric = $3"
    " AND cleared_at IS NULL"
)
STANDING = (
    "SELECT id, level, seen_level FROM alert WHERE tenant_id = $1 AND queue_id = $2 AND metric = $3"
    " AND cleared_at IS NULL FOR UPDATE"
)
SEE = "UPDATE alert SET seen_level = $3, seen_by = $4, seen_at = $5 WHERE tenant_id = $1 AND id = $2"
CHANGED = declare(
    "alerts.changed",
    409,
    "This alert is not at the level you have seen: it is {level} now.",
    "Look at it as it is now, then acknowledge it.",
)
Key = tuple[str, str]  # queue, metric


class PastAlert(Struct, frozen=True):
    """An alert that is over."""

    queue_id: str
    metric: str
    level: str  # the last one
    raised_at: datetime
    cleared_at: datetime
    acknowledged: Ack | None


class BoardAlerts:
    """What leaders see of the alerts, and what they say about them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def now(
        self, conn: asyncpg.Connection, tenant_id: str, values: Mapping[str, Values] | None = None
    ) -> list[Alert]:
        """Return the alerts that are on, the worst and oldest first; with `values`, as their numbers are now."""
        return _sorted([_alert(row, values or {}) for row in await conn.fetch(OPEN, tenant_id)])

    async def everything(self, tenant_id: str) -> list[Alert]:
        """Return the alerts that are on, with the numbers they were raised with."""
        async with self._database.tenant(tenant_id) as conn:
            return await self.now(conn, tenant_id)

    async def of_leader(self, tenant_id: str, agent_id: UUID) -> list[Alert]:
        """Return the alerts that are on, for the desk of somebody who leads; others hear nothing."""
        async with self._database.tenant(tenant_id) as conn:
            rows = await conn.fetch(OF_LEADER, tenant_id, agent_id, sorted(PERMISSIONS["board.read"]))
        return _sorted([_alert(row, {}) for row in rows])

    async def earlier(self, tenant_id: str, now: datetime) -> list[PastAlert]:
        """Return the alerts that ended within the last day, the latest first."""
        async with self._database.tenant(tenant_id) as conn:
            rows = await conn.fetch(OVER, tenant_id, now - EARLIER, EARLIER_AT_MOST)
        return [
            PastAlert(row["queue_id"], row["metric"], row["level"], row["raised_at"], row["cleared_at"], _ack(row))
            for row in rows
        ]

    async def acknowledge(
        self, tenant_id: str, actor: Actor, queue_id: str, metric: str, level: str, now: datetime
    ) -> None:
        """Note that somebody has seen to an alert as it is, until it is over or gets worse. Raises Refused.

        A warning seen after the alarm it was leaves the record of who saw the alarm.
        """
        if metric not in METRICS or level not in LEVELS[1:]:
            raise Refused(INVALID, field="metric", reason="no alert is called so")
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            alert = await conn.fetchrow(STANDING, tenant_id, queue_id, metric)
            if alert is None:
                raise Refused(NOT_FOUND, what="alert")
            if alert["level"] != level:
                raise Refused(CHANGED, level=alert["level"])
            if LEVELS.index(alert["seen_level"] or "") > LEVELS.index(level):
                return
            await conn.execute(SEE, tenant_id, alert["id"], level, actor.agent_id, now)
            detail: audit.Detail = {"metric": metric, "level": level}
            await audit.append(conn, tenant_id, actor, "alert.acknowledged", f"queue:{queue_id}", detail, now=now)


async def write(
    conn: asyncpg.Connection, tenant_id: str, changed: Sequence[Alert], over: Sequence[Key], now: datetime
) -> None:
    """Store alerts that were raised or changed their level, and those that are over."""
    await conn.executemany(
        RAISE,
        [
            (tenant_id, new_id(), one.queue_id, one.metric, one.level, one.value, one.limit, one.since_at)
            for one in changed
        ],
    )
    await conn.executemany(CLEAR, [(tenant_id, queue_id, metric, now) for queue_id, metric in over])


async def limits_of(conn: asyncpg.Connection, tenant_id: str) -> dict[str, Limits]:
    """Return each queue's limits: its own, or the usual ones."""
    rows = await conn.fetch(LIMITS, tenant_id)
    return {row["id"]: usual_limits(row["target_s"]) if row["limits"] is None else row["limits"] for row in rows}


def _sorted(alerts: list[Alert]) -> list[Alert]:
    return sorted(alerts, key=lambda one: (-LEVELS.index(one.level), one.since_at, one.queue_id, one.metric))


def _alert(row: asyncpg.Record, values: Mapping[str, Values]) -> Alert:
    """An alert that has become worse since somebody saw to it asks again."""
    ack = _ack(row)
    if ack is not None and LEVELS.index(ack.level) < LEVELS.index(row["level"]):
        ack = None
    value = values.get(row["queue_id"], {}).get(row["metric"], row["value"])
    return Alert(row["queue_id"], row["metric"], row["level"], value, row["bound"], row["since_at"], ack)


def _ack(row: asyncpg.Record) -> Ack | None:
    if row["seen_level"] is None:
        return None
    return Ack(row["seen_level"], UUID(str(row["seen_by"])), row["name"] or "", row["seen_at"])
