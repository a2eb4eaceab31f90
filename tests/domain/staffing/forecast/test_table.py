"""Tables as others export them."""

import pytest

from warmline.domain.staffing.forecast.table import (
    Columns,
    Row,
    delimiter_of,
    find_columns,
    read_number,
    read_rows,
)
from warmline.kernel.errors import Refused


def read(text: str, **named: str) -> tuple[Columns, list[Row]]:
    columns, rows = read_rows(text.splitlines(keepends=True), **named)
    return columns, list(rows)


@pytest.mark.parametrize(
    "text",
    [
        '"rownames","DateTime","Calls"\n"1","2026-03-02 07:00:00",111\n"2","2026-03-02 07:05:00",113\n',
        "timestamp;count\n2026-03-02T07:00;111\n2026-03-02T07:05;113\n",
        "2026-03-02 07:00\t111\n2026-03-02 07:05\t113\n",
        "\ufeff일시,인입건수,비고\n2026-03-02 07:00,111,\n2026-03-02 07:05,113,점검\n",
        "日時,入電数\n2026/03/02 7:00,111\n2026/03/02 7:05,113\n",
        "Date,Time,Agents,Calls Offered\n2026-03-02,07:00,12,111\n2026-03-02,07:05,12,113\n",
        "\n\nInterval Start|Offered\n03/02/2026 7:00 AM|111\n03/02/2026 7:05 AM|113\n",
        "ds,y\n2026-03-02 07:00:00,111.0\n\n2026-03-02 07:05:00,113.0\n",
        "when,agents,how many\n2026-03-02 07:00,4,111\n2026-03-02 07:05,4,113\n",
    ],
)
def test_time_and_count_are_found(text: str):
    named = {"count_column": "how many"} if "how many" in text else {}
    _, rows = read(text, **named)
    assert [(row.at.hour, row.at.minute, row.count) for row in rows] == [(7, 0, 111), (7, 5, 113)]
    assert (rows[0].at.month, rows[0].at.day) == (3, 2)


@pytest.mark.parametrize(
    "hours",
    [
        ("8", "9", "10"),
        ("08 AM", "09 AM", "10 AM"),
        ("8:00", "9:00", "10:00"),
        ("0800", "0900", "1000"),
        ("8-9", "9-10", "10-11"),
        ('"08:00 - 09:00"', '"09:00 - 10:00"', '"10:00 - 11:00"'),
        ("8시", "9시", "10시"),
        ("8.0", "9.0", "10.0"),
    ],
)
@pytest.mark.parametrize("header", ["date,hour,calls", "일자,시간대,인입건수", "day,slice,calls", ""])
def test_an_hour_in_a_column_of_its_own_is_read_however_it_is_written(hours: tuple[str, ...], header: str):
    rows = [f"2026-03-{day:02},{hour},{10 + n}" for day in range(2, 5) for n, hour in enumerate(hours)]
    columns, found = read(
        "\n".join([header, *rows] if header else rows), **({} if header else {"count_column": "3"})
    )
    assert (columns.time, columns.clock, columns.count) == (0, 1, 2)
    assert [row.at.hour for row in found] == [8, 9, 10] * 3
    assert [row.count for row in found] == [10, 11, 12] * 3


def test_an_hour_beside_a_date_that_is_written_with_midnight_is_read():
    _, rows = read("date,hour,calls\n2026-03-02 00:00:00,8,5\n2026-03-02 00:00:00,9,6\n2026-03-03 00:00:00,8,5\n")
    assert [row.at.hour for row in rows] == [8, 9, 8]


def test_counts_of_a_day_are_never_taken_for_hours():
    columns, rows = read("date,agents,calls\n2026-03-02,8,12\n2026-03-03,9,15\n2026-03-04,10,11\n")
    assert columns.clock == -1
    assert [row.count for row in rows] == [12, 15, 11]


def test_the_hour_24_is_the_midnight_that_follows():
    _, rows = read("date,time,calls\n2026-03-02,00:00,5\n2026-03-02,24:00,6\n")
    assert [(row.at.day, row.at.hour) for row in rows] == [(2, 0), (3, 0)]


def test_rows_that_share_a_date_without_a_time_of_day_are_refused_with_the_columns_there_are():
    text = "date,shift,calls\n" + "".join(f"2026-03-{d:02},{s},{d + 5}\n" for d in range(2, 9) for s in "AB")
    with pytest.raises(Refused) as refusal:
        read(text)
    assert refusal.value.code == "series_whole_days"
    assert refusal.value.details == {"column": "date", "columns": "date, shift, calls"}
    assert len(read(text, time_column="date")[1]) == 14  # whoever names the column wants them added up


def test_handle_times_are_found_by_their_name():
    _, rows = read("time,calls,aht\n2026-03-02 07:00,10,245.5\n2026-03-02 07:30,0,\n")
    assert [row.handle_s for row in rows] == [245.5, None]


def test_a_list_of_single_contacts_counts_each_row_once():
    text = "id,created_at,phone\n" + "".join(f"{n},2026-03-02 07:1{n}:2{n},0101234567{n}\n" for n in range(5))
    columns, rows = read(text)
    assert columns.count == -1
    assert [row.count for row in rows] == [1.0] * 5


def test_columns_can_be_named_or_numbered():
    text = "a,b,c\n1,2026-03-02 07:00,5\n2,2026-03-02 07:30,6\n"
    assert [row.count for row in read(text, time_column="b", count_column="c")[1]] == [5, 6]
    assert [row.count for row in read(text, time_column="2", count_column="1")[1]] == [1, 2]


def test_a_count_that_is_missing_is_unknown_not_zero():
    _, rows = read("time,calls\n2026-03-02 07:00,NA\n2026-03-02 07:30,\n2026-03-02 08:00,0\n")
    assert [row.count for row in rows] == [None, None, 0]


@pytest.mark.parametrize(
    ("text", "details"),
    [
        (
            "time,calls\n2026-03-02 07:00,1\n2026-03-02 07:30,many\n",
            {"line": 3, "column": "calls", "text": "many"},
        ),
        ("time,calls\n2026-03-02 07:00,1\n2026-03-02 07:30,-4\n", {"line": 3, "column": "calls", "text": "-4"}),
        ("time,calls\n2026-03-02 07:00,1\n9999-12-31,4\n", {"line": 3, "column": "time", "text": "9999-12-31"}),
        ("time,calls\n2026-03-02 07:00,1\n0001-01-01,4\n", {"line": 3, "column": "time", "text": "0001-01-01"}),
        ("time,calls\n2026-03-02 07:00,1\n2026-03-02 07:30,1e400\n", {"line": 3, "text": "1e400"}),
        ("time,calls\n2026-03-02 07:00,1\n2026-03-02 07:30,1e300\n", {"line": 3, "text": "1e300"}),
        ("time,calls\n2026-03-02 07:00,1\nyesterday,4\n", {"line": 3, "column": "time", "text": "yesterday"}),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_column(text: str, details: dict[str, object]):
    with pytest.raises(Refused) as refusal:
        read(text, time_column="time", count_column="calls")
    assert refusal.value.code == "series_cell"
    assert details.items() <= refusal.value.details.items()
    assert "--count-column" in refusal.value.spec.fix


def test_a_table_without_a_time_says_which_columns_there_are():
    with pytest.raises(Refused) as refusal:
        read("agent,calls\nAnna,4\n")
    assert (refusal.value.code, refusal.value.details["columns"]) == ("series_column", "agent, calls")


def test_buckets_whose_count_is_not_recognised_are_not_taken_for_single_contacts():
    text = "time,llamadas,agentes\n2026-03-02 07:00,5,1\n2026-03-02 07:30,6,1\n2026-03-02 08:00,6,1\n"
    with pytest.raises(Refused) as refusal:
        read(text)
    assert refusal.value.details["what"] == "the count"
    assert len(read(text, count_column="llamadas")[1]) == 3


@pytest.mark.parametrize("text", ["", "\n\n", "time,calls\n"])
def test_an_empty_table_is_refused(text: str):
    with pytest.raises(Refused) as refusal:
        read(text)
    assert refusal.value.code in ("series_empty", "series_column")


def test_numbers_as_people_write_them():
    assert read_number("1,234") == 1234
    assert read_number("12,5", decimal_comma=True) == 12.5
    assert read_number("1 234") == 1234
    assert read_number("3.0") == 3
    assert [read_number(text) for text in ("", "inf", "nan", "12:30", "0x10", "1e400")] == [None] * 6


def test_separators_inside_quotes_do_not_count():
    assert delimiter_of('"a,b,c";"d"') == ";"
    assert delimiter_of("alone") == ","


def test_the_first_column_may_be_a_row_number():
    columns = find_columns([["", "DateTime", "Calls"], ["1", "2026-03-02", "4"]], "", "", "")
    assert (columns.time, columns.count, columns.clock) == (1, 2, -1)
