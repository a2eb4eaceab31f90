"""From rows to days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmline.domain.staffing.forecast.gather import gather, width_of
from warmline.domain.staffing.forecast.series import Repeats
from warmline.domain.staffing.forecast.table import Columns, Row
from warmline.kernel.errors import Refused

BUCKETS = Columns(0, -1, 1, -1, ("time", "calls"), True)
CONTACTS = Columns(0, -1, -1, -1, ("time",), True)
MONDAY = datetime(2026, 3, 2)  # noqa: DTZ001 - the clock on the wall


def day_of(minutes: int, count: float = 1.0, days: int = 3) -> list[Row]:
    return [
        Row(MONDAY + timedelta(days=day, minutes=minute), count, 100.0 + count)
        for day in range(days)
        for minute in range(7 * 60, 21 * 60, minutes)
    ]


def test_two_exports_that_overlap_are_counted_once_and_said():
    rows = [Row(row.at, 3.0 + row.at.hour + row.at.day, 200.0) for row in day_of(30, days=6)]
    series = gather(BUCKETS, [*rows[: 28 * 4], *rows[28 * 2 :]])
    assert series.repeats == Repeats(56, 168, counted_once=True)
    assert series.days == gather(BUCKETS, rows).days
    assert gather(BUCKETS, rows).repeats is None


def test_the_last_bucket_of_the_earlier_export_was_under_way():
    rows = [Row(row.at, 3.0 + row.at.hour + row.at.day, None) for row in day_of(30, days=6)]
    earlier = [*rows[:111], Row(rows[111].at, 1.0, None)]
    assert gather(BUCKETS, [*earlier, *rows[56:]]).days == gather(BUCKETS, rows).days


def test_rows_of_two_queues_are_added_up_and_said():
    rows = [Row(row.at, 3.0 + row.at.hour, None) for row in day_of(30)]
    others = [Row(row.at, 40.0 - row.at.hour, None) for row in rows]
    series = gather(BUCKETS, [*rows, *others])
    assert series.repeats == Repeats(84, 84, counted_once=False)
    assert series.days[0].counts[14] == 43.0


def test_a_few_ones_and_zeros_that_agree_are_no_proof_of_a_second_export():
    rows = [Row(row.at, float(row.at.hour % 2), None) for row in day_of(30)]
    series = gather(BUCKETS, [*rows, *rows])
    assert series.repeats == Repeats(84, 84, counted_once=False)
    assert series.days[0].total == 28


@pytest.mark.parametrize("width", [5, 10, 15, 30, 60])
def test_the_width_of_buckets_is_found_and_rows_are_added_up(width: int):
    series = gather(BUCKETS, day_of(width), 60)
    assert series.bucket_min == 60
    assert [day.counts[8] for day in series.days] == [60 / width] * 3
    assert series.days[0].counts[6] is None
    assert series.days[0].work_s[8] == pytest.approx(60 / width * 101)


def test_rows_wider_than_asked_for_stay_as_they_are():
    assert gather(BUCKETS, day_of(60), 30).bucket_min == 60


def test_a_width_that_does_not_fit_is_refused():
    with pytest.raises(Refused, match="20"):
        gather(BUCKETS, day_of(20), 30)


def test_five_minute_rows_that_end_at_five_past_nine_fill_a_bucket_of_their_own():
    rows = [row for day in range(3) for row in [Row(MONDAY + timedelta(days=day, hours=21), 7.0, None)]]
    series = gather(BUCKETS, [*day_of(5), *rows])
    assert [day.counts[42] for day in series.days] == [7.0] * 3


def test_a_bucket_of_which_a_part_is_missing_is_unknown():
    rows = [Row(row.at, float(row.at.minute % 2), None) for row in day_of(5)]
    gone = MONDAY + timedelta(days=1, hours=9, minutes=10)
    series = gather(BUCKETS, [row for row in rows if row.at != gone])
    assert not series.leaves_out_zeros
    assert series.days[1].counts[18] is None
    assert series.days[1].counts[19] is not None


def test_single_contacts_are_counted_and_the_first_day_is_left_out():
    rows = [Row(MONDAY + timedelta(hours=10 + 9 * n, seconds=7 * n), 1.0, None) for n in range(8)]
    series = gather(CONTACTS, rows)
    assert series.leaves_out_zeros
    assert [day.date.day for day in series.days] == [3, 4, 5]
    assert sum(day.total for day in series.days) == 6


def test_moments_with_a_zone_are_brought_to_the_companys_own_day():
    rows = [Row(datetime(2026, 3, 1, 23, tzinfo=UTC) + timedelta(minutes=30 * n), 1.0, None) for n in range(48)]
    series = gather(BUCKETS, rows, 30, "Asia/Seoul")
    assert [day.date for day in series.days] == [date(2026, 3, 2), date(2026, 3, 3)]
    assert series.days[0].counts[15:17] == (None, 1.0)  # from eight in the morning


def test_the_hour_that_happens_twice_is_added_up():
    first = datetime(2026, 10, 24, 22, tzinfo=UTC)
    rows = [Row(first + timedelta(minutes=30 * n), 1.0, None) for n in range(50)]
    series = gather(BUCKETS, rows, 30, "Europe/Berlin")
    assert series.days[0].counts[4:6] == (2.0, 2.0)
    assert series.days[0].total == 50


@pytest.mark.parametrize("zone", ["Mars/Olympus", "America", "../etc", "x" * 400, "Asia/Seoul\0"])
def test_an_unknown_time_zone_is_refused(zone: str):
    with pytest.raises(Refused) as refusal:
        gather(BUCKETS, day_of(30), 30, zone)
    assert refusal.value.code == "series_zone"


def test_rows_in_any_order_are_the_same_series():
    rows = day_of(15)
    assert gather(BUCKETS, reversed(rows)) == gather(BUCKETS, rows)


def test_nothing_known_at_all_is_refused():
    with pytest.raises(Refused):
        gather(BUCKETS, [Row(MONDAY, None, None)])


MET = st.dictionaries(st.integers(0, 20000), st.integers(0, 99), min_size=2, max_size=60)


@given(MET)
def test_no_contact_is_lost(counted: dict[int, int]):
    rows = [Row(MONDAY + timedelta(minutes=minute * 5), count + 1.0, None) for minute, count in counted.items()]
    series = gather(BUCKETS, rows, 1440)
    assert series.leaves_out_zeros
    assert sum(day.total for day in series.days) == sum(counted.values()) + len(counted)


def test_daily_rows_are_one_bucket_a_day():
    days = {MONDAY.date() + timedelta(days=n): {0: [1.0, 0.0, 0.0]} for n in range(5)}
    assert width_of(days) == 1440
