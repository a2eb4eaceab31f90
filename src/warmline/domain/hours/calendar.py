"""Opening hours: weekly shifts, public holidays, exceptions, and an emergency switch, in the place's own time.

A shift is a pair of wall-clock times. An end at or before its start lies on the next day; "24:00" is midnight.
A shift belongs to the day it starts on, so a night shift goes on into a holiday. When clocks go back, a shift
starts at the first and ends at the second of two equal times; when they go forward, a time that is skipped
counts as the one an hour later.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from msgspec import Struct

from warmline.domain.journey.interface import HoursState
from warmline.kernel.locale import LOCALES, Locale

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HORIZON_DAYS = 400  # how far ahead a change is looked for: more than a year, so that every holiday is met

Span = tuple[str, str]
Interval = tuple[datetime, datetime]

_LANGUAGES: dict[Locale, str] = {"ko": "ko", "ja": "ja", "en": "en_US"}


class Exceptional(Struct, frozen=True, omit_defaults=True):
    """A day unlike the week; its `spans` replace shifts and holiday, none of them means closed all day."""

    date: date
    name: dict[str, str] = {}
    spans: tuple[Span, ...] = ()


class Calendar(Struct, frozen=True, omit_defaults=True):
    """When somebody is there. `country`: KR, JP or US, whose public holidays are closed; empty: none."""

    time_zone: str
    country: str
    weekly: dict[str, tuple[Span, ...]]
    exceptions: tuple[Exceptional, ...] = ()
    emergency: bool = False
    id: str = ""


def state(calendar: Calendar, now: datetime) -> HoursState:
    """Return how things stand at `now` (aware)."""
    if calendar.emergency:
        return "emergency"
    zone = ZoneInfo(calendar.time_zone)
    today = now.astimezone(zone).date()
    for day in (today, today - timedelta(days=1)):
        if any(start <= now < end for start, end in _intervals(calendar, day, zone)):
            return "open"
    return "holiday" if _is_off(calendar, today) else "closed"


def next_change(calendar: Calendar, now: datetime) -> datetime | None:
    """Return when the state next differs (UTC), or None when not within 400 days or while an emergency holds."""
    if calendar.emergency:
        return None
    current = state(calendar, now)
    for moment in _edges(calendar, now):
        if state(calendar, moment) != current:
            return moment
    return None


def next_opening(calendar: Calendar, now: datetime) -> datetime | None:
    """Return when it opens next (UTC), or None as for `next_change`; the next shift's start if it is open now."""
    if calendar.emergency:
        return None
    was_open = state(calendar, now) == "open"
    for moment in _edges(calendar, now):
        is_open = state(calendar, moment) == "open"
        if is_open and not was_open:
            return moment
        was_open = is_open
    return None


def _edges(calendar: Calendar, now: datetime) -> Iterator[datetime]:
    """Yield the moments after `now` at which the state may change, rising."""
    zone = ZoneInfo(calendar.time_zone)
    first = now.astimezone(zone).date() - timedelta(days=1)
    last = now
    for offset in range(HORIZON_DAYS + 2):
        day = first + timedelta(days=offset)
        midnight = datetime.combine(day, time(), zone).astimezone(UTC)
        spans = _intervals(calendar, day, zone)
        # A shift past midnight ends after the next day's first edges: the next day yields them again in order.
        before = _intervals(calendar, day - timedelta(days=1), zone)
        edges = {midnight, *(edge for interval in (*spans, *before) for edge in interval)}
        for edge in sorted(edges):
            if last < edge < midnight + timedelta(hours=26):
                last = edge
                yield edge


def _intervals(calendar: Calendar, day: date, zone: ZoneInfo) -> list[Interval]:
    return [_interval(day, span, zone) for span in _spans(calendar, day)]


def _spans(calendar: Calendar, day: date) -> tuple[Span, ...]:
    exception = _exception(calendar, day)
    if exception is not None:
        return exception.spans
    if _public(calendar.country, day.year, _LANGUAGES["en"]).get(day) is not None:
        return ()
    return calendar.weekly.get(DAYS[day.weekday()], ())


def _interval(day: date, span: Span, zone: ZoneInfo) -> Interval:
    start_min, end_min = _minutes(span[0]), _minutes(span[1])
    if end_min <= start_min:
        end_min += 24 * 60
    return _moment(day, start_min, zone, fold=0), _moment(day, end_min, zone, fold=1)


def _moment(day: date, minute: int, zone: ZoneInfo, fold: int) -> datetime:
    days, minute = divmod(minute, 24 * 60)
    wall = time(minute // 60, minute % 60, fold=fold)
    local = datetime.combine(day + timedelta(days=days), wall, zone)
    skipped = local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None)
    return (local.replace(fold=0) if skipped else local).astimezone(UTC)


def _minutes(text: str) -> int:
    hour, _, minute = text.partition(":")
    return int(hour) * 60 + int(minute)


def _exception(calendar: Calendar, day: date) -> Exceptional | None:
    return next((exception for exception in calendar.exceptions if exception.date == day), None)


def _is_off(calendar: Calendar, day: date) -> bool:
    exception = _exception(calendar, day)
    if exception is not None:
        return not exception.spans
    return day in _public(calendar.country, day.year, _LANGUAGES["en"])


def day_off_name(calendar: Calendar, day: date, locale: Locale) -> str | None:
    """Return what a day without service is called, or None on ordinary days and days off without a name.

    A language the list of holidays does not have falls back to English.
    """
    exception = _exception(calendar, day)
    if exception is not None:
        return None if exception.spans else exception.name.get(locale)
    return _public(calendar.country, day.year, _LANGUAGES[locale]).get(day)


def public_holidays(country: str, year: int) -> dict[date, dict[Locale, str]]:
    """Return the public holidays of a country and year with their names; English where a language lacks them."""
    named = {locale: _public(country, year, _LANGUAGES[locale]) for locale in LOCALES}
    return {day: {locale: named[locale][day] for locale in LOCALES} for day in sorted(named["en"])}


@lru_cache(maxsize=256)
def _public(country: str, year: int, language: str) -> dict[date, str]:
    """Return a year's public holidays by date. Source: the `holidays` library."""
    if not country:
        return {}
    known = holidays.country_holidays(country).supported_languages
    spoken = language if language in known else "en_US"
    return {day: name for day, name in holidays.country_holidays(country, years=year, language=spoken).items()}
