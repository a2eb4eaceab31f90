"""Counted contacts, day by day and slot by slot, in the company's own time.

A slot is a piece of the wall clock: slot 0 begins at midnight. On the day clocks go back some slots happen twice,
on the day they go forward some do not happen; `occurrences` says so.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

DAY_MIN = 24 * 60


class Day(Struct, frozen=True):
    """One day: contacts per slot, and the seconds they took together where that is known; None: not recorded."""

    date: date
    counts: tuple[float | None, ...]
    work_s: tuple[float | None, ...] = ()

    @property
    def total(self) -> float:
        """All contacts that were recorded."""
        return sum(count for count in self.counts if count is not None)


class Repeats(Struct, frozen=True):
    """Times that several rows of a table share, of how many; `counted_once`: they were the same rows twice."""

    times: int
    of: int
    counted_once: bool


class Series(Struct, frozen=True):
    """Days in rising order; a date that nothing was recorded on has no Day.

    `leaves_out_zeros`: a slot without a record had no contact (some exports write no zeros, nor do lists of single
    contacts); otherwise such a slot is unknown. `bucket_min` divides a day. `repeats`: None when hardly any time
    has several rows.
    """

    time_zone: str
    bucket_min: int
    days: tuple[Day, ...]
    leaves_out_zeros: bool = False
    repeats: Repeats | None = None

    @property
    def slots(self) -> int:
        """How many slots an ordinary day has."""
        return DAY_MIN // self.bucket_min

    @property
    def has_handle_times(self) -> bool:
        """Whether any day tells how long contacts took."""
        return any(day.work_s for day in self.days)


@lru_cache(maxsize=4096)
def occurrences(time_zone: str, day: date, bucket_min: int) -> tuple[float, ...] | None:
    """Return how often each slot happens on `day`, or None when clocks stay and each happens once."""
    zone = ZoneInfo(time_zone)
    midnight = datetime.combine(day, time(), zone)
    following = datetime.combine(day + timedelta(days=1), time(), zone)
    if midnight.utcoffset() == following.utcoffset():
        return None
    often = [0.0] * (DAY_MIN // bucket_min)
    moment, end = midnight.astimezone(UTC), following.astimezone(UTC)
    step = timedelta(minutes=5 if bucket_min % 5 == 0 else 1)
    share = step / timedelta(minutes=bucket_min)
    while moment < end:
        local = moment.astimezone(zone)
        often[(local.hour * 60 + local.minute) // bucket_min] += share
        moment += step
    return tuple(round(value, 9) for value in often)


def moments(time_zone: str, day: date, bucket_min: int) -> list[tuple[datetime, int]]:
    """Return when each bucket of `day` begins (UTC) with its slot, rising; a repeated slot appears twice."""
    zone = ZoneInfo(time_zone)
    moment = datetime.combine(day, time(), zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    found: list[tuple[datetime, int]] = []
    while moment < end:
        local = moment.astimezone(zone)
        found.append((moment, (local.hour * 60 + local.minute) // bucket_min))
        moment += timedelta(minutes=bucket_min)
    return found
