"""From the rules a company sets for a queue to what the contact machine does with those who wait in it."""

from warmline.domain.contact.model import CallbackOrder
from warmline.domain.contact.policy import QueuePolicy, Widening
from warmline.domain.hours.calendar import Calendar
from warmline.domain.routing.rules import QueueRules


def queue_policy(queue_id: str, rules: QueueRules, calendar: Calendar | None, offer_s: float) -> QueuePolicy:
    """Return how this queue treats those who wait in it."""
    callback = rules.callback
    return QueuePolicy(
        calendar=calendar,
        offer_s=offer_s,
        max_wait_s=rules.max_wait_s,
        at_max_wait=rules.at_max_wait,
        leave_when_empty=rules.leave_when_empty,
        widenings=widenings(queue_id, rules),
        callback_offered=callback.offered,
        callback_after_s=callback.offer_after_s,
        callback_order=CallbackOrder(callback.order),
        callback_attempts=callback.attempts,
        callback_retry_s=callback.retry_s,
        callback_confirm_s=callback.confirm_s,
    )


def widenings(queue_id: str, rules: QueueRules) -> tuple[Widening, ...]:
    """Return the moments from which on more people may be asked, in their order."""
    steps = [
        Widening(ring.after_s, "ring", ring.queue_id if ring.queue_id != queue_id else None, ring.teams)
        for ring in rules.rings
    ]
    if rules.relax_skills_after_s is not None:
        steps.append(Widening(rules.relax_skills_after_s, "skills"))
    if rules.overflow_queue_id not in (None, queue_id):
        steps.append(Widening(rules.overflow_after_s, "overflow", rules.overflow_queue_id))
    return tuple(sorted(steps, key=lambda step: step.after_s))
