"""Each rule, kept and broken."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from warmline.domain.staffing.rules import (
    Breach,
    Worker,
    alone,
    is_late,
    is_weekend,
    local_day,
    minutes_of,
    serves,
    together,
    violations,
    week_of,
)
from warmline.domain.staffing.shifts import Pause, Shift, local_at

SEOUL = ZoneInfo("Asia/Seoul")
MONDAY = date(2026, 11, 23)
MINA = Worker("mina", "Mina", frozenset({"orders"}))


def shift(day: int = 0, start_h: float = 9, hours: float = 8, **more: object) -> Shift:
    start = local_at(MONDAY + timedelta(day), int(start_h * 60), SEOUL)
    end = start + timedelta(hours=hours)
    found = Shift(f"{day}-{start_h}", "orders", ("orders",), "day", start, end, int(hours * 60), agent_id="mina")
    return replace(found, **more)


def rules(worker: Worker, *shifts: Shift) -> list[Breach]:
    return [one.rule for one in violations([worker], shifts, "Asia/Seoul")]


def test_a_usual_week_breaks_nothing():
    assert rules(MINA, *(shift(day) for day in range(5))) == []


@pytest.mark.parametrize(
    ("worker", "rule"),
    [
        (replace(MINA, days_off=frozenset({"2026-11-23"})), Breach.DAY_OFF),
        (replace(MINA, weekdays=frozenset({1, 2})), Breach.WEEKDAY),
        (replace(MINA, earliest_min=600), Breach.TIME_OF_DAY),
        (replace(MINA, latest_min=900), Breach.TIME_OF_DAY),
        (replace(MINA, patterns=frozenset({"half"})), Breach.PATTERN),
        (replace(MINA, queues=frozenset({"refunds"})), Breach.QUEUE),
        (replace(MINA, week_max_min=400), Breach.WEEK_HOURS),
        (replace(MINA, days_at_most=0), Breach.DAYS),
        (replace(MINA, id="yuki"), Breach.UNKNOWN_AGENT),
    ],
)
def test_one_shift_breaks_one_rule(worker: Worker, rule: Breach):
    assert rules(worker, shift()) == [rule]
    assert rules(worker, shift(agent_id=None)) == []


def test_rest_is_eleven_hours_and_overlap_is_worse():
    assert rules(MINA, shift(0, 14), shift(1, 9)) == []  # 22:00 to 09:00
    (short,) = violations([MINA], [shift(0, 14.5), shift(1, 9)], "Asia/Seoul")
    assert (short.rule, short.value, short.limit, short.shift_id) == (Breach.REST, 630, 660, "1-9")
    (double,) = violations([MINA], [shift(0, 9), shift(0, 16, 2)], "Asia/Seoul")
    assert (double.rule, double.value) == (Breach.OVERLAP, 60)
    assert list(together(MINA, [shift(0, 14.5), shift(1, 9)], SEOUL, rest_min=600)) == []


def test_the_week_ends_on_sunday_night():
    six = [shift(day, hours=7) for day in range(6)]
    assert rules(MINA, *six) == [Breach.WEEK_HOURS, Breach.DAYS]
    spread = [*(shift(day) for day in range(5)), *(shift(day) for day in range(7, 12))]
    assert rules(MINA, *spread) == []
    assert week_of(date(2026, 11, 29)) == MONDAY


def test_a_pause_lies_inside_its_shift():
    long = shift()
    outside = Pause("lunch", long.end_at, long.end_at + timedelta(hours=1))
    assert [one.rule for one in alone(MINA, replace(long, pauses=(outside,)), SEOUL)] == [Breach.PAUSE]


def test_late_weekend_and_night_are_told_by_the_clock_on_the_wall():
    assert is_late(shift(0, 13, 8), SEOUL)
    assert not is_late(shift(0, 12, 8), SEOUL)
    assert is_weekend(shift(5), SEOUL)
    assert not is_weekend(shift(4), SEOUL)
    night = shift(0, 22)
    assert is_late(night, SEOUL)
    assert local_day(night, SEOUL) == MONDAY
    assert minutes_of(night.end_at, MONDAY, SEOUL) == 30 * 60
    assert serves(MINA, replace(night, queues=()))
