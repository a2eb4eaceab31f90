"""What a queue does about those who wait in it: too long, after everybody has gone home, or past closing time."""

import re
from datetime import timedelta

from warmline.domain.contact import callback, endings, journey_bridge
from warmline.domain.contact.commands import RequestCallback
from warmline.domain.contact.draft import Draft
from warmline.domain.contact.events import QueueDeserted, WaitLimitReached
from warmline.domain.contact.model import ContactStatus, DisconnectReason
from warmline.domain.contact.refusals import CALLBACK_NOT_OFFERED, NOT_QUEUED, NUMBER_UNFIT
from warmline.domain.hours import calendar as hours
from warmline.domain.journey.prompts import is_spoken
from warmline.kernel.errors import Refused

ACCEPT, DECLINE = "callback:accept", "callback:decline"
PHONE = "callback_phone"  # the journeys' variable
E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def limit_reached(draft: Draft) -> None:
    """Timer `queue.max`: the customer has waited as long as this queue lets anybody wait."""
    contact = draft.contact
    entry = contact.queue
    if contact.status is ContactStatus.OFFERED and contact.offer is not None:
        draft.wake_at("queue.max", contact.offer.expires_at)  # somebody may accept any second
        return
    if contact.status is not ContactStatus.QUEUED or entry is None:
        return
    policy = draft.policy.queue(entry.queue_id)
    waited_s = (draft.now - entry.entered_at).total_seconds()
    draft.emit(WaitLimitReached(entry.queue_id, round(waited_s, 1), policy.at_max_wait))
    draft.set(max_waited=True)
    if policy.at_max_wait == "stay":
        draft.say("contact.max_wait_stay")
        draft.set(wait_told_at=draft.now)
    else:
        _help_otherwise(draft, "contact.max_wait_message", by_call=policy.at_max_wait == "callback")


def look(draft: Draft) -> None:
    """Help a customer otherwise whom no journey informs, when nobody will come to this line any more."""
    contact = draft.contact
    entry = contact.queue
    if contact.status is not ContactStatus.QUEUED or entry is None or contact.journey is not None:
        return
    policy = draft.policy.queue(entry.queue_id)
    if draft.facts.queue(entry.queue_id, contact.id).staffed:
        return
    closed = policy.calendar is not None and hours.state(policy.calendar, draft.now) != "open"
    if not closed and not policy.leave_when_empty:
        return
    by_call = policy.callback_offered
    draft.emit(
        QueueDeserted(entry.queue_id, "closed" if closed else "nobody", "callback" if by_call else "message")
    )
    _help_otherwise(draft, "contact.queue_closed" if closed else "contact.nobody_left", by_call=by_call)


def offer_callback(draft: Draft) -> None:
    """Ask a waiting customer whom no journey informs, once, whether they would rather be called."""
    contact = draft.contact
    entry = contact.queue
    if contact.status is not ContactStatus.QUEUED or entry is None or contact.journey is not None:
        return
    policy = draft.policy.queue(entry.queue_id)
    waited = draft.now - entry.entered_at
    if contact.callback_offered or contact.callback is not None or not policy.callback_offered:
        return
    if not _can_be_reached(draft):
        return
    if waited >= timedelta(seconds=policy.callback_after_s):
        draft.say("contact.callback_offer", (ACCEPT, "contact.callback_yes"), (DECLINE, "contact.callback_no"))
        draft.set(callback_offered=True, wait_told_at=draft.now)


def answered_offer(draft: Draft, value: str | None) -> None:
    """The customer tapped an answer to `offer_callback`."""
    if draft.contact.journey is not None or draft.contact.status not in (
        ContactStatus.QUEUED,
        ContactStatus.OFFERED,
    ):
        return
    if value == ACCEPT:
        requested(draft, RequestCallback())
    elif value == DECLINE:
        draft.say("contact.callback_declined")


def requested(draft: Draft, command: RequestCallback) -> None:
    """Turn a place in line into a promised call. Raises Refused where the queue does not call back."""
    contact = draft.contact
    entry = contact.queue
    if entry is None:
        raise Refused(NOT_QUEUED)
    not_before, not_after, zone = command.not_before, command.not_after, command.time_zone
    if contact.callback is not None:
        callback.move(draft, not_before=not_before, not_after=not_after, time_zone=zone)
        return
    if not draft.policy.queue(entry.queue_id).callback_offered:
        raise Refused(CALLBACK_NOT_OFFERED)
    if command.phone is None and not _can_be_reached(draft):
        raise Refused(NUMBER_UNFIT)
    callback.check_window(draft, entry.queue_id, not_before, not_after, zone)
    phone = command.phone or known_phone(draft)
    journey_bridge.drop(draft)
    callback.promise(draft, entry.queue_id, phone, not_before=not_before, not_after=not_after, time_zone=zone)
    callback.confirm(draft)


def known_phone(draft: Draft) -> str | None:
    """Return the number the customer gave the journey to be called at; else the one a caller calls from."""
    contact = draft.contact
    journey = contact.journey
    for frame in reversed(journey.frames if journey is not None else ()):
        phone = frame.variables.get(PHONE)
        if isinstance(phone, str) and phone:
            return phone
    if not is_spoken(contact.channel):
        return None
    number = contact.call.number if contact.call is not None else None
    number = number or contact.attributes.get("from", "")
    return number if E164.fullmatch(number) else None


def _can_be_reached(draft: Draft) -> bool:
    """Tell whether a promise can be kept: in writing there is the conversation, a caller needs a number."""
    return not is_spoken(draft.contact.channel) or known_phone(draft) is not None


def _help_otherwise(draft: Draft, words: str, *, by_call: bool) -> None:
    entry = draft.contact.queue
    phone = known_phone(draft)
    by_call = by_call and _can_be_reached(draft)
    journey_bridge.drop(draft)
    if by_call and entry is not None:
        callback.promise(draft, entry.queue_id, phone, by="system")
        callback.confirm(draft)
        return
    draft.unwake("queue")
    draft.say(words)
    endings.end(draft, DisconnectReason.MESSAGE_TAKEN, "system")
