"""Announcements, messages prepared for bad days, and when the live board alerts."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from warmline.features.admin.fields import SLUG, Channel, Moment, Names, Slug, Strict, Texts, Version

Slugs = Annotated[list[Annotated[str, Field(pattern=SLUG, max_length=63)]], Field(max_length=200)]
JourneyIds = Annotated[list[Annotated[str, Field(min_length=1, max_length=63)]], Field(max_length=200)]
LASTS_AT_MOST = timedelta(days=366)


class Scope(Strict):
    """Whom it is for: an empty list means all; with several kinds of scope, a customer must fit each of them."""

    queues: Annotated[Slugs, Field(description="Heard only by those who wait in one of these")] = Field(
        default_factory=list
    )
    journeys: Annotated[JourneyIds, Field(description="Those a contact begins with")] = Field(default_factory=list)
    channels: Annotated[list[Channel], Field(max_length=5)] = Field(default_factory=list)


class Telling(Strict):
    """What is said, to whom."""

    texts: Texts
    spoken: Annotated[Texts | None, Field(description="As a voice says it; left out: as it is written")] = None
    scope: Scope = Field(default_factory=Scope)


class AnnouncementBody(Telling):
    """Said by journeys at their announcement slots while valid. It always expires.

    Those who wait in line are told at once, whatever the slot; those in self-service what has the slot
    `emergency`.
    """

    slot: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]{0,62}$")]
    starts_at: Moment
    ends_at: Moment
    enabled: bool = True

    @model_validator(mode="after")
    def _expires(self) -> "AnnouncementBody":
        if self.ends_at <= self.starts_at:
            raise ValueError("ends_at must be after starts_at")
        if self.ends_at - self.starts_at > LASTS_AT_MOST:
            raise ValueError("an announcement lasts at most a year; set an earlier ends_at")
        return self


class AnnouncementNew(AnnouncementBody):
    pass


class AnnouncementChange(AnnouncementBody):
    version: Version


class Announcement(AnnouncementChange):
    id: UUID


class EmergencyStart(Telling):
    """Tell everybody now. The same `id` twice is one announcement, as when a button is pressed twice."""

    id: UUID
    ends_at: Moment
    prepared_id: Annotated[Slug | None, Field(description="Which prepared message it came from")] = None


class EmergencyDraft(Telling):
    """What would be told, for a preview."""

    ends_at: Moment


class PreparedMessageBody(Telling):
    """A message written in advance. The platform's own have version 0 until they are changed."""

    name: Names
    lasts_s: Annotated[
        int, Field(ge=300, le=31 * 86_400, description="How long it lasts unless one says else")
    ] = 3600


class PreparedMessageNew(PreparedMessageBody):
    id: Slug


class PreparedMessageChange(PreparedMessageBody):
    version: Version


class PreparedMessage(PreparedMessageChange):
    id: Slug


class PreviewQueue(Strict):
    """A queue whose line hears it, with how many stand in it now."""

    id: str
    name: Names
    waiting: int


class PreviewWidget(Strict):
    key: str
    name: Names


class Preview(Strict):
    """Who hears an announcement, from when to when, and how many would at this moment."""

    texts: Texts
    spoken: Texts | None
    scope: Scope
    slot: str
    starts_at: Moment
    ends_at: Moment
    valid_now: bool
    journeys: Annotated[list[str], Field(description="Journeys that say this slot, themselves or in a module")]
    widgets: Annotated[list[PreviewWidget], Field(description="Widgets whose customers come to hear it")]
    queues: Annotated[list[PreviewQueue], Field(description="Lines that hear it; emergencies only")]
    waiting_now: Annotated[int, Field(description="Customers in line who hear it at once; emergencies only")]
    self_service_now: Annotated[int, Field(description="Customers in self-service who would hear it now")]


class Emergency(Announcement):
    """An emergency that is on, or will be; with how many hear it at this moment."""

    valid_now: bool
    waiting_now: int
    self_service_now: int


class Limit(Strict):
    """When to warn and when to raise the alarm."""

    warn: Annotated[int | None, Field(ge=0, le=1_000_000)] = None
    alarm: Annotated[int | None, Field(ge=0, le=1_000_000)] = None


class AlertLimits(Strict):
    """Left out: no alert. Shares are percent. `service_level` and `available` alert when they fall so low."""

    waiting: Limit | None = None
    longest_wait_s: Limit | None = None
    expected_wait_s: Limit | None = None
    service_level: Limit | None = None
    abandonment: Limit | None = None
    occupancy: Limit | None = None
    available: Limit | None = None


class AlertRuleBody(Strict):
    """When the live board alerts for one queue; its id is the queue's. Version 0: the default."""

    limits: AlertLimits


class AlertRuleNew(AlertRuleBody):
    id: Slug


class AlertRuleChange(AlertRuleBody):
    version: Version


class AlertRule(AlertRuleChange):
    id: Slug
