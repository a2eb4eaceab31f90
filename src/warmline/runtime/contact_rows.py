"""A contact as a row: the encrypted document, and beside it the columns to route, count and search by."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from warmline.domain.contact.commands import StartTask
from warmline.domain.contact.model import CallbackStage, Contact, ContactStatus, Offer, QueueEntry
from warmline.domain.contact.passages import Passage, Unheard
from warmline.runtime.keyring import Keyring, Loaded, seal

# Columns an update may change, with their types; most messages change none of them.
COLD_COLUMNS: tuple[tuple[str, str], ...] = (
    ("status", "text"),
    ("locale", "text"),
    ("customer_id", "uuid"),
    ("intent", "text"),
    ("assurance", "smallint"),
    ("queue_id", "text"),
    ("priority", "smallint"),
    ("queued_at", "timestamptz"),
    ("routing", "jsonb"),
    ("offer_id", "uuid"),
    ("agent_id", "uuid"),
    ("wrapping", "boolean"),
    ("first_queued_at", "timestamptz"),
    ("connected_at", "timestamptz"),
    ("ended_at", "timestamptz"),
    ("wrapped_at", "timestamptz"),
    ("disconnect_reason", "text"),
    ("disposition", "text"),
    ("transfers", "smallint"),
    ("csat", "smallint"),
    ("callback_at", "timestamptz"),
)
# Columns written once, when the contact is opened.
BIRTH_COLUMNS: tuple[tuple[str, str], ...] = (
    ("channel", "text"),
    ("conversation_id", "uuid"),
    ("opened_at", "timestamptz"),
    ("journey_id", "text"),
    ("journey_version", "integer"),
)
# Where contacts were not understood, with their types.
UNHEARD_COLUMNS: tuple[tuple[str, str], ...] = (
    ("contact_id", "uuid"),
    ("seq", "bigint"),
    ("n", "integer"),
    ("journey_id", "text"),
    ("version", "integer"),
    ("path", "text"),
    ("why", "text"),
    ("handed", "boolean"),
    ("channel", "text"),
    ("locale", "text"),
    ("reason", "text"),
    ("words", "bytea"),
)
# Where contacts go in their journeys, with their types.
PASSAGE_COLUMNS: tuple[tuple[str, str], ...] = (
    ("contact_id", "uuid"),
    ("n", "integer"),
    ("seq", "bigint"),
    ("journey_id", "text"),
    ("version", "integer"),
    ("path", "text"),
    ("kind", "text"),
    ("how", "text"),
    ("from_path", "text"),
    ("channel", "text"),
    ("locale", "text"),
    ("reason", "text"),
)
Cold = tuple[Any, ...]
_AT = {name: at for at, (name, _) in enumerate(COLD_COLUMNS)}
_STATUS, _OFFER_ID, _AGENT_ID = _AT["status"], _AT["offer_id"], _AT["agent_id"]
_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(Contact).decode
_pack_task = msgspec.msgpack.Encoder().encode
_unpack_task = msgspec.msgpack.Decoder(StartTask).decode


def in_line(contact: Contact) -> bool:
    """Whether the router may offer this contact: it waits, or its promised call is due."""
    if contact.status is ContactStatus.CALLBACK:
        return contact.callback is not None and contact.callback.stage is CallbackStage.LINE
    return contact.status is ContactStatus.QUEUED


def _routing(contact: Contact) -> dict[str, Any] | None:
    """Return what the router needs beyond queue, priority and age; None when it is not its business."""
    entry, offer, wrap_up = contact.queue, contact.offer, contact.wrap_up
    if offer is None and not in_line(contact):
        return {"free": True} if wrap_up is not None and wrap_up.optional else None
    routing: dict[str, Any] = {}
    if offer is not None and offer.also:
        routing["also"] = list(offer.also)
    return routing if entry is None else routing | _wishes(entry)


def _wishes(entry: QueueEntry) -> dict[str, Any]:
    routing: dict[str, Any] = {}
    if entry.skills:
        routing["skills"] = [{"skill": need.skill, "level": need.level} for need in entry.skills]
    if entry.preferred_agent_id is not None:
        routing["preferred_agent_id"] = entry.preferred_agent_id
        routing["preferred_until"] = entry.preferred_until
    if entry.only_agent_id is not None:
        routing["only_agent_id"] = entry.only_agent_id
    if entry.passed_on_by is not None:
        routing["passed_on_by"] = entry.passed_on_by
        routing["passed_on_until"] = entry.passed_on_until
    return routing


def cold_columns(contact: Contact) -> Cold:
    """Return the values of `COLD_COLUMNS`. `agent_id` is the owner, else who is offered it, else who wraps up."""
    queue, offer, wrap_up = contact.queue, contact.offer, contact.wrap_up
    agent_id = contact.agent_id or (offer and offer.agent_id) or (wrap_up and wrap_up.agent_id) or None
    return (
        contact.status,
        contact.locale,
        contact.customer_id,
        contact.intent,
        contact.assurance,
        queue.queue_id if queue else None,
        queue.priority if queue else None,
        queue.entered_at if queue else None,
        _routing(contact),
        offer.id if offer else None,
        agent_id,
        wrap_up is not None,
        contact.first_queued_at,
        contact.connected_at,
        contact.ended_at,
        contact.wrapped_at,
        contact.disconnect_reason,
        contact.disposition,
        contact.transfers,
        contact.csat,
        (contact.callback.told_at or contact.callback.due_at) if contact.callback is not None else None,
    )


def with_offer(cold: Cold, offer: Offer) -> Cold:
    """Return these columns as they become when nothing happens but an offer to one agent."""
    changed = list(cold)
    changed[_STATUS], changed[_OFFER_ID], changed[_AGENT_ID] = ContactStatus.OFFERED, offer.id, offer.agent_id
    return tuple(changed)


def birth_columns(contact: Contact, journey_id: str | None, journey_version: int | None) -> tuple[Any, ...]:
    """Return the values of `BIRTH_COLUMNS`; the journey is the one the contact was opened with."""
    return (contact.channel, contact.conversation_id, contact.opened_at, journey_id, journey_version)


def routed_by(contact: Contact | None) -> tuple[object, ...]:
    """Return what the router goes by; when it changes, the router is told."""
    if contact is None:
        return (ContactStatus.JOURNEY, None, None, None, None, False)
    return (
        contact.status, contact.queue, contact.agent_id, contact.wrap_up, contact.offer, in_line(contact),
    )  # fmt: skip


def encode_state(key: Loaded, contact: Contact) -> bytes:
    """Return the whole contact, encrypted with a key from `Keyring.key_for`.

    The dedupe keys stay out: they are in the event table already and would double the size of a busy contact.
    """
    slim = replace(contact, recent_keys=(), recent_seqs=()) if contact.recent_keys else contact
    return seal(key, contact.tenant_id, _pack(slim), f"contact|{contact.id.int:x}|state")


def decode_state(
    keyring: Keyring,
    tenant_id: str,
    contact_id: UUID,
    state: bytes,
    keys: list[str] | None,
    seqs: list[int] | None,
) -> Contact:
    """Return the contact with its last dedupe keys put back. Raises Erased, ColdKey, Tampered."""
    contact = _unpack(keyring.decrypt(tenant_id, state, f"contact|{contact_id.int:x}|state"))
    return replace(contact, recent_keys=tuple(keys), recent_seqs=tuple(seqs or ())) if keys else contact


def encode_task(key: Loaded, tenant_id: str, contact_id: UUID, task: StartTask) -> bytes:
    """Return the body of a `task` row; its arguments are the customer's data."""
    return seal(key, tenant_id, _pack_task(task), f"outbox|{contact_id.int:x}|task")


def decode_task(keyring: Keyring, tenant_id: str, contact_id: UUID, body: bytes) -> StartTask:
    """Return the task of a `task` row. Raises Erased, ColdKey, Tampered."""
    return _unpack_task(keyring.decrypt(tenant_id, body, f"outbox|{contact_id.int:x}|task"))


def due(task: StartTask, now: datetime) -> datetime:
    """Return when a task may run."""
    return task.not_before or now


def passage_row(contact: Contact, passage: Passage, reason: str | None) -> tuple[Any, ...]:
    """Return a place a contact passed, as the row beside its events."""
    place = passage.place
    return (
        contact.id, place.n, passage.seq, place.journey_id, place.version, place.path, passage.kind, passage.how,
        passage.from_path, contact.channel, contact.locale, reason,
    )  # fmt: skip


def unheard_row(key: Loaded, contact: Contact, unheard: Unheard, reason: str | None) -> tuple[Any, ...]:
    """Return a misunderstanding as the row beside the contact's events; its words are the customer's data."""
    what = unheard.what
    words = None
    if what.words is not None:
        context = unheard_context(contact.id, unheard.seq, what.n)
        words = seal(key, contact.tenant_id, what.words.encode(), context)
    return (
        contact.id, unheard.seq, what.n, what.journey_id, what.version, what.path, what.why, what.handed,
        contact.channel, contact.locale, reason, words,
    )  # fmt: skip


def unheard_context(contact_id: UUID, seq: int, n: int) -> str:
    """Return what the words of a misunderstanding are sealed for."""
    return f"unheard|{contact_id.int:x}|{seq}|{n}"
