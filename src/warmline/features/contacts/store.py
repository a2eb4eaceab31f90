"""Looking contacts up: by conversation, by queue, by agent, and in lists."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from warmline.features.contacts.hearing import HEARING, scope_arguments
from warmline.features.contacts.settings import Scope
from warmline.runtime.database import Database

PAGE = 50


class ContactLine(Struct, frozen=True):
    """A contact in a list."""

    id: UUID
    status: str
    channel: str
    locale: str
    customer_id: UUID
    intent: str | None
    assurance: int
    queue_id: str | None
    agent_id: UUID | None
    wrapping: bool
    opened_at: datetime
    queued_at: datetime | None
    connected_at: datetime | None
    ended_at: datetime | None
    disconnect_reason: str | None
    disposition: str | None
    csat: int | None


class ContactFilter(Struct, frozen=True):
    """What a list shows; None means any. `before` is the cursor: the last line's opening and id."""

    status: str | None = None
    queue_id: str | None = None
    agent_id: UUID | None = None
    customer_id: UUID | None = None
    opened_from: datetime | None = None
    opened_to: datetime | None = None
    before: tuple[datetime, UUID] | None = None


_COLUMNS = ", ".join(ContactLine.__struct_fields__)


class ContactStore:
    """Reads on the contact table; only the committer writes it."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def latest_of(self, tenant_id: str, conversation_id: UUID) -> UUID | None:
        """Return the newest contact of a conversation."""
        async with self.database.tenant(tenant_id) as conn:
            return await conn.fetchval(
                "SELECT id FROM contact WHERE tenant_id = $1 AND conversation_id = $2"
                " ORDER BY opened_at DESC LIMIT 1",
                tenant_id,
                conversation_id,
            )

    async def open_of(self, tenant_id: str, conversation_id: UUID) -> UUID | None:
        """Return the conversation's open contact."""
        async with self.database.tenant(tenant_id) as conn:
            return await conn.fetchval(
                "SELECT id FROM contact WHERE tenant_id = $1 AND conversation_id = $2 AND status <> 'ended'"
                " ORDER BY opened_at DESC LIMIT 1",
                tenant_id,
                conversation_id,
            )

    async def waiting_in(self, tenant_id: str, queue_id: str, at_most: int) -> Sequence[UUID]:
        """Return who waits in a queue, oldest first."""
        async with self.database.tenant(tenant_id) as conn:
            rows = await conn.fetch(
                "SELECT id FROM contact WHERE tenant_id = $1 AND status = 'queued' AND queue_id = $2"
                " ORDER BY queued_at LIMIT $3",
                tenant_id,
                queue_id,
                at_most,
            )
        return [row["id"] for row in rows]

    async def hearing(
        self, tenant_id: str, scope: Scope, after: UUID | None, at_most: int, *, self_service: bool = True
    ) -> Sequence[UUID]:
        """Return who, of those in line or in self-service too, it is meant for, in the order of ids."""
        async with self.database.tenant(tenant_id) as conn:
            rows = await conn.fetch(
                f"SELECT id {HEARING} AND ($5::uuid IS NULL OR id > $5) AND ($7 OR status <> 'journey')"
                " ORDER BY id LIMIT $6",
                tenant_id,
                *scope_arguments(scope.queues, scope.journeys, scope.channels),
                after,
                at_most,
                self_service,
            )
        return [row["id"] for row in rows]

    async def of_agent(self, tenant_id: str, agent_id: UUID) -> Sequence[UUID]:
        """Return the contacts offered to, owned by or being wrapped up by an agent."""
        async with self.database.tenant(tenant_id) as conn:
            rows = await conn.fetch(
                "SELECT id FROM contact WHERE tenant_id = $1 AND (agent_id = $2"
                " AND (status IN ('offered', 'connected') OR wrapping)"
                " OR status = 'offered' AND routing->'also' ? $2::text) ORDER BY opened_at",
                tenant_id,
                agent_id,
            )
        return [row["id"] for row in rows]

    async def page(self, tenant_id: str, wanted: ContactFilter) -> list[ContactLine]:
        """Return up to one page and one more line, newest first."""
        before_at, before_id = wanted.before or (None, None)
        async with self.database.tenant(tenant_id) as conn:
            rows = await conn.fetch(
                f"SELECT {_COLUMNS} FROM contact WHERE tenant_id = $1"
                " AND ($2::text IS NULL OR status = $2) AND ($3::text IS NULL OR queue_id = $3)"
                " AND ($4::uuid IS NULL OR agent_id = $4) AND ($5::uuid IS NULL OR customer_id = $5)"
                " AND ($6::timestamptz IS NULL OR opened_at >= $6)"
                " AND ($7::timestamptz IS NULL OR opened_at < $7)"
                " AND ($8::timestamptz IS NULL OR (opened_at, id) < ($8, $9::uuid))"
                f" ORDER BY opened_at DESC, id DESC LIMIT {PAGE + 1}",
                tenant_id, wanted.status, wanted.queue_id, wanted.agent_id, wanted.customer_id,
                wanted.opened_from, wanted.opened_to, before_at, before_id,
            )  # fmt: skip
        return [ContactLine(**dict(row)) for row in rows]
