"""The figures in SQL: facts per contact first, then counted by what one asks for.

Facts come from contact and event rows only. A contact belongs to the day it began (in the company's time
zone), to the queue it entered first, and to every agent who joined it.
"""

from datetime import date, datetime
from typing import Literal

import asyncpg

from warmline.features.reports.definitions import Metric

Group = Literal["day", "queue", "reason", "agent"]
LEFT = "('customer_left', 'customer_idle')"

# $1 tenant, $2 time zone, $3 first day, $4 the day after the last, $5 now
FACTS = f"""
WITH chosen AS (
  SELECT c.*, (c.opened_at AT TIME ZONE $2)::date AS day FROM contact c
  WHERE c.tenant_id = $1
    AND c.opened_at >= ($3::date::timestamp AT TIME ZONE $2)
    AND c.opened_at < ($4::date::timestamp AT TIME ZONE $2)
), story AS (
  SELECT e.contact_id, e.seq, e.at, e.kind, (e.body->>'agent_id')::uuid AS agent_id,
    e.body->'entry'->>'queue_id' AS queue_id
  FROM event e JOIN chosen c ON c.id = e.contact_id
  WHERE e.tenant_id = $1
    AND e.at >= ($3::date::timestamp AT TIME ZONE $2)
    AND e.kind IN ('contact_queued', 'agent_joined', 'agent_left', 'contact_wrapped_up', 'queue_left')
), step AS (
  SELECT contact_id, agent_id, seq, kind, at - lag(at) OVER w AS since, lag(kind) OVER w AS before
  FROM story WHERE kind NOT IN ('contact_queued', 'queue_left')
  WINDOW w AS (PARTITION BY contact_id, agent_id ORDER BY seq)
), handled AS (
  SELECT contact_id, agent_id, max(seq) FILTER (WHERE kind = 'agent_joined') AS last_seq,
    extract(epoch FROM sum(since) FILTER (WHERE (kind = 'agent_left' AND before = 'agent_joined')
      OR (kind = 'contact_wrapped_up' AND before IN ('agent_left', 'agent_joined')))) AS handle_s
  FROM step GROUP BY contact_id, agent_id HAVING bool_or(kind = 'agent_joined')
), total AS (
  SELECT contact_id, sum(handle_s) AS handle_s, max(last_seq) AS last_seq FROM handled GROUP BY contact_id
), first_queue AS (
  SELECT DISTINCT ON (contact_id) contact_id, queue_id FROM story WHERE kind = 'contact_queued'
  ORDER BY contact_id, seq
), last_line AS (
  SELECT DISTINCT ON (contact_id) contact_id, at, kind FROM story WHERE kind IN ('contact_queued', 'queue_left')
  ORDER BY contact_id, seq DESC
), promise AS (
  SELECT DISTINCT ON (e.contact_id) e.contact_id, e.seq, e.at,
    e.at + make_interval(secs => (e.body->>'high_s')::float8) AS until
  FROM event e JOIN chosen c ON c.id = e.contact_id
  WHERE e.tenant_id = $1 AND e.at >= ($3::date::timestamp AT TIME ZONE $2) AND e.kind = 'wait_promised'
  ORDER BY e.contact_id, e.seq
), called AS (
  SELECT e.contact_id, min(e.at) FILTER (WHERE e.seq > p.seq) AS at -- the first one after the wait was told
  FROM event e JOIN chosen c ON c.id = e.contact_id LEFT JOIN promise p ON p.contact_id = e.contact_id
  WHERE e.tenant_id = $1 AND e.at >= ($3::date::timestamp AT TIME ZONE $2) AND e.kind = 'callback_promised'
  GROUP BY e.contact_id
), fact AS (
  SELECT c.id, c.day, c.opened_at, c.intent, c.status, c.channel, c.customer_id, c.disconnect_reason, c.csat,
    c.transfers, f.queue_id, coalesce(q.target_s, 60) AS target_s, t.last_seq,
    c.status = 'ended' AS ended,
    c.status = 'ended' AND NOT c.wrapping AS over,
    c.status = 'ended' AND c.disconnect_reason = 'contained' AND c.first_queued_at IS NULL AS contained,
    c.connected_at IS NOT NULL AS answered,
    c.first_queued_at IS NOT NULL AND c.connected_at IS NULL AND c.status = 'ended'
      AND c.disconnect_reason IN {LEFT} AND b.contact_id IS NULL AS abandoned,
    CASE WHEN p.until IS NULL OR c.connected_at < p.at THEN NULL
      WHEN c.connected_at <= coalesce(b.at, c.connected_at) THEN c.connected_at <= p.until
      WHEN coalesce(b.at, CASE WHEN l.kind = 'queue_left' THEN l.at END, c.ended_at, $5) > p.until THEN false
    END AS promise_kept, -- NULL: gone before it was late, or still waiting in time
    extract(epoch FROM c.connected_at - c.first_queued_at) AS wait_s,
    extract(epoch FROM coalesce(c.ended_at, $5) - c.first_queued_at) AS stay_s,
    c.connected_at IS NULL AND c.status IN ('queued', 'offered') AS waits,
    CASE WHEN c.status = 'ended' AND NOT c.wrapping THEN t.handle_s END AS handle_s
  FROM chosen c LEFT JOIN first_queue f ON f.contact_id = c.id
  LEFT JOIN queue q ON q.tenant_id = $1 AND q.id = f.queue_id
  LEFT JOIN total t ON t.contact_id = c.id
  LEFT JOIN promise p ON p.contact_id = c.id
  LEFT JOIN last_line l ON l.contact_id = c.id
  LEFT JOIN called b ON b.contact_id = c.id
)"""

# By agent, a contact is one line for each of its agents, with that agent's own share of the work.
BY_AGENT = """, line AS (
  SELECT h.agent_id::text AS key, f.id, f.ended, f.over, f.contained, f.answered, f.abandoned, f.waits, f.target_s,
    f.wait_s, f.stay_s, f.transfers, f.promise_kept, CASE WHEN f.over THEN h.handle_s END AS handle_s,
    CASE WHEN h.last_seq = f.last_seq THEN f.csat END AS csat
  FROM fact f JOIN handled h ON h.contact_id = f.id
)"""
KEYS: dict[str, str] = {"day": "f.day::text", "queue": "f.queue_id", "reason": "f.intent", "all": "'all'::text"}


def _lines(group: str) -> str:
    if group == "agent":
        return BY_AGENT
    return f", line AS (SELECT {KEYS[group]} AS key, f.* FROM fact f)"


NUMBERS = """
  count(*) AS volume,
  count(*) FILTER (WHERE ended) AS ended,
  count(*) FILTER (WHERE contained) AS contained,
  count(*) FILTER (WHERE answered) AS answered,
  count(*) FILTER (WHERE abandoned) AS abandoned,
  avg(wait_s)::float8 AS wait_avg_s,
  (percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_s))::float8 AS wait_p50_s,
  (percentile_cont(0.9) WITHIN GROUP (ORDER BY wait_s))::float8 AS wait_p90_s,
  avg(handle_s)::float8 AS handle_avg_s,
  count(*) FILTER (WHERE wait_s <= target_s) AS in_target,
  count(*) FILTER (WHERE (abandoned OR waits) AND stay_s > target_s) AS late,
  count(*) FILTER (WHERE wait_s IS NOT NULL) AS waited,
  count(*) FILTER (WHERE answered AND transfers > 0) AS transferred,
  count(csat) AS csat_answers,
  avg(csat)::float8 AS csat_avg,
  count(*) FILTER (WHERE csat >= 4) AS csat_good,
  count(promise_kept) AS promised,
  count(*) FILTER (WHERE promise_kept) AS promises_kept"""

# What a metric counts, for looking at the contacts behind a figure.
COUNTS: dict[Metric, str] = {
    "volume": "true",
    "containment": "contained",
    "wait": "wait_s IS NOT NULL",
    "handle_time": "handle_s IS NOT NULL",
    "abandonment": "abandoned",
    "service_level": "wait_s <= target_s",
    "transfer_rate": "answered AND transfers > 0",
    "csat": "csat IS NOT NULL",
    "wait_promise": "promise_kept",
}


async def summary(
    conn: asyncpg.Connection,
    tenant_id: str,
    time_zone: str,
    first: date,
    end: date,
    group: str,
    now: datetime,
) -> list[asyncpg.Record]:
    """Return the numbers of each key of `group` (or of "all"), `end` excluded; days in order, others by volume."""
    order = "key" if group == "day" else "volume DESC, key"
    query = f"{FACTS}{_lines(group)} SELECT key, {NUMBERS} FROM line GROUP BY key ORDER BY {order} LIMIT 1000"
    return await _counted(conn, query, tenant_id, time_zone, first, end, now)


async def _counted(conn: asyncpg.Connection, query: str, *args: object) -> list[asyncpg.Record]:
    async with conn.transaction():
        # The planner knows nothing of the sizes between the steps; a loop over two of them would be quadratic.
        await conn.execute("SET LOCAL enable_nestloop = off")
        return await conn.fetch(query, *args)


async def contacts(
    conn: asyncpg.Connection, tenant_id: str, time_zone: str, first: date, end: date, metric: Metric, group: str,
    key: str | None, named: bool, limit: int, offset: int, now: datetime,
) -> list[asyncpg.Record]:  # fmt: skip
    """Return the contacts a figure counts, newest first; with `named`, only those of `key` (None: without one)."""
    return await _counted(
        conn,
        f"{FACTS}{_lines(group)}, chosen_line AS (SELECT * FROM line WHERE {COUNTS[metric]}"
        " AND (NOT $6 OR key IS NOT DISTINCT FROM $7))"
        " SELECT f.id, f.opened_at, f.day, f.status, f.channel, f.customer_id, f.intent, f.queue_id,"
        " f.disconnect_reason, f.wait_s::float8, l.handle_s::float8, l.csat, f.transfers"
        " FROM chosen_line l JOIN fact f ON f.id = l.id ORDER BY f.opened_at DESC, f.id DESC LIMIT $8 OFFSET $9",
        tenant_id, time_zone, first, end, now, named, key, limit, offset,
    )  # fmt: skip


async def names(conn: asyncpg.Connection, tenant_id: str, group: str) -> dict[str, object]:
    """Return the names of queues (in three languages) or agents by key."""
    if group == "queue":
        rows = await conn.fetch("SELECT id AS key, name FROM queue WHERE tenant_id = $1", tenant_id)
    elif group == "agent":
        rows = await conn.fetch("SELECT id::text AS key, name FROM agent WHERE tenant_id = $1", tenant_id)
    else:
        return {}
    return {row["key"]: row["name"] for row in rows}


async def time_zone_of(conn: asyncpg.Connection, tenant_id: str) -> str:
    """Return the company's time zone."""
    return await conn.fetchval("SELECT time_zone FROM tenant WHERE id = $1", tenant_id) or "UTC"
