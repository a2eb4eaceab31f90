"""A tenant's settings as the contact machine reads them: one immutable snapshot."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from warmline.domain.contact.policy import ContactPolicy
from warmline.domain.hours.calendar import Calendar
from warmline.domain.journey.document import Journey
from warmline.kernel.locale import Locale
from warmline.ports.chat import WidgetSettings

NAMED_FALLBACK = "general"


class QueueSettings(Struct, frozen=True):
    """A queue as administrators set it. `wrap_up_s`: 0 none, -1 until done; `dispositions`: ids of outcomes."""

    id: str
    name: Mapping[str, str]
    wrap_up_s: int
    max_waiting: int
    survey_journey_id: str | None = None
    dispositions: tuple[str, ...] = ()


class AnnouncementSettings(Struct, frozen=True):
    """An announcement and when it is valid."""

    id: str
    slot: str
    texts: Mapping[str, str]
    starts_at: datetime
    ends_at: datetime


class TenantSettings(Struct, frozen=True):
    """Everything of a tenant that a contact may depend on, at one moment."""

    tenant_id: str
    queues: Mapping[str, QueueSettings]
    calendars: Mapping[str, Calendar]
    announcements: tuple[AnnouncementSettings, ...]
    journeys: Mapping[tuple[str, int], Journey]
    published: Mapping[str, int]
    prompts: Mapping[Locale, Mapping[str, str]]
    widgets: Mapping[str, WidgetSettings]
    languages: frozenset[str] = frozenset()  # locales that somebody who works here speaks as a skill


def policies(settings: TenantSettings) -> dict[str | None, ContactPolicy]:
    """Return the policy of each queue, and under None that of contacts that have none."""
    queue_ids = frozenset(settings.queues)
    fallback = NAMED_FALLBACK if NAMED_FALLBACK in queue_ids else min(queue_ids, default=None)
    bare = ContactPolicy(fallback_queue_id=fallback, queue_ids=queue_ids, languages=settings.languages)
    found: dict[str | None, ContactPolicy] = {None: bare}
    for queue in settings.queues.values():
        survey = queue.survey_journey_id
        found[queue.id] = ContactPolicy(
            wrap_up_s=queue.wrap_up_s,
            survey_journey_id=survey,
            survey_version=None if survey is None else settings.published.get(survey),
            fallback_queue_id=fallback,
            queue_ids=queue_ids,
            dispositions=queue.dispositions,
            languages=settings.languages,
        )
    return found
