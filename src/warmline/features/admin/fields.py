"""The fields that settings are made of, with their limits, and the words used when one is wrong."""

import re
from datetime import UTC, datetime
from typing import Annotated, Generic, Literal, TypeVar
from zoneinfo import available_timezones

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

NO_NUL = r"^[^\x00]*$"
SLUG = r"^[a-z0-9][a-z0-9-]{0,62}$"

Slug = Annotated[str, Field(pattern=SLUG, max_length=63, description="Lower-case letters, digits and hyphens")]
Label = Annotated[str, Field(min_length=1, max_length=120, pattern=NO_NUL)]
Text = Annotated[str, Field(min_length=1, max_length=4000, pattern=NO_NUL)]
Version = Annotated[int, Field(ge=0, le=2**53, description="The version that was read; a newer one is a conflict")]
Channel = Literal["webchat", "voice", "email", "sms", "messenger"]
T = TypeVar("T")


class Strict(BaseModel):
    """A document from outside: unknown fields are refused, not ignored."""

    model_config = ConfigDict(extra="forbid")


class Names(Strict):
    """A name in the three languages."""

    ko: Label
    ja: Label
    en: Label


class Texts(Strict):
    """A text in the three languages."""

    ko: Text
    ja: Text
    en: Text


class Page(BaseModel, Generic[T]):
    """A whole list."""

    items: list[T]


def _utc(value: datetime) -> datetime:
    if not 2000 <= value.year <= 2200:
        raise ValueError("the year must be between 2000 and 2200")
    return value.astimezone(UTC)


def _time_zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("use an IANA time zone such as Asia/Seoul")
    return value


def _email(value: str) -> str:
    if not re.fullmatch(r"[^@\s\x00]+@[^@\s\x00.]+(\.[^@\s\x00.]+)+", value):
        raise ValueError("use the form name@company.example")
    return value


def _origin(value: str) -> str:
    if not re.fullmatch(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?", value):
        raise ValueError("use the form https://shop.example, without a path")
    return value


Moment = Annotated[AwareDatetime, AfterValidator(_utc)]
TimeZone = Annotated[str, Field(max_length=64), AfterValidator(_time_zone)]
Email = Annotated[str, Field(max_length=254), AfterValidator(_email)]
Origin = Annotated[str, Field(max_length=200), AfterValidator(_origin)]


def unique(values: list[str], what: str) -> None:
    """Raise ValueError naming the first value that occurs twice."""
    for position, value in enumerate(values):
        if value in values[:position]:
            raise ValueError(f"{what} {value} is there twice")
