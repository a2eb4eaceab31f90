"""A tenant's settings as the contact machine reads them: one immutable snapshot."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from warmline.domain.contact.policy import ContactPolicy
from warmline.domain.experiment.assignment import Split
from warmline.domain.hours.calendar import Calendar
from warmline.domain.journey.document import Journey
from warmline.domain.routing.rules import QueueRules
from warmline.features.contacts.queue_policies import queue_policy
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
    calendar_id: str | None = None
    offer_s: int = 20
    wrap_up_optional: bool = False
    rules: QueueRules = QueueRules()


class Scope(Struct, frozen=True):
    """Whom an announcement is meant for; nothing of a kind means all of it."""

    queues: frozenset[str] = frozenset()
    journeys: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()


class AnnouncementSettings(Struct, frozen=True):
    """An announcement, when it is valid and for whom."""

    id: str
    slot: str
    texts: Mapping[str, str]
    starts_at: datetime
    ends_at: datetime
    spoken: Mapping[str, str] | None = None
    scope: Scope = Scope()

    def is_valid(self, now: datetime) -> bool:
        return self.starts_at <= now < self.ends_at


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
    person_after: Mapping[str, int] = {}  # by contact reason: not understood so often, a person helps
    splits: Mapping[str, Split] = {}  # journeys whose contacts are shared by two versions now

    def calendar_of(self, queue_id: str) -> Calendar | None:
        """Return the queue's own hours; None when it is always open."""
        queue = self.queues.get(queue_id)
        return None if queue is None or queue.calendar_id is None else self.calendars.get(queue.calendar_id)


def policies(settings: TenantSettings) -> dict[str | None, ContactPolicy]:
    """Return the policy of each queue, and under None that of contacts that have none."""
    queue_ids = frozenset(settings.queues)
    fallback = NAMED_FALLBACK if NAMED_FALLBACK in queue_ids else min(queue_ids, default=None)
    queues = {
        queue.id: queue_policy(queue.id, queue.rules, settings.calendar_of(queue.id), queue.offer_s)
        for queue in settings.queues.values()
    }
    bare = ContactPolicy(
        fallback_queue_id=fallback, queue_ids=queue_ids, languages=settings.languages, queues=queues,
        person_after=settings.person_after,
    )  # fmt: skip
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
            wrap_up_optional=queue.wrap_up_optional,
            queues=queues,
            person_after=settings.person_after,
        )
    return found
