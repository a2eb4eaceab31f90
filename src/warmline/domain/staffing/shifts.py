"""Shift patterns: when a shift may begin, how long it is, and where its lunch and short breaks may lie."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from warmline.domain.staffing.volumes import HALF_HOUR

HALF_HOUR_MIN = 30
SHORT_BREAK_MIN = 15
LUNCH = "lunch"
BREAK = "break"


class Window(Struct, frozen=True):
    """A pause of `length_min` (15, or whole half hours) that begins `from_min` to `to_min` after the shift did.

    Both bounds are whole half hours; a pause begins on a half hour, a short break also at a quarter.
    """

    kind: str
    length_min: int
    from_min: int
    to_min: int


class Pattern(Struct, frozen=True):
    """A kind of shift. Times of day are local, in minutes after midnight and whole half hours; days 0 is Monday.

    `paid_lunch` says whether lunch counts as paid time; short breaks do. `at_most`: shifts of this kind a day.
    """

    id: str
    length_min: int
    earliest_start_min: int
    latest_start_min: int
    step_min: int = HALF_HOUR_MIN
    pauses: tuple[Window, ...] = ()
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    at_most: int | None = None
    paid_lunch: bool = False
    cost: float = 1.0

    @property
    def paid_min(self) -> int:
        """The paid minutes of one such shift."""
        unpaid = 0 if self.paid_lunch else sum(one.length_min for one in self.pauses if one.kind == LUNCH)
        return self.length_min - unpaid


class Pause(Struct, frozen=True):
    """A planned lunch or short break of a shift."""

    kind: str
    start_at: datetime
    end_at: datetime


class Shift(Struct, frozen=True):
    """A shift to be worked: UTC times, for the queues of a pool, by nobody yet when `agent_id` is None."""

    id: str
    pool_id: str
    queues: tuple[str, ...]
    pattern_id: str
    start_at: datetime
    end_at: datetime
    paid_min: int
    pauses: tuple[Pause, ...] = ()
    agent_id: str | None = None


class Stem(Struct, frozen=True):
    """A pattern on one day from one half hour on, before its pauses are placed: `first` to before `end`.

    `places`: for each pause the half hours, counted from the start of the plan, where it may begin.
    """

    pattern: Pattern
    first: int
    end: int
    places: tuple[tuple[int, ...], ...]


def problems_of(pattern: Pattern) -> list[str]:
    """Return what is wrong with a pattern, as names of fields; empty when it can be planned."""
    wrong: list[str] = []
    if not 60 <= pattern.length_min <= 12 * 60 or pattern.length_min % HALF_HOUR_MIN:
        wrong.append("length_min")
    if not 0 <= pattern.earliest_start_min <= pattern.latest_start_min < 24 * 60:
        wrong.append("earliest_start_min")
    if pattern.earliest_start_min % HALF_HOUR_MIN or pattern.latest_start_min % HALF_HOUR_MIN:
        wrong.append("latest_start_min")
    if pattern.step_min <= 0 or pattern.step_min % HALF_HOUR_MIN:
        wrong.append("step_min")
    if not pattern.weekdays or not set(pattern.weekdays) <= set(range(7)):
        wrong.append("weekdays")
    end_min = 0
    for window in sorted(pattern.pauses, key=lambda one: one.from_min):
        whole = window.length_min == SHORT_BREAK_MIN or window.length_min % HALF_HOUR_MIN == 0
        inside = end_min <= window.from_min <= window.to_min
        inside = inside and window.to_min + window.length_min <= pattern.length_min
        grid = window.from_min % HALF_HOUR_MIN == 0 and window.to_min % HALF_HOUR_MIN == 0
        if not (whole and inside and grid and window.length_min > 0):
            wrong.append("pauses")
            break
        end_min = window.to_min + max(window.length_min, HALF_HOUR_MIN)
    return wrong


def local_at(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """Return the instant `minutes` after the local midnight of `day`, as clocks on the wall show it."""
    on = datetime.combine(day, time(0), zone) + timedelta(minutes=minutes)
    return on.astimezone(ZoneInfo("UTC"))


def stems(
    patterns: Sequence[Pattern], days: Sequence[date], zone: ZoneInfo, first_at: datetime, half_hours: int
) -> Iterator[Stem]:
    """Return every place a pattern may have that begins in the plan; the end may lie beyond it."""
    for day in days:
        for pattern in patterns:
            if day.weekday() not in pattern.weekdays:
                continue
            for start_min in range(pattern.earliest_start_min, pattern.latest_start_min + 1, pattern.step_min):
                first = slot_of(local_at(day, start_min, zone), first_at)
                if 0 <= first < half_hours:
                    places = tuple(
                        tuple(
                            first + offset // HALF_HOUR_MIN
                            for offset in range(window.from_min, window.to_min + 1, HALF_HOUR_MIN)
                        )
                        for window in pattern.pauses
                    )
                    yield Stem(pattern, first, first + pattern.length_min // HALF_HOUR_MIN, places)


def slot_of(at: datetime, first_at: datetime) -> int:
    """Return the half hour of the plan that `at` lies in, counted from 0."""
    return int((at - first_at) // HALF_HOUR)


def presence(shift: Shift, first_at: datetime, half_hours: int) -> dict[int, float]:
    """Return the half hours a shift covers, 1 for all of it and 0.5 where a short break takes half."""
    covered: dict[int, float] = {}
    for slot in range(
        slot_of(shift.start_at, first_at), slot_of(shift.end_at - timedelta(microseconds=1), first_at) + 1
    ):
        if 0 <= slot < half_hours:
            begin, end = first_at + slot * HALF_HOUR, first_at + (slot + 1) * HALF_HOUR
            there = _overlap(shift.start_at, shift.end_at, begin, end)
            there -= sum(_overlap(pause.start_at, pause.end_at, begin, end) for pause in shift.pauses)
            covered[slot] = max(0.0, there / HALF_HOUR.total_seconds())
    return covered


def staffed(shifts: Sequence[Shift], first_at: datetime, half_hours: int) -> list[float]:
    """Return how many agents are on the floor in each half hour, breaks taken away."""
    total = [0.0] * half_hours
    for shift in shifts:
        for slot, share in presence(shift, first_at, half_hours).items():
            total[slot] += share
    return total


def _overlap(start: datetime, end: datetime, begin: datetime, until: datetime) -> float:
    return max(0.0, (min(end, until) - max(start, begin)).total_seconds())
