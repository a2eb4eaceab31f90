"""The days to come after a series: today's rest if today is under way, then whole days, with bounds."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from msgspec import Struct

from warmline.domain.staffing.forecast.backtest import LEARN_BOUNDS_DAYS, TOO_SHORT
from warmline.domain.staffing.forecast.forecaster import LEAST_DAYS, DayForecast, Forecaster
from warmline.domain.staffing.forecast.series import Series, moments, occurrences
from warmline.kernel.errors import Refused


class Bucket(Struct, frozen=True):
    """What to expect of one bucket: begin (UTC), contacts, p10, p90, mean handle time in seconds if known."""

    begins_at: datetime
    contacts: float
    low: int
    high: int
    handle_s: float | None


class OutlookDay(Struct, frozen=True):
    """What to expect of one date. `came`: contacts already there on a day under way; the numbers hold them."""

    date: date
    open: bool
    contacts: float
    low: int
    high: int
    buckets: tuple[Bucket, ...]
    came: float | None = None


def look_ahead(
    series: Series, days: int = 14, country: str = "", on_progress: Callable[[int, int], None] | None = None
) -> list[OutlookDay]:
    """Return `days` days after the last whole one of the series. Raises Refused (forecast_too_short).

    Calls `on_progress` with days learned and days in all. A closed day has no buckets and no contacts.
    """
    count = len(series.days)
    if count <= LEAST_DAYS:
        raise Refused(TOO_SHORT, days=count)
    learn_from = series.days[max(0, count - LEARN_BOUNDS_DAYS)].date
    forecaster = Forecaster(series, country, learn_from)
    for n, day in enumerate(series.days[:-1]):
        forecaster.observe(day)
        if on_progress is not None:
            on_progress(n + 1, count)
    last = series.days[-1]
    found: list[OutlookDay] = []
    until = forecaster.under_way(last)
    if until is not None:
        forecast = forecaster.predict(last.date)
        today = forecaster.today(forecast, forecaster.settle(last, until), until)
        came = last.total
        rest = sum(today.contacts[until:])
        low, high = forecaster.day_bounds(rest)
        whole = DayForecast(
            last.date, True, sum(today.contacts), round(came) + low, round(came) + high,
            today.contacts, today.low, today.high, forecast.handle_s,
        )  # fmt: skip
        found.append(_outlook(series, whole, came))
    forecaster.observe(last, until)
    if on_progress is not None:
        on_progress(count, count)
    first = last.date + timedelta(days=1)
    while len(found) < days:
        found.append(_outlook(series, forecaster.predict(first), None))
        first += timedelta(days=1)
    return found


def _outlook(series: Series, forecast: DayForecast, came: float | None) -> OutlookDay:
    if not forecast.open:
        return OutlookDay(forecast.date, False, 0.0, 0, 0, (), came)
    often = occurrences(series.time_zone, forecast.date, series.bucket_min)
    buckets: list[Bucket] = []
    for begins_at, slot in moments(series.time_zone, forecast.date, series.bucket_min):
        # A slot that happens twice is shared between its two buckets.
        share = 1 / often[slot] if often is not None and often[slot] > 1 else 1.0
        buckets.append(
            Bucket(
                begins_at,
                forecast.contacts[slot] * share,
                int(forecast.low[slot] * share),
                round(forecast.high[slot] * share),
                forecast.handle_s[slot],
            )
        )
    return OutlookDay(
        forecast.date, True, forecast.total, forecast.total_low, forecast.total_high, tuple(buckets), came
    )
