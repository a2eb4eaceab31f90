"""Shift patterns become places in a week; shifts cover half hours."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from warmline.domain.staffing.shifts import (
    Pattern,
    Pause,
    Shift,
    Window,
    local_at,
    presence,
    problems_of,
    slot_of,
    staffed,
    stems,
)

SEOUL, BERLIN = ZoneInfo("Asia/Seoul"), ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 23)
DAY = Pattern(
    "day", 540, 540, 600, 30, (Window("break", 15, 60, 90), Window("lunch", 60, 180, 240)), (0, 1, 2, 3, 4)
)


def test_a_pattern_begins_on_each_of_its_starts_and_only_on_its_days():
    first = local_at(MONDAY, 0, SEOUL)
    found = list(stems([DAY], [MONDAY, MONDAY + timedelta(days=5)], SEOUL, first, 7 * 48))
    assert [(stem.first, stem.end) for stem in found] == [(18, 36), (19, 37), (20, 38)]
    assert found[0].places == ((20, 21), (24, 25, 26))
    assert DAY.paid_min == 480


def test_nine_in_the_morning_is_nine_on_the_wall_also_when_the_clocks_change():
    before, after = date(2026, 10, 24), date(2026, 10, 25)  # clocks go back in the night
    assert local_at(before, 540, BERLIN) == datetime(2026, 10, 24, 7, 0, tzinfo=UTC)
    assert local_at(after, 540, BERLIN) == datetime(2026, 10, 25, 8, 0, tzinfo=UTC)


def test_a_shift_covers_its_half_hours_without_its_pauses():
    nine = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    pauses = (
        Pause("break", nine + timedelta(minutes=45), nine + timedelta(minutes=60)),
        Pause("lunch", nine + timedelta(minutes=90), nine + timedelta(minutes=120)),
    )
    shift = Shift("s", "p", ("orders",), "day", nine, nine + timedelta(hours=3), 150, pauses)
    assert presence(shift, nine, 5) == {0: 1.0, 1: 0.5, 2: 1.0, 3: 0.0, 4: 1.0}
    assert staffed([shift, shift], nine, 8) == [2.0, 1.0, 2.0, 0.0, 2.0, 2.0, 0.0, 0.0]
    # A shift from the night before counts only for what lies in the plan.
    assert presence(shift, nine + timedelta(hours=2), 48) == {0: 1.0, 1: 1.0}
    assert slot_of(nine + timedelta(minutes=89), nine) == 2


@pytest.mark.parametrize(
    ("pattern", "field"),
    [
        (Pattern("x", 45, 0, 0), "length_min"),
        (Pattern("x", 480, 600, 540), "earliest_start_min"),
        (Pattern("x", 480, 545, 605), "latest_start_min"),
        (Pattern("x", 480, 540, 600, 45), "step_min"),
        (Pattern("x", 480, 540, 600, weekdays=(7,)), "weekdays"),
        (Pattern("x", 480, 540, 600, pauses=(Window("lunch", 60, 420, 450),)), "pauses"),
        (
            Pattern("x", 480, 540, 600, pauses=(Window("lunch", 60, 120, 240), Window("break", 15, 240, 300))),
            "pauses",
        ),
    ],
)
def test_a_pattern_that_cannot_be_worked_says_why(pattern: Pattern, field: str):
    assert problems_of(pattern) == [field]
    assert problems_of(DAY) == []
