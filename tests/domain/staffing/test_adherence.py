"""A day at work, minute by minute, against the schedule."""

from datetime import UTC, datetime, timedelta

import pytest

from warmline.domain.staffing.adherence import Actual, Adherence, Doing, day_figures, doing, planned_at, standing
from warmline.domain.staffing.shifts import Pause, Shift

MIDNIGHT = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


def at(hour: float) -> datetime:
    return MIDNIGHT + timedelta(hours=hour)


LUNCH = Pause("lunch", at(12), at(13))
DAY = Shift("s", "orders", ("orders",), "day", at(9), at(18), 480, (LUNCH,))


def present(*spans: tuple[float, float | None, str, str | None]) -> list[Actual]:
    return [Actual(at(a), None if b is None else at(b), status, reason) for a, b, status, reason in spans]


WORKS = present((8, 8.9, "offline", None), (8.9, 12.02, "available", None), (12.02, 13.01, "away", "lunch"),
                (13.01, None, "available", None))  # fmt: skip


@pytest.mark.parametrize(
    ("now", "state", "minutes"),
    [
        (8.5, Adherence.OFF, 30), (8.95, Adherence.EARLY, 3), (9.5, Adherence.IN, 30), (12.5, Adherence.IN, 28),
        (13.005, Adherence.IN, 0), (17, Adherence.IN, 239), (18.5, Adherence.EARLY, 30),
    ],
)  # fmt: skip
def test_who_follows_the_schedule_is_in(now: float, state: Adherence, minutes: int):
    stands = standing([DAY], WORKS, at(now))
    assert (stands.state, stands.minutes) == (state, minutes)


@pytest.mark.parametrize(
    ("presence", "now", "state", "minutes"),
    [
        ([], 9.01, Adherence.IN, 0),  # nobody is late within two minutes
        ([], 9.25, Adherence.LATE, 15),
        ([], 9.75, Adherence.ABSENT, 45),
        (present((9, 11, "available", None), (11, None, "offline", None)), 11.5, Adherence.LEFT, 30),
        (present((9, 10, "available", None), (10, None, "away", "break")), 10.5, Adherence.RESTING, 30),
        (present((9, None, "available", None)), 12.25, Adherence.WORKING, 15),
        (present((9, 12, "available", None), (12, None, "offline", None)), 12.5, Adherence.IN, 30),
        (present((9, None, "away", "meeting")), 10, Adherence.IN, 60),
        (present((9, None, "away", "no_answer")), 10, Adherence.IN, 60),
    ],
)
def test_what_differs_from_the_schedule_has_a_name(
    presence: list[Actual], now: float, state: Adherence, minutes: int
):
    stands = standing([DAY], presence, at(now))
    assert (stands.state, stands.minutes) == (state, minutes)


def test_what_comes_next_is_told():
    assert planned_at([DAY], at(10)) == (Doing.WORK, None, at(9), at(12))
    assert planned_at([DAY], at(12.5)) == (Doing.REST, "lunch", at(12), at(13))
    assert planned_at([DAY], at(14)) == (Doing.WORK, None, at(13), at(18))
    assert planned_at([DAY], at(7)) == (Doing.OFF, None, None, at(9))
    assert planned_at([], at(7)) == (Doing.OFF, None, None, None)
    assert standing([], present((9, None, "available", None)), at(10)).state is Adherence.EARLY
    assert doing(None) is Doing.OFF


def test_a_day_is_counted_in_minutes():
    presence = present(
        (9.25, 12, "available", None), (12, 12.5, "away", "lunch"), (12.5, 14, "available", None),
        (14, 15, "away", "break"), (15, 18.5, "available", None), (18.5, None, "offline", None),
    )  # fmt: skip
    figures = day_figures([DAY], presence, MIDNIGHT, MIDNIGHT + timedelta(days=1))
    assert (figures.planned_min, figures.worked_min, figures.late_min) == (480, 165 + 90 + 210, 15)
    assert figures.in_adherence_min == 165 + 60 + 180
    assert figures.share == pytest.approx(405 / 480)


def test_a_night_shift_counts_on_both_days_and_a_day_without_shifts_has_no_share():
    night = Shift("n", "orders", (), "night", at(22), at(30), 480)
    worked = present((22, 30, "available", None))
    first = day_figures([night], worked, MIDNIGHT, at(24))
    second = day_figures([night], worked, at(24), at(48))
    assert (first.planned_min, first.in_adherence_min, second.planned_min) == (120, 120, 360)
    assert second.late_min == 0
    assert day_figures([], [], MIDNIGHT, at(24)).share is None
    missed = day_figures([night], [], MIDNIGHT, at(24))
    assert (missed.in_adherence_min, missed.late_min, missed.share) == (0, 120, 0)
