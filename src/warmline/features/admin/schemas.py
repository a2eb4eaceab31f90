"""Queues, skills, routing profiles, announcements, macros and widgets, as the interface takes and gives them."""

import re
from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from warmline.features.admin.fields import (
    Channel,
    Names,
    Origin,
    Slug,
    Strict,
    Texts,
    Version,
    unique,
)
from warmline.features.admin.schemas_routing import Media, QueueService

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
KNOWN_PLACEHOLDER = re.compile(r"(customer\.name|agent\.name|contact\.[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*)")


class Disposition(Strict):
    """How a contact may have ended, for the agent to choose."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$", max_length=63)]
    name: Names


class QueueBody(Strict):
    """A line that customers wait in. Service level: `target_share` percent answered within `target_s`."""

    name: Names
    priority: Annotated[int, Field(ge=1, le=9, description="1 is most urgent")] = 5
    target_s: Annotated[int, Field(ge=1, le=86_400)] = 60
    target_share: Annotated[int, Field(ge=1, le=100)] = 80
    offer_s: Annotated[int, Field(ge=5, le=300, description="How long an agent may think about an offer")] = 20
    wrap_up_s: Annotated[int, Field(ge=-1, le=3600, description="0: none; -1: until done")] = 60
    wrap_up_optional: Annotated[bool, Field(description="The next contact may come during wrap-up")] = False
    max_waiting: Annotated[int, Field(ge=1, le=100_000)] = 500
    calendar_id: Slug | None = None
    survey_journey_id: Slug | None = None
    dispositions: Annotated[list[Disposition], Field(max_length=15)] = Field(default_factory=list)
    rules: QueueService = Field(default_factory=QueueService)

    @model_validator(mode="after")
    def _once(self) -> "QueueBody":
        unique([d.id for d in self.dispositions], "disposition")
        return self


class QueueNew(QueueBody):
    id: Slug


class QueueChange(QueueBody):
    version: Version


class Queue(QueueChange):
    id: Slug


class SkillBody(Strict):
    """Something an agent can be good at, in levels 1 to 5: a language, a product."""

    name: Names


class SkillNew(SkillBody):
    id: Slug


class SkillChange(SkillBody):
    version: Version


class Skill(SkillChange):
    id: Slug


class ProfileQueue(Strict):
    """A queue that agents of this profile serve, after `delay_s` of waiting."""

    queue_id: Slug
    priority: Annotated[int, Field(ge=1, le=9)] = 5
    delay_s: Annotated[int, Field(ge=0, le=3600)] = 0


class RoutingProfileBody(Strict):
    """Which queues agents serve, and how many contacts at once per channel."""

    name: Names
    capacity: Annotated[dict[Channel, Annotated[int, Field(ge=0, le=20)]], Field(min_length=1)]
    queues: Annotated[list[ProfileQueue], Field(max_length=200)]
    media: Media = Field(default_factory=Media)
    misses_allowed: Annotated[
        int, Field(ge=1, le=100, description="Offers unanswered in a row before somebody counts as away")
    ] = 3

    @model_validator(mode="after")
    def _once(self) -> "RoutingProfileBody":
        unique([q.queue_id for q in self.queues], "queue")
        return self


class RoutingProfileNew(RoutingProfileBody):
    id: Slug


class RoutingProfileChange(RoutingProfileBody):
    version: Version


class RoutingProfile(RoutingProfileChange):
    id: Slug


class MacroBody(Strict):
    """A prepared reply. Placeholders: {customer.name}, {agent.name}, {contact.…}."""

    shortcut: Annotated[str, Field(pattern=r"^[^\s/\x00]+$", min_length=1, max_length=32)]
    title: Names
    texts: Texts

    @model_validator(mode="after")
    def _placeholders(self) -> "MacroBody":
        for text in (self.texts.ko, self.texts.ja, self.texts.en):
            for name in PLACEHOLDER.findall(text):
                if not KNOWN_PLACEHOLDER.fullmatch(name):
                    raise ValueError(
                        f"{{{name}}} is not known; use {{customer.name}}, {{agent.name}}, {{contact.…}}"
                    )
        return self


class MacroNew(MacroBody):
    pass


class MacroChange(MacroBody):
    version: Version


class Macro(MacroChange):
    id: UUID


class WidgetBody(Strict):
    """A chat widget on the pages of `origins`, starting `journey_id`."""

    name: Names
    greeting: Texts
    colour: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")] = "#8a3b12"
    origins: Annotated[list[Origin], Field(min_length=1, max_length=50)]
    journey_id: Slug
    upload_max_bytes: Annotated[int, Field(ge=0, le=26_214_400)] = 10_485_760
    enabled: bool = True


class WidgetNew(WidgetBody):
    key: Slug


class WidgetChange(WidgetBody):
    version: Version


class Widget(WidgetChange):
    key: Slug
