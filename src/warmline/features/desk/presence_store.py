"""Presence in the database: rows with a version, signs of life in bulk, and what follows from offers and work."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from warmline.domain.presence.model import DESK_LOST, OWN_REASONS, Presence, Reviewed, Status

COLUMNS = (
    "agent_id, presence, reason, next_presence, next_reason, since_at, idle_since_at, misses, seen_at, version"
)
ENSURE = """
INSERT INTO agent_presence (tenant_id, agent_id, presence, since_at, idle_since_at)
SELECT tenant_id, id, 'offline', $3, $3 FROM agent WHERE tenant_id = $1 AND id = $2 AND disabled_at IS NULL
ON CONFLICT DO NOTHING
"""
ONE = f"SELECT {COLUMNS} FROM agent_presence WHERE tenant_id = $1 AND agent_id = $2"
SOME = f"SELECT {COLUMNS} FROM agent_presence WHERE tenant_id = $1 AND agent_id = ANY($2)"
# Each change of what an agent does is kept: schedules are compared with it.
SAVE = """
WITH saved AS (
  UPDATE agent_presence SET presence = $3, reason = $4, next_presence = $5, next_reason = $6, since_at = $7,
    idle_since_at = $8, misses = $9, seen_at = $10, version = $11
  WHERE tenant_id = $1 AND agent_id = $2
  RETURNING tenant_id, agent_id, since_at, presence, reason
)
INSERT INTO presence_change AS p (tenant_id, agent_id, at, presence, reason)
SELECT tenant_id, agent_id, since_at, presence, reason FROM saved
ON CONFLICT (tenant_id, agent_id, at) DO UPDATE SET presence = excluded.presence, reason = excluded.reason
WHERE (p.presence, p.reason) IS DISTINCT FROM (excluded.presence, excluded.reason)
"""
TELL_ROUTER = (
    "INSERT INTO outbox (tenant_id, lane, key, body, due_at) VALUES ($1, 'router', $2, 'agent'::bytea, $3)"
)
# Work is a customer connected or a wrap-up that keeps others away; an offer that rings is not work yet.
BUSY = """
SELECT EXISTS (
  SELECT 1 FROM contact WHERE tenant_id = $1 AND agent_id = $2
    AND (status = 'connected' OR wrapping AND routing->'free' IS NULL)
)
"""
# Unanswered offers in a row since the agent came: any answer, also a refusal, starts the count anew.
REVIEW = """
SELECT p.agent_id,
  EXISTS (
    SELECT 1 FROM contact c
    WHERE c.tenant_id = $1 AND c.agent_id = p.agent_id
      AND (c.status = 'connected' OR c.wrapping AND c.routing->'free' IS NULL)
  ) AS busy,
  (
    SELECT r.misses_allowed FROM agent a
    JOIN routing_profile r ON r.tenant_id = a.tenant_id AND r.id = a.routing_profile_id
    WHERE a.tenant_id = $1 AND a.id = p.agent_id
  ) AS misses_allowed,
  (
    SELECT count(*) FILTER (WHERE o.outcome = 'expired' AND o.offered_at > coalesce(o.answered_at, '-infinity'))
    FROM (
      SELECT outcome, offered_at,
        max(offered_at) FILTER (WHERE outcome IN ('accepted', 'declined')) OVER () AS answered_at
      FROM offer
      WHERE tenant_id = $1 AND agent_id = p.agent_id AND offered_at >= p.since_at
    ) o
  ) AS misses
FROM agent_presence p
WHERE p.tenant_id = $1 AND p.agent_id = ANY($2)
"""
SEEN = """
UPDATE agent_presence p SET seen_at = greatest(p.seen_at, w.at)
FROM unnest($2::uuid[], $3::timestamptz[]) AS w (agent_id, at)
WHERE p.tenant_id = $1 AND p.agent_id = w.agent_id
RETURNING p.agent_id, p.presence = 'offline' AND p.reason = $4 AND w.at > p.since_at AS back
"""
SILENT = """
SELECT agent_id FROM agent_presence
WHERE tenant_id = $1 AND presence <> 'offline' AND coalesce(seen_at, since_at) <= $2
"""
FIRST_SIGN = (
    "SELECT min(coalesce(seen_at, since_at)) FROM agent_presence WHERE tenant_id = $1 AND presence <> 'offline'"
)
# Whoever signs out keeps their customers until they are done. Owner and offline together means the desk was lost,
# unless it still gives signs of life; an owner without a row was never at work.
ABANDONED = """
SELECT c.id, c.agent_id FROM contact c
LEFT JOIN agent_presence p ON p.tenant_id = c.tenant_id AND p.agent_id = c.agent_id
WHERE c.tenant_id = $1 AND c.agent_id IS NOT NULL
AND (p.agent_id IS NULL OR p.presence = 'offline' AND coalesce(p.seen_at, p.since_at) <= $2) AND (
  c.status = 'connected' OR c.wrapping AND NOT EXISTS (
    SELECT 1 FROM timer t WHERE t.tenant_id = $1 AND t.key = c.id AND t.timer = 'wrap_up'
  )
)
"""


def presence_of(row: asyncpg.Record) -> Presence:
    """Read a presence row."""
    following = row["next_presence"]
    return Presence(
        agent_id=row["agent_id"],
        status=Status(row["presence"]),
        since_at=row["since_at"],
        idle_since_at=row["idle_since_at"],
        reason=row["reason"],
        next_status=None if following is None else Status(following),
        next_reason=row["next_reason"],
        misses=row["misses"],
        seen_at=row["seen_at"],
        version=row["version"],
    )


async def ensure(conn: asyncpg.Connection, tenant_id: str, agent_id: UUID, now: datetime) -> None:
    """Give an agent of this tenant a presence (offline) if there is none."""
    await conn.execute(ENSURE, tenant_id, agent_id, now)


async def load(conn: asyncpg.Connection, tenant_id: str, agent_id: UUID, *, lock: bool = False) -> Presence | None:
    """Return the agent's presence; `lock` keeps it from changing until the transaction ends."""
    row = await conn.fetchrow(ONE + (" FOR UPDATE" if lock else ""), tenant_id, agent_id)
    return None if row is None else presence_of(row)


async def save(conn: asyncpg.Connection, tenant_id: str, presence: Presence, now: datetime, *, tell: bool) -> None:
    """Write the row; `tell` puts it into the router's lane in the same transaction."""
    await conn.execute(
        SAVE,
        tenant_id,
        presence.agent_id,
        presence.status.value,
        presence.reason,
        None if presence.next_status is None else presence.next_status.value,
        presence.next_reason,
        presence.since_at,
        presence.idle_since_at,
        min(presence.misses, 32_767),
        presence.seen_at,
        presence.version,
    )
    if tell:
        await conn.execute(TELL_ROUTER, tenant_id, presence.agent_id, now)


async def own_reasons(conn: asyncpg.Connection, tenant_id: str) -> frozenset[str]:
    """Return the reasons for being away that people here may choose; the usual ones where none are set."""
    rows = await conn.fetch("SELECT id FROM pause_reason WHERE tenant_id = $1", tenant_id)
    return frozenset(row["id"] for row in rows) or OWN_REASONS


async def pause_reasons(conn: asyncpg.Connection, tenant_id: str) -> list[dict[str, object]]:
    """Return the company's own reasons for being away, in the order of the menu; nothing where none are set."""
    rows = await conn.fetch(
        "SELECT id, name, paid FROM pause_reason WHERE tenant_id = $1 ORDER BY position, id", tenant_id
    )
    return [dict(row) for row in rows]


async def is_busy(conn: asyncpg.Connection, tenant_id: str, agent_id: UUID) -> bool:
    """Whether the agent has a customer connected or a wrap-up to finish."""
    return bool(await conn.fetchval(BUSY, tenant_id, agent_id))


async def reviews(
    conn: asyncpg.Connection, tenant_id: str, agent_ids: Sequence[UUID]
) -> list[tuple[Presence, Reviewed]]:
    """Return presence and what the tables say of each agent."""
    rows = {row["agent_id"]: presence_of(row) for row in await conn.fetch(SOME, tenant_id, list(agent_ids))}
    found = await conn.fetch(REVIEW, tenant_id, list(agent_ids))
    return [
        (rows[row["agent_id"]], Reviewed(row["busy"], row["misses"], row["misses_allowed"]))
        for row in found
        if row["agent_id"] in rows
    ]


async def record_seen(
    conn: asyncpg.Connection, tenant_id: str, signs: Iterable[tuple[UUID, datetime]]
) -> list[UUID]:
    """Note signs of life; return those whose desk had been given up and is back."""
    listed = list(signs)
    ids, moments = [sign[0] for sign in listed], [sign[1] for sign in listed]
    rows = await conn.fetch(SEEN, tenant_id, ids, moments, DESK_LOST)
    return [row["agent_id"] for row in rows if row["back"]]


async def silent_since(conn: asyncpg.Connection, tenant_id: str, moment: datetime) -> list[UUID]:
    """Return agents on shift without a sign of life after `moment`."""
    return [row["agent_id"] for row in await conn.fetch(SILENT, tenant_id, moment)]


async def first_sign(conn: asyncpg.Connection, tenant_id: str) -> datetime | None:
    """Return the oldest last sign of life of those on shift; None when nobody is."""
    return await conn.fetchval(FIRST_SIGN, tenant_id)


async def abandoned(conn: asyncpg.Connection, tenant_id: str, moment: datetime) -> list[tuple[UUID, UUID]]:
    """Return (contact, agent) that somebody who is not there is connected to, or wraps up without a limit.

    Not there: off shift without a sign of life after `moment`, or never at work at all.
    """
    return [(row["id"], row["agent_id"]) for row in await conn.fetch(ABANDONED, tenant_id, moment)]
