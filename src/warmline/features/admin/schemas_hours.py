"""Calendars: weekly hours with split shifts, exceptions, and the emergency switch."""

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from warmline.features.admin.fields import Label, Names, Slug, Strict, TimeZone, Version

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAY_MIN = 24 * 60


def minutes(text: str) -> int:
    """Return minutes since midnight of `HH:MM`; 24:00 is the end of the day. Raises ValueError."""
    match = re.fullmatch(r"(\d\d):(\d\d)", text, re.ASCII)
    value = int(match.group(1)) * 60 + int(match.group(2)) if match else -1
    if not match or int(match.group(2)) > 59 or value > DAY_MIN:
        raise ValueError("use times such as 09:00")
    return value


def _spans(spans: list[list[str]]) -> list[list[str]]:
    taken: list[tuple[int, int]] = []
    for span in spans:
        if len(span) != 2:
            raise ValueError("a span is a start and an end")
        start, end = minutes(span[0]), minutes(span[1])
        if start in (end, DAY_MIN):
            raise ValueError(f"{span[0]} to {span[1]} is empty")
        end += DAY_MIN if end < start else 0  # past midnight
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            raise ValueError(f"{span[0]} to {span[1]} overlaps another span")
        taken.append((start, end))
    return spans


Spans = Annotated[
    list[list[str]],
    Field(
        max_length=6, description='[["09:00", "12:00"], ["13:00", "18:00"]]; an end before its start is next day'
    ),
    AfterValidator(_spans),
]


class Exceptional(Strict):
    """A day that differs from the week; no spans: closed."""

    date: dt.date
    name: Names
    spans: Spans = Field(default_factory=list)


class CalendarBody(Strict):
    """When people are there. Public holidays of `country` count as holidays by themselves; empty: none do."""

    name: Names
    time_zone: TimeZone
    country: Literal["", "KR", "JP", "US"]
    weekly: dict[Day, Spans]
    exceptions: Annotated[list[Exceptional], Field(max_length=400)] = Field(default_factory=list)
    emergency: bool = False

    @model_validator(mode="after")
    def _days_once(self) -> "CalendarBody":
        dates = [e.date for e in self.exceptions]
        if len(set(dates)) != len(dates):
            raise ValueError("a date is among the exceptions twice")
        return self


class CalendarNew(CalendarBody):
    id: Slug


class CalendarChange(CalendarBody):
    version: Version


class Calendar(CalendarChange):
    id: Slug


class Holiday(Strict):
    """A public holiday; names are in the three languages where the country's list has them."""

    date: dt.date
    name: dict[Literal["ko", "ja", "en"], Label]
