"""Reading dates as people in Korea, Japan and English-speaking countries write them.

Bare numbers are read by one rule: a first part of four digits is the year; otherwise month before day, except
in English when the first part exceeds 12 (then day before month). Years of two digits are of this century,
or of the last when only past dates are wanted and it would lie ahead. Without a year the nearest fitting date
is meant: the last one when only past dates are wanted, else the next.
"""

import re
from datetime import date, timedelta

from warmline.kernel.locale import Locale

UNREADABLE = ""
IMPOSSIBLE = "date_impossible"

_ERAS = {
    "令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867,
    "r": 2018, "h": 1988, "s": 1925, "t": 1911, "m": 1867,
}  # fmt: skip
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1)
    for name in names.split()
}  # fmt: skip
_RELATIVE = {
    "오늘": 0, "어제": -1, "그제": -2, "그저께": -2, "엊그제": -2, "내일": 1, "모레": 2,
    "今日": 0, "本日": 0, "昨日": -1, "一昨日": -2, "おととい": -2, "明日": 1, "明後日": 2, "あさって": 2,
    "きょう": 0, "きのう": -1, "あした": 1, "today": 0, "yesterday": -1, "tomorrow": 1,
}  # fmt: skip

_CJK = re.compile(r"(?:(\d{4}|\d{2})\s*[년年]\s*)?(\d{1,2})\s*[월月]\s*(\d{1,2})\s*[일日]?(?:생|生まれ|生)?")
_ERA = re.compile(
    r"(令和|平成|昭和|大正|明治)\s*(元|\d{1,2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?(?:生まれ|生)?"
)
_ERA_SHORT = re.compile(r"([rhstm])\s*(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,2})")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+([a-z]{3,9})\.?(?:,?[\s-]+(\d{4}|\d{2}))?")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})")
_SHORT_YEAR = re.compile(r"(\d{2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,2})")
_NO_YEAR = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})")
_COMPACT = re.compile(r"(\d{4}|\d{2})(\d{2})(\d{2})")


def read_date(text: str, locale: Locale, today: date, *, past_only: bool) -> date | str:
    """Return the date that the whole of `text` (normalised) writes, or why not: UNREADABLE or IMPOSSIBLE."""
    said = text.casefold().strip(" .,")
    if said in _RELATIVE:
        return today + timedelta(days=_RELATIVE[said])
    parts = _era(said) or _named(said) or _numbers(said, locale)
    if parts is None:
        return UNREADABLE
    year, month, day = parts
    return _settle(year, month, day, today, past_only)


Parts = tuple[str | int | None, int, int]


def _era(said: str) -> Parts | None:
    era = _ERA.fullmatch(said) or _ERA_SHORT.fullmatch(said)
    if era is None:
        return None
    count = 1 if era.group(2) == "元" else int(era.group(2))
    return _ERAS[era.group(1)] + count, int(era.group(3)), int(era.group(4))


def _named(said: str) -> Parts | None:
    cjk = _CJK.fullmatch(said)
    if cjk:
        return cjk.group(1), int(cjk.group(2)), int(cjk.group(3))
    english = re.sub(r"^(?:it'?s|on|the|it is)\s+(?:the\s+)?", "", said)
    found = _DAY_MONTH.fullmatch(english)
    if found and found.group(2) in _MONTHS:
        return found.group(3), _MONTHS[found.group(2)], int(found.group(1))
    found = _MONTH_DAY.fullmatch(english)
    if found and found.group(1) in _MONTHS:
        return found.group(3), _MONTHS[found.group(1)], int(found.group(2))
    return None


def _numbers(said: str, locale: Locale) -> Parts | None:
    found = _YEAR_FIRST.fullmatch(said)
    if found:
        return found.group(1), int(found.group(2)), int(found.group(3))
    found = _YEAR_LAST.fullmatch(said)
    if found:
        return (found.group(3), *_order(int(found.group(1)), int(found.group(2)), locale))
    found = _SHORT_YEAR.fullmatch(said)
    if found:
        first, second, third = found.groups()
        if locale == "en":
            return (third, *_order(int(first), int(second), locale))
        return first, int(second), int(third)
    found = _NO_YEAR.fullmatch(said)
    if found:
        return (None, *_order(int(found.group(1)), int(found.group(2)), locale))
    found = _COMPACT.fullmatch(said)
    return (found.group(1), int(found.group(2)), int(found.group(3))) if found else None


def _order(first: int, second: int, locale: Locale) -> tuple[int, int]:
    """Return (month, day) of two bare numbers."""
    return (second, first) if locale == "en" and first > 12 else (first, second)


def _settle(year: str | int | None, month: int, day: int, today: date, past_only: bool) -> date | str:
    if year is None:
        return _nearest(month, day, today, past_only)
    full = int(year)
    if isinstance(year, str) and len(year) == 2:
        full += 2000
        if past_only and (full, month, day) > (today.year, today.month, today.day):
            full -= 100
    try:
        return date(full, month, day)
    except ValueError:
        return IMPOSSIBLE


def _nearest(month: int, day: int, today: date, past_only: bool) -> date | str:
    # 29 February exists in one year of four, and once in eight around 1900 or 2100.
    step = -1 if past_only else 1
    for year in range(today.year, today.year + 9 * step, step):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if (found <= today) if past_only else (found >= today):
            return found
    return IMPOSSIBLE
