"""A page's part in calls: what it asks of the call of its contact, and what it sees of it."""

from collections.abc import Mapping
from uuid import UUID

from warmline.channels.webchat import frames
from warmline.domain.contact.model import Contact
from warmline.kernel.errors import TOO_MANY, Refused
from warmline.kernel.locale import Locale
from warmline.ports.call_wire import CallWire
from warmline.ports.calls import NO_NODE, NOT_RUNNING, pack_sdp, unpack_sdp

STATES = {"dialling": "connecting", "ringing": "connecting"}
AGAIN_AFTER_S = 5  # when an address has begun too many calls

View = dict[str, object]


def admit(wire: CallWire | None, address: str, contact: Contact | None) -> None:
    """Let a page begin a call, or come back to the one it has. Raises Refused when its address begins too many."""
    if wire is None:
        raise Refused(NO_NODE)
    if not _runs(contact) and not wire.admits(address):
        raise Refused(TOO_MANY, retry_after_s=AGAIN_AFTER_S)


async def call_from_page(wire: CallWire | None, contact: Contact, frame: frames.Call, locale: Locale) -> View:
    """Bring a page's audio to its contact's call, or begin one; return the frame that answers. Raises Refused."""
    if wire is None:
        raise Refused(NO_NODE)
    runs = _runs(contact)
    fields = {"sdp": pack_sdp(frame.sdp), "locale": locale, "customer_id": contact.customer_id, "fresh": not runs}
    answer = await wire.ask(contact.tenant_id, "call", contact.id, fields)
    sdp = answer.get("sdp")
    if not isinstance(sdp, str):
        raise Refused(NO_NODE)
    return {"t": "call_answer", "cid": frame.cid, "contact": contact.id, "sdp": unpack_sdp(sdp)}


async def tell_call(wire: CallWire | None, contact: Contact, frame: frames.PressKeys | frames.HangUp) -> None:
    """Press keys, or hang up. Raises Refused; without a call at once, for nobody would answer."""
    if wire is None:
        raise Refused(NO_NODE)
    if not _runs(contact):
        raise Refused(NOT_RUNNING)
    if isinstance(frame, frames.PressKeys):
        await wire.ask(contact.tenant_id, "pressed", contact.id, {"keys": frame.keys})
    else:
        await wire.ask(contact.tenant_id, "end", contact.id, {})


def _runs(contact: Contact | None) -> bool:
    return contact is not None and contact.call is not None and contact.call.running


def passing_view(message: Mapping[str, object], contact_id: UUID | None) -> View | None:
    """Return what a page is sent of a notice that is not stored: an agent's, or of its own call."""
    match message.get("t"):
        case "typing" if message.get("from") == "agent":
            return {"t": "typing", "on": message.get("on"), "author": "agent"}
        case "read" if message.get("from") == "agent":
            return {"t": "read", "seq": message.get("seq")}
        case "call":
            call = message.get("call")
            return _call_view(call, contact_id) if isinstance(call, Mapping) else None
        case _:
            return None


def _call_view(call: Mapping[str, object], contact_id: UUID | None) -> View:
    """A customer sees who speaks with them, never who listens, nor what was typed."""
    parties = call.get("parties")
    talking = [
        one.get("name")
        for one in (parties if isinstance(parties, list) else [])
        if isinstance(one, Mapping) and one.get("kind") == "agent" and one.get("state") == "talking"
    ]
    state = str(call.get("state"))
    secure = call.get("secure")
    typing = isinstance(secure, Mapping) and secure.get("outcome") is None
    return {
        "t": "call",
        "contact": contact_id,
        "state": STATES.get(state, state),
        "agent": {"name": talking[0]} if talking and state in ("talking", "held") else None,
        "secure": {"digits": secure.get("digits")} if typing and isinstance(secure, Mapping) else None,
    }
