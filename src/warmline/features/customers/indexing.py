"""The `index` lane: what was said becomes keyed bigrams, so that it can be found and not read."""

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import UUID

import asyncpg

from warmline.domain.contact import events as e
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.event_codec import StoredEvent, decode_rows
from warmline.runtime.keyring import Keyring

TEXT_KINDS = (
    "message_sent",
    "note_added",
    "data_collected",
    "contact_transferred",
    "survey_answered",
    "contact_wrapped_up",
)
GRAMS_AT_MOST = 20_000  # a very long contact is found by its beginning


class IndexRow(Protocol):
    """A row of the outbox lane `index`: `key` is the contact."""

    @property
    def tenant_id(self) -> str: ...
    @property
    def key(self) -> UUID: ...


def searchable_text(event: e.AnyEvent) -> str | None:
    """Return what people may search for in an event."""
    match event:
        case e.MessageSent() | e.NoteAdded():
            return event.text
        case e.DataCollected():
            return event.value
        case e.ContactTransferred():
            return event.note
        case e.SurveyAnswered():
            return event.comment
        case e.ContactWrappedUp():
            return event.summary
        case _:
            return None


async def text_events(
    conn: asyncpg.Connection, keyring: Keyring, tenant_id: str, contact_ids: Sequence[UUID]
) -> list[StoredEvent]:
    """Return the events of contacts that hold text, in order."""
    rows = await conn.fetch(
        "SELECT contact_id, seq, at, body FROM event WHERE tenant_id = $1 AND contact_id = ANY($2)"
        " AND kind = ANY($3) ORDER BY contact_id, seq",
        tenant_id, list(contact_ids), list(TEXT_KINDS),
    )  # fmt: skip
    return await decode_rows(keyring, tenant_id, rows)


class Indexer:
    """Handle claimed rows; the same contact in several rows is indexed once."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        self._database = database
        self._keyring = keyring

    async def handle(self, rows: Sequence[IndexRow]) -> None:
        """Bring the index up to date for the contacts of these rows."""
        wanted: dict[str, set[UUID]] = {}
        for row in rows:
            wanted.setdefault(row.tenant_id, set()).add(row.key)
        for tenant_id, contact_ids in wanted.items():
            await self._index(tenant_id, contact_ids)

    async def _index(self, tenant_id: str, contact_ids: Iterable[UUID]) -> None:
        await self._keyring.warm(tenant_id, ())
        ids = list(contact_ids)
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            events = await text_events(conn, self._keyring, tenant_id, ids)
            texts: dict[UUID, list[str]] = {one: [] for one in ids}
            for stored in events:
                texts[stored.contact_id].append(searchable_text(stored.event) or "")
            grams = {one: self._keyring.grams(tenant_id, "\n".join(parts)) for one, parts in texts.items()}
            # An erased customer's texts come back empty: then nothing may be found any more.
            empty = [one for one, found in grams.items() if not found]
            await conn.execute(
                "DELETE FROM contact_search WHERE tenant_id = $1 AND contact_id = ANY($2)", tenant_id, empty
            )
            await conn.executemany(
                "INSERT INTO contact_search (tenant_id, contact_id, customer_id, grams, updated_at)"
                " SELECT $1, c.id, c.customer_id, $3, $4 FROM contact c WHERE c.tenant_id = $1 AND c.id = $2"
                " ON CONFLICT (tenant_id, contact_id) DO UPDATE SET customer_id = excluded.customer_id,"
                " grams = excluded.grams, updated_at = excluded.updated_at",
                [(tenant_id, one, found[:GRAMS_AT_MOST], utc_now()) for one, found in grams.items() if found],
            )
