"""The half hours in which a promised call may be made, and what a customer may mean by a time they type."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

from warmline.domain.journey.textform import core, folded

WINDOW = timedelta(minutes=30)
AHEAD = timedelta(hours=48)
OFFERED = 6  # how many are shown; every other one can be typed
CLOSE_BY = 3  # so many of them are the next ones, the rest lie two hours apart
STRIDE = 4

_CLOCK = re.compile(
    r"(?P<half>오전|오후|午前|午後|am|pm|a\.m\.|p\.m\.)?\s*(?P<hour>\d{1,2})"
    r"(?:\s*(?::|시|時)\s*(?P<minute>\d{1,2}|반|半)?\s*(?:분|分)?)?\s*(?P<after>am|pm|a\.m\.|p\.m\.)?"
)
_AFTERNOON = frozenset({"오후", "午後", "pm", "p.m."})
_HALF_PAST = frozenset({"반", "半"})


def half_hours(is_open: Callable[[datetime], bool], now: datetime) -> list[datetime]:
    """Return the starts of the half hours of the next two days in which somebody is there, whole ones only."""
    start = now.replace(minute=0 if now.minute < 30 else 30, second=0, microsecond=0) + WINDOW
    count = int(AHEAD / WINDOW)
    return [at for n in range(count) if is_open(at := start + n * WINDOW)]


def shown(starts: list[datetime]) -> list[datetime]:
    """Return the few of them that are shown: the next ones, then wider apart."""
    return [*starts[:CLOSE_BY], *starts[CLOSE_BY::STRIDE]][:OFFERED]


def meant(text: str, starts: list[datetime], zone: tzinfo) -> datetime | None:
    """Return the first of `starts` at the time of day somebody typed, in their zone; None when there is none.

    A time within a half hour means that half hour; without morning or afternoon, the next that fits either.
    """
    found = _CLOCK.fullmatch(folded(core(text)))
    if found is None:
        return None
    hour, minute = int(found["hour"]), found["minute"] or "0"
    minutes = 30 if minute in _HALF_PAST else int(minute)
    half = found["half"] or found["after"]
    if hour > 24 or minutes > 59 or (half is not None and hour > 12):
        return None
    if half is not None:
        hours = {hour % 12 + (12 if half in _AFTERNOON else 0)}
    else:
        hours = {hour % 24} if hour > 12 or hour == 0 else {hour % 24, (hour + 12) % 24}
    wanted = {(one, minutes - minutes % 30) for one in hours}
    return next((at for at in starts if _clock(at, zone) in wanted), None)


def _clock(at: datetime, zone: tzinfo) -> tuple[int, int]:
    local = at.astimezone(zone)
    return local.hour, local.minute - local.minute % 30
