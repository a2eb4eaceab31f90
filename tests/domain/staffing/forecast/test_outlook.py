"""The days to come, and the rest of today."""

from datetime import timedelta

import msgspec
import pytest

from warmline.domain.staffing.forecast.invented import invent
from warmline.domain.staffing.forecast.outlook import look_ahead
from warmline.kernel.errors import Refused


def test_a_fortnight_begins_the_day_after_the_record():
    series = invent("bank", 1, days=100).series
    ahead = look_ahead(series, 14)
    assert [day.date for day in ahead] == [series.days[-1].date + timedelta(days=n) for n in range(1, 15)]
    closed = [day for day in ahead if not day.open]
    assert len(closed) == 4
    assert all((day.contacts, day.buckets) == (0, ()) for day in closed)
    for day in ahead:
        assert sum(bucket.contacts for bucket in day.buckets) == pytest.approx(day.contacts)
        assert all(bucket.low <= bucket.high for bucket in day.buckets)


def test_handle_times_come_with_the_contacts():
    ahead = look_ahead(invent("shop", 1, days=60).series, 2)
    assert all(bucket.handle_s is not None and 100 < bucket.handle_s < 600 for bucket in ahead[0].buckets)


def test_a_busy_morning_raises_the_rest_of_today():
    series = invent("bank", 1, days=100).series
    last = series.days[-1]

    def seen_at_noon(factor: float) -> float:
        counts = tuple(round(c * factor) if c is not None and n < 24 else None for n, c in enumerate(last.counts))
        today = look_ahead(
            msgspec.structs.replace(
                series, days=(*series.days[:-1], msgspec.structs.replace(last, counts=counts))
            ),
            3,
        )[0]
        assert today.date == last.date
        assert today.came == sum(c for c in counts if c is not None)
        assert today.low <= today.contacts <= today.high
        return today.contacts - (today.came or 0)

    assert seen_at_noon(1.3) > 1.1 * seen_at_noon(1.0)


def test_the_hour_that_happens_twice_has_two_buckets():
    series = msgspec.structs.replace(
        invent("shop", 1, days=292).series, time_zone="Europe/Berlin"
    )  # until 24 October 2025
    change = next(day for day in look_ahead(series, 3) if day.date.day == 26)
    assert len(change.buckets) == 50
    assert change.buckets[4].contacts == change.buckets[6].contacts


def test_too_short_a_record_is_refused():
    with pytest.raises(Refused):
        look_ahead(invent("bank", 1, days=14).series)
