"""Backtests are honest: no leak, plain habits beside the model, bounds that hold."""

import math
import random
from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmline.domain.staffing.forecast.backtest import Backtest, HandleTally, backtest
from warmline.domain.staffing.forecast.forecaster import DayForecast
from warmline.domain.staffing.forecast.invented import invent, poisson
from warmline.domain.staffing.forecast.series import Day, Series
from warmline.kernel.errors import Refused


def forecasts(series: Series, days: int, country: str = "") -> dict[date, DayForecast]:
    found: dict[date, DayForecast] = {}
    backtest(series, days, country, on_day=lambda day, forecast: found.update({day.date: forecast}))
    return found


@settings(max_examples=6, deadline=None)
@given(st.sampled_from(["bank", "shop", "clinic", "night_line"]), st.integers(1, 99), st.integers(1, 20))
def test_nothing_of_the_future_leaks_into_a_forecast(place: str, seed: int, changed: int):
    series = invent(place, seed, days=75).series
    cut = len(series.days) - changed
    other = tuple(
        Day(day.date, tuple(None if n % 5 == 0 else (count or 0) * 7 + n for n, count in enumerate(day.counts)))
        for day in series.days[cut:]
    )
    altered = msgspec.structs.replace(series, days=(*series.days[:cut], *other))
    plain, changed_ones = forecasts(series, 25), forecasts(altered, 25)
    for day in series.days[: cut + 1]:
        assert plain.get(day.date) == changed_ones.get(day.date)


@pytest.mark.parametrize("place", ["bank", "shop", "helpdesk", "utility"])
def test_the_model_is_far_better_than_last_week(place: str):
    year = invent(place, 31)
    found = backtest(year.series, 60)
    assert found.gain > 0.2
    assert found.model.bucket < found.mean_of_four.bucket
    assert found.model.day < found.last_week.day


@pytest.mark.parametrize("place", ["clinic", "night_line"])
def test_few_contacts_are_foretold_as_well_as_chance_allows(place: str):
    found = backtest(invent(place, 31).series, 60)
    assert found.model.bucket < 1.08 * found.floor.bucket
    assert found.model.bucket < found.mean_of_four.bucket < found.last_week.bucket


def test_bounds_hold_what_they_promise():
    found = [backtest(invent(place, 17).series, 90) for place in ("bank", "shop", "helpdesk")]
    assert sum(one.bucket_coverage or 0.0 for one in found) / 3 == pytest.approx(0.8, abs=0.05)
    assert sum(one.day_coverage or 0.0 for one in found) / 3 == pytest.approx(0.8, abs=0.1)


def test_the_day_so_far_improves_its_rest():
    found = backtest(invent("helpdesk", 23).series, 90)
    for rest in found.intraday:
        assert rest.corrected is not None
        assert rest.morning is not None
        assert rest.corrected < rest.morning


def test_true_rates_are_not_beaten_and_the_floor_is_near_them():
    year = invent("helpdesk", 3)
    found = backtest(year.series, 60, "US")
    missed = came = 0.0
    for day in year.series.days[-60:]:
        for rate, count in zip(year.rates[day.date], day.counts, strict=True):
            missed += abs((count or 0) - rate)
            came += count or 0
    assert found.model.bucket > missed / came
    assert found.floor.bucket == pytest.approx(missed / came, rel=0.12)


def test_the_habits_are_what_they_say():
    days = tuple(Day(date(2026, 3, 2 + n), (float(n // 7 * 10 + n % 7),)) for n in range(29))
    found = backtest(Series("UTC", 1440, days), 1)
    assert found.last_week.bucket == pytest.approx(10 / 40)  # 40 came, 30 the week before
    assert found.mean_of_four.bucket == pytest.approx(25 / 40)  # 0, 10, 20, 30
    assert (found.days, found.first, found.contacts) == (1, date(2026, 3, 30), 40)


def test_a_last_day_that_is_still_under_way_is_not_tested():
    series = invent("bank", 2, days=70).series
    last = series.days[-1]
    noon = msgspec.structs.replace(last, counts=(*last.counts[:22], *(None,) * 26))
    cut_short = backtest(msgspec.structs.replace(series, days=(*series.days[:-1], noon)), 5)
    assert cut_short.last == series.days[-2].date


def test_too_short_a_record_is_refused():
    series = invent("bank", 2, days=16).series
    with pytest.raises(Refused) as refusal:
        backtest(series)
    assert refusal.value.code == "forecast_too_short"


def test_progress_is_told_and_ends():
    told: list[tuple[int, int]] = []
    series = invent("clinic", 2, days=40).series
    backtest(series, 5, on_progress=lambda done, whole: told.append((done, whole)))
    assert told[-1] == (len(series.days), len(series.days))


def test_all_zero_days_are_no_division_by_zero():
    days = tuple(Day(date(2026, 3, 2 + n), (0.0, 0.0)) for n in range(25))
    found: Backtest = backtest(Series("UTC", 720, days), 5)
    assert (found.model.bucket, found.contacts, found.gain) == (0.0, 0.0, 0.0)


def test_handle_times_are_compared_with_the_mean_of_four_weeks():
    assert HandleTally().result() is None
    found = backtest(invent("utility", 5, days=120).series, 30)
    assert found.handle_s is not None
    assert found.handle_s[0] < 0.9 * found.handle_s[1]


@pytest.mark.parametrize("days", [35, 49, 63])
def test_a_short_record_that_begins_around_new_year_is_no_worse_foretold_than_by_habit(days: int):
    week = (1.25, 1.08, 1.0, 0.97, 0.95, 0.5, 0.35)
    model = rivals = 0.0
    for seed in range(4):
        rng = random.Random(seed)
        found: list[Day] = []
        for n in range(days):
            day = date(2025, 12, 29) + timedelta(days=n)
            rate = 60 * week[day.weekday()] * math.exp(rng.gauss(0, 0.05))
            rate *= 0.3 if day == date(2026, 1, 1) else 1.0
            found.append(Day(day, tuple(float(poisson(rng, rate)) if 8 <= h < 20 else 0.0 for h in range(24))))
        tested = backtest(Series("UTC", 60, tuple(found)), 60, "US")
        model += tested.model.day
        rivals += min(tested.last_week.day, tested.mean_of_four.day)
    assert model < 1.02 * rivals
