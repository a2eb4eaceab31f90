"""Expected work as the house's own forecast sees it, learned from the company's contacts of more than a year."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import asyncpg

from warmline.domain.staffing.forecast.backtest import TOO_SHORT
from warmline.domain.staffing.forecast.outlook import look_ahead
from warmline.domain.staffing.forecast.series import Day, Series
from warmline.domain.staffing.shifts import local_at
from warmline.domain.staffing.volumes import Volume, Volumes, VolumeSource
from warmline.features.staffing import store
from warmline.features.staffing.volumes import USUAL_HANDLE_S
from warmline.kernel.errors import Refused
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

LEARNED = timedelta(days=400)
AHEAD_DAYS = 90
SLOTS = 48
KEPT = 16  # answers, so that a slider does not learn a year anew at each step
FRESH = timedelta(minutes=10)

COUNTS = """
WITH chosen AS (
  SELECT id, connected_at, coalesce(wrapped_at, ended_at) AS done_at FROM contact
  WHERE tenant_id = $1 AND opened_at >= $2 AND opened_at < $3 AND first_queued_at IS NOT NULL
), entered AS (
  SELECT DISTINCT ON (e.contact_id) e.contact_id, e.at AT TIME ZONE $4 AS wall,
    e.body->'entry'->>'queue_id' AS queue_id, extract(epoch FROM c.done_at - c.connected_at)::float8 AS handle_s
  FROM event e JOIN chosen c ON c.id = e.contact_id
  WHERE e.tenant_id = $1 AND e.kind = 'contact_queued' ORDER BY e.contact_id, e.seq
)
SELECT queue_id, wall::date AS day,
  (extract(hour FROM wall) * 2 + floor(extract(minute FROM wall) / 30))::int AS half,
  count(*) AS contacts, sum(handle_s) AS handle_s, count(handle_s) AS handled
FROM entered WHERE queue_id IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
COUNTRIES = """
SELECT q.id, c.country FROM queue q JOIN calendar c ON c.tenant_id = q.tenant_id AND c.id = q.calendar_id
WHERE q.tenant_id = $1
"""


class ForecastVolumes:
    """Asks the forecast, queue by queue; a queue with too little history is expected to be like its last weeks."""

    def __init__(self, database: Database, otherwise: VolumeSource, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._otherwise = otherwise
        self._now = now
        self._kept: OrderedDict[tuple[str, datetime, datetime], tuple[datetime, Volumes]] = OrderedDict()

    async def __call__(self, tenant_id: str, first_at: datetime, end_at: datetime) -> Volumes:
        key, now = (tenant_id, first_at, end_at), self._now()
        kept = self._kept.get(key)
        if kept is not None and now - kept[0] < FRESH:
            return kept[1]
        found = await self._ask(tenant_id, first_at, end_at, now)
        self._kept[key] = (now, found)
        self._kept.move_to_end(key)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return found

    async def _ask(self, tenant_id: str, first_at: datetime, end_at: datetime, now: datetime) -> Volumes:
        async with self._database.tenant(tenant_id) as conn:
            zone = ZoneInfo(await store.time_zone_of(conn, tenant_id))
            # Whole days only: today is not over, and days that are planned must not be known.
            before = min(now, first_at).astimezone(zone).date()
            until = local_at(before, 0, zone)
            rows = await conn.fetch(COUNTS, tenant_id, until - LEARNED, until, zone.key)
            countries = {row["id"]: row["country"] for row in await conn.fetch(COUNTRIES, tenant_id)}
        usual = await self._otherwise(tenant_id, first_at, end_at)
        queues = dict(usual.queues)
        for queue_id in dict.fromkeys(row["queue_id"] for row in rows):
            series = series_of([row for row in rows if row["queue_id"] == queue_id], zone.key, before)
            line = await asyncio.to_thread(foretold, series, countries.get(queue_id, ""), first_at, end_at, before)
            if line is not None:
                queues[queue_id] = line
        return Volumes("forecast", {queue_id: line for queue_id, line in queues.items() if line})


def series_of(rows: Sequence[asyncpg.Record], time_zone: str, before: date) -> Series:
    """Return the counts of all days from the first contact until before `before`, quiet days included."""
    first = min(row["day"] for row in rows)
    counts: dict[date, list[float | None]] = {}
    work: dict[date, list[float | None]] = {}
    day = first
    while day < before:
        counts[day], work[day] = [0.0] * SLOTS, [None] * SLOTS
        day += timedelta(days=1)
    for row in rows:
        if row["day"] in counts:
            counts[row["day"]][row["half"]] = float(row["contacts"])
            if row["handled"] and row["handle_s"] is not None:
                work[row["day"]][row["half"]] = row["handle_s"] / row["handled"] * row["contacts"]
    days = tuple(Day(day, tuple(line), tuple(work[day])) for day, line in counts.items())
    return Series(time_zone, 30, days, leaves_out_zeros=True)


def foretold(
    series: Series, country: str, first_at: datetime, end_at: datetime, before: date
) -> tuple[Volume, ...] | None:
    """Return the half hours of a span as forecast; None with too little history, or too far ahead."""
    last = end_at.astimezone(ZoneInfo(series.time_zone)).date()
    days = (last - before).days + 1
    if not series.days or days > AHEAD_DAYS:
        return None
    try:
        ahead = look_ahead(series, days, country)
    except Refused as refused:
        if refused.code != TOO_SHORT:
            raise
        return None
    return tuple(
        Volume(
            one.begins_at, max(0.0, one.contacts), float(max(0, one.low)), float(max(0, one.high)),
            one.handle_s or USUAL_HANDLE_S,
        )
        for day in ahead
        for one in day.buckets
        if first_at <= one.begins_at < end_at and one.contacts > 0
    )  # fmt: skip
