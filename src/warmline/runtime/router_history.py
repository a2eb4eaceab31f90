"""What a new leader reads of the past: how long customers waited and were helped, and what agents did today."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.estimates import Lore

LOOK_BACK = timedelta(days=1)
CONTACTS_READ = 2_000
# Who left the line without an answer shortened it, whatever the reason; who still waits says nothing yet.
RECENT = """
WITH recent AS (
  SELECT id, queue_id, first_queued_at, connected_at, ended_at, wrapped_at FROM contact
  WHERE tenant_id = $1 AND opened_at > $2 AND first_queued_at IS NOT NULL AND queue_id IS NOT NULL
    AND (connected_at IS NOT NULL OR status = 'ended')
  ORDER BY opened_at DESC LIMIT $3
)
SELECT r.queue_id, q.skills, r.connected_at IS NOT NULL AS answered,
  extract(epoch FROM coalesce(r.connected_at, r.ended_at) - r.first_queued_at)::float8 AS waited_s,
  extract(epoch FROM r.wrapped_at - r.connected_at)::float8 AS worked_s
FROM recent r LEFT JOIN LATERAL (
  SELECT e.body->'entry'->'skills' AS skills FROM event e
  WHERE e.tenant_id = $1 AND e.contact_id = r.id AND e.kind = 'contact_queued' ORDER BY e.seq DESC LIMIT 1
) q ON true
ORDER BY coalesce(r.wrapped_at, r.ended_at, r.connected_at), r.id
"""
# A contact counts as work from joining until leaving or, after that, until the end of the wrap-up; two at a time
# are worked on once.
TODAY = """
WITH story AS (
  SELECT contact_id, (body->>'agent_id')::uuid AS agent_id, at, kind FROM event
  WHERE tenant_id = $1 AND at >= $2 AND kind IN ('agent_joined', 'agent_left', 'contact_wrapped_up')
), stay AS (
  SELECT s.contact_id, s.agent_id, greatest(min(s.at) FILTER (WHERE s.kind = 'agent_joined'), $2) AS from_at,
    CASE WHEN c.agent_id = s.agent_id THEN $3 ELSE max(s.at) END AS until_at,
    count(*) FILTER (WHERE s.kind = 'agent_joined') AS joined
  FROM story s JOIN contact c ON c.tenant_id = $1 AND c.id = s.contact_id
  WHERE s.agent_id IS NOT NULL GROUP BY s.contact_id, s.agent_id, c.agent_id
), busy AS (
  SELECT agent_id, sum(joined)::int AS handled,
    range_agg(tstzrange(coalesce(from_at, $2), greatest(until_at, coalesce(from_at, $2)))) AS spans
  FROM stay GROUP BY agent_id
)
SELECT agent_id, handled, coalesce((
  SELECT extract(epoch FROM sum(upper(span) - lower(span))) FROM unnest(spans) AS span
), 0)::float8 AS busy_s FROM busy
"""


class DayOfAgent(Struct, frozen=True):
    """What an agent has done since midnight: contacts accepted, and seconds with something in hand."""

    agent_id: UUID
    handled: int
    busy_s: float


async def lore_of(conn: asyncpg.Connection, tenant_id: str, now: datetime) -> Lore:
    """Return what the last day teaches about handle times and patience."""
    return learned(await conn.fetch(RECENT, tenant_id, now - LOOK_BACK, CONTACTS_READ))


def learned(rows: Iterable[asyncpg.Record]) -> Lore:
    """Return what contacts teach, the oldest first."""
    lore = Lore()
    for row in rows:
        skills = msgspec.convert(row["skills"] or [], tuple[SkillNeed, ...])
        wanted = (row["queue_id"], tuple(sorted(skills, key=lambda need: (need.skill, need.level))))
        if row["waited_s"] is not None:
            (lore.answered if row["answered"] else lore.gave_up)(wanted, row["waited_s"])
        if row["worked_s"] is not None and row["worked_s"] > 0:
            lore.handled(wanted, row["worked_s"])
    return lore


async def agents_today(
    conn: asyncpg.Connection, tenant_id: str, midnight: datetime, now: datetime
) -> list[DayOfAgent]:
    """Return what every agent who did something has done since `midnight`."""
    return [DayOfAgent(*row) for row in await conn.fetch(TODAY, tenant_id, midnight, now)]
