"""Weekdays and special days: found where they are, not found where they are not."""

import math
import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from warmline.domain.staffing.forecast.effects import DayTotal, learn_effects
from warmline.domain.staffing.forecast.invented import poisson
from warmline.domain.staffing.forecast.workdays import Workdays

FIRST = date(2025, 1, 6)
WEEK = (1.4, 1.1, 1.0, 0.9, 0.9, 0.4, 0.3)
ALWAYS = frozenset(range(7))


def history(days: int, factor: Callable[[date], float], mean: float = 1000, seed: int = 1) -> list[DayTotal]:
    rng, workdays = random.Random(seed), Workdays("US")
    found: list[DayTotal] = []
    for n in range(days):
        day = FIRST + timedelta(days=n)
        rate = mean * WEEK[day.weekday()] * factor(day) * math.exp(rng.gauss(0, 0.04))
        traits = workdays.traits(day, ALWAYS, lambda _day: False)
        found.append(DayTotal(day, float(poisson(rng, rate)), 1.0, traits))
    return found


def test_weekday_factors_are_found():
    effects = learn_effects(history(364, lambda _day: 1.0))
    assert effects.weekdays == pytest.approx([value * 7 / sum(WEEK) for value in WEEK], rel=0.04)
    assert effects.sigma == pytest.approx(0.04, abs=0.02)


def test_a_month_without_a_rhythm_gets_none():
    effects = learn_effects(history(364, lambda _day: 1.0))
    monthly = [value for trait, value in effects.traits.items() if trait.startswith(("month", "dom"))]
    assert max(map(abs, monthly), default=0.0) < 0.02


def test_pay_day_is_found():
    effects = learn_effects(history(364, lambda day: 1.5 if day.day == 25 else 1.0))
    assert math.exp(effects.log_effect(["dom:25"])) == pytest.approx(1.5, rel=0.12)
    assert math.exp(effects.log_effect(["dom:12"])) == pytest.approx(1.0, rel=0.05)


def test_holidays_and_the_days_after_them_are_found():
    us = Workdays("US")

    def factor(day: date) -> float:
        if us.holiday(day) and day.weekday() < 5:
            return 0.3
        return 1.3 if us.holiday(day - timedelta(days=1)) and day.weekday() < 5 else 1.0

    effects = learn_effects(history(364, factor))
    assert math.exp(effects.log_effect(["holiday"])) == pytest.approx(0.3, rel=0.25)
    assert math.exp(effects.log_effect(["after", "after:day"])) == pytest.approx(1.3, rel=0.1)


def test_one_odd_day_moves_no_weekday():
    calm = history(70, lambda _day: 1.0)
    odd = list(calm)
    odd[46] = DayTotal(odd[46].date, odd[46].total * 6, 1.0, odd[46].traits)
    assert learn_effects(odd).weekdays == pytest.approx(learn_effects(calm).weekdays, rel=0.03)


def test_a_weekday_that_never_was_has_no_factor():
    days = [day for day in history(60, lambda _day: 1.0) if day.date.weekday() < 5]
    assert learn_effects(days).weekdays[5:] == (0.0, 0.0)


def test_a_weekday_that_opens_is_believed_and_spoils_no_other():
    opened = [
        DayTotal(day.date, 0.0 if day.date.weekday() == 5 and n < 180 else day.total, 1.0, day.traits)
        for n, day in enumerate(history(196, lambda _day: 1.0))
    ]
    week = learn_effects(opened).weekdays
    assert week[5] / week[2] == pytest.approx(0.4, rel=0.15)
    assert week[0] / week[2] == pytest.approx(1.4, rel=0.1)


def test_one_holiday_says_little_about_another_and_several_alike_say_much():
    us = Workdays("US")

    def factor(day: date) -> float:
        return 0.3 if us.holiday(day) and day.weekday() < 5 else 1.0

    one = learn_effects(history(35, factor))  # Martin Luther King's day alone
    assert math.exp(one.log_effect(["holiday", "holiday:Another"])) > 0.85
    assert math.exp(one.log_effect(["holiday", "holiday:Martin Luther King Jr. Day"])) == pytest.approx(
        0.3, rel=0.25
    )
    year = learn_effects(history(364, factor))
    assert math.exp(year.log_effect(["holiday", "holiday:Another"])) < 0.4


def test_a_holiday_among_few_weeks_does_not_pull_its_weekday_down():
    us = Workdays("US")
    days = history(24, lambda day: 0.3 if us.holiday(day) and day.weekday() < 5 else 1.0)
    days = days[14:]  # two Mondays: the holiday and an ordinary one
    effects = learn_effects(days)
    assert effects.weekdays[0] / effects.weekdays[1] == pytest.approx(WEEK[0] / WEEK[1], rel=0.12)
