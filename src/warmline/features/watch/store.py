"""A journey as it was walked, in SQL: everything is counted from the places contacts passed, nothing is estimated.

A figure belongs to the period in which its places were passed; `now` is now, whatever the period.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

import asyncpg
from msgspec import Struct

from warmline.kernel.locale import Locale

What = Literal["entered", "repeated", "now", "dropped", "left", "way", "end"]
DROPPED = "('customer_left', 'customer_idle')"


class Chosen(Struct, frozen=True):
    """Which passages are looked at: of one journey, `first` to `end` (excluded) in the company's time zone."""

    journey_id: str
    first: date
    end: date
    version: int | None = None
    channel: str | None = None
    locale: Locale | None = None


# A period of many contacts is counted in memory; by sorting on disk it would take several times as long.
ROOM = "SET LOCAL work_mem = '64MB'"
# $1 tenant, $2 journey, $3 time zone, $4 first day, $5 the day after the last, $6 version, $7 channel, $8 locale
DAYS = "p.at >= ($4::date::timestamp AT TIME ZONE $3) AND p.at < ($5::date::timestamp AT TIME ZONE $3)"
_PERIOD = f"p.tenant_id = $1 AND p.journey_id = $2 AND {DAYS}"


def alike(version: int) -> str:
    """Return the condition of version, channel and language, which are this parameter and the next two."""
    return f"""(${version}::integer IS NULL OR p.version = ${version})
    AND (${version + 1}::text IS NULL OR p.channel = ${version + 1})
    AND (${version + 2}::text IS NULL OR p.locale = ${version + 2})"""


def _here(version: int) -> str:
    """Return where each open contact stands that is in the journey: its last place, unless that is how it left."""
    return f"""here AS (
  SELECT p.contact_id, p.path, p.at FROM contact c CROSS JOIN LATERAL (
    SELECT * FROM journey_passage j WHERE j.tenant_id = $1 AND j.contact_id = c.id ORDER BY j.n DESC LIMIT 1
  ) p WHERE c.tenant_id = $1 AND c.status <> 'ended' AND p.kind <> 'left' AND p.journey_id = $2
    AND {alike(version)}
)"""


_COLUMNS = "p.contact_id, p.n, p.at, p.journey_id, p.path, p.kind, p.how, p.from_path"
_PASSED = f"passed AS (SELECT {_COLUMNS} FROM journey_passage p WHERE {_PERIOD} AND {alike(6)})"
# How it went on for each contact that passed: how it left the journeys, once it was last in this one.
_ENDS = """last AS (
  SELECT DISTINCT ON (contact_id) contact_id, n, at, kind, how FROM passed ORDER BY contact_id, n DESC
), outcome AS (
  SELECT l.contact_id, l.at, coalesce(CASE WHEN l.kind = 'left' THEN l.how END, o.how, 'under_way') AS how
  FROM last l LEFT JOIN LATERAL (
    SELECT j.how FROM journey_passage j WHERE l.kind <> 'left'
      AND j.tenant_id = $1 AND j.contact_id = l.contact_id AND j.n > l.n AND j.kind = 'left' ORDER BY j.n LIMIT 1
  ) o ON true
)"""


def _part(name: str, query: str) -> str:
    return f"(SELECT coalesce(json_agg(row_to_json(one)), '[]'::json) FROM ({query}) one) AS {name}"


# One statement reads the period once. Whatever the planner believes of a table that grew since it was looked at,
# this takes time in proportion to the passages: what comes next is the next row of the window, looked up by key
# only where that is in another journey or another period; everything is grouped before it is joined.
_WALK = f"""WITH walked AS MATERIALIZED (
  SELECT {_COLUMNS}, p.version, p.channel, p.locale, lead(p.n) OVER w AS next_n, lead(p.at) OVER w AS next_at
  FROM journey_passage p WHERE {_PERIOD} WINDOW w AS (PARTITION BY p.contact_id ORDER BY p.n)
), passed AS MATERIALIZED (
  SELECT p.contact_id, p.n, p.at, p.path, p.kind, p.how, p.from_path, x.journey_id AS onward,
    CASE WHEN p.kind = 'step' THEN
      extract(epoch FROM CASE WHEN p.next_n = p.n + 1 THEN p.next_at ELSE x.at END - p.at) END AS stay_s
  FROM walked p LEFT JOIN LATERAL (
    SELECT j.at, j.journey_id FROM journey_passage j WHERE p.kind <> 'left' AND p.next_n IS DISTINCT FROM p.n + 1
      AND j.tenant_id = $1 AND j.contact_id = p.contact_id AND j.n = p.n + 1 LIMIT 1
  ) x ON true WHERE {alike(6)}
), each AS (
  SELECT path, contact_id, count(*) FILTER (WHERE kind <> 'left') AS times,
    count(*) FILTER (WHERE kind = 'left') AS left_times,
    count(*) FILTER (WHERE kind = 'left' AND how IN {DROPPED}) AS dropped
  FROM passed GROUP BY path, contact_id
), came AS MATERIALIZED (
  SELECT path, sum(times)::bigint AS entered, count(*) FILTER (WHERE times > 0) AS contacts,
    count(*) FILTER (WHERE times > 1) AS repeated, sum(left_times)::bigint AS left_here,
    sum(dropped)::bigint AS dropped
  FROM each GROUP BY path
), took AS MATERIALIZED (
  SELECT path, count(*) AS stays, (percentile_cont(0.5) WITHIN GROUP (ORDER BY stay_s))::float8 AS median_s,
    (percentile_cont(0.9) WITHIN GROUP (ORDER BY stay_s))::float8 AS p90_s
  FROM passed WHERE stay_s IS NOT NULL GROUP BY path
), {_ENDS}"""
_PARTS = {
    "places": "SELECT c.*, t.median_s, t.p90_s, coalesce(t.stays, 0) AS stays FROM came c"
    " LEFT JOIN took t ON t.path = c.path ORDER BY c.path",
    "ways": "SELECT from_path, path, count(*) AS times FROM passed WHERE kind <> 'left'"
    " GROUP BY from_path, path ORDER BY from_path NULLS FIRST, path",
    "onward": "SELECT path, onward AS journey_id, count(*) AS times FROM passed WHERE onward <> $2"
    " GROUP BY path, onward ORDER BY path, onward",
    "ends": "SELECT how, count(*) AS contacts FROM outcome GROUP BY how ORDER BY 2 DESC, 1",
    "exits": "SELECT path, how, count(*) AS times FROM passed WHERE kind = 'left'"
    " GROUP BY path, how ORDER BY path, how",
    # What can be chosen of, whatever is chosen.
    "seen": "SELECT version, channel, locale, count(*) AS contacts FROM"
    " (SELECT DISTINCT version, channel, locale, contact_id FROM walked) one"
    " GROUP BY version, channel, locale ORDER BY version DESC, channel, locale",
}
WALKED = f"{_WALK} SELECT {', '.join(_part(name, query) for name, query in _PARTS.items())}"
# $1 tenant, $2 journey, $3 version, $4 channel, $5 locale
NOW = f"WITH {_here(3)} SELECT path, count(*) AS contacts FROM here GROUP BY path ORDER BY path"

# Whom a number counts: the contacts and when it happened last. $9 path, $10 the place before or how it ended.
_BEHIND: dict[What, str] = {
    "entered": "SELECT contact_id, max(at) AS at, count(*) AS times FROM passed"
    " WHERE kind <> 'left' AND ($9::text IS NULL OR path = $9) AND $10::text IS NULL GROUP BY contact_id",
    "repeated": "SELECT contact_id, max(at) AS at, count(*) AS times FROM passed"
    " WHERE kind <> 'left' AND path = $9::text AND $10::text IS NULL GROUP BY contact_id HAVING count(*) > 1",
    "now": "SELECT contact_id, at, 1::bigint AS times FROM here WHERE ($9::text IS NULL OR path = $9)"
    " AND $10::text IS NULL",
    "dropped": f"SELECT contact_id, max(at) AS at, count(*) AS times FROM passed WHERE kind = 'left'"
    f" AND how IN {DROPPED} AND ($9::text IS NULL OR path = $9) AND $10::text IS NULL GROUP BY contact_id",
    "left": "SELECT contact_id, max(at) AS at, count(*) AS times FROM passed WHERE kind = 'left'"
    " AND ($9::text IS NULL OR path = $9) AND ($10::text IS NULL OR how = $10) GROUP BY contact_id",
    "way": "SELECT contact_id, max(at) AS at, count(*) AS times FROM passed WHERE kind <> 'left'"
    " AND path = $9::text AND from_path IS NOT DISTINCT FROM $10::text GROUP BY contact_id",
    "end": "SELECT contact_id, at, 1::bigint AS times FROM outcome WHERE $9::text IS NULL AND how = $10::text",
}


def _behind(what: What) -> str:
    return f"""WITH {_PASSED}, {_here(6)}, {_ENDS}, found AS ({_BEHIND[what]})
SELECT f.contact_id, c.customer_id, c.channel, c.locale, c.status, c.intent, c.opened_at, f.at, f.times
FROM found f JOIN contact c ON c.tenant_id = $1 AND c.id = f.contact_id
ORDER BY f.at DESC, f.contact_id DESC LIMIT $11 OFFSET $12"""


Rows = Sequence[Mapping[str, Any]]


class Walked(Struct, frozen=True):
    """The parts of a journey's map, each as rows."""

    places: Rows
    ways: Rows
    onward: Rows
    ends: Rows
    exits: Rows
    seen: Rows


async def walked(conn: asyncpg.Connection, tenant_id: str, zone: str, chosen: Chosen) -> Walked:
    """Return how a journey was walked; `seen`: in which versions, channels and languages, whatever is chosen."""
    (row,) = await conn.fetch(WALKED, tenant_id, *arguments(zone, chosen))
    return Walked(**dict(row))


async def is_known(conn: asyncpg.Connection, tenant_id: str, journey_id: str) -> bool:
    """Tell whether the company has ever published this journey."""
    found = await conn.fetchrow("SELECT FROM journey WHERE tenant_id = $1 AND id = $2", tenant_id, journey_id)
    return found is not None


async def now(conn: asyncpg.Connection, tenant_id: str, chosen: Chosen) -> list[asyncpg.Record]:
    """Return how many contacts stand where at this moment."""
    return await conn.fetch(NOW, tenant_id, chosen.journey_id, chosen.version, chosen.channel, chosen.locale)


async def behind(
    conn: asyncpg.Connection, tenant_id: str, zone: str, chosen: Chosen, what: What, path: str | None,
    which: str | None, limit: int, offset: int,
) -> list[asyncpg.Record]:  # fmt: skip
    """Return the contacts a number counts, the latest first. `which`: the place before, or how it ended."""
    return await conn.fetch(_behind(what), tenant_id, *arguments(zone, chosen), path, which, limit, offset)


def arguments(zone: str, chosen: Chosen) -> tuple[object, ...]:
    """Return $2 to $8."""
    return (
        chosen.journey_id, zone, chosen.first, chosen.end, chosen.version, chosen.channel, chosen.locale,
    )  # fmt: skip
