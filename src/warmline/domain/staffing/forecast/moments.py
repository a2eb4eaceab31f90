"""Points in time as people and programs write them into tables, read as one column at once.

A column is read as a whole because 03/04/2026 alone does not say which number is the month.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta

_SLASHED = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_YEAR_FIRST = re.compile(r"^(\d{4})[/.년年-]\s?(\d{1,2})[/.월月-]\s?(\d{1,2})[일日]?\.?(?:[T\s]+|$)")
_HALF = r"(오전|오후|午前|午後|am|pm|a\.m\.|p\.m\.)?"
_TO = r"(?:\s*(?:[-–—~〜～]|to\b|から).*)?$"  # the end of a span such as 09:00-09:30 says nothing new
_CLOCK = re.compile(
    rf"^{_HALF}\s*(\d{{1,2}})\s*[:시時h]\s*(?:(\d{{1,2}})[분分]?)?(?::(\d{{1,2}})(?:[.,]\d+)?)?초?\s*{_HALF}{_TO}",
    re.IGNORECASE,
)
_HALF_HOUR = re.compile(rf"^{_HALF}\s*(\d{{1,2}})()()\s*{_HALF}{_TO}", re.IGNORECASE)
_BARE = re.compile(r"^(\d{1,2}?)(?:([0-5]\d)|\.0+)?" + _TO)
_DIGITS = re.compile(r"^\d{8}(\d{4}|\d{6})?$")
_EPOCH = re.compile(r"^1\d{9}(\d{3})?(\.\d+)?$")
_AFTERNOON = ("오후", "午後", "pm", "p.m.")
_MORNING = ("오전", "午前", "am", "a.m.")
_LATER_HALF = re.compile(r"(\d{1,2}):?(\d\d)?\s*(am|pm|a\.m\.|p\.m\.)$", re.IGNORECASE)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def day_comes_first(texts: Sequence[str]) -> bool | None:
    """Return whether dates like 13/04/2026 in `texts` begin with the day; None when they do not tell."""
    for text in texts:
        slashed = _SLASHED.match(text)
        if slashed:
            if int(slashed[1]) > 12:
                return True
            if int(slashed[2]) > 12:
                return False
    return None


def read_moment(text: str, day_first: bool = False) -> datetime | None:
    """Return the point in time that `text` says, aware only if it names a zone; None when it says none."""
    text = text.strip()
    # Eight digits and more would be read by others as a date of another kind.
    if _DIGITS.match(text):
        return _from_digits(text)
    if _EPOCH.match(text):
        seconds = float(text)
        return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return _from_words(text, day_first)


def read_clock(text: str) -> time | None:
    """Return a time of day such as 09:30, 9 PM, 오후 3:00 or the begin of 09:00-09:30; None if it is none."""
    since = read_since_midnight(text)
    return None if since is None else (datetime(1970, 1, 1, tzinfo=UTC) + since).time()


def read_since_midnight(text: str) -> timedelta | None:
    """Return a time of day as what has passed since midnight, up to 24 hours; None if it is none.

    It must look like one: numbers alone do not, see `clock_reader`.
    """
    text = text.strip()
    found = _CLOCK.match(text)
    if not found:
        found = _HALF_HOUR.match(text)
        # A number alone is no time of day, unless a half of the day or a later hour stands with it.
        if not found or (text[found.start(2) :].isdecimal() and not found[1]):
            return None
    hour, minute, second = int(found[2]), int(found[3] or 0), int(found[4] or 0)
    half = (found[1] or found[5] or "").lower()
    later = None if half or hour > 12 else _LATER_HALF.search(text)
    if later:
        # 1-2 PM begins in the afternoon, 11-12 PM in the morning: as late as it can before its end.
        end_min = int(later[1]) % 12 * 60 + int(later[2] or 0) + (720 if later[3].lower() in _AFTERNOON else 0)
        hour = hour % 12 + (12 if (hour % 12 + 12) * 60 + minute < (end_min or 1440) else 0)
    elif half in _AFTERNOON and hour < 12:
        hour += 12
    elif half in _MORNING and hour == 12:
        hour = 0
    return _since(hour, minute, second)


def clock_reader(texts: Sequence[str]) -> Callable[[str], timedelta | None] | None:
    """Return what reads a column of times of day, as what has passed since midnight; None if it is no such column.

    Numbers alone are hours (9, 09, 9.0) or hours and minutes (0900). A column of 1 to 24 without a 0 numbers the
    hours by their ends.
    """
    if not texts:
        return None
    if all(read_since_midnight(text) is not None for text in texts):
        return read_since_midnight
    read = [_bare(text) for text in texts]
    if any(since is None for since in read):
        return None
    if _DAY in read and timedelta() not in read and all(since and not since % _HOUR for since in read):
        return _hour_by_its_end
    return _bare


def _bare(text: str) -> timedelta | None:
    since = read_since_midnight(text)
    found = _BARE.match(text.strip())
    if since is not None or not found:
        return since
    return _since(int(found[1]), int(found[2] or 0), 0)


def _hour_by_its_end(text: str) -> timedelta | None:
    since = _bare(text)
    return since - _HOUR if since else None


def _since(hour: int, minute: int, second: int) -> timedelta | None:
    since = timedelta(hours=hour, minutes=minute, seconds=second)
    return since if minute < 60 and second < 60 and since <= _DAY else None


def _from_digits(text: str) -> datetime | None:
    try:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:8]))
        clock = text[8:].ljust(6, "0")
        return datetime.combine(day, time(int(clock[:2]), int(clock[2:4]), int(clock[4:6])))
    except ValueError:
        return None


def _from_words(text: str, day_first: bool) -> datetime | None:
    found = _YEAR_FIRST.match(text)
    parts: tuple[str, str, str]
    if found:
        parts = (found[1], found[2], found[3])
    else:
        found = _SLASHED.match(text)
        if not found:
            return None
        parts = (found[3], found[2], found[1]) if day_first else (found[3], found[1], found[2])
    rest = text[found.end() :].strip().lstrip(",T").strip()
    since = read_since_midnight(rest) if rest else timedelta()
    if since is None:
        return None
    try:
        return datetime.combine(date(*map(int, parts)), time()) + since
    except (ValueError, OverflowError):
        return None


def reader(texts: Sequence[str]) -> Callable[[str], datetime | None]:
    """Return what reads moments written as in `texts`."""
    day_first = day_comes_first(texts) or False

    def read(text: str) -> datetime | None:
        return read_moment(text, day_first)

    return read
