"""The ledger's questions to the tables: is every open contact owned, in line, or about to be woken?

One statement answers for all contacts of a tenant. Only what has been still for a while counts, because a commit
and its timers are one statement, but handing over between processes takes a moment.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
from msgspec import Struct

from warmline.kernel.ids import new_id

# A timer counts while its row exists, also when it is late: lateness is the timer service's alarm, and putting
# every customer into a queue because timers are late would be worse than waiting.
# An owner off shift is at work as long as their desk gives signs of life. The minute is for those who look after
# lost desks: the ledger finds whom they miss.
ORPHANS = """
SELECT id, queue_id, was FROM (
  SELECT c.id, c.queue_id, c.updated_at, CASE
    WHEN c.status = 'connected' THEN CASE
      WHEN c.agent_id IS NULL THEN 'connected to nobody'
      WHEN NOT EXISTS (
        SELECT 1 FROM agent a WHERE a.tenant_id = $1 AND a.id = c.agent_id AND a.disabled_at IS NULL
      ) THEN 'connected to an agent who does not work here'
      WHEN NOT EXISTS (
        SELECT 1 FROM agent_presence p WHERE p.tenant_id = $1 AND p.agent_id = c.agent_id
          AND (p.presence <> 'offline' OR coalesce(p.seen_at, p.since_at) >= $2::timestamptz - interval '1 minute')
      ) THEN 'connected to an agent who is not at work' END
    WHEN c.status = 'offered' THEN CASE
      WHEN NOT EXISTS (
        SELECT 1 FROM offer o WHERE o.tenant_id = $1 AND o.contact_id = c.id AND o.id = c.offer_id
          AND o.ended_at IS NULL
      ) THEN 'offered without a live offer'
      WHEN NOT EXISTS (
        SELECT 1 FROM timer t WHERE t.tenant_id = $1 AND t.key = c.id AND t.timer = 'offer'
      ) THEN 'offered without a timer' END
    WHEN c.status = 'queued' THEN CASE
      WHEN c.queued_at IS NULL OR NOT EXISTS (
        SELECT 1 FROM queue q WHERE q.tenant_id = $1 AND q.id = c.queue_id
      ) THEN 'waiting in no queue'
      WHEN NOT EXISTS (SELECT 1 FROM timer t WHERE t.tenant_id = $1 AND t.key = c.id)
      THEN 'waiting without a timer' END
    WHEN NOT EXISTS (SELECT 1 FROM timer t WHERE t.tenant_id = $1 AND t.key = c.id)
     AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.tenant_id = $1 AND o.lane = 'task' AND o.key = c.id)
    THEN c.status || ' without a timer or a task' END AS was
  FROM contact c WHERE c.tenant_id = $1 AND c.status <> 'ended'
) checked
WHERE was IS NOT NULL AND updated_at < $2
ORDER BY updated_at LIMIT 500
"""
# An offer that is live in the table but not in its contact would block every later offer.
STRAY_OFFERS = """
UPDATE offer o SET ended_at = $3, outcome = 'withdrawn'
WHERE o.tenant_id = $1 AND o.ended_at IS NULL AND o.offered_at < $2 AND NOT EXISTS (
  SELECT 1 FROM contact c
  WHERE c.tenant_id = $1 AND c.id = o.contact_id AND c.status = 'offered' AND c.offer_id = o.id
)
RETURNING o.contact_id
"""
ALARM = """
INSERT INTO ledger_alarm (tenant_id, id, contact_id, found_at, was)
SELECT $1, w.id, w.contact_id, $5, w.was FROM unnest($2::uuid[], $3::uuid[], $4::text[]) AS w (id, contact_id, was)
WHERE NOT EXISTS (
  SELECT 1 FROM ledger_alarm a
  WHERE a.tenant_id = $1 AND a.contact_id = w.contact_id AND a.repaired_at IS NULL
)
"""
REPAIRED = """
UPDATE ledger_alarm SET repaired_at = $3 WHERE tenant_id = $1 AND contact_id = ANY($2) AND repaired_at IS NULL
"""
# An alarm is settled by whatever put the contact right, also when it was not us.
SETTLE = """
UPDATE ledger_alarm SET repaired_at = $3
WHERE tenant_id = $1 AND repaired_at IS NULL AND NOT contact_id = ANY($2)
"""
COUNTS = """
SELECT
  count(*) FILTER (WHERE status <> 'ended') AS open,
  count(*) FILTER (WHERE status IN ('offered', 'connected')) AS owned,
  count(*) FILTER (WHERE status = 'queued') AS queued,
  count(*) FILTER (WHERE status = 'journey') AS journey,
  count(*) FILTER (WHERE status = 'survey') AS survey,
  count(*) FILTER (WHERE status = 'callback') AS callback,
  (SELECT count(*) FROM contact w WHERE w.tenant_id = $1 AND w.wrapping AND w.agent_id IS NOT NULL) AS wrap_up,
  (SELECT count(*) FROM ledger_alarm a WHERE a.tenant_id = $1 AND a.repaired_at IS NULL) AS orphans,
  (SELECT count(*) FROM ledger_alarm a WHERE a.tenant_id = $1 AND a.repaired_at >= $2) AS repaired_today,
  (SELECT count(*) FROM timer t WHERE t.tenant_id = $1 AND t.due_at < $3) AS late_timers
FROM contact WHERE tenant_id = $1 AND status <> 'ended'
"""
# Those who wait for their turn with the page open, and those whose promised call competes with them.
QUEUED = """
SELECT id FROM contact WHERE tenant_id = $1 AND updated_at < $2
  AND (status = 'queued' OR status = 'callback' AND routing IS NOT NULL)
"""
QUEUES = "SELECT id FROM queue WHERE tenant_id = $1 ORDER BY priority, id"
ALARMS = """
SELECT contact_id, found_at, was, repaired_at FROM ledger_alarm WHERE tenant_id = $1
ORDER BY repaired_at IS NOT NULL, found_at DESC LIMIT $2
"""


class Orphan(Struct, frozen=True):
    """An open contact nobody would ever look at again; `was` says what is missing."""

    contact_id: UUID
    queue_id: str | None
    was: str


class Counts(Struct, frozen=True):
    """Where the open contacts of a tenant are."""

    open: int = 0
    owned: int = 0
    queued: int = 0
    journey: int = 0
    survey: int = 0
    callback: int = 0
    wrap_up: int = 0
    orphans: int = 0
    repaired_today: int = 0
    late_timers: int = 0


class Alarm(Struct, frozen=True):
    """What the ledger once found, newest and unrepaired first."""

    contact_id: UUID
    found_at: datetime
    was: str
    repaired_at: datetime | None


async def orphans(conn: asyncpg.Connection, tenant_id: str, still_since: datetime) -> list[Orphan]:
    """Return open contacts without owner, line or timer, unchanged since `still_since`; at most 500."""
    return [Orphan(row[0], row[1], row[2]) for row in await conn.fetch(ORPHANS, tenant_id, still_since)]


async def end_stray_offers(
    conn: asyncpg.Connection, tenant_id: str, made_before: datetime, now: datetime
) -> list[UUID]:
    """End live offers that their contacts know nothing of; return the contacts."""
    return [row[0] for row in await conn.fetch(STRAY_OFFERS, tenant_id, made_before, now)]


async def raise_alarms(conn: asyncpg.Connection, tenant_id: str, found: Sequence[Orphan], now: datetime) -> None:
    """Write an alarm for each orphan that has none open, and settle those that are orphans no more."""
    ids = [orphan.contact_id for orphan in found]
    if found:
        fresh = [new_id() for _ in found]
        await conn.execute(ALARM, tenant_id, fresh, ids, [orphan.was for orphan in found], now)
    await conn.execute(SETTLE, tenant_id, ids, now)


async def settle(conn: asyncpg.Connection, tenant_id: str, contact_ids: Sequence[UUID], now: datetime) -> None:
    """Note that these contacts were repaired."""
    await conn.execute(REPAIRED, tenant_id, list(contact_ids), now)


async def counts(conn: asyncpg.Connection, tenant_id: str, today: datetime, late: datetime) -> Counts:
    """Count open contacts by place, repairs since `today`, and timers due before `late`."""
    row = await conn.fetchrow(COUNTS, tenant_id, today, late)
    return Counts(**dict(row)) if row is not None else Counts()


async def queued(conn: asyncpg.Connection, tenant_id: str, still_since: datetime) -> list[UUID]:
    """Return contacts that the router should know of, unchanged since `still_since`."""
    return [row[0] for row in await conn.fetch(QUEUED, tenant_id, still_since)]


async def queue_ids(conn: asyncpg.Connection, tenant_id: str) -> list[str]:
    """Return the tenant's queues, the most urgent first."""
    return [row[0] for row in await conn.fetch(QUEUES, tenant_id)]


async def alarms(conn: asyncpg.Connection, tenant_id: str, limit: int) -> list[Alarm]:
    """Return the latest alarms."""
    return [Alarm(*row) for row in await conn.fetch(ALARMS, tenant_id, limit)]
