"""Points in time as people and programs write them into tables, read as one column at once.

A column is read as a whole because 03/04/2026 alone does not say which number is the month.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta

_SLASHED = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_YEAR_FIRST = re.compile(r"^(\d{4})[/.년年-]\s?(\d{1,2})[/.월月-]\s?(\d{1,2})[일日]?\.?(?:[T\s]+|$)")
_CLOCK = re.compile(
    r"^(오전|오후|午前|午後|am|pm)?\s*(\d{1,2})[:시時]\s*(?:(\d{1,2})[분分]?)?(?::(\d{1,2})(?:[.,]\d+)?)?초?\s*(am|pm|a\.m\.|p\.m\.)?"
    r"(?:\s*[-–~].*)?$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"^\d{8}(\d{4}|\d{6})?$")
_EPOCH = re.compile(r"^1\d{9}(\d{3})?(\.\d+)?$")
_AFTERNOON = ("오후", "午後", "pm", "p.m.")
_MORNING = ("오전", "午前", "am", "a.m.")


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
    """Return a time of day such as 09:30, 9:30 PM, 오후 3:00 or the begin of 09:00-09:30; None if it is none."""
    found = _CLOCK.match(text.strip())
    if not found:
        return None
    hour, minute, second = int(found[2]), int(found[3] or 0), int(found[4] or 0)
    half = (found[1] or found[5] or "").lower()
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half in _MORNING and hour == 12:
        hour = 0
    try:
        return time(hour % 24 if hour == 24 and minute == 0 else hour, minute, second)
    except ValueError:
        return None


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
    clock = time() if not rest else read_clock(rest)
    if clock is None:
        return None
    try:
        day = date(*map(int, parts))
    except ValueError:
        return None
    midnight_after = rest.startswith("24:00")
    return datetime.combine(day, clock) + timedelta(days=1 if midnight_after else 0)


def reader(texts: Sequence[str]) -> Callable[[str], datetime | None]:
    """Return what reads moments written as in `texts`."""
    day_first = day_comes_first(texts) or False

    def read(text: str) -> datetime | None:
        return read_moment(text, day_first)

    return read
