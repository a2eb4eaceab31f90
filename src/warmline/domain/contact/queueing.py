"""Waiting for a person: into the line, out of it, and the watch that keeps a waiting contact alive."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from msgspec.structs import replace

from warmline.domain.contact import announcements, callback, place
from warmline.domain.contact.draft import Draft
from warmline.domain.contact.endings import withdraw_offer
from warmline.domain.contact.events import QueueLeft
from warmline.domain.contact.model import ContactStatus, QueueEntry, SkillNeed
from warmline.domain.contact.policy import ContactPolicy
from warmline.domain.contact.refusals import NO_SUCH_QUEUE
from warmline.kernel.errors import Refused
from warmline.kernel.locale import LOCALES, Locale


def known_queue(draft: Draft, queue_id: str) -> str:
    """Return `queue_id`. Raises Refused when the tenant has no such queue."""
    if draft.policy.queue_ids and queue_id not in draft.policy.queue_ids:
        raise Refused(NO_SUCH_QUEUE, queue_id=queue_id)
    return queue_id


def enter(
    draft: Draft,
    queue_id: str,
    why: str,
    *,
    priority: int | None = None,
    skills: tuple[SkillNeed, ...] | None = None,
    prefer_last: bool = False,
    only_agent_id: UUID | None = None,
    passed_on_by: UUID | None = None,
) -> None:
    """Put the contact in line. Its age is that of its first entry, whatever happened since.

    `passed_on_by`, the agent it was just with, is left out for a while, unless it is meant for exactly them.
    """
    contact = draft.contact
    withdraw_offer(draft, "withdrawn")
    before = contact.queue
    same = before is not None and before.queue_id == queue_id
    entry = QueueEntry(
        queue_id=queue_id,
        entered_at=contact.first_queued_at or draft.now,
        priority=priority if priority is not None else before.priority if before is not None else 5,
        skills=_with_language(
            draft, skills if skills is not None else before.skills if before is not None and same else ()
        ),
        only_agent_id=only_agent_id,
    )
    if passed_on_by not in (None, only_agent_id):
        alone_s = 0 if only_agent_id is None else draft.policy.only_agent_s
        until = draft.now + timedelta(seconds=alone_s + draft.policy.passed_on_s)
        entry = replace(entry, passed_on_by=passed_on_by, passed_on_until=until)
    if prefer_last and only_agent_id is None:
        entry = _preferring_last(draft, entry)
    _wait(draft, entry, why)
    announcements.tell(draft)
    if only_agent_id is not None and draft.contact.status is ContactStatus.QUEUED:
        draft.wake("queue.only", draft.policy.only_agent_s)


def _with_language(draft: Draft, skills: tuple[SkillNeed, ...]) -> tuple[SkillNeed, ...]:
    """Ask for somebody who speaks the customer's language, if the tenant has such a person at all."""
    return needed(draft.policy, draft.contact.locale, {need.skill: need.level for need in skills})


def needed(policy: ContactPolicy, locale: Locale, skills: Mapping[str, int]) -> tuple[SkillNeed, ...]:
    """Return what a contact in `locale` asks for: these skills, and the language if anybody speaks it."""
    others = tuple(SkillNeed(skill, level) for skill, level in sorted(skills.items()) if skill not in LOCALES)
    return (*others, SkillNeed(locale, policy.language_level)) if locale in policy.languages else others


def put_back(draft: Draft, why: str) -> None:
    """Return an offered contact to its line after the offer ended; a preference or exclusivity has been used."""
    entry = draft.contact.queue
    if entry is None:
        raise ValueError("An offered contact has no place in line.")
    draft.unwake("queue.only")
    _wait(draft, replace(entry, preferred_agent_id=None, preferred_until=None, only_agent_id=None), why)


def widen(draft: Draft) -> None:
    """Let the whole queue have a contact that one agent did not take in time."""
    entry, status = draft.contact.queue, draft.contact.status
    if entry is None or entry.only_agent_id is None:
        return
    if status is ContactStatus.QUEUED:
        put_back(draft, "widened")
    elif status is ContactStatus.CALLBACK and draft.contact.callback is not None:
        callback.widen(draft)


def leave(draft: Draft) -> None:
    """The journey goes on without a person; the age in line is remembered."""
    withdraw_offer(draft, "withdrawn")
    draft.unwake("queue")
    if draft.contact.queue is not None:
        draft.emit(QueueLeft(draft.contact.queue.queue_id))
    draft.set(status=ContactStatus.JOURNEY, wait_told_at=None)


def watch(draft: Draft) -> None:
    """Look at the queue once more, tell a customer whom no journey informs, and arm the next look."""
    contact = draft.contact
    entry = contact.queue
    if contact.status is not ContactStatus.QUEUED or entry is None:
        return
    draft.wake("queue.watch", draft.policy.queue_watch_s)
    told_at = contact.wait_told_at or entry.entered_at
    if contact.journey is not None or draft.now - told_at < timedelta(seconds=draft.policy.wait_message_s):
        return
    staffed = draft.facts.queue(entry.queue_id, contact.id).staffed
    draft.say("contact.still_waiting" if staffed else "contact.nobody_staffed")
    draft.set(wait_told_at=draft.now)


def _wait(draft: Draft, entry: QueueEntry, why: str) -> None:
    """Wait with the page open, or, while a call is promised, wait for that."""
    promised = draft.contact.callback
    if promised is None or promised.confirmed:
        place.wait(draft, entry, why)
    else:
        callback.back_in_line(draft, entry, why)


def _preferring_last(draft: Draft, entry: QueueEntry) -> QueueEntry:
    contact, policy = draft.contact, draft.policy
    if contact.last_agent_id is None or contact.last_agent_at is None:
        return entry
    if draft.now - contact.last_agent_at > timedelta(seconds=policy.preferred_within_s):
        return entry
    until = draft.now + timedelta(seconds=policy.preferred_s)
    return replace(entry, preferred_agent_id=contact.last_agent_id, preferred_until=until)
