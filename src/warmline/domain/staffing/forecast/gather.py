"""Rows of a table become a series: bucket width found, days put together in the company's own time."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from warmline.domain.staffing.forecast.series import DAY_MIN, Day, Repeats, Series
from warmline.domain.staffing.forecast.table import EMPTY, Columns, Row
from warmline.kernel.errors import Refused, declare

WIDTHS_MIN = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440)
_PROGRESS_ROWS = 50_000
_NOTICED = 0.01  # share of times that repeat; the hour that happens twice a year is less
_ALIKE = 0.98  # share of repeated times with the same figures; an export's last bucket may have been under way
_SURE_TIMES, _SURE_COUNT = 24, 3.0  # so many times, with so many contacts on average, are not alike by chance
ZONE = declare("series_zone", 422, "There is no time zone {zone}.", "Name one like Asia/Seoul or Europe/Berlin.")
BUCKET = declare(
    "series_bucket",
    422,
    "Buckets of {bucket} minutes cannot be made of rows of {width} minutes.",
    "Ask for a multiple of the rows' width that divides a day, such as 30 or 60.",
)


def gather(
    columns: Columns,
    rows: Iterable[Row],
    bucket_min: int = 30,
    time_zone: str = "",
    on_progress: Callable[[int], None] | None = None,
) -> Series:
    """Return the series in `rows`, in buckets of `bucket_min` (a divisor of a day).

    Times without a zone are taken as the clock on the wall showed them; others are brought to `time_zone`, or left
    as written when none is given. Rows of the same time are added up, unless they are clearly the same rows twice.
    Raises Refused (series_zone, series_bucket, series_empty).
    """
    try:
        zone = ZoneInfo(time_zone) if time_zone else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones, such as America, is none
        raise Refused(ZONE, zone=time_zone) from None
    minutes: dict[date, dict[int, list[float]]] = {}
    unknown: dict[date, set[int]] = {}
    zeros = False
    met: dict[datetime, Row] = {}
    again: dict[datetime, list[Row]] = {}
    first: datetime | None = None
    last: datetime | None = None
    for number, row in enumerate(rows, start=1):
        at = _on_the_wall(row.at, zone)
        first = at if first is None or at < first else first
        last = at if last is None or at > last else last
        day, minute = at.date(), at.hour * 60 + at.minute
        if row.count is None:
            unknown.setdefault(day, set()).add(minute)
            continue
        zeros = zeros or row.count == 0
        if columns.count >= 0:
            if row.at in met:
                again.setdefault(row.at, []).append(row)
            else:
                met[row.at] = row
        sums = minutes.setdefault(day, {}).setdefault(minute, [0.0, 0.0, 0.0])
        sums[0] += row.count
        if row.handle_s is not None:
            sums[1] += row.count * row.handle_s
            sums[2] += row.count
        if on_progress is not None and number % _PROGRESS_ROWS == 0:
            on_progress(number)
    if first is None or last is None or not minutes:
        raise Refused(EMPTY)
    repeats = repeats_in(met, again)
    if repeats is not None and repeats.counted_once:
        _count_once(minutes, met, again, zone)
    single = columns.count < 0
    width = 1 if single else width_of(minutes)
    if single:
        _forget_outside(minutes, unknown, first, last, bucket_min)
    if bucket_min < width:
        bucket_min = width
    if bucket_min % width or DAY_MIN % bucket_min:
        raise Refused(BUCKET, bucket=bucket_min, width=width)
    leaves_out_zeros = single or not zeros
    usual = Counter[int]() if single else _rows_per_slot(minutes, bucket_min)
    days = tuple(
        _day(day, minutes[day], unknown.get(day, set()), bucket_min, usual, leaves_out_zeros)
        for day in sorted(minutes)
    )
    return Series(time_zone or "UTC", bucket_min, days, leaves_out_zeros, repeats)


def repeats_in(met: Mapping[datetime, Row], again: Mapping[datetime, Sequence[Row]]) -> Repeats | None:
    """Return how many times have several rows, from the first row of each and the others; None if hardly any.

    They are the same rows twice, not rows of several queues, when nearly all agree in every figure, more than by
    chance.
    """
    if len(again) < _NOTICED * len(met):
        return None
    alike = [met[at] for at, rows in again.items() if all(row == met[at] for row in rows)]
    contacts = sum(row.count or 0.0 for row in alike)
    sure = len(alike) >= max(_SURE_TIMES, _ALIKE * len(again)) and contacts >= _SURE_COUNT * len(alike)
    return Repeats(len(again), len(met), sure)


def _count_once(
    minutes: dict[date, dict[int, list[float]]],
    met: Mapping[datetime, Row],
    again: Mapping[datetime, Sequence[Row]],
    zone: ZoneInfo | None,
) -> None:
    """Take rows that came again out of the sums; of the few that differ the fullest stays."""
    for at, rows in again.items():
        own = _on_the_wall(at, zone)
        sums = minutes[own.date()][own.hour * 60 + own.minute]
        for row in sorted([met[at], *rows], key=lambda one: one.count or 0.0)[:-1]:
            count = row.count or 0.0
            sums[0] -= count
            if row.handle_s is not None:
                sums[1] -= count * row.handle_s
                sums[2] -= count


def _on_the_wall(at: datetime, zone: ZoneInfo | None) -> datetime:
    return (at.astimezone(zone) if zone is not None and at.tzinfo is not None else at).replace(tzinfo=None)


def width_of(minutes: dict[date, dict[int, list[float]]]) -> int:
    """Return the width of the rows' buckets in minutes: the gap that is met most often within a day."""
    gaps = Counter[int]()
    for by_minute in minutes.values():
        ordered = sorted(by_minute)
        gaps.update(after - before for before, after in pairwise(ordered))
    if not gaps:
        return DAY_MIN
    common, _ = max(gaps.items(), key=lambda item: (item[1], -item[0]))
    fitting = [width for width in WIDTHS_MIN if common % width == 0]
    return fitting[-1]


def _forget_outside(
    minutes: dict[date, dict[int, list[float]]],
    unknown: dict[date, set[int]],
    first: datetime,
    last: datetime,
    bucket_min: int,
) -> None:
    """Leave out the day of the first contact (nobody counted before it), and what comes after the last one."""
    if len(minutes) > 1:
        del minutes[first.date()]
    end = last.hour * 60 + last.minute
    unknown.setdefault(last.date(), set()).update(range(end // bucket_min * bucket_min + bucket_min, DAY_MIN))


def _rows_per_slot(minutes: dict[date, dict[int, list[float]]], bucket_min: int) -> Counter[int]:
    """Return of how many rows a slot is usually made, by slot."""
    met: dict[int, Counter[int]] = {}
    for by_minute in minutes.values():
        for slot, rows in Counter(minute // bucket_min for minute in by_minute).items():
            met.setdefault(slot, Counter())[rows] += 1
    return Counter({slot: counts.most_common(1)[0][0] for slot, counts in met.items()})


def _day(
    day: date,
    by_minute: dict[int, list[float]],
    unknown: set[int],
    bucket_min: int,
    usual: Counter[int],
    leaves_out_zeros: bool,
) -> Day:
    slots = DAY_MIN // bucket_min
    counts: list[float | None] = [None] * slots
    seconds, timed, rows = [0.0] * slots, [0.0] * slots, [0] * slots
    for minute, (count, handled_s, with_time) in by_minute.items():
        slot = minute // bucket_min
        counts[slot] = (counts[slot] or 0.0) + count
        seconds[slot] += handled_s
        timed[slot] += with_time
        rows[slot] += 1
    for minute in unknown:
        counts[minute // bucket_min] = None
    if not leaves_out_zeros:
        for slot in range(slots):
            if rows[slot] < usual[slot]:
                counts[slot] = None  # a part of the bucket was not recorded
    if not any(timed):
        return Day(day, tuple(counts))
    works = tuple(
        None if count is None or part <= 0 else whole / part * count
        for count, whole, part in zip(counts, seconds, timed, strict=True)
    )
    return Day(day, tuple(counts), works)
