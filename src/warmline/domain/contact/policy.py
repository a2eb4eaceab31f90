"""How long things may take and what follows them: the settings a contact lives under, per queue."""

from collections.abc import Mapping

from msgspec import Struct

from warmline.domain.contact.model import CallbackOrder
from warmline.domain.hours.calendar import Calendar


class Widening(Struct, frozen=True):
    """From `after_s` of waiting on more people may be asked. `what`: ring, skills or overflow."""

    after_s: float
    what: str
    queue_id: str | None = None
    teams: tuple[str, ...] = ()


class QueuePolicy(Struct, frozen=True):
    """How one queue treats those who wait in it; the defaults are those of a plain queue."""

    calendar: Calendar | None = None  # its own hours; None: always open
    offer_s: float = 20
    max_wait_s: float | None = None
    at_max_wait: str = "stay"  # callback, message or stay
    leave_when_empty: bool = False
    widenings: tuple[Widening, ...] = ()  # in the order of `after_s`
    callback_offered: bool = False
    callback_after_s: float = 60
    callback_order: CallbackOrder = CallbackOrder.AGENT_FIRST
    callback_attempts: int = 3
    callback_retry_s: float = 600
    callback_confirm_s: float = 120


PLAIN_QUEUE = QueuePolicy()


class ContactPolicy(Struct, frozen=True):
    """The rules of one contact; taken from its queue where it has one, from the tenant otherwise."""

    wrap_up_s: int = 60  # 0: none, -1: until the agent is done
    idle_s: float = 300  # customer gone during self-service or survey
    queue_idle_s: float = 600  # customer gone while waiting: so long the place is kept
    queue_watch_s: float = 60  # how often a waiting contact looks at its queue by itself
    journey_watch_s: float = 600  # net under a journey that forgot to set a timer
    wait_message_s: float = 300  # how often a waiting customer without a journey hears from us
    only_agent_s: float = 60  # a transfer to one agent widens to the queue after this
    passed_on_s: float = 60  # so long an agent is not asked again for a customer they passed on
    preferred_s: float = 30  # how long the last agent is preferred
    preferred_within_s: float = 86_400  # how recent "last" is
    callback_s: float = 3_600  # a callback is promised within this when no estimate is known
    survey_journey_id: str | None = None
    survey_version: int | None = None
    fallback_queue_id: str | None = None  # where a contact goes that would otherwise be stuck
    queue_ids: frozenset[str] = frozenset()  # every queue of the tenant
    dispositions: tuple[str, ...] = ()  # outcomes to choose from when wrapping up; none: any
    languages: frozenset[str] = frozenset()  # locales somebody of the tenant speaks as a skill
    language_level: int = 2  # how well a customer's language must be spoken
    wrap_up_optional: bool = False  # the agent may be offered the next contact meanwhile
    queues: Mapping[str, QueuePolicy] = {}
    person_after: Mapping[str, int] = {}  # by contact reason: not understood so often, a person helps

    def queue(self, queue_id: str) -> QueuePolicy:
        """Return how this queue treats those who wait in it."""
        return self.queues.get(queue_id, PLAIN_QUEUE)
