"""Events as they are stored: JSON to count by, with everything personal sealed under the customer's key."""

from base64 import b64decode, b64encode
from binascii import b2a_base64
from collections.abc import Sequence
from datetime import datetime
from typing import Any, get_args
from uuid import UUID

import msgspec
from msgspec import Struct

from warmline.domain.contact import events as e
from warmline.domain.contact import events_voice as v
from warmline.domain.contact.events import AnyEvent
from warmline.runtime.keyring import Erased, Keyring, Loaded, key_id_of, seal

# What may hold a customer's words or data. All of an event's private fields are sealed together.
PRIVATE: dict[type[e.Event], tuple[str, ...]] = {
    e.ContactOpened: ("page",),
    e.MessageSent: ("text", "value", "quick_replies", "attachments", "form"),
    e.NoteAdded: ("text",),
    e.GuideFinished: ("filled",),
    e.DataCollected: ("value",),
    e.ContactTransferred: ("note", "to_number"),
    e.SurveyAnswered: ("comment",),
    e.ContactWrappedUp: ("summary",),
    v.CallStarted: ("number", "called"),
    v.PartyJoined: ("party", "name"),
    v.PartyLeft: ("party", "name"),
    v.VoicemailLeft: ("transcript",),
    v.HandOnFailed: ("number",),
}
# Required fields must still decode once the key is destroyed: they are empty then.
BLANKS: dict[str, dict[str, str]] = {
    "message_sent": {"text": ""},
    "note_added": {"text": ""},
    "data_collected": {"value": ""},
    "party_joined": {"party": ""},
    "party_left": {"party": ""},
}
SEALED = "sealed"
_KINDS: dict[type[e.Event], str] = {kind: str(kind.__struct_config__.tag) for kind in get_args(AnyEvent)}
_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(dict[str, Any]).decode
_to_json = msgspec.json.Encoder().encode


class StoredEvent(Struct, frozen=True):
    """An event in its place on the contact's timeline, in plain text."""

    contact_id: UUID
    seq: int
    at: datetime
    event: AnyEvent


def kind_of(event: AnyEvent) -> str:
    """Return the event's kind, as in JSON and in the `kind` column."""
    return _KINDS[type(event)]


def dedupe_key(event: AnyEvent) -> str | None:
    """Return the key under which this event may exist once per contact; the sender's own id makes it."""
    if type(event) is e.MessageSent:
        if event.client_id is None:
            return None
        return ("c:" if event.author == "customer" else "a:") + event.client_id
    if type(event) is e.GuideFinished:
        return f"g:{event.guide_id}"
    if type(event) is e.NoteAdded and event.client_id is not None:
        return "a:" + event.client_id
    return None


class _PublicMessage(Struct, omit_defaults=True, tag="message_sent", tag_field="kind"):
    """What is in the clear of a message; the generic way takes three times as long for the most frequent event."""

    author: str
    client_id: str | None = None
    agent_id: UUID | None = None
    agent_name: str | None = None
    prompt: str | None = None
    input_kind: str | None = None
    locale: str | None = None
    digits: e.Digits | None = None
    fixed: bool = False
    sealed: str | None = None


def _context(contact_id: UUID, seq: int) -> str:
    return f"event|{contact_id.int:x}|{seq}"  # the quickest spelling of an id


def encode_event(key: Loaded, tenant_id: str, contact_id: UUID, seq: int, event: AnyEvent) -> str:
    """Return the event's JSON with its private fields sealed under a key from `Keyring.key_for`."""
    if type(event) is e.MessageSent:
        return _encode_message(key, tenant_id, contact_id, seq, event)
    private = PRIVATE.get(type(event))
    if private is None:
        return _to_json(event).decode()
    body: dict[str, Any] = msgspec.to_builtins(event)
    secrets = {name: body.pop(name) for name in private if name in body}
    if secrets:
        blob = seal(key, tenant_id, _pack(secrets), _context(contact_id, seq))
        body[SEALED] = b64encode(blob).decode()
    return _to_json(body).decode()


def _encode_message(key: Loaded, tenant_id: str, contact_id: UUID, seq: int, event: e.MessageSent) -> str:
    secrets: dict[str, Any] = {"text": event.text}
    if event.value is not None:
        secrets["value"] = event.value
    if event.quick_replies:
        secrets["quick_replies"] = event.quick_replies
    if event.attachments:
        secrets["attachments"] = event.attachments
    if event.form is not None:
        secrets["form"] = event.form
    blob = seal(key, tenant_id, _pack(secrets), _context(contact_id, seq))
    public = _PublicMessage(
        event.author, event.client_id, event.agent_id, event.agent_name, event.prompt, event.input_kind,
        event.locale, event.digits, event.fixed, b2a_base64(blob, newline=False).decode(),
    )  # fmt: skip
    return _to_json(public).decode()


def decode_event(
    keyring: Keyring, tenant_id: str, contact_id: UUID, seq: int, at: datetime, body: dict[str, Any]
) -> StoredEvent:
    """Return the plain event; private fields of an erased customer come back empty. Raises ColdKey, Tampered."""
    sealed = body.pop(SEALED, None)
    if sealed is not None:
        try:
            plain = keyring.decrypt(tenant_id, b64decode(sealed), _context(contact_id, seq))
            body.update(_unpack(plain))
        except Erased:
            body.update(BLANKS.get(body["kind"], {}))
    return StoredEvent(contact_id, seq, at, msgspec.convert(body, AnyEvent))


async def decode_rows(keyring: Keyring, tenant_id: str, rows: Sequence[Any]) -> list[StoredEvent]:
    """Return the events of rows (contact_id, seq, at, body), loading the keys they need."""
    await keyring.warm(
        tenant_id, {key_id_of(b64decode(row["body"][SEALED])) for row in rows if SEALED in row["body"]}
    )
    return [
        decode_event(keyring, tenant_id, row["contact_id"], row["seq"], row["at"], row["body"]) for row in rows
    ]
