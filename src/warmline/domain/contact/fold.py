"""The contact told by its events alone; a test compares it with the stored state after every step."""

from collections.abc import Iterable
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from warmline.domain.contact import events as e
from warmline.domain.contact import events_voice as v
from warmline.domain.contact.call import CallState, after
from warmline.domain.contact.model import (
    CallbackStage,
    Contact,
    ContactStatus,
    DisconnectReason,
    Offer,
    QueueEntry,
)
from warmline.kernel.locale import Locale


class Folded(Struct, frozen=True):
    """Everything about a contact that its events determine."""

    status: ContactStatus = ContactStatus.JOURNEY
    customer_id: UUID | None = None
    locale: Locale = "en"
    queue: QueueEntry | None = None
    offer: Offer | None = None
    agent_id: UUID | None = None
    on_hold: bool = False
    wrapping_agent_id: UUID | None = None
    assurance: int = 0
    intent: str | None = None
    transfers: int = 0
    misses: int = 0
    csat: int | None = None
    disposition: str | None = None
    disconnect_reason: DisconnectReason | None = None
    customer_present: bool = True
    tasks: frozenset[str] = frozenset()
    connected: bool = False
    callback: CallbackStage | None = None  # where a promised call stood last; None: nothing is owed
    call: CallState | None = None  # without the moment it was answered, which its events do not tell
    attempts: int = 0  # to reach the customer of the open callback


def fold(events: Iterable[e.AnyEvent], start: Folded | None = None) -> Folded:
    """Return the state that `events` tell of, from the opening or from `start`."""
    state = Folded() if start is None else start
    for event in events:
        state = _step(state, event)
    return state


def seen(contact: Contact) -> Folded:
    """Return the same picture of a stored contact, for comparison."""
    wrap_up = contact.wrap_up
    return Folded(
        status=contact.status,
        customer_id=contact.customer_id,
        locale=contact.locale,
        queue=contact.queue,
        offer=contact.offer,
        agent_id=contact.agent_id,
        on_hold=contact.on_hold_since is not None,
        wrapping_agent_id=wrap_up.agent_id if wrap_up is not None else None,
        assurance=contact.assurance,
        intent=contact.intent,
        transfers=contact.transfers,
        misses=contact.misses,
        csat=contact.csat,
        disposition=contact.disposition,
        disconnect_reason=contact.disconnect_reason if contact.status is ContactStatus.ENDED else None,
        customer_present=contact.customer_present,
        tasks=frozenset(contact.tasks),
        connected=contact.connected_at is not None,
        callback=contact.callback.stage if contact.callback is not None else None,
        call=replace(contact.call, answered_at=None) if contact.call is not None else None,
        attempts=contact.callback.attempts if contact.callback is not None else 0,
    )


def _step(s: Folded, event: e.AnyEvent) -> Folded:
    match event:
        case e.ContactOpened():
            return replace(s, customer_id=event.customer_id, locale=event.locale)
        case e.LocaleChanged():
            return replace(s, locale=event.locale)
        case e.ReasonRecognised():
            return replace(s, intent=event.intent)
        case e.TaskStarted():
            return replace(s, tasks=s.tasks | {event.task_id})
        case e.TaskEnded():
            return replace(s, tasks=s.tasks - {event.task_id})
        case e.IdentityVerified():
            return replace(
                s,
                assurance=max(s.assurance, event.level),
                customer_id=event.customer_id or s.customer_id,
            )
        case e.CustomerPresence():
            return replace(s, customer_present=event.present)
        case e.SurveyAnswered():
            return replace(s, csat=event.score if event.metric == "csat" else s.csat)
        case v.CallStarted() | v.CallAnswered() | v.CallFailed() | v.CallEnded():
            return replace(s, call=after(s.call, event))
        case v.PartyJoined() | v.PartyLeft() | v.SecureInputStarted() | v.SecureInputEnded():
            return replace(s, call=after(s.call, event))
        case v.RecordingStarted() | v.RecordingPaused() | v.RecordingResumed() | v.RecordingEnded():
            return replace(s, call=after(s.call, event))
        case e.ContactWrappedUp():
            return replace(s, wrapping_agent_id=None, disposition=event.disposition or s.disposition)
        case _:
            return _move(s, event)


def _move(s: Folded, event: e.AnyEvent) -> Folded:
    """The events that move the contact from state to state."""
    match event:
        case e.ContactQueued():
            confirmed = CallbackStage.LINE if event.why == "callback_confirmed" else s.callback
            return replace(s, status=ContactStatus.QUEUED, queue=event.entry, callback=confirmed)
        case e.ContactOffered():
            return replace(s, status=ContactStatus.OFFERED, offer=event.offer)
        case e.OfferPassed():
            return replace(s, offer=event.offer)
        case e.OfferEnded():
            missed = event.outcome in ("declined", "expired")
            return replace(s, offer=None, misses=s.misses + missed)
        case e.AgentJoined():
            return replace(s, status=ContactStatus.CONNECTED, agent_id=event.agent_id, connected=True)
        case e.AgentLeft():
            ended = event.why == "ended"
            return replace(
                s,
                agent_id=None,
                on_hold=False,
                status=ContactStatus.SURVEY if ended else s.status,
                wrapping_agent_id=event.agent_id if ended else s.wrapping_agent_id,
                transfers=s.transfers + (event.why in ("transferred", "reassigned")),
            )
        case e.CustomerHeld():
            return replace(s, on_hold=True)
        case e.CustomerResumed():
            return replace(s, on_hold=False)
        case e.ContactEnded():
            return replace(s, status=ContactStatus.ENDED, disconnect_reason=event.reason)
        case e.QueueLeft():
            return replace(s, status=ContactStatus.JOURNEY)
        case e.CallbackPromised():
            entry = event.entry or s.queue
            return replace(s, status=ContactStatus.CALLBACK, queue=entry, callback=event.stage, attempts=0)
        case e.CallbackMoved():
            return replace(s, status=ContactStatus.CALLBACK, queue=event.entry, callback=event.stage)
        case e.CallbackTried():
            return replace(s, attempts=event.attempt)
        case e.CallbackClosed():
            return replace(s, callback=None, attempts=0)
        case _:
            return s
