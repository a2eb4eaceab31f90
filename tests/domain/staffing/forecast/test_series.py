"""Days on the company's wall clock, also when clocks change."""

from datetime import UTC, date, datetime

import pytest

from warmline.domain.staffing.forecast.series import Day, Series, moments, occurrences


def test_an_ordinary_day_has_every_slot_once():
    assert occurrences("Europe/Berlin", date(2026, 3, 28), 30) is None
    assert len(moments("Europe/Berlin", date(2026, 3, 28), 30)) == 48


def test_when_clocks_go_forward_an_hour_never_happens():
    often = occurrences("Europe/Berlin", date(2026, 3, 29), 30)
    assert often is not None
    assert (often[3], often[4], often[5], often[6], sum(often)) == (1, 0, 0, 1, 46)
    assert [slot for _, slot in moments("Europe/Berlin", date(2026, 3, 29), 30)][3:5] == [3, 6]


@pytest.mark.parametrize("bucket_min", [5, 15, 30, 60, 120])
def test_when_clocks_go_back_an_hour_happens_twice(bucket_min: int):
    often = occurrences("Europe/Berlin", date(2026, 10, 25), bucket_min)
    assert often is not None
    assert sum(often) * bucket_min == pytest.approx(25 * 60)
    assert max(often) == (2 if bucket_min <= 60 else 1.5)


def test_moments_are_real_and_rise():
    found = moments("America/New_York", date(2026, 11, 1), 60)
    assert found[0] == (datetime(2026, 11, 1, 4, tzinfo=UTC), 0)
    assert [slot for _, slot in found][:4] == [0, 1, 1, 2]


def test_what_was_not_recorded_is_not_counted_as_nobody():
    day = Day(date(2026, 5, 4), (3.0, None, 2.0))
    assert day.total == 5
    assert Series("UTC", 480, (day,)).slots == 3
    assert not Series("UTC", 480, (day,)).has_handle_times
