"""A place in line and its clocks: the look at the queue, the longest wait, the moments more people are asked."""

from datetime import timedelta

from warmline.domain.contact.draft import Draft
from warmline.domain.contact.events import ContactQueued, SearchWidened, WaitPromised
from warmline.domain.contact.model import ContactStatus, QueueEntry
from warmline.domain.journey.interface import Wanted

NEWS = timedelta(minutes=1)  # an interval that ends about when the last one told did is the same promise


def wait(draft: Draft, entry: QueueEntry, why: str) -> None:
    """Stand in line as `entry` says; its age key is as old as it is."""
    draft.emit(ContactQueued(entry=entry, why=why))
    draft.set(
        status=ContactStatus.QUEUED,
        queue=entry,
        first_queued_at=draft.contact.first_queued_at or draft.now,
        wait_told_at=draft.now,
    )
    draft.wake("queue.watch", draft.policy.queue_watch_s)
    _arm_limit(draft, entry)
    _arm_widening(draft, entry, (draft.now - entry.entered_at).total_seconds())


def promise_wait(draft: Draft) -> None:
    """Note what the customer was told to expect, to be compared with what happens; the same again is no news."""
    contact, entry = draft.contact, draft.contact.queue
    if entry is None or contact.status is not ContactStatus.QUEUED:
        return
    wanted = Wanted(contact.locale, {need.skill: need.level for need in entry.skills})
    facts = draft.facts.queue(entry.queue_id, contact.id, wanted)
    if facts.told is None:
        return
    low_s, high_s = facts.told
    promised = (draft.now + timedelta(seconds=low_s), draft.now + timedelta(seconds=high_s))
    before = contact.wait_promised
    if before is not None and abs(promised[1] - before[1]) < NEWS and abs(promised[0] - before[0]) < NEWS:
        return
    draft.emit(WaitPromised(entry.queue_id, low_s, high_s, facts.position))
    draft.set(wait_promised=promised)


def widened(draft: Draft) -> None:
    """Say on the timeline that more people may be asked from now on; the router reads the clock itself."""
    contact = draft.contact
    entry = contact.queue
    if contact.status not in (ContactStatus.QUEUED, ContactStatus.OFFERED) or entry is None:
        return
    waited_s = (draft.now - entry.entered_at).total_seconds()
    due_s = (draft.before.timers["queue.ring"] - entry.entered_at).total_seconds()
    reached_s = max(waited_s, due_s)  # a timer may fire a little early
    overflows = False
    for step in draft.policy.queue(entry.queue_id).widenings:
        if due_s - 0.001 <= step.after_s <= reached_s + 0.001:
            draft.emit(SearchWidened(entry.queue_id, step.what, step.after_s, step.queue_id, step.teams))
            overflows = overflows or step.what == "overflow"
    if overflows and contact.status is ContactStatus.QUEUED:
        draft.say("contact.overflow")
        draft.set(wait_told_at=draft.now)
    _arm_widening(draft, entry, reached_s)


def _arm_widening(draft: Draft, entry: QueueEntry, reached_s: float) -> None:
    """Wake when more people may be asked next."""
    steps = draft.policy.queue(entry.queue_id).widenings
    ahead = [step.after_s for step in steps if step.after_s > reached_s + 0.001]
    if ahead:
        draft.wake_at("queue.ring", entry.entered_at + timedelta(seconds=min(ahead)))
    else:
        draft.unwake("queue.ring")


def _arm_limit(draft: Draft, entry: QueueEntry) -> None:
    limit_s = draft.policy.queue(entry.queue_id).max_wait_s
    if limit_s is None or draft.contact.max_waited or entry.only_agent_id is not None:
        draft.unwake("queue.max")
        return
    due_at = entry.entered_at + timedelta(seconds=limit_s)
    draft.wake_at("queue.max", max(due_at, draft.now + timedelta(seconds=1)))
