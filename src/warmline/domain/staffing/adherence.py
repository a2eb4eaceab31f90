"""What was planned against what is: is an agent where the schedule says, and since when not."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from warmline.domain.staffing.shifts import Shift

GRACE_S = 120.0  # nobody is late for two minutes
ABSENT_AFTER_S = 1800.0
AVAILABLE = "available"
AWAY = "away"
OFFLINE = "offline"
RESTING = frozenset({"break", "lunch"})  # reasons for being away that are not work


class Actual(Struct, frozen=True):
    """A stretch of presence: `status` and `reason` from `start_at` until before `end_at` (None: still)."""

    start_at: datetime
    end_at: datetime | None
    status: str
    reason: str | None = None


class Doing(StrEnum):
    """What counts in adherence: working, resting, or not there."""

    WORK = "work"
    REST = "rest"
    OFF = "off"


class Adherence(StrEnum):
    """How an agent stands to the schedule."""

    IN = "in"  # as planned
    EARLY = "early"  # at work before the shift, or still after it
    LATE = "late"  # the shift has begun, the agent has not come yet
    ABSENT = "absent"  # half an hour later still not
    LEFT = "left"  # was there, went before the end
    RESTING = "resting"  # on a break while work is planned
    WORKING = "working"  # at work while a break is planned
    OFF = "off"  # nothing planned, not there


class Standing(Struct, frozen=True):
    """An agent's adherence at a moment: since when, and what is planned now and until when."""

    state: Adherence
    since_at: datetime | None
    minutes: int
    planned: Doing
    planned_kind: str | None
    until_at: datetime | None


class DayFigures(Struct, frozen=True):
    """A day of an agent in minutes: planned work, worked as planned, worked at all; share 0 to 1 or None."""

    planned_min: int
    in_adherence_min: int
    worked_min: int
    late_min: int
    share: float | None


def doing(actual: Actual | None) -> Doing:
    """Return what a presence counts as. Meetings, training and other office work are work."""
    if actual is None or actual.status == OFFLINE:
        return Doing.OFF
    if actual.status == AWAY and actual.reason in RESTING:
        return Doing.REST
    return Doing.WORK


def planned_at(
    shifts: Sequence[Shift], now: datetime
) -> tuple[Doing, str | None, datetime | None, datetime | None]:
    """Return what is planned: doing, kind of pause, since when, until when."""
    for shift in shifts:
        if shift.start_at <= now < shift.end_at:
            since, until = shift.start_at, shift.end_at
            for pause in sorted(shift.pauses, key=lambda one: one.start_at):
                if pause.start_at <= now < pause.end_at:
                    return Doing.REST, pause.kind, pause.start_at, pause.end_at
                if pause.end_at <= now:
                    since = pause.end_at
                elif pause.start_at > now:
                    until = pause.start_at
                    break
            return Doing.WORK, None, since, until
    past = [shift.end_at for shift in shifts if shift.end_at <= now]
    coming = [shift.start_at for shift in shifts if shift.start_at > now]
    return Doing.OFF, None, max(past, default=None), min(coming, default=None)


def standing(
    shifts: Sequence[Shift], actual: Sequence[Actual], now: datetime, grace_s: float = GRACE_S
) -> Standing:
    """Return how an agent stands to the schedule at `now`. `actual`: presence up to now, in order of time."""
    planned, kind, since, until = planned_at(shifts, now)
    current = next((one for one in reversed(actual) if one.start_at <= now), None)
    if current is not None and current.end_at is not None and current.end_at <= now:
        current = None
    is_doing = doing(current)
    wrong_since = _latest(since, current.start_at if current is not None else None)
    off_s = (now - wrong_since).total_seconds() if wrong_since is not None else 0.0

    def stands(state: Adherence, at: datetime | None) -> Standing:
        minutes = int((now - at).total_seconds() // 60) if at is not None else 0
        return Standing(state, at, minutes, planned, kind, until)

    if planned is is_doing:
        return stands(Adherence.OFF if planned is Doing.OFF else Adherence.IN, wrong_since)
    if off_s < grace_s and planned is not Doing.OFF:
        return stands(Adherence.IN, wrong_since)
    if planned is Doing.OFF:
        return stands(Adherence.EARLY, wrong_since)
    if planned is Doing.WORK and is_doing is Doing.REST:
        return stands(Adherence.RESTING, wrong_since)
    if planned is Doing.REST and is_doing is Doing.WORK:
        return stands(Adherence.WORKING, wrong_since)
    if planned is Doing.REST:  # away from the desk while a break is planned is a break
        return stands(Adherence.IN, wrong_since)
    shift = next(one for one in shifts if one.start_at <= now < one.end_at)
    came = any(
        doing(one) is not Doing.OFF and (one.end_at is None or one.end_at > shift.start_at) and one.start_at <= now
        for one in actual
    )
    if came:
        return stands(Adherence.LEFT, wrong_since)
    missing_s = (now - shift.start_at).total_seconds()
    return stands(Adherence.ABSENT if missing_s >= ABSENT_AFTER_S else Adherence.LATE, shift.start_at)


def day_figures(
    shifts: Sequence[Shift], actual: Sequence[Actual], start_at: datetime, end_at: datetime
) -> DayFigures:
    """Return the figures between two instants; a stretch that goes on counts until `end_at`."""
    work = _planned_work(shifts, start_at, end_at)
    worked = [
        (max(one.start_at, start_at), min(one.end_at or end_at, end_at))
        for one in actual
        if doing(one) is Doing.WORK
    ]
    worked = [span for span in worked if span[0] < span[1]]
    planned_s = sum((end - begin).total_seconds() for begin, end in work)
    both_s = sum(
        max(0.0, (min(end, until) - max(begin, since)).total_seconds())
        for begin, end in work
        for since, until in worked
    )
    late_s = 0.0
    for shift in shifts:
        if start_at <= shift.start_at < end_at:
            came = min((max(s, shift.start_at) for s, e in worked if e > shift.start_at), default=end_at)
            missing_s = (min(came, shift.end_at, end_at) - shift.start_at).total_seconds()
            late_s += missing_s if missing_s > GRACE_S else 0.0
    worked_s = sum((until - since).total_seconds() for since, until in worked)
    return DayFigures(
        round(planned_s / 60),
        round(both_s / 60),
        round(worked_s / 60),
        round(late_s / 60),
        both_s / planned_s if planned_s else None,
    )


def _planned_work(
    shifts: Sequence[Shift], start_at: datetime, end_at: datetime
) -> list[tuple[datetime, datetime]]:
    """Return the stretches of planned work, pauses taken out, between two instants."""
    spans: list[tuple[datetime, datetime]] = []
    for shift in shifts:
        begin = shift.start_at
        for pause in sorted(shift.pauses, key=lambda one: one.start_at):
            spans.append((begin, pause.start_at))
            begin = pause.end_at
        spans.append((begin, shift.end_at))
    cut = [(max(begin, start_at), min(end, end_at)) for begin, end in spans]
    return [span for span in cut if span[0] < span[1]]


def _latest(*moments: datetime | None) -> datetime | None:
    return max((one for one in moments if one is not None), default=None)
