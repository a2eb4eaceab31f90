"""A table of contacts as others export it, read without being told how it is laid out.

One row is a bucket of contacts (a time and a count) or a single contact (a time). Columns are found by their names
in English, Korean or Japanese, or else by what is in them.
"""

import csv
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import chain, islice

from msgspec import Struct

from warmline.domain.staffing.forecast.moments import clock_reader, read_moment, read_since_midnight, reader
from warmline.kernel.errors import Refused, declare

SAMPLE_ROWS = 3000
FIRST_YEAR, LAST_YEAR = 1970, 2199
MOST = 1e9  # contacts in one bucket, or seconds for one contact
_TIME_NAMES = (
    "datetime", "timestamp", "date_time", "interval_start", "start_time", "starttime", "interval", "time", "ts",
    "ds", "arrival_time", "arrived_at", "call_time", "calltime", "created_at", "queued_at", "start", "hour",
    "date", "day",
    "일시", "시각", "시간", "날짜", "일자", "접수일시", "日時", "時刻", "時間", "日付", "受付日時",
)  # fmt: skip
_CLOCK_NAMES = {
    "hour", "hours", "hr", "hh", "h", "hour_of_day", "hourofday", "time", "time_of_day", "interval",
    "interval_start", "half_hour", "slot", "period", "start", "start_time", "starttime", "from",
    "시", "시간", "시각", "시간대", "時", "時間", "時刻", "時間帯", "開始時刻",
}  # fmt: skip
_COUNT_NAMES = (
    "calls", "count", "contacts", "volume", "call_volume", "offered", "calls_offered", "incoming_calls",
    "incoming", "inbound", "arrivals", "received", "number_of_calls", "num_calls", "total_calls", "n", "y",
    "value", "total", "cnt",
    "건수", "콜수", "인입", "인입수", "인입건수", "인입호", "통화수", "문의수",
    "件数", "呼数", "入電数", "着信数", "コール数", "受電数",
)  # fmt: skip
_HANDLE_NAMES = (
    "aht", "handle_s", "aht_s", "mean_handle_s", "handle_time", "avg_handle_time", "average_handle_time",
    "mean_handle_time", "aht_seconds", "평균처리시간", "평균통화시간", "平均処理時間", "平均通話時間",
)  # fmt: skip
_NOTHING = {"", "na", "n/a", "nan", "null", "none", "-", "–"}

COLUMN = declare(
    "series_column",
    422,
    "The file has no column for {what}: it has {columns}.",
    "Name the column with --time-column, --count-column or --handle-column.",
)
CELL = declare(
    "series_cell",
    422,
    "Line {line}, column {column}: “{text}” is not {what}.",
    "Correct the line, or name another column with --time-column or --count-column.",
)
WHOLE_DAYS = declare(
    "series_whole_days",
    422,
    "Several rows share each date of column {column}, and no other column reads as a time of day: {columns}.",
    "Write times of day as 09:00, 9 AM or 0 to 23. If the rows are parts of a day, such as queues, "
    "name the column of dates with --time-column: they are then added up.",
)
EMPTY = declare(
    "series_empty", 422, "The file holds no rows.", "Give a file with one row per bucket or per contact."
)


class Columns(Struct, frozen=True):
    """Where things are: positions from 0. `clock`: a column of its own for the time of day; -1: none."""

    time: int
    clock: int
    count: int
    handle: int
    names: tuple[str, ...]
    has_header: bool

    def name(self, place: int) -> str:
        """What people call a column."""
        return self.names[place] if place < len(self.names) else str(place + 1)


class Row(Struct, frozen=True):
    """One row: when, how many (None: not known) and their mean handle time in seconds, if told."""

    at: datetime
    count: float | None
    handle_s: float | None


def delimiter_of(line: str) -> str:
    """Return what separates the cells of a line: comma, semicolon, tab or bar."""
    outside = re.sub(r'"[^"]*"', "", line)
    counts = {mark: outside.count(mark) for mark in (";", "\t", "|", ",")}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else ","


def read_rows(
    lines: Iterable[str], time_column: str = "", count_column: str = "", handle_column: str = ""
) -> tuple[Columns, Iterator[Row]]:
    """Return where things are and the rows of a table, in its own order.

    Columns are named as in the header, or by their position from 1. Raises Refused (series_column,
    series_empty; while rows are read: series_cell).
    """
    source = iter(lines)
    first, skipped = "", 0
    for first in source:
        if first.strip():
            break
        skipped += 1
    if not first.strip():
        raise Refused(EMPTY)
    separator = delimiter_of(first)
    cells = _numbered(csv.reader(chain([first], source), delimiter=separator), skipped)
    sample = list(islice(cells, SAMPLE_ROWS))
    columns = find_columns([row for _, row in sample], time_column, count_column, handle_column)
    body = sample[1:] if columns.has_header else sample
    if not body:
        raise Refused(EMPTY)
    return columns, _rows(chain(body, cells), [row for _, row in body], columns, decimal_comma=separator == ";")


def _numbered(rows: Iterable[list[str]], skipped: int) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(rows, start=1 + skipped):
        stripped = [cell.strip() for cell in row]
        if any(stripped):
            if number == 1 + skipped:
                stripped[0] = stripped[0].lstrip("\ufeff")
            yield number, stripped


def find_columns(rows: Sequence[list[str]], time_column: str, count_column: str, handle_column: str) -> Columns:
    """Return where things are. Raises Refused (series_column)."""
    header, body = rows[0], rows[1:] or rows
    has_header = not any(_is_moment(cell) for cell in header)
    names = tuple(header) if has_header else tuple(str(n + 1) for n in range(len(header)))
    if not has_header:
        body = rows
    keys = [re.sub(r"[\s.\-()/]+", "_", name.lower()).strip("_") for name in names]
    example = body[: min(len(body), 50)]

    def filled(place: int) -> list[str]:
        return [row[place] for row in example if place < len(row) and row[place].lower() not in _NOTHING]

    def all_are(place: int, says: Callable[[str], bool]) -> bool:
        cells = filled(place)
        return bool(cells) and all(says(cell) for cell in cells)

    time = _named(time_column, names, "the time")
    if time < 0:
        candidates = [keys.index(name) for name in _TIME_NAMES if name in keys] + list(range(len(names)))
        time = next((n for n in candidates if all_are(n, _is_moment)), -1)
    if time < 0:
        raise Refused(COLUMN, what="the time", columns=", ".join(names))
    count = _named(count_column, names, "the count")
    handle = _named(handle_column, names, "the handle time")
    clock = -1
    if all_are(time, _is_midnight):
        full = [row for row in body if len(row) >= len(names)]
        free = [n for n in range(len(names)) if n not in {time, count, handle} and all_are(n, _may_be_clock)]
        # By what it says, then by its name, then by how it runs through each day.
        clock = next(
            chain(
                (n for n in free if all_are(n, _is_clock)),
                (n for n in free if keys[n] in _CLOCK_NAMES),
                (n for n in free if _runs_through_days(full, time, n)),
            ),
            -1,
        )
    taken = {time, clock, handle}
    if handle < 0:
        known = [keys.index(name) for name in _HANDLE_NAMES if name in keys]
        handle = next((n for n in known if n not in taken | {count} and all_are(n, _is_number)), -1)
    if count < 0:
        known = [keys.index(name) for name in _COUNT_NAMES if name in keys]
        count = next((n for n in known if n not in taken | {handle} and all_are(n, _is_number)), -1)
    others = [n for n in range(len(names)) if n not in {time, clock, handle}]
    if count < 0 and len(others) == 1 and all_are(others[0], _is_number) and not _identifies(keys[others[0]]):
        count = others[0]
    if count < 0 and _on_a_grid([row[time] for row in example if time < len(row)], clock >= 0):
        raise Refused(COLUMN, what="the count", columns=", ".join(names))
    if clock < 0 and not time_column and count >= 0 and all_are(time, _is_midnight):
        dates = Counter(row[time] for row in body if time < len(row))
        if 2 * sum(met > 1 for met in dates.values()) > len(dates):
            raise Refused(WHOLE_DAYS, column=names[time], columns=", ".join(names))
    return Columns(time, clock, count, handle, names, has_header)


def _named(wanted: str, names: Sequence[str], what: str) -> int:
    if not wanted:
        return -1
    lowered = [name.lower() for name in names]
    if wanted.lower() in lowered:
        return lowered.index(wanted.lower())
    if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return int(wanted) - 1
    raise Refused(COLUMN, what=f"{what} named {wanted}", columns=", ".join(names))


def _identifies(key: str) -> bool:
    return key.endswith("id") or any(word in key for word in ("number", "phone", "번호", "番号"))


def _on_a_grid(texts: Sequence[str], has_clock: bool) -> bool:
    """Whether times look like the begins of buckets, not like single contacts: round and never twice."""
    moments = [moment for moment in map(reader(texts), texts) if moment is not None]
    if has_clock or len(moments) < 3:
        return has_clock
    return len(set(moments)) == len(moments) and all(
        moment.second == 0 and moment.microsecond == 0 and moment.minute % 5 == 0 for moment in moments
    )


def _is_moment(cell: str) -> bool:
    return read_moment(cell) is not None or read_moment(cell, day_first=True) is not None


def _is_midnight(cell: str) -> bool:
    moment = read_moment(cell) or read_moment(cell, day_first=True)
    return moment is not None and moment.time() == time()


def _is_clock(cell: str) -> bool:
    return read_since_midnight(cell) is not None


def _may_be_clock(cell: str) -> bool:
    return clock_reader([cell]) is not None


def _runs_through_days(rows: Sequence[list[str]], time: int, place: int) -> bool:
    """Whether numbers are hours although no name says so: on each date they rise, and some date has several."""
    read = clock_reader([row[place] for row in rows])
    if read is None:
        return False
    last: dict[str, timedelta] = {}
    several = False
    for row in rows:
        since = read(row[place])
        before = last.get(row[time])
        if since is None or (before is not None and since <= before):
            return False
        several = several or before is not None
        last[row[time]] = since
    # Hours that are the same each day are a clock; counts that happen to rise on two rows are none.
    return several and len({row[place] for row in rows}) <= len(rows) / 2


def _is_number(cell: str) -> bool:
    return read_number(cell) is not None


def read_number(cell: str, decimal_comma: bool = False) -> float | None:
    """Return a number that may group its thousands; None if it is none or infinite."""
    text = cell.replace(" ", "").replace("\u00a0", "")
    if decimal_comma and re.fullmatch(r"-?\d+,\d+", text):
        text = text.replace(",", ".")
    elif re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def _rows(
    cells: Iterable[tuple[int, list[str]]], sample: Sequence[list[str]], columns: Columns, decimal_comma: bool
) -> Iterator[Row]:
    read = reader([row[columns.time] for row in sample if columns.time < len(row)])
    clocks = [row[columns.clock] for row in sample if -1 < columns.clock < len(row)]
    read_clock = clock_reader([text for text in clocks if text]) or read_since_midnight
    for line, row in cells:
        at = read(row[columns.time]) if columns.time < len(row) else None
        if at is None or not FIRST_YEAR <= at.year <= LAST_YEAR:
            what = "a date with a time of day" if at is None else f"a date from {FIRST_YEAR} to {LAST_YEAR}"
            raise _wrong(row, columns.time, columns, line, what)
        if columns.clock >= 0:
            since = read_clock(row[columns.clock]) if columns.clock < len(row) else None
            if since is None:
                raise _wrong(row, columns.clock, columns, line, "a time of day")
            at += since
        count: float | None = 1.0
        if columns.count >= 0:
            count = _amount(
                row,
                columns.count,
                columns,
                line,
                decimal_comma,
                "a count of 0 or more, at most a thousand million",
            )
        handle_s: float | None = None
        if columns.handle >= 0:
            handle_s = _amount(
                row,
                columns.handle,
                columns,
                line,
                decimal_comma,
                "a number of seconds, at most a thousand million",
            )
        yield Row(at, count, handle_s)


def _amount(
    row: list[str], place: int, columns: Columns, line: int, decimal_comma: bool, what: str
) -> float | None:
    text = row[place] if place < len(row) else ""
    if text.lower() in _NOTHING:
        return None
    amount = read_number(text, decimal_comma)
    if amount is None or not 0 <= amount <= MOST:
        raise _wrong(row, place, columns, line, what)
    return amount


def _wrong(row: Sequence[str], place: int, columns: Columns, line: int, what: str) -> Refused:
    text = row[place] if place < len(row) else ""
    return Refused(CELL, line=line, column=columns.name(place), text=text[:40], what=what)
