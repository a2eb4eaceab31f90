"""Keeping the promise of a callback: the row that says whom to call, when, and since when they wait."""

from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct

from warmline.domain.contact.refusals import UNKNOWN
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.ports.connector import TaskContext, TaskHandler
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring


class Promise(Struct, frozen=True):
    """The arguments of task `callbacks.promise`. `queued_at` is the place in line that is kept."""

    queue_id: str
    phone: str
    queued_at: datetime
    due_at: datetime


class Settlement(Struct, frozen=True):
    """The arguments of task `callbacks.settle`: how the promise ended."""

    outcome: str


CONTACT = "SELECT customer_id, callback_at FROM contact WHERE tenant_id = $1 AND id = $2"
# Whose contact owes nothing any more is no longer in the way, even if writing so failed.
CLOSE_STALE = """
UPDATE callback_request r SET status = 'closed' FROM contact c
WHERE r.tenant_id = $1 AND r.customer_id = $2 AND r.queue_id = $3 AND r.status = 'open' AND r.contact_id <> $4
  AND c.tenant_id = $1 AND c.id = r.contact_id AND c.callback_at IS NULL
"""
OTHER = """
SELECT contact_id FROM callback_request
WHERE tenant_id = $1 AND customer_id = $2 AND queue_id = $3 AND status = 'open' AND contact_id <> $4
"""
PROMISE = """
INSERT INTO callback_request
  (tenant_id, id, contact_id, customer_id, queue_id, phone_enc, queued_at, due_at, status)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open')
ON CONFLICT (tenant_id, contact_id) DO UPDATE SET queue_id = EXCLUDED.queue_id,
  phone_enc = EXCLUDED.phone_enc, due_at = EXCLUDED.due_at, status = 'open'
"""


def promise_task(database: Database, keyring: Keyring) -> TaskHandler:
    """Return the task that writes a promised callback; promised twice for a contact, the newest counts.

    Its result has `already`, the other contact's id, when the customer waits for a call of this queue already.
    """

    async def promise(context: TaskContext, args: dict[str, object]) -> dict[str, object]:
        wanted = msgspec.convert(args, Promise)
        tenant_id, contact_id = context.tenant_id, context.contact_id
        async with database.tenant(tenant_id) as conn:
            contact = await conn.fetchrow(CONTACT, tenant_id, contact_id)
            if contact is None:
                raise Refused(UNKNOWN)
            if contact["callback_at"] is None:
                return {}  # taken back before it was written down
            customer_id: UUID = contact["customer_id"]
            same = (tenant_id, customer_id, wanted.queue_id, contact_id)
            key_id = await keyring.create(tenant_id, customer_id, conn)
            phone = keyring.encrypt(tenant_id, key_id, wanted.phone.encode(), f"callback|{contact_id}|phone")
            await conn.execute(CLOSE_STALE, *same)
            other = await conn.fetchval(OTHER, *same)
            if other is None:
                try:
                    await conn.execute(
                        PROMISE, tenant_id, new_id(), contact_id, customer_id, wanted.queue_id, phone,
                        wanted.queued_at, wanted.due_at,
                    )  # fmt: skip
                except asyncpg.UniqueViolationError:  # promised elsewhere at the very same moment
                    other = await conn.fetchval(OTHER, *same)
        return {"due_at": wanted.due_at.isoformat()} if other is None else {"already": str(other)}

    return promise


def settle_task(database: Database) -> TaskHandler:
    """Return the task that notes how a promised callback ended."""

    async def settle(context: TaskContext, args: dict[str, object]) -> dict[str, object]:
        ended = msgspec.convert(args, Settlement)
        async with database.tenant(context.tenant_id) as conn:
            await conn.execute(
                "UPDATE callback_request SET status = $3"
                " WHERE tenant_id = $1 AND contact_id = $2 AND status IN ('open', 'waiting')",
                context.tenant_id,
                context.contact_id,
                ended.outcome,
            )
        return {}

    return settle
