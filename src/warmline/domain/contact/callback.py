"""A promised call: the customer keeps the place in line and is called when their turn has come.

While it is open the contact has status `callback`, or is in an agent's hands. In stage `line` it competes in its
queue like everybody else; `later` and `asking` end with timer `callback`. It ends reached, cancelled, or after as
many attempts as the queue has, and always with words.
"""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec.structs import replace

from warmline.domain.contact import endings, place
from warmline.domain.contact.draft import Draft
from warmline.domain.contact.events import CallbackMoved, CallbackPromised, CallbackTried
from warmline.domain.contact.model import (
    Callback,
    CallbackOrder,
    CallbackStage,
    Contact,
    ContactStatus,
    DisconnectReason,
    QueueEntry,
)
from warmline.domain.contact.policy import QueuePolicy
from warmline.domain.contact.refusals import CALLBACK_WINDOW, NO_CALLBACK
from warmline.domain.hours import calendar as hours
from warmline.kernel.errors import Refused

PROMISE_TIMEOUT_S = 10.0
LOOK_AGAIN_S = 900.0  # how often a callback in line looks whether its queue is still open
ABOUT = timedelta(minutes=5)  # a call around a time is kept while it is no later than this
FURTHEST = timedelta(days=30)  # how far ahead a window may lie
CANCEL, HERE, LATER = "callback:cancel", "callback:here", "callback:later"
CANCEL_CHOICE = (CANCEL, "contact.callback_cancel")


def promise(
    draft: Draft,
    queue_id: str,
    phone: str | None,
    *,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    time_zone: str | None = None,
    by: str = "customer",
) -> None:
    """Promise a call out of `queue_id`, at the place the customer has there or takes now."""
    contact, policy = draft.contact, draft.policy.queue(queue_id)
    endings.withdraw_offer(draft, "withdrawn")
    draft.unwake("queue")
    before = contact.queue
    entered_at = contact.first_queued_at or draft.now
    if before is not None and before.queue_id == queue_id:
        entry = replace(before, preferred_agent_id=None, preferred_until=None)
    else:
        entry = QueueEntry(queue_id, entered_at, priority=before.priority if before is not None else 5)
    callback = Callback(
        stage=CallbackStage.LINE,
        due_at=_expected_at(draft, queue_id),
        promised_at=draft.now,
        order=policy.callback_order,
        phone=phone,
        not_before=not_before,
        not_after=not_after,
        time_zone=time_zone,
    )
    stage, due_at, look_at = _where(callback, policy, draft.now)
    callback = replace(callback, stage=stage, due_at=due_at, told_at=due_at)
    kind = "message" if phone is None else "phone"
    draft.emit(CallbackPromised(queue_id, due_at, kind, entry, stage, not_before, not_after, by))
    draft.set(
        status=ContactStatus.CALLBACK,
        queue=entry,
        callback=callback,
        first_queued_at=entered_at,
        wait_told_at=None,
    )
    draft.wake_at("callback", _look_at(callback, look_at, draft.now))
    _keep_for_one(draft, entry, stage)
    draft.system_task(
        "callbacks.promise",
        {
            "queue_id": queue_id,
            "phone": phone or "",
            "queued_at": entry.entered_at.isoformat(),
            "due_at": due_at.isoformat(),
        },
        PROMISE_TIMEOUT_S,
    )


def confirm(draft: Draft, words: str = "contact.callback_promised") -> None:
    """Tell the customer what was promised, in these words if they are called, and how to take it back."""
    by_message = draft.contact.callback is not None and draft.contact.callback.phone is None
    _say(draft, "contact.callback_promised_here" if by_message else words, CANCEL_CHOICE)


def check_window(
    draft: Draft,
    queue_id: str,
    not_before: datetime | None,
    not_after: datetime | None,
    time_zone: str | None,
) -> None:
    """Raise Refused for a window that is over, upside down, too far ahead or outside the queue's hours."""
    now, start = draft.now, max(not_before or draft.now, draft.now)
    why = None
    if time_zone is not None and not _is_zone(time_zone):
        why = "the time zone is not known"
    elif any(at is not None and abs(at.year - now.year) > 1 for at in (not_before, not_after)):
        why = "it is not within 30 days"  # years that no other zone and no table can hold are among these
    elif not_after is not None and not_after <= start:
        why = "it ends before it begins, or is over"
    elif max(start, not_after or start) > now + FURTHEST:
        why = "it is more than 30 days ahead"
    else:
        opens_at = _opens(draft.policy.queue(queue_id), start)
        if opens_at is None or (not_after is not None and opens_at >= not_after):
            why = "nobody is there in that time"
    if why is not None:
        raise Refused(CALLBACK_WINDOW, reason=why)


def is_open(policy: QueuePolicy, at: datetime) -> bool:
    """Whether somebody may be in the queue at this moment, as its calendar says."""
    return policy.calendar is None or hours.state(policy.calendar, at) == "open"


def move(
    draft: Draft,
    *,
    not_before: datetime | None,
    not_after: datetime | None,
    time_zone: str | None = None,
    by_agent_id: UUID | None = None,
) -> None:
    """Give an open callback another window and tell the customer."""
    callback, entry = _open(draft.contact)
    check_window(draft, entry.queue_id, not_before, not_after, time_zone)
    changed = replace(
        callback,
        due_at=_expected_at(draft, entry.queue_id),
        not_before=not_before,
        not_after=not_after,
        time_zone=time_zone or callback.time_zone,
        confirmed=False,
    )
    _go(draft, _told_anew(changed), entry, "rescheduled", by_agent_id)
    _say(draft, "contact.callback_moved", CANCEL_CHOICE)


def due(draft: Draft) -> None:
    """Timer `callback`: the queue opened or closed, the window began, or the customer did not answer."""
    contact = draft.contact
    if contact.status is not ContactStatus.CALLBACK or contact.callback is None or contact.queue is None:
        return
    callback, policy = contact.callback, draft.policy.queue(contact.queue.queue_id)
    if callback.stage is CallbackStage.ASKING:
        tried(draft, "no_answer", None)
        return
    if not callback.apologised and _late_at(callback) <= draft.now:
        _admit_late(draft, callback, contact.queue)
        return
    stage, due_at, look_at = _where(callback, policy, draft.now)
    if stage is callback.stage:
        draft.wake_at("callback", _look_at(callback, look_at, draft.now))
        return
    told = due_at > callback.due_at and stage is CallbackStage.LATER
    if told and not callback.apologised:
        callback = _told_anew(callback)
    _go(draft, callback, contact.queue, "hours" if stage is CallbackStage.LATER else "turn")
    if told:
        _say(draft, "contact.callback_moved", CANCEL_CHOICE)


def _admit_late(draft: Draft, callback: Callback, entry: QueueEntry) -> None:
    """Say, once, that the promised time has passed, and until when the call is expected; anybody may make it.

    What was promised stays what the call is late against.
    """
    callback = replace(
        callback,
        due_at=_expected_at(draft, entry.queue_id),
        told_at=callback.not_after or callback.told_at or callback.due_at,
        not_before=None,
        not_after=None,
        apologised=True,
    )
    _go(draft, callback, _open_to_all(entry), "window")
    _say(draft, "contact.callback_late", CANCEL_CHOICE)


def back_in_line(draft: Draft, entry: QueueEntry, why: str) -> None:
    """An open callback is in nobody's hands any more: it competes again, or goes on waiting for its time."""
    if draft.contact.callback is None:
        raise ValueError("There is no open callback.")
    _go(draft, draft.contact.callback, entry, why)


def widen(draft: Draft) -> None:
    """The agent whom the call was given to did not take it in time: whoever the queue has may."""
    callback, entry = _open(draft.contact)
    entry = _open_to_all(entry)
    draft.emit(CallbackMoved(callback.stage, callback.due_at, "widened", entry))
    draft.set(queue=entry)


def ask(draft: Draft) -> None:
    """The turn has come and the customer is looked for first: ask whether they are there."""
    callback, entry = _open(draft.contact)
    confirm_s = draft.policy.queue(entry.queue_id).callback_confirm_s
    until = draft.now + timedelta(seconds=confirm_s)
    draft.emit(CallbackMoved(CallbackStage.ASKING, until, "turn", entry))
    draft.set(callback=replace(callback, stage=CallbackStage.ASKING, due_at=until))
    draft.wake_at("callback", until)
    _say(
        draft,
        "contact.callback_ask",
        (HERE, "contact.callback_here"),
        (LATER, "contact.callback_later"),
        CANCEL_CHOICE,
    )


def heard(draft: Draft, value: str | None) -> None:
    """The customer wrote while a call is promised: take it back, put it off, or be there."""
    callback, entry = _open(draft.contact)
    if value == CANCEL:
        cancel(draft, None)
    elif callback.stage is not CallbackStage.ASKING:
        by_message = callback.phone is None
        _say(draft, "contact.callback_waiting_here" if by_message else "contact.callback_waiting", CANCEL_CHOICE)
    elif value == LATER:
        retry_at = draft.now + timedelta(seconds=draft.policy.queue(entry.queue_id).callback_retry_s)
        put_off = _told_anew(replace(callback, not_before=retry_at, not_after=None))
        _go(draft, put_off, entry, "put_off")
        _say(draft, "contact.callback_moved", CANCEL_CHOICE)
    else:
        draft.unwake("callback")
        draft.set(callback=replace(callback, stage=CallbackStage.LINE, confirmed=True))
        place.wait(draft, entry, "callback_confirmed")
        draft.say("contact.callback_confirmed")


def tried(draft: Draft, outcome: str, agent_id: UUID | None) -> None:
    """Note an attempt. Not reached: try again later, or give up with an explanation; the place is kept."""
    contact = draft.contact
    callback, entry = _open(contact)
    policy = draft.policy.queue(entry.queue_id)
    callback = replace(callback, attempts=callback.attempts + 1, confirmed=False)
    draft.emit(CallbackTried(callback.attempts, outcome, agent_id))
    draft.set(callback=callback)
    if outcome == "reached":
        endings.close_callback(draft, outcome, agent_id)
        return
    over = outcome == "wrong_number" or callback.attempts >= policy.callback_attempts
    if not over:
        endings.release_agent(draft, "callback")
        retry_at = draft.now + timedelta(seconds=policy.callback_retry_s)
        again = _told_anew(replace(callback, not_before=retry_at, not_after=None))
        _go(draft, again, _open_to_all(entry), "retry")
        _say(draft, "contact.callback_retry", CANCEL_CHOICE)
        return
    endings.close_callback(draft, outcome, agent_id)
    draft.say("contact.callback_wrong_number" if outcome == "wrong_number" else "contact.callback_unreached")
    endings.end(draft, DisconnectReason.CALLBACK_UNREACHED, "system" if agent_id is None else "agent")


def cancel(draft: Draft, by_agent_id: UUID | None, reason: str | None = None) -> None:
    """Nobody calls: the customer said so, or a supervisor did and the customer is told."""
    _open(draft.contact)
    endings.withdraw_offer(draft, "withdrawn")
    endings.close_callback(draft, "cancelled", by_agent_id, reason)
    if by_agent_id is None:
        draft.say("contact.callback_cancelled")
        endings.end(draft, DisconnectReason.CUSTOMER_LEFT, "customer")
    else:
        draft.say("contact.callback_called_off")
        endings.end(draft, DisconnectReason.MESSAGE_TAKEN, "system")


def duplicate(draft: Draft) -> None:
    """The customer has an open callback of this queue already: that one stays, this contact ends explained.

    Also when it rings or the customer is back in line. A conversation an agent has begun goes on; only its call
    is not owed any more.
    """
    if draft.contact.callback is None:
        return
    endings.withdraw_offer(draft, "withdrawn")
    endings.close_callback(draft, "duplicate")
    draft.say("contact.callback_already")
    if draft.contact.status is not ContactStatus.CONNECTED:
        endings.end(draft, DisconnectReason.CALLBACK_PROMISED, "system")


def _go(draft: Draft, callback: Callback, entry: QueueEntry, why: str, by_agent_id: UUID | None = None) -> None:
    """Put the callback where its times lead it; an agent it rings at is asked again when its turn comes."""
    endings.withdraw_offer(draft, "withdrawn")
    entry = replace(entry, preferred_agent_id=None, preferred_until=None)
    stage, due_at, look_at = _where(callback, draft.policy.queue(entry.queue_id), draft.now)
    draft.emit(CallbackMoved(stage, due_at, why, entry, by_agent_id))
    draft.unwake("queue")
    callback = replace(callback, stage=stage, due_at=due_at, told_at=callback.told_at or due_at)
    draft.set(status=ContactStatus.CALLBACK, queue=entry, callback=callback)
    draft.wake_at("callback", _look_at(callback, look_at, draft.now))
    _keep_for_one(draft, entry, stage)


def _keep_for_one(draft: Draft, entry: QueueEntry, stage: CallbackStage) -> None:
    """Start the while for which the call is one agent's alone; before its turn may come it would pass unused."""
    if entry.only_agent_id is not None and stage is CallbackStage.LINE:
        draft.wake("queue.only", draft.policy.only_agent_s)


def _expected_at(draft: Draft, queue_id: str) -> datetime:
    """Return when the turn should have come: rather beaten than broken."""
    most_s = draft.facts.queue(queue_id, draft.contact.id).most_s
    return draft.now + timedelta(seconds=most_s or draft.policy.callback_s)


def _where(callback: Callback, policy: QueuePolicy, now: datetime) -> tuple[CallbackStage, datetime, datetime]:
    """Return the stage, when the customer may expect the call, and when to look again."""
    start = max(now, callback.not_before or now)
    opens_at = _opens(policy, start)
    if opens_at is None:
        opens_at = now + timedelta(seconds=LOOK_AGAIN_S)  # an emergency: nobody knows until when
    if opens_at > now:
        return CallbackStage.LATER, max(opens_at, callback.due_at), opens_at
    look_at = now + timedelta(seconds=LOOK_AGAIN_S)
    if policy.calendar is not None and hours.state(policy.calendar, look_at) != "open":
        closes_at = hours.next_change(policy.calendar, now)  # near, so it is found soon
        if closes_at is not None:
            look_at = min(look_at, closes_at)
    return CallbackStage.LINE, max(callback.due_at, now), look_at


def _told_anew(callback: Callback) -> Callback:
    """Return the callback for which the customer is about to be told another time."""
    return replace(callback, told_at=None, apologised=False)


def _late_at(callback: Callback) -> datetime:
    """Return when what was promised is broken: at the end of a window, a little after "around" a time."""
    return callback.not_after or (callback.told_at or callback.due_at) + ABOUT


def _look_at(callback: Callback, look_at: datetime, now: datetime) -> datetime:
    """Return when to look again, also for a promise that breaks before."""
    return look_at if callback.apologised else min(look_at, max(_late_at(callback), now))


def _opens(policy: QueuePolicy, start: datetime) -> datetime | None:
    """Return the first moment from `start` on at which the queue is open; None when nobody can say."""
    if policy.calendar is None or is_open(policy, start):
        return start
    return hours.next_opening(policy.calendar, start)


def _open(contact: Contact) -> tuple[Callback, QueueEntry]:
    if contact.callback is None or contact.queue is None:
        raise Refused(NO_CALLBACK)
    return contact.callback, contact.queue


def _open_to_all(entry: QueueEntry) -> QueueEntry:
    return replace(entry, preferred_agent_id=None, preferred_until=None, only_agent_id=None)


def _say(draft: Draft, key: str, *choices: tuple[str, str]) -> None:
    callback = draft.contact.callback
    if callback is None or draft.contact.queue is None:
        return
    calendar = draft.policy.queue(draft.contact.queue.queue_id).calendar
    zone = callback.time_zone or (calendar.time_zone if calendar is not None else None)
    draft.say(key, *choices, at=callback.due_at, zone=zone)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def looks_for_customer_first(contact: Contact) -> bool:
    """Whether the customer must say that they are there before an agent is asked."""
    callback = contact.callback
    return callback is not None and callback.order is CallbackOrder.CUSTOMER_FIRST and not callback.confirmed
