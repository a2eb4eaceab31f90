"""What a shift may ask of an agent: skill, contract, days off, rest. Every breach has a name."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from msgspec import Struct

from warmline.domain.staffing.shifts import Shift

REST_MIN = 11 * 60
LATE_AFTER_MIN = 20 * 60  # a shift that ends later than this on the wall clock is a late one


class Worker(Struct, frozen=True):
    """An agent as staffing sees them: queues they serve, and their contract, in paid minutes; day 0 is Monday.

    `days_off`: dates they are not there. `patterns`: the kinds of shift they work; None: any. `late`, `weekend`:
    such shifts they had before, for fairness. An empty `weekdays` means they work none.
    """

    id: str
    name: str
    queues: frozenset[str]
    week_max_min: int = 40 * 60
    week_min_min: int = 0
    days_at_most: int = 5
    weekdays: frozenset[int] = frozenset(range(7))
    days_off: frozenset[str] = frozenset()
    patterns: frozenset[str] | None = None
    earliest_min: int = 0
    latest_min: int = 48 * 60
    late: int = 0
    weekend: int = 0


class Breach(StrEnum):
    """The rules, most important first."""

    UNKNOWN_AGENT = "unknown_agent"
    DAY_OFF = "day_off"
    OVERLAP = "overlap"
    REST = "rest"
    WEEK_HOURS = "week_hours"
    DAYS = "days"
    WEEKDAY = "weekday"
    TIME_OF_DAY = "time_of_day"
    PATTERN = "pattern"
    QUEUE = "queue"
    PAUSE = "pause"


class Violation(Struct, frozen=True):
    """A rule that a shift breaks. `value` and `limit` in minutes, or days for `days`; None where there is none."""

    rule: Breach
    shift_id: str
    agent_id: str
    value: int | None = None
    limit: int | None = None


def local_day(shift: Shift, zone: ZoneInfo) -> date:
    """Return the day a shift belongs to: the one it begins on."""
    return shift.start_at.astimezone(zone).date()


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def minutes_of(at: datetime, day: date, zone: ZoneInfo) -> int:
    """Return the wall clock's minutes after the midnight of `day`; past 24 hours on the next day."""
    local = at.astimezone(zone)
    return (local.date() - day).days * 1440 + local.hour * 60 + local.minute


def is_late(shift: Shift, zone: ZoneInfo) -> bool:
    return minutes_of(shift.end_at, local_day(shift, zone), zone) > LATE_AFTER_MIN


def is_weekend(shift: Shift, zone: ZoneInfo) -> bool:
    return local_day(shift, zone).weekday() >= 5


def serves(worker: Worker, shift: Shift) -> bool:
    """Return whether the agent serves a queue of the shift; a shift without queues is for everybody."""
    return not shift.queues or not worker.queues.isdisjoint(shift.queues)


def alone(worker: Worker, shift: Shift, zone: ZoneInfo) -> Iterable[Violation]:
    """Yield what a shift breaks by itself, whatever else the agent works."""
    day = local_day(shift, zone)

    def breach(rule: Breach, value: int | None = None, limit: int | None = None) -> Violation:
        return Violation(rule, shift.id, worker.id, value, limit)

    if day.isoformat() in worker.days_off:
        yield breach(Breach.DAY_OFF)
    if day.weekday() not in worker.weekdays:
        yield breach(Breach.WEEKDAY)
    start_min, end_min = minutes_of(shift.start_at, day, zone), minutes_of(shift.end_at, day, zone)
    if start_min < worker.earliest_min:
        yield breach(Breach.TIME_OF_DAY, start_min, worker.earliest_min)
    elif end_min > worker.latest_min:
        yield breach(Breach.TIME_OF_DAY, end_min, worker.latest_min)
    if worker.patterns is not None and shift.pattern_id and shift.pattern_id not in worker.patterns:
        yield breach(Breach.PATTERN)
    if not serves(worker, shift):
        yield breach(Breach.QUEUE)
    if any(pause.start_at < shift.start_at or pause.end_at > shift.end_at for pause in shift.pauses):
        yield breach(Breach.PAUSE)


def together(
    worker: Worker, shifts: Sequence[Shift], zone: ZoneInfo, rest_min: int = REST_MIN
) -> Iterable[Violation]:
    """Yield what an agent's shifts break together: overlap, rest, hours and days of each week."""
    line = sorted(shifts, key=lambda one: (one.start_at, one.id))
    for before, after in pairwise(line):
        between_min = int((after.start_at - before.end_at).total_seconds() // 60)
        if between_min < 0:
            yield Violation(Breach.OVERLAP, after.id, worker.id, -between_min, 0)
        elif between_min < rest_min:
            yield Violation(Breach.REST, after.id, worker.id, between_min, rest_min)
    worked: dict[date, int] = {}
    days: dict[date, set[date]] = {}
    for shift in line:
        day = local_day(shift, zone)
        week = week_of(day)
        worked[week] = worked.get(week, 0) + shift.paid_min
        days.setdefault(week, set()).add(day)
        if worked[week] > worker.week_max_min:
            yield Violation(Breach.WEEK_HOURS, shift.id, worker.id, worked[week], worker.week_max_min)
        if len(days[week]) > worker.days_at_most:
            yield Violation(Breach.DAYS, shift.id, worker.id, len(days[week]), worker.days_at_most)


def violations(
    workers: Sequence[Worker], shifts: Sequence[Shift], time_zone: str, rest_min: int = REST_MIN
) -> list[Violation]:
    """Return every rule that the shifts of named agents break, by agent and time; shifts of nobody break none."""
    zone = ZoneInfo(time_zone)
    known = {worker.id: worker for worker in workers}
    mine: dict[str, list[Shift]] = {}
    found: list[Violation] = []
    for shift in shifts:
        if shift.agent_id is None:
            continue
        if shift.agent_id not in known:
            found.append(Violation(Breach.UNKNOWN_AGENT, shift.id, shift.agent_id))
        else:
            mine.setdefault(shift.agent_id, []).append(shift)
    for agent_id, line in sorted(mine.items()):
        worker = known[agent_id]
        for shift in sorted(line, key=lambda one: one.start_at):
            found.extend(alone(worker, shift, zone))
        found.extend(together(worker, line, zone, rest_min))
    return found
