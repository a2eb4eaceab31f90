"""Keeping the promise of a callback: the row that says whom to call, when, and since when they wait."""

from datetime import datetime
from uuid import UUID

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


def promise_task(database: Database, keyring: Keyring) -> TaskHandler:
    """Return the task that writes a promised callback; promised twice for a contact, the newest counts."""

    async def promise(context: TaskContext, args: dict[str, object]) -> dict[str, object]:
        wanted = msgspec.convert(args, Promise)
        tenant_id, contact_id = context.tenant_id, context.contact_id
        async with database.tenant(tenant_id) as conn, conn.transaction():
            customer_id: UUID | None = await conn.fetchval(
                "SELECT customer_id FROM contact WHERE tenant_id = $1 AND id = $2", tenant_id, contact_id
            )
            if customer_id is None:
                raise Refused(UNKNOWN)
            key_id = await keyring.create(tenant_id, customer_id, conn)
            phone = keyring.encrypt(tenant_id, key_id, wanted.phone.encode(), f"callback|{contact_id}|phone")
            await conn.execute(
                "INSERT INTO callback_request (tenant_id, id, contact_id, customer_id, queue_id, phone_enc,"
                " queued_at, due_at, status) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting')"
                " ON CONFLICT (tenant_id, contact_id) DO UPDATE SET queue_id = EXCLUDED.queue_id,"
                " phone_enc = EXCLUDED.phone_enc, due_at = EXCLUDED.due_at, status = 'waiting'",
                tenant_id,
                new_id(),
                contact_id,
                customer_id,
                wanted.queue_id,
                phone,
                wanted.queued_at,
                wanted.due_at,
            )
        return {"due_at": wanted.due_at.isoformat()}

    return promise
