"""Where expected work comes from: the company's own last weeks, or a usual day that somebody described."""

import math
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import asyncpg

from warmline.domain.staffing.volumes import HALF_HOUR, Volume, Volumes
from warmline.features.staffing import store
from warmline.features.staffing.settings import Described
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

WEEKS = 4
USUAL_HANDLE_S = 300.0  # until a queue has handled its first contact
Z10 = 1.2816  # one in ten lies below the mean by so many standard deviations
# Two humps, as nearly every center has them: (share of opening hours gone, width, height).
HUMPS = ((0.25, 0.16, 1.0), (0.65, 0.2, 0.8))

COUNTS = """
WITH chosen AS (
  SELECT id, connected_at, coalesce(wrapped_at, ended_at) AS done_at FROM contact
  WHERE tenant_id = $1 AND opened_at >= $2 AND opened_at < $3 AND first_queued_at IS NOT NULL
), entered AS (
  SELECT DISTINCT ON (e.contact_id) e.contact_id, e.at, e.body->'entry'->>'queue_id' AS queue_id,
    extract(epoch FROM c.done_at - c.connected_at)::float8 AS handle_s
  FROM event e JOIN chosen c ON c.id = e.contact_id
  WHERE e.tenant_id = $1 AND e.kind = 'contact_queued' ORDER BY e.contact_id, e.seq
)
SELECT queue_id, extract(isodow FROM at AT TIME ZONE $4)::int - 1 AS weekday,
  (extract(hour FROM at AT TIME ZONE $4) * 2 + floor(extract(minute FROM at AT TIME ZONE $4) / 30))::int AS half,
  count(*) AS contacts, sum(handle_s) AS handle_s, count(handle_s) AS handled
FROM entered WHERE queue_id IS NOT NULL GROUP BY 1, 2, 3
"""


def spread(expected: float) -> tuple[float, float]:
    """Return what nine in ten exceed, and what one in ten does, for contacts that come at random (Poisson)."""
    around = Z10 * math.sqrt(max(0.0, expected))
    return max(0.0, expected - around), expected + around


class HistoryVolumes:
    """Each half hour is expected to be like the mean of the same weekday's in the last four weeks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def __call__(self, tenant_id: str, first_at: datetime, end_at: datetime) -> Volumes:
        until = min(utc_now(), first_at)
        since = until - timedelta(weeks=WEEKS)
        async with self._database.tenant(tenant_id) as conn:
            zone = await store.time_zone_of(conn, tenant_id)
            rows = await conn.fetch(COUNTS, tenant_id, since, until, zone)
            first = await conn.fetchval(
                "SELECT min(opened_at) FROM contact WHERE tenant_id = $1 AND opened_at >= $2", tenant_id, since
            )
        days = 0.0 if first is None else (until - first).total_seconds() / 86_400
        return Volumes("history", expected_of(rows, min(WEEKS, max(1.0, days / 7)), zone, first_at, end_at))


def expected_of(
    rows: list[asyncpg.Record], weeks: float, zone: str, first_at: datetime, end_at: datetime
) -> dict[str, tuple[Volume, ...]]:
    """Return volumes from counts by queue, weekday and half hour of `weeks` weeks."""
    local = ZoneInfo(zone)
    counts = {(row["queue_id"], row["weekday"], row["half"]): row for row in rows}
    handle: dict[str, float] = {}
    for queue_id in {row["queue_id"] for row in rows}:
        mine = [row for row in rows if row["queue_id"] == queue_id]
        handled = sum(row["handled"] for row in mine)
        total_s = sum(row["handle_s"] or 0.0 for row in mine)
        handle[queue_id] = total_s / handled if handled and total_s > 0 else USUAL_HANDLE_S
    found: dict[str, list[Volume]] = {queue_id: [] for queue_id in sorted(handle)}
    at = first_at
    while at < end_at:
        wall = at.astimezone(local)
        for queue_id, line in found.items():
            row = counts.get((queue_id, wall.weekday(), wall.hour * 2 + wall.minute // 30))
            if row is not None:
                expected = row["contacts"] / weeks
                low, high = spread(expected)
                line.append(Volume(at, expected, low, high, handle[queue_id]))
        at += HALF_HOUR
    return {queue_id: tuple(line) for queue_id, line in found.items() if line}


class DescribedVolumes:
    """Usual days as the settings describe them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def __call__(self, tenant_id: str, first_at: datetime, end_at: datetime) -> Volumes:
        async with self._database.tenant(tenant_id) as conn:
            zone = await store.time_zone_of(conn, tenant_id)
            settings, _ = await store.read_settings(conn, tenant_id)
        queues = {
            queue_id: described_days(one, zone, first_at, end_at) for queue_id, one in settings.described.items()
        }
        return Volumes("described", {queue_id: line for queue_id, line in queues.items() if line})


def described_days(day: Described, zone: str, first_at: datetime, end_at: datetime) -> tuple[Volume, ...]:
    """Return the half hours of usual days, two humps within the opening hours."""
    local = ZoneInfo(zone)
    span = day.close_min - day.open_min
    if span <= 0:
        return ()

    def weight(minute: float) -> float:
        gone = (minute - day.open_min) / span
        return 0.15 + sum(height * math.exp(-(((gone - place) / width) ** 2)) for place, width, height in HUMPS)

    halves = [minute for minute in range(0, 24 * 60, 30) if day.open_min <= minute < day.close_min]
    total = sum(weight(minute + 15) for minute in halves)
    line: list[Volume] = []
    at = first_at
    while at < end_at:
        wall = at.astimezone(local)
        minute = wall.hour * 60 + wall.minute
        if day.open_min <= minute < day.close_min:
            share = day.weekend_share if wall.weekday() >= 5 else 1.0
            expected = day.per_day * share * weight(minute + 15) / total
            low, high = spread(expected)
            if expected > 0:
                line.append(Volume(at, expected, low, high, day.handle_s))
        at += HALF_HOUR
    return tuple(line)
