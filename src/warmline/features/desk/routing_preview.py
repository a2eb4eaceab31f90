"""Who would get a contact at this moment, and why not the others: the router's engine, asked and not acting."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
from msgspec import Struct

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.candidate import Candidate
from warmline.domain.routing.rings import rings_of
from warmline.domain.routing.rules import QueueRules
from warmline.domain.routing.waiting import WaitingContact
from warmline.kernel.errors import NOT_FOUND, Refused
from warmline.kernel.ids import new_id
from warmline.runtime import router_rows
from warmline.runtime.database import Database
from warmline.runtime.router_core import RouterCore

HELD = "SELECT id FROM contact WHERE tenant_id = $1 AND agent_id IS NOT NULL"


class Asked(Struct, frozen=True):
    """A contact somebody imagines: `waited_s` seconds in line already."""

    queue_id: str
    channel: str
    priority: int
    skills: tuple[SkillNeed, ...]
    waited_s: float = 0.0


class Named(Struct, frozen=True):
    """An agent and what the engine says of them."""

    agent_id: UUID
    name: str
    candidate: Candidate


class RoutingPreview:
    """Reads the rows that the router reads, anew for each question."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_contact(self, tenant_id: str, contact_id: UUID, now: datetime) -> list[Named]:
        """Explain a contact that waits. Raises Refused `not_found` for one that does not."""
        async with self._database.tenant(tenant_id) as conn:
            rows = await conn.fetch(router_rows.CONTACTS, tenant_id, [contact_id])
            waiting = router_rows.contact_row(rows[0]).waiting if rows else None
            if waiting is None:
                raise Refused(NOT_FOUND, what="waiting contact")
            return await _explain(conn, tenant_id, waiting, now)

    async def of_asked(self, tenant_id: str, asked: Asked, now: datetime) -> list[Named]:
        """Explain a contact that is only imagined. Raises Refused `not_found` for an unknown queue."""
        entered_at = now - timedelta(seconds=asked.waited_s)
        waiting = WaitingContact(
            new_id(), asked.queue_id, asked.channel, entered_at, asked.priority, skills=asked.skills
        )
        async with self._database.tenant(tenant_id) as conn:
            return await _explain(conn, tenant_id, waiting, now)


async def _explain(
    conn: asyncpg.Connection, tenant_id: str, waiting: WaitingContact, now: datetime
) -> list[Named]:
    queues = router_rows.queue_rows(await conn.fetch(router_rows.QUEUES, tenant_id))
    if waiting.queue_id not in queues:
        raise Refused(NOT_FOUND, what="queue")
    profiles = router_rows.ProfileBook(await conn.fetch(router_rows.PROFILES, tenant_id))
    held = [row["id"] for row in await conn.fetch(HELD, tenant_id)]
    in_hand = [router_rows.contact_row(row) for row in await conn.fetch(router_rows.CONTACTS, tenant_id, held)]
    agents = [profiles.agent_row(row) for row in await conn.fetch(router_rows.ALL_AGENTS, tenant_id)]
    rules: Mapping[str, QueueRules] = {queue_id: queue.rules for queue_id, queue in queues.items()}
    core = RouterCore()
    core.queues(rules, now)
    core.contacts([row for row in in_hand if row.waiting is None], (), now)
    core.agents(agents, (), now)
    asked = waiting.widened_by(rings_of(rules[waiting.queue_id], waiting.queue_id, waiting.skills))
    return await _named(conn, tenant_id, core.engine.explain(asked, now))


async def _named(conn: asyncpg.Connection, tenant_id: str, found: Sequence[Candidate]) -> list[Named]:
    rows = await conn.fetch("SELECT id, name FROM agent WHERE tenant_id = $1", tenant_id)
    names = {row["id"]: row["name"] for row in rows}
    return [Named(one.agent_id, names.get(one.agent_id, ""), one) for one in found]
