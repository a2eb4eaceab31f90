"""What of a contact's story its customer sees, field by field; everything else stays inside."""

from warmline.domain.contact import events as e
from warmline.domain.contact import events_voice as v
from warmline.domain.contact.events import AnyEvent
from warmline.kernel.locale import Locale

# Turns in line that happen behind the scenes: for the customer the wait simply goes on.
SILENT_QUEUEINGS = frozenset({"declined", "missed", "withdrawn", "widened"})

View = dict[str, object]


def customer_view(event: AnyEvent) -> View | None:
    """Return the event as the widget gets it, or None when it is not the customer's to see."""
    if not event.visible:
        return None
    match event:
        case e.MessageSent():
            return _message(event)
        case e.ContactQueued():
            return None if event.why in SILENT_QUEUEINGS else {"kind": "contact_queued", "why": event.why}
        case e.ContactOpened():
            continues = None if event.continues is None else str(event.continues)
            return {"kind": "contact_opened", "locale": event.locale, "continues": continues}
        case e.LocaleChanged():
            return {"kind": "locale_changed", "locale": event.locale}
        case e.IdentityVerified():
            return {"kind": "identity_verified"}
        case e.AgentJoined():
            return {"kind": "agent_joined", "agent_name": event.agent_name}
        case e.AgentLeft():
            return {"kind": "agent_left", "why": event.why}
        case e.CustomerHeld():
            return {"kind": "customer_held"}
        case e.CustomerResumed():
            return {"kind": "customer_resumed"}
        case e.CallbackPromised():
            return {"kind": "callback_promised", "due_at": event.due_at, "address_kind": event.address_kind}
        case e.CallbackMoved():
            silent = event.why in SILENT_QUEUEINGS or (event.why in ("hours", "turn") and event.stage == "line")
            return None if silent else {"kind": "callback_moved", "due_at": event.due_at, "stage": event.stage}
        case e.CallbackClosed():
            return {"kind": "callback_closed", "outcome": event.outcome}
        case v.CallStarted():
            return {"kind": "call_started", "direction": event.direction}
        case v.CallAnswered():
            return {"kind": "call_answered"}
        case v.CallEnded():
            return {"kind": "call_ended"}
        case v.RecordingStarted():
            return {"kind": "recording_started"}
        case v.RecordingPaused():
            return {"kind": "recording_paused"}
        case v.RecordingResumed():
            return {"kind": "recording_resumed"}
        case v.RecordingEnded():
            return {"kind": "recording_ended"}
        case e.ContactEnded():
            return {"kind": "contact_ended", "reason": event.reason, "by": event.by}
        case _:
            return None


def _message(event: e.MessageSent) -> View:
    view: View = {"kind": "message_sent", "author": event.author, "text": event.text}
    if event.author == "customer":
        view["client_id"] = event.client_id
        if event.value is not None:
            view["value"] = event.value
    if event.agent_name is not None:
        view["agent_name"] = event.agent_name
    if event.quick_replies:
        view["quick_replies"] = event.quick_replies
    if event.attachments:
        view["attachments"] = event.attachments
    if event.form is not None:
        view["form"] = event.form
    if event.input_kind is not None:
        view["input_kind"] = event.input_kind
    if event.digits is not None:
        view["digits"] = event.digits
    locale: Locale | None = event.locale
    if locale is not None:
        view["locale"] = locale
    return view
