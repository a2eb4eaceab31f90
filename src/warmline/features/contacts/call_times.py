"""When a customer may choose to be called: the half hours in which their queue is open."""

from datetime import datetime

from warmline.domain.contact.model import Contact, ContactStatus
from warmline.domain.hours import calendar as hours
from warmline.domain.journey.call_times import half_hours
from warmline.features.contacts.facts import TenantFacts
from warmline.ports.chat import CallTimes

IN_LINE = frozenset({ContactStatus.QUEUED, ContactStatus.OFFERED})


def call_times(facts: TenantFacts, contact: Contact, now: datetime) -> CallTimes:
    """Return what this customer may choose from; nothing where they do not wait, or nobody calls back."""
    promised = contact.status is ContactStatus.CALLBACK and contact.callback is not None
    if contact.queue is None or not (promised or contact.status in IN_LINE):
        return CallTimes()
    policy = facts.policy(contact.queue.queue_id).queue(contact.queue.queue_id)
    if not (promised or policy.callback_offered):
        return CallTimes()
    calendar = policy.calendar

    def is_open(at: datetime) -> bool:
        return calendar is None or hours.state(calendar, at) == "open"

    return CallTimes(offered=True, starts=half_hours(is_open, now))
