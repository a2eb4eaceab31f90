"""Learning day after day: nothing of the future is known, closed days and gaps are understood."""

from datetime import date, timedelta

import msgspec
import pytest

from warmline.domain.staffing.forecast.forecaster import LEAST_DAYS, DayForecast, Forecaster
from warmline.domain.staffing.forecast.invented import invent
from warmline.domain.staffing.forecast.series import Day, Series


def learned(series: Series, until: date, country: str = "") -> Forecaster:
    forecaster = Forecaster(series, country, min(until, series.days[-1].date) - timedelta(days=40))
    for day in series.days:
        if day.date < until:
            forecaster.observe(day)
    return forecaster


def missed(forecast: DayForecast, rates: tuple[float, ...]) -> float:
    return sum(abs(a - b) for a, b in zip(forecast.contacts, rates, strict=True)) / sum(rates)


def test_a_fortnight_is_needed():
    series = invent("bank", 1, days=60).series
    forecaster = Forecaster(series)
    for day in series.days[: LEAST_DAYS - 1]:
        forecaster.observe(day)
    with pytest.raises(ValueError, match="14 are needed"):
        forecaster.predict(series.days[LEAST_DAYS].date)
    forecaster.observe(series.days[LEAST_DAYS - 1])
    assert forecaster.predict(series.days[LEAST_DAYS].date).total > 0


@pytest.mark.parametrize("place", ["bank", "shop", "helpdesk"])
def test_tomorrow_is_near_the_true_rates(place: str):
    year = invent(place, 6, days=200)
    ordinary = year.series.days[-1]
    forecast = learned(year.series, ordinary.date, "").predict(ordinary.date)
    assert missed(forecast, year.rates[ordinary.date]) < 0.2
    assert forecast.total_low <= forecast.total <= forecast.total_high
    assert all(low <= mean + 1 and mean - 1 <= high for low, mean, high in zip(
        forecast.low, forecast.contacts, forecast.high, strict=True))  # fmt: skip


def test_closed_weekdays_are_foretold_closed():
    series = invent("bank", 1, days=70).series
    forecaster = learned(series, date(2100, 1, 1))
    last = series.days[-1].date
    coming = [last + timedelta(days=n) for n in range(1, 8)]
    assert [forecaster.predict(day).open for day in coming] == [day.weekday() < 5 for day in coming]


def test_a_holiday_that_closes_the_house_is_foretold_closed_with_the_country_only():
    series = invent("bank", 1, days=364).series  # ends in January 2026
    holiday = date(2026, 1, 19)
    assert not learned(series, date(2100, 1, 1), "US").predict(holiday).open
    assert learned(series, date(2100, 1, 1)).predict(holiday).open


def test_the_day_after_a_holiday_is_foretold_busier():
    series = invent("utility", 2, days=330).series  # Korean holidays, closed; 30 % more the day after
    after = date(2025, 12, 26)
    knowing = learned(series, date(2025, 12, 1), "KR").predict(after).total
    ordinary = learned(series, date(2025, 12, 1), "KR").predict(after - timedelta(days=7)).total
    assert knowing > 1.1 * ordinary


def test_a_day_without_any_record_between_others_changes_little():
    series = invent("shop", 3, days=120).series
    target = series.days[-1].date
    gap = msgspec.structs.replace(series, days=(*series.days[:-12], *series.days[-10:]))
    whole, holed = (learned(one, target).predict(target).total for one in (series, gap))
    assert holed == pytest.approx(whole, rel=0.1)


def test_an_outage_of_the_recorder_is_not_taken_for_silence():
    series = invent("bank", 4, days=120).series
    day = series.days[-1]
    holed = msgspec.structs.replace(
        day, counts=tuple(None if 20 <= n < 26 else c for n, c in enumerate(day.counts))
    )
    coming = day.date + timedelta(days=3)
    whole_total, holed_total = (
        learned(msgspec.structs.replace(series, days=(*series.days[:-1], last)), date(2100, 1, 1))
        .predict(coming)
        .total
        for last in (day, holed)
    )
    assert holed_total == pytest.approx(whole_total, rel=0.03)


def test_slots_left_out_are_zeros_where_zeros_are_left_out():
    calm = tuple(Day(date(2026, 3, 2) + timedelta(days=n), (None, 2.0, None, None)) for n in range(20))
    left_out = Forecaster(Series("UTC", 360, calm, leaves_out_zeros=True))
    unknown = Forecaster(Series("UTC", 360, calm))
    for day in calm[:-1]:
        left_out.observe(day)
        unknown.observe(day)
    silent = Day(calm[-1].date, (None, None, None, None))
    assert left_out.settle(silent) == (0.0, 0.0, 0.0, 0.0)
    assert unknown.settle(silent) == (0.0, None, 0.0, 0.0)
    assert left_out.settle(silent, until_slot=1) == (0.0, None, None, None)


def test_a_day_under_way_is_recognised():
    series = invent("bank", 1, days=60).series
    forecaster = learned(series, series.days[-1].date)
    whole = series.days[-1]
    noon = msgspec.structs.replace(whole, counts=(*whole.counts[:24], *(None,) * 24))
    assert forecaster.under_way(whole) is None
    assert forecaster.under_way(noon) == 24


def test_on_the_day_clocks_change_contacts_follow_the_hours_there_are():
    series = invent("shop", 1, days=80, first=date(2026, 1, 5)).series
    berlin = msgspec.structs.replace(series, time_zone="Europe/Berlin")
    forecaster = learned(berlin, date(2026, 3, 26))
    forecast = forecaster.predict(date(2026, 3, 29))
    assert forecast.contacts[4:6] == (0.0, 0.0)
    assert sum(forecast.contacts) == pytest.approx(forecast.total)


def test_bounds_widen_with_the_distance_when_levels_wander():
    series = invent("helpdesk", 7).series
    forecaster = learned(series, date(2100, 1, 1), "US")
    near, far = (forecaster.predict(series.days[-1].date + timedelta(days=n)) for n in (1, 14))
    assert (far.total_high - far.total_low) / far.total > (near.total_high - near.total_low) / near.total
