"""An agent as their own desk shows them: presence, capacity, load."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from warmline.domain.contact.announcements import EMERGENCY
from warmline.domain.presence.model import Presence
from warmline.features.contacts.settings import AnnouncementSettings
from warmline.features.desk.alerts import Alert
from warmline.ports.identity import AgentIdentity
from warmline.runtime.database import Database

NO_PROFILE: Mapping[str, int] = {}


class NextPresence(Struct, frozen=True):
    presence: str
    reason: str | None


class Emergency(Struct, frozen=True):
    """What customers are told at this moment, or will be from `starts_at` on. An empty list means all."""

    id: str
    texts: Mapping[str, str]
    starts_at: datetime
    ends_at: datetime
    queues: Sequence[str]
    journeys: Sequence[str]
    channels: Sequence[str]


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
    emergencies: Sequence[Emergency] = ()
    alerts: Sequence[Alert] = ()  # of the company's queues, for those who lead


class Work(Struct, frozen=True):
    """How much an agent may hold and how much they hold, by channel."""

    capacity: Mapping[str, int]
    load: Mapping[str, int]
    emergencies: Sequence[Emergency] = ()
    alerts: Sequence[Alert] = ()


class Colleague(Struct, frozen=True):
    """Somebody whom contacts can reach; `on_shift`: at work, also on a break, so that they would see one now."""

    name: str
    on_shift: bool


def emergencies_of(announcements: Iterable[AnnouncementSettings], now: datetime) -> list[Emergency]:
    """Return the emergencies that are on or will be, as a desk shows them."""
    return [
        Emergency(
            id=one.id,
            texts=one.texts,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            queues=sorted(one.scope.queues),
            journeys=sorted(one.scope.journeys),
            channels=sorted(one.scope.channels),
        )
        for one in announcements
        if one.slot == EMERGENCY and now < one.ends_at
    ]


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
            " AND (status IN ('offered', 'connected') OR wrapping AND routing->'free' IS NULL) GROUP BY channel",
            tenant_id,
            agent_id,
        )
    return Work(capacity or NO_PROFILE, {row["channel"]: row["held"] for row in rows})


async def takes_contacts_of(database: Database, tenant_id: str, agent_id: UUID) -> Colleague | None:
    """Return somebody whom contacts can reach: employed, with a routing profile; None for others."""
    async with database.tenant(tenant_id) as conn:
        row = await conn.fetchrow(
            "SELECT a.name, coalesce(p.presence, 'offline') <> 'offline' AS on_shift FROM agent a"
            " LEFT JOIN agent_presence p ON p.tenant_id = a.tenant_id AND p.agent_id = a.id"
            " WHERE a.tenant_id = $1 AND a.id = $2 AND a.disabled_at IS NULL AND a.routing_profile_id IS NOT NULL",
            tenant_id,
            agent_id,
        )
    return None if row is None else Colleague(row["name"], row["on_shift"])


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
        emergencies=work.emergencies,
        alerts=work.alerts,
    )
