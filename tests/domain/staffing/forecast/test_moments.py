"""Points in time in many spellings."""

from datetime import UTC, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmline.domain.staffing.forecast.moments import day_comes_first, read_clock, read_moment, reader

HALF_PAST_NINE = datetime(2026, 4, 13, 9, 30)  # noqa: DTZ001 - tables show the clock on the wall


@pytest.mark.parametrize(
    "text",
    [
        "2026-04-13 09:30:00",
        "2026-04-13T09:30",
        "2026/04/13 9:30",
        "2026.04.13 09:30",
        "2026. 4. 13. 오전 9:30",
        "2026년 4월 13일 9시 30분",
        "2026年4月13日 午前9:30",
        "04/13/2026 09:30 AM",
        "202604130930",
        "20260413093000",
        "2026-04-13 09:30:00.000",
        " 2026-04-13 09:30 ",
        "2026-04-13 09:30-10:00"[:16],
    ],
)
def test_one_moment_in_many_spellings(text: str):
    assert read_moment(text) == HALF_PAST_NINE


def test_zones_are_kept():
    assert read_moment("2026-04-13T09:30:00Z") == HALF_PAST_NINE.replace(tzinfo=UTC)
    korea = timezone(timedelta(hours=9))
    assert read_moment("2026-04-13T09:30:00+09:00") == HALF_PAST_NINE.replace(tzinfo=korea)
    assert read_moment("1776072600") == datetime(2026, 4, 13, 9, 30, tzinfo=UTC)
    assert read_moment("1776072600000") == datetime(2026, 4, 13, 9, 30, tzinfo=UTC)


def test_midnight_without_a_time_of_day_is_midnight():
    assert read_moment("2026-04-13") == HALF_PAST_NINE.replace(hour=0, minute=0)
    assert read_moment("2026/04/12 24:00") == HALF_PAST_NINE.replace(hour=0, minute=0)


@pytest.mark.parametrize(
    "text", ["", "soon", "42", "2026-13-45", "99/99/2026 10:00", "2026/04/13 25:61", "010-1234-5678"]
)
def test_what_is_no_moment_is_none(text: str):
    assert read_moment(text) is None


def test_a_column_tells_which_number_is_the_month():
    column = ["03/04/2026 10:00", "13/04/2026 10:00"]
    assert day_comes_first(column) is True
    assert reader(column)("03/04/2026 10:00") == HALF_PAST_NINE.replace(day=3, hour=10, minute=0)
    assert day_comes_first(["04/13/2026"]) is False
    assert day_comes_first(["03/04/2026"]) is None


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9:30", time(9, 30)),
        ("09:30:15", time(9, 30, 15)),
        ("9:30 PM", time(21, 30)),
        ("12:00 AM", time(0)),
        ("오후 3:00", time(15)),
        ("午後3時", time(15)),
        ("15시 30분", time(15, 30)),
        ("09:00-09:30", time(9)),
    ],
)
def test_times_of_day(text: str, clock: time):
    assert read_clock(text) == clock


@given(st.text(max_size=30))
def test_no_text_at_all_breaks_the_reader(text: str):
    for read in (read_moment(text), read_moment(text, day_first=True)):
        assert read is None or isinstance(read, datetime)
    assert read_clock(text) is None or isinstance(read_clock(text), time)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))  # noqa: DTZ001
def test_what_programs_write_is_read_back(moment: datetime):
    moment = moment.replace(microsecond=0)
    assert read_moment(moment.isoformat(" ")) == moment
    assert read_moment(moment.strftime("%Y/%m/%d %H:%M:%S")) == moment
    assert read_moment(moment.strftime("%d.%m.%Y %H:%M:%S"), day_first=True) == moment
