"""A day to come: contacts as the house's own forecast expects them, people as planned or as on a day like it."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from warmline.domain.staffing.forecast.backtest import TOO_SHORT
from warmline.domain.staffing.forecast.outlook import look_ahead
from warmline.domain.staffing.forecast.series import Day as CountedDay
from warmline.domain.staffing.forecast.series import Series
from warmline.domain.twin.world import HALF_HOUR_S
from warmline.features.twin.counted import half_hours_of
from warmline.features.twin.day import Day, Expected
from warmline.features.twin.refusals import NO_HISTORY
from warmline.features.twin.store import arrivals, planned_presence, read_day
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database

LEARNED_DAYS = 400
AHEAD_DAYS = 60
LIKE_IT_WEEKS = 8
BUCKET_MIN = 30


async def foretold(database: Database, tenant_id: str, date: dt.date, now: datetime) -> Day:
    """Return a day as it is expected. Raises Refused where nothing was ever recorded, or too far ahead."""
    zone, came = await arrivals(database, tenant_id, date - timedelta(days=LEARNED_DAYS), date)
    today = now.astimezone(ZoneInfo(zone)).date()
    known = [(queue_id, at) for queue_id, at in came if at.astimezone(ZoneInfo(zone)).date() < today]
    if not known or (date - today).days > AHEAD_DAYS:
        raise Refused(NO_HISTORY, day=str(date))
    like = await _like(
        database, tenant_id, date, min(today, date), known[-1][1].astimezone(ZoneInfo(zone)).date(), now
    )
    planned = await planned_presence(database, tenant_id, date)
    day = replace(like, date=date, seen_until_s=None)
    if planned:
        day = replace(day, presence=planned, presence_source="shifts")
    half_hours = half_hours_of(day)
    expected = [
        Expected(
            queue.id, expect([at for id, at in known if id == queue.id], zone, date, min(today, date), half_hours)
        )
        for queue in day.queues
    ]
    return replace(day, expected=tuple(one for one in expected if any(one.per_half_hour)))


async def _like(
    database: Database, tenant_id: str, date: dt.date, before: dt.date, last: dt.date, now: datetime
) -> Day:
    """Return the latest recorded day of the same weekday, else the last one on which anybody came."""
    for weeks in range(1, LIKE_IT_WEEKS + 1):
        candidate = date - timedelta(weeks=weeks)
        if candidate < before:
            day = await read_day(database, tenant_id, candidate, now)
            if day.stays and day.presence:
                return day
    return await read_day(database, tenant_id, last, now)


def expect(
    times: Sequence[datetime], zone: str, date: dt.date, before: dt.date, half_hours: int
) -> tuple[float, ...]:
    """Return what is expected in each half hour of `date`, from times of contacts before `before`.

    With too little history for the forecast it is the mean of the same weekdays there are, or of all days.
    """
    if not times:
        return (0.0,) * half_hours
    series = series_of(times, zone, before)
    ahead = (date - series.days[-1].date).days
    try:
        found = look_ahead(series, max(ahead, 1))
    except Refused as refused:
        if refused.code != TOO_SHORT:
            raise
        return _mean_of(series, date, half_hours)
    day = next((day for day in found if day.date == date), None)
    if day is None:
        return _mean_of(series, date, half_hours)
    line = [0.0] * half_hours
    first = day.buckets[0].begins_at if day.buckets else None
    for bucket in day.buckets:
        number = int((bucket.begins_at - (first or bucket.begins_at)).total_seconds() // HALF_HOUR_S)
        if number < half_hours:
            line[number] += max(0.0, bucket.contacts)
    return tuple(line)


def series_of(times: Sequence[datetime], zone: str, before: dt.date) -> Series:
    """Return the counts of all days from the first contact until before `before`, days without any included."""
    place = ZoneInfo(zone)
    counts: Counter[tuple[dt.date, int]] = Counter()
    for at in times:
        local = at.astimezone(place)
        counts[local.date(), (local.hour * 60 + local.minute) // BUCKET_MIN] += 1
    first = min(date for date, _ in counts)
    days = max((before - first).days, 1)
    slots = 24 * 60 // BUCKET_MIN
    return Series(
        zone,
        BUCKET_MIN,
        tuple(
            CountedDay(date, tuple(float(counts[date, slot]) for slot in range(slots)))
            for date in (first + timedelta(days=number) for number in range(days))
        ),
        leaves_out_zeros=True,
    )


def _mean_of(series: Series, date: dt.date, half_hours: int) -> tuple[float, ...]:
    alike = [day for day in series.days if day.date.weekday() == date.weekday()] or list(series.days)
    line = [0.0] * half_hours
    for day in alike:
        for slot, count in enumerate(day.counts):
            if count is not None and slot < half_hours:
                line[slot] += count / len(alike)
    return tuple(line)
