"""An agent as their own desk shows them: presence, capacity, load."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from warmline.domain.presence.model import Presence
from warmline.ports.identity import AgentIdentity
from warmline.runtime.database import Database

NO_PROFILE: Mapping[str, int] = {}


class NextPresence(Struct, frozen=True):
    presence: str
    reason: str | None


class Me(Struct, frozen=True):
    """The `me` of docs/protocol/desk.md."""

    id: UUID
    name: str
    roles: tuple[str, ...]
    locale: str
    presence: str
    reason: str | None
    since_at: datetime
    next: NextPresence | None
    capacity: Mapping[str, int]
    load: Mapping[str, int]
    version: int


class Work(Struct, frozen=True):
    """How much an agent may hold and how much they hold, by channel."""

    capacity: Mapping[str, int]
    load: Mapping[str, int]


async def work_of(database: Database, tenant_id: str, agent_id: UUID) -> Work:
    """Read capacity from the routing profile and count load from contacts."""
    async with database.tenant(tenant_id) as conn:
        capacity = await conn.fetchval(
            "SELECT p.capacity FROM agent a JOIN routing_profile p"
            " ON p.tenant_id = a.tenant_id AND p.id = a.routing_profile_id"
            " WHERE a.tenant_id = $1 AND a.id = $2",
            tenant_id,
            agent_id,
        )
        rows = await conn.fetch(
            "SELECT channel, count(*) AS held FROM contact WHERE tenant_id = $1 AND agent_id = $2"
            " AND (status IN ('offered', 'connected') OR wrapping) GROUP BY channel",
            tenant_id,
            agent_id,
        )
    return Work(capacity or NO_PROFILE, {row["channel"]: row["held"] for row in rows})


async def takes_contacts_of(database: Database, tenant_id: str, agent_id: UUID) -> bool:
    """Tell whether contacts can reach this person at all: employed, with a routing profile."""
    async with database.tenant(tenant_id) as conn:
        found = await conn.fetchval(
            "SELECT 1 FROM agent WHERE tenant_id = $1 AND id = $2"
            " AND disabled_at IS NULL AND routing_profile_id IS NOT NULL",
            tenant_id,
            agent_id,
        )
    return found is not None


def me(agent: AgentIdentity, presence: Presence, work: Work) -> Me:
    """Put an agent's own picture together."""
    following = presence.next_status
    return Me(
        id=agent.agent_id,
        name=agent.name,
        roles=agent.roles,
        locale=agent.locale,
        presence=presence.status,
        reason=presence.reason,
        since_at=presence.since_at,
        next=NextPresence(following, presence.next_reason) if following is not None else None,
        capacity=work.capacity,
        load=work.load,
        version=presence.version,
    )
