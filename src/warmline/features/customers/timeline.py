"""One person, one story: what happened across all contacts, newest first, a page at a time."""

import base64
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from warmline.domain.contact.events import AnyEvent
from warmline.features.customers import store
from warmline.features.customers.model import ContactLine
from warmline.kernel.errors import INVALID, NOT_FOUND, Refused
from warmline.runtime.database import Database
from warmline.runtime.event_codec import decode_rows
from warmline.runtime.keyring import Keyring

# What people read; a journey's single moves and tasks are in the contact's own trail.
TOLD = (
    "contact_opened", "message_sent", "note_added", "data_collected", "reason_recognised", "identity_verified",
    "contact_queued", "agent_joined", "agent_left", "contact_transferred", "callback_promised",
    "callback_moved", "callback_tried", "callback_closed",
    "hand_on_failed", "voicemail_left", "voicemail_settled", "handed_over",
    "survey_answered", "contact_ended", "contact_wrapped_up",
)  # fmt: skip
CONTACTS_AT_MOST = 500


class TimelineItem(Struct, frozen=True):
    """One event of one contact."""

    contact_id: UUID
    seq: int
    at: datetime
    e: AnyEvent


class Timeline(Struct, frozen=True):
    """A page; `contacts` describes those that occur in it, `next` is the cursor of the next page."""

    items: Sequence[TimelineItem]
    contacts: Sequence[ContactLine]
    next: str | None


class _Cursor(Struct, frozen=True, array_like=True):
    at: datetime
    contact_id: UUID
    seq: int


def _write_cursor(item: TimelineItem) -> str:
    return base64.urlsafe_b64encode(msgspec.msgpack.encode(_Cursor(item.at, item.contact_id, item.seq))).decode()


def _read_cursor(text: str) -> _Cursor:
    try:
        return msgspec.msgpack.decode(base64.urlsafe_b64decode(text.encode()), type=_Cursor)
    except (msgspec.MsgspecError, ValueError):
        raise Refused(INVALID, field="cursor", reason="it was not given by the page before") from None


async def timeline(
    database: Database, keyring: Keyring, tenant_id: str, customer_id: UUID, cursor: str | None, limit: int
) -> Timeline:
    """Return a page of a person's story, merged records included. Raises Refused: not_found, invalid cursor."""
    before = _read_cursor(cursor) if cursor else None
    async with database.tenant(tenant_id) as conn:
        root = await store.root_of(conn, tenant_id, customer_id)
        if root is None:
            raise Refused(NOT_FOUND, what="customer")
        group = await store.group_of(conn, tenant_id, root)
        lines = await store.contacts(conn, tenant_id, group, CONTACTS_AT_MOST)
        rows = await conn.fetch(
            "SELECT contact_id, seq, at, body FROM event WHERE tenant_id = $1 AND contact_id = ANY($2)"
            " AND kind = ANY($3)"
            " AND ($4::timestamptz IS NULL OR (at, contact_id, seq) < ($4, $5::uuid, $6::bigint))"
            " ORDER BY at DESC, contact_id DESC, seq DESC LIMIT $7",
            tenant_id, [line.id for line in lines], list(TOLD), before and before.at,
            before and before.contact_id, before and before.seq, limit + 1,
        )  # fmt: skip
    stored = await decode_rows(keyring, tenant_id, rows)
    items = [TimelineItem(one.contact_id, one.seq, one.at, one.event) for one in stored[:limit]]
    named = {item.contact_id for item in items}
    return Timeline(
        items,
        [line for line in lines if line.id in named],
        _write_cursor(items[-1]) if len(stored) > limit else None,
    )
