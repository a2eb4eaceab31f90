"""The board's numbers, each from one set-based query."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from msgspec import Struct
from msgspec.structs import replace

WAITING_SHOWN = 200
QUEUES = "SELECT id, name, target_s, target_share FROM queue WHERE tenant_id = $1 ORDER BY priority, id"
LINES = """
SELECT queue_id,
  count(*) FILTER (WHERE status = 'queued') AS waiting,
  count(*) FILTER (WHERE status = 'offered') AS offered,
  count(*) FILTER (WHERE status = 'connected') AS connected,
  min(queued_at) FILTER (WHERE status IN ('queued', 'offered')) AS oldest_at,
  count(*) FILTER (WHERE status = 'callback') AS callbacks
FROM contact
WHERE tenant_id = $1 AND status IN ('queued', 'offered', 'connected', 'callback') AND queue_id IS NOT NULL
GROUP BY queue_id
"""
# Whoever waits is listed in the order of service; `$2` is what one step of priority is worth, in seconds.
WAITING = """
SELECT id, queue_id, customer_id, intent, locale, queued_at, priority FROM contact
WHERE tenant_id = $1 AND status = 'queued'
ORDER BY queued_at + priority * $2::float8 * interval '1 second', id LIMIT $3
"""
AGENTS = """
SELECT a.id, a.name, p.presence, p.reason, p.next_presence, p.since_at, r.capacity, r.queues
FROM agent a
JOIN agent_presence p ON p.tenant_id = a.tenant_id AND p.agent_id = a.id
LEFT JOIN routing_profile r ON r.tenant_id = a.tenant_id AND r.id = a.routing_profile_id
WHERE a.tenant_id = $1 AND a.disabled_at IS NULL
ORDER BY a.name, a.id
"""
HELD = """
SELECT id, agent_id, status, wrapping, channel, queue_id, customer_id, connected_at, updated_at FROM contact
WHERE tenant_id = $1 AND agent_id IS NOT NULL
ORDER BY opened_at, id
"""
# Defined as in the reports (`features/reports/definitions.py`): a contact belongs to the day it began and to the
# queue it entered first; whoever left, or still waits, after the target is late.
TODAY = """
WITH waited AS (
  SELECT c.status, c.connected_at, c.first_queued_at, c.disconnect_reason,
    coalesce(c.connected_at, c.ended_at, $3) - c.first_queued_at AS stay,
    coalesce((SELECT e.body->'entry'->>'queue_id' FROM event e
      WHERE e.tenant_id = $1 AND e.contact_id = c.id AND e.kind = 'contact_queued' ORDER BY e.seq LIMIT 1),
      c.queue_id) AS queue_id
  FROM contact c WHERE c.tenant_id = $1 AND c.opened_at >= $2 AND c.first_queued_at IS NOT NULL
), judged AS (
  SELECT w.queue_id, w.stay, w.connected_at IS NOT NULL AS answered,
    w.stay > make_interval(secs => q.target_s) AS too_long,
    w.connected_at IS NULL AND w.status = 'ended'
      AND w.disconnect_reason IN ('customer_left', 'customer_idle') AS abandoned,
    w.connected_at IS NULL AND w.status IN ('queued', 'offered') AS waits
  FROM waited w JOIN queue q ON q.tenant_id = $1 AND q.id = w.queue_id
)
SELECT queue_id,
  count(*) FILTER (WHERE answered) AS answered,
  count(*) FILTER (WHERE abandoned) AS abandoned,
  count(*) FILTER (WHERE (abandoned OR waits) AND too_long) AS late,
  count(*) FILTER (WHERE answered AND NOT too_long) AS in_time
FROM judged GROUP BY queue_id
"""
# Each skill: who waits for it, and who has it.
SKILLS = """
SELECT s.id, s.name, coalesce(w.waiting, 0), w.oldest_at,
  ARRAY(SELECT a.agent_id FROM agent_skill a WHERE a.tenant_id = s.tenant_id AND a.skill_id = s.id)
FROM skill s LEFT JOIN (
  SELECT need->>'skill' AS skill, count(*) AS waiting, min(c.queued_at) AS oldest_at
  FROM contact c CROSS JOIN jsonb_array_elements(c.routing->'skills') AS need
  WHERE c.tenant_id = $1 AND c.status IN ('queued', 'offered') GROUP BY 1
) w ON w.skill = s.id
WHERE s.tenant_id = $1 ORDER BY s.id
"""
TIME_ZONE = "SELECT time_zone FROM tenant WHERE id = $1"


class QueueRow(Struct, frozen=True):
    id: str
    name: Mapping[str, str]
    target_s: int
    target_share: int  # percent


class LineRow(Struct, frozen=True):
    """One queue's contacts now."""

    waiting: int = 0
    offered: int = 0
    connected: int = 0
    oldest_at: datetime | None = None
    callbacks: int = 0  # promised calls


class SkillRow(Struct, frozen=True):
    """A skill: who waits for it, and who has it."""

    id: str
    name: Mapping[str, str]
    waiting: int
    oldest_at: datetime | None
    agents: Sequence[UUID]


class WaitingRow(Struct, frozen=True):
    id: UUID
    queue_id: str | None
    customer_id: UUID
    intent: str | None
    locale: str
    queued_at: datetime | None
    priority: int | None


class AgentRow(Struct, frozen=True):
    id: UUID
    name: str
    presence: str
    reason: str | None
    next_presence: str | None
    since_at: datetime
    capacity: Mapping[str, int] | None
    queues: Sequence[Mapping[str, Any]] | None


class HeldRow(Struct, frozen=True):
    """A contact on somebody's desk."""

    id: UUID
    agent_id: UUID
    status: str
    wrapping: bool
    channel: str
    queue_id: str | None
    customer_id: UUID
    connected_at: datetime | None
    updated_at: datetime


class TodayRow(Struct, frozen=True):
    """One queue's day so far, in contacts."""

    answered: int = 0
    abandoned: int = 0
    late: int = 0
    in_time: int = 0

    @property
    def service_level(self) -> float | None:
        """Share from 0 to 1; None before anybody was answered or is late."""
        counted = self.answered + self.late
        return self.in_time / counted if counted else None


class BoardRows(Struct, frozen=True):
    """Everything the board shows of this moment."""

    queues: list[QueueRow]
    lines: dict[str, LineRow]
    agents: list[AgentRow]
    held: dict[UUID, list[HeldRow]]
    waiting: Sequence[WaitingRow] = ()
    skills: Sequence[SkillRow] = ()


async def rows(conn: asyncpg.Connection, tenant_id: str, ageing_s: float) -> BoardRows:
    """Read the board. Numbers of one second need not agree to the millisecond."""
    return replace(
        await numbers(conn, tenant_id),
        waiting=[WaitingRow(*row) for row in await conn.fetch(WAITING, tenant_id, ageing_s, WAITING_SHOWN)],
        skills=[SkillRow(*row) for row in await conn.fetch(SKILLS, tenant_id)],
    )


async def numbers(conn: asyncpg.Connection, tenant_id: str) -> BoardRows:
    """Read what the figures of queues are made of: neither who waits nor the skills."""
    held: dict[UUID, list[HeldRow]] = {}
    for row in await conn.fetch(HELD, tenant_id):
        held.setdefault(row["agent_id"], []).append(HeldRow(*row))
    return BoardRows(
        queues=[QueueRow(*row) for row in await conn.fetch(QUEUES, tenant_id)],
        lines={row["queue_id"]: LineRow(*row[1:]) for row in await conn.fetch(LINES, tenant_id)},
        agents=[AgentRow(*row) for row in await conn.fetch(AGENTS, tenant_id)],
        held=held,
    )


async def today(conn: asyncpg.Connection, tenant_id: str, since: datetime, now: datetime) -> dict[str, TodayRow]:
    """Return each queue's day since `since`."""
    return {row["queue_id"]: TodayRow(*row[1:]) for row in await conn.fetch(TODAY, tenant_id, since, now)}


async def time_zone(conn: asyncpg.Connection, tenant_id: str) -> str:
    """Return the tenant's time zone: its day begins there."""
    return await conn.fetchval(TIME_ZONE, tenant_id) or "UTC"
