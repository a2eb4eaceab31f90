"""The level follows shifts and trends, and lets single odd days pass."""

import math
import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from warmline.domain.staffing.forecast.effects import DayTotal
from warmline.domain.staffing.forecast.invented import poisson
from warmline.domain.staffing.forecast.level import fit_level

FIRST = date(2025, 1, 6)


def history(days: int, rate: Callable[[int], float], seed: int = 1) -> list[DayTotal]:
    rng = random.Random(seed)
    return [
        DayTotal(FIRST + timedelta(days=n), float(poisson(rng, rate(n) * math.exp(rng.gauss(0, 0.03)))), 1.0, ())
        for n in range(days)
    ]


def expected(days: list[DayTotal], ahead: int = 1) -> float:
    return fit_level(days).expected(days[-1].date + timedelta(days=ahead), ())


def test_steady_volume_stays():
    assert expected(history(90, lambda _n: 500)) == pytest.approx(500, rel=0.04)


def test_a_shift_is_followed_within_days():
    for seed in range(4):
        days = history(95, lambda n: 500 if n < 90 else 800, seed)
        assert expected(days) == pytest.approx(800, rel=0.1)
        assert fit_level(days).drift < 0.001  # a step is no trend


def test_a_single_odd_day_is_let_pass():
    days = history(90, lambda n: 1500 if n == 89 else 500)
    assert expected(days) == pytest.approx(500, rel=0.08)


def test_a_day_of_which_half_was_recorded_counts_as_a_whole_one():
    days = history(90, lambda _n: 500)
    half = [*days[:-1], DayTotal(days[-1].date, 250.0, 0.5, ())]
    assert expected(half) == pytest.approx(500, rel=0.04)


def test_growth_goes_on_for_a_while_and_then_fades():
    days = history(120, lambda n: 500 * 1.004**n)
    now = 500 * 1.004**120
    week, quarter = expected(days, 7), expected(days, 90)
    assert now * 1.0 < week < now * 1.06
    assert quarter < now * 1.12


def test_noise_is_not_taken_for_growth():
    drifts = [fit_level(history(120, lambda _n: 40, seed)).drift for seed in range(12)]
    assert sum(abs(drift) > 0.002 for drift in drifts) <= 1


def test_a_queue_nobody_uses_expects_nobody():
    assert expected([DayTotal(FIRST + timedelta(days=n), 0.0, 1.0, ()) for n in range(30)]) < 0.1


def test_moods_that_last_for_days_are_carried_on():
    rng, mood, rates = random.Random(3), 0.0, []
    for _ in range(300):
        mood = 0.8 * mood + rng.gauss(0, 0.08)
        rates.append(5000 * math.exp(mood))
    days = history(300, lambda n: rates[n])
    missed = [abs(expected(days[:n]) - days[n].total) for n in range(200, 299)]
    steady = sum(abs(sum(day.total for day in days[:n]) / n - days[n].total) for n in range(200, 299))
    assert sum(missed) < 0.75 * steady
