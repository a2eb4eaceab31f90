"""What the law lets a customer ask for: a copy of everything, and to be forgotten."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from warmline.features.customers import store
from warmline.features.customers.service import Customers
from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.kernel.errors import NOT_FOUND, Refused, declare
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.event_codec import decode_rows
from warmline.runtime.keyring import Keyring

STILL_OPEN = declare(
    "customers.still_open",
    409,
    "This customer has {count} open contacts.",
    "End or reassign them first; what is being said now would be lost half-way.",
)
# A contact that began anonymously is sealed under the visitor's key until the visitor proved who they are.
ORIGINS = (
    "SELECT DISTINCT (e.body->>'customer_id')::uuid AS id FROM event e"
    " JOIN customer c ON c.tenant_id = e.tenant_id AND c.id = (e.body->>'customer_id')::uuid AND c.known = 0"
    " WHERE e.tenant_id = $1 AND e.kind = 'contact_opened' AND e.contact_id = ANY($2)"
)
# Files agents sent to this person; one that somebody else was sent, too, stays theirs.
SENT_FILES = (
    "WITH theirs AS (SELECT DISTINCT conversation_id AS id FROM contact WHERE tenant_id = $1 AND id = ANY($2)),"
    " shares AS (DELETE FROM upload_share WHERE tenant_id = $1 AND conversation_id IN (SELECT id FROM theirs)"
    " RETURNING upload_id)"
    " DELETE FROM upload WHERE tenant_id = $1 AND id IN (SELECT upload_id FROM shares) AND NOT EXISTS"
    " (SELECT FROM upload_share s WHERE s.tenant_id = $1 AND s.upload_id = upload.id"
    " AND s.conversation_id NOT IN (SELECT id FROM theirs))"
)
BY_CUSTOMER = ("customer_address", "customer_note", "callback_request", "upload", "contact_search")
BY_CONTACT = ("contact_search", "callback_request", "verification")


class Privacy:
    """Erasing destroys keys, so that backups hold nothing readable either, and removes what could be found."""

    def __init__(
        self, database: Database, keyring: Keyring, customers: Customers, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._customers = customers
        self._now = now

    async def erase(self, tenant_id: str, actor: Actor, customer_id: UUID) -> int:
        """Erase a person with everything merged into them; return how many keys were destroyed.

        The rows of contacts and events stay, for counting, without their content. Raises Refused:
        not_found, `customers.still_open`.
        """
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            root = await store.root_of(conn, tenant_id, customer_id)
            if root is None:
                raise Refused(NOT_FOUND, what="customer")
            group = await store.group_of(conn, tenant_id, root)
            contacts = [
                row["id"]
                for row in await conn.fetch(
                    "SELECT id FROM contact WHERE tenant_id = $1 AND customer_id = ANY($2)", tenant_id, group
                )
            ]
            origins = [row["id"] for row in await conn.fetch(ORIGINS, tenant_id, contacts)]
            everyone = list(dict.fromkeys([*group, *origins]))
            await self._check_ended(conn, tenant_id, everyone)
            now = self._now()
            await self._remove_rows(conn, tenant_id, everyone, contacts, now)
            detail = {"records": len(everyone), "contacts": len(contacts)}
            await audit.append(conn, tenant_id, actor, "customer.erased", f"customer:{root}", detail, now=now)
        # After the rows are gone: if this is interrupted, erasing again finds the keys and finishes.
        return sum([await self._keyring.erase(tenant_id, one) for one in everyone])

    async def _check_ended(self, conn: asyncpg.Connection, tenant_id: str, ids: list[UUID]) -> None:
        count = await conn.fetchval(
            "SELECT count(*) FROM contact WHERE tenant_id = $1 AND customer_id = ANY($2)"
            " AND (status <> 'ended' OR wrapping)",
            tenant_id, ids,
        )  # fmt: skip
        if count:
            raise Refused(STILL_OPEN, count=count)

    async def _remove_rows(
        self, conn: asyncpg.Connection, tenant_id: str, ids: list[UUID], contacts: list[UUID], now: datetime
    ) -> None:
        await conn.execute(SENT_FILES, tenant_id, contacts)
        for table in BY_CUSTOMER:
            await conn.execute(
                f"DELETE FROM {table} WHERE tenant_id = $1 AND customer_id = ANY($2)", tenant_id, ids
            )
        for table in BY_CONTACT:
            await conn.execute(
                f"DELETE FROM {table} WHERE tenant_id = $1 AND contact_id = ANY($2)", tenant_id, contacts
            )
        await conn.execute(
            "UPDATE journey_misunderstanding SET words = NULL WHERE tenant_id = $1 AND contact_id = ANY($2)",
            tenant_id, contacts,
        )  # fmt: skip
        await conn.execute(
            "UPDATE customer SET profile_enc = NULL, ref_index = NULL, name_grams = '{}', locale = NULL,"
            " erased_at = coalesce(erased_at, $3), updated_at = $3 WHERE tenant_id = $1 AND id = ANY($2)",
            tenant_id, ids, now,
        )  # fmt: skip

    async def export(self, tenant_id: str, actor: Actor, customer_id: UUID) -> dict[str, Any]:
        """Return everything kept about a person, in the clear, as plain JSON. Raises Refused `not_found`."""
        view = await self._customers.view(tenant_id, customer_id)
        group = [view.id, *view.merged]
        async with self._database.tenant(tenant_id) as conn:
            lines = await store.contacts(conn, tenant_id, group, limit=100_000)
            rows = await conn.fetch(
                "SELECT contact_id, seq, at, body FROM event WHERE tenant_id = $1 AND contact_id = ANY($2)"
                " ORDER BY contact_id, seq",
                tenant_id, [line.id for line in lines],
            )  # fmt: skip
            async with conn.transaction():
                subject = f"customer:{view.id}"
                await audit.append(conn, tenant_id, actor, "customer.exported", subject, now=self._now())
        events: dict[UUID, list[dict[str, Any]]] = {}
        for stored in await decode_rows(self._keyring, tenant_id, rows):
            entry = {"seq": stored.seq, "at": stored.at, "event": stored.event}
            events.setdefault(stored.contact_id, []).append(entry)
        document = {
            "customer": view,
            "contacts": [{"contact": line, "events": events.get(line.id, [])} for line in lines],
            "exported_at": self._now(),
        }
        return msgspec.json.decode(msgspec.json.encode(document))
