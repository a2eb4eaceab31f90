"""Points in time in many spellings."""

from datetime import UTC, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmline.domain.staffing.forecast.moments import (
    clock_reader,
    day_comes_first,
    read_clock,
    read_moment,
    reader,
)

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
        ("09:00 - 09:30", time(9)),
        ("09 AM", time(9)),
        ("9pm", time(21)),
        ("오후 3", time(15)),
        ("9-10", time(9)),
        ("9시~10시", time(9)),
        ("9-10 PM", time(21)),
        ("11-12 PM", time(11)),
        ("9:30 - 9:45 PM", time(21, 30)),
        ("11:30 PM - 12:00 AM", time(23, 30)),
        ("9h30", time(9, 30)),
    ],
)
def test_times_of_day(text: str, clock: time):
    assert read_clock(text) == clock


def test_numbers_alone_are_times_of_day_only_where_a_whole_column_is_read_so():
    assert [read_clock(text) for text in ("9", "0900", "12.5", "9.0")] == [None] * 4
    assert read_column(["0", "9", "23"]) == [0, 9, 23]
    assert read_column(["0000", "0930", "2330"]) == [0, 9.5, 23.5]
    assert read_column(["0", "30", "100"]) is None  # what 30 means is open
    assert read_column(["9.0", "10.0"]) == [9, 10]
    assert read_column(["0930-1000", "1000-1030"]) == [9.5, 10]
    assert read_column(["12.5", "9"]) is None
    assert read_column(["9", "25"]) is None
    assert read_column([]) is None


def test_hours_numbered_from_1_to_24_are_named_by_their_ends():
    assert read_column(["1", "9", "24"]) == [0, 8, 23]
    assert read_column(["0", "9", "24"]) == [0, 9, 24]
    assert read_column(["23:00", "24:00"]) == [23, 24]


def read_column(texts: list[str]) -> list[float] | None:
    read = clock_reader(texts)
    return (
        None if read is None else [since / timedelta(hours=1) for since in map(read, texts) if since is not None]
    )


def test_the_last_midnight_that_can_be_written_breaks_nothing():
    assert read_moment("9999/12/31 24:00") is None


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
