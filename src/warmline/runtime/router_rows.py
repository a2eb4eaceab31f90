"""What the router reads: contacts, agents, profiles and queues as rows, and its own lane, fenced by the epoch."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct

from warmline.domain.contact.model import SkillNeed
from warmline.domain.presence.model import Presence, Status
from warmline.domain.routing.model import NO_RULES, Agent, Media, Profile, Seat
from warmline.domain.routing.rules import MediaRules, QueueRules
from warmline.domain.routing.waiting import WaitingContact

_CONTACT = (
    "SELECT id, status, channel, queue_id, priority, queued_at, routing, offer_id, agent_id, wrapping,"
    " connected_at, wrapped_at FROM contact WHERE tenant_id = $1"
)
CONTACTS = _CONTACT + " AND id = ANY($2)"
# `agent_id` is set exactly while somebody is offered, connected or wrapping up.
ALL_CONTACTS = (
    f"{_CONTACT} AND (status = 'queued' OR status = 'callback' AND routing IS NOT NULL)"
    f" UNION ALL {_CONTACT} AND agent_id IS NOT NULL"
)
# Who was never at work has no presence, and is off shift.
_AGENT = """
SELECT a.id, a.routing_profile_id, a.team, a.attributes,
  coalesce(p.presence, 'offline') AS presence, p.reason, p.next_presence,
  coalesce(p.since_at, a.created_at) AS since_at, coalesce(p.misses, 0::smallint) AS misses,
  greatest(coalesce(p.idle_since_at, a.created_at), last.at) AS idle_since_at,
  (SELECT jsonb_object_agg(s.skill_id, s.level) FROM agent_skill s
   WHERE s.tenant_id = $1 AND s.agent_id = a.id) AS skills
FROM agent a
LEFT JOIN agent_presence p ON p.tenant_id = a.tenant_id AND p.agent_id = a.id
LEFT JOIN LATERAL (
  SELECT coalesce(o.ended_at, o.offered_at) AS at FROM offer o
  WHERE o.tenant_id = $1 AND o.agent_id = a.id ORDER BY o.offered_at DESC LIMIT 1
) last ON true
WHERE a.tenant_id = $1 AND a.disabled_at IS NULL
"""
AGENTS = _AGENT + " AND a.id = ANY($2)"
ALL_AGENTS = _AGENT + " ORDER BY idle_since_at, a.id"
PROFILES = "SELECT id, capacity, queues, media FROM routing_profile WHERE tenant_id = $1"
QUEUES = "SELECT id, offer_s, rules FROM queue WHERE tenant_id = $1"
TIME_ZONE = "SELECT time_zone FROM tenant WHERE id = $1"
# Hints may be lost with a crash, because a new leader reads everything anyway: no need to wait for the disk.
TAKE_HINTS = """
WITH fence AS MATERIALIZED (
  SELECT set_config('synchronous_commit', 'off', true) FROM routing_lease
  WHERE tenant_id = $1 AND domain = $2 AND epoch = $3 FOR SHARE
), taken AS (
  DELETE FROM outbox WHERE tenant_id = $1 AND lane = 'router' AND EXISTS (SELECT 1 FROM fence)
  RETURNING key, body
)
SELECT key, body FROM taken UNION ALL SELECT NULL, NULL FROM fence
"""
AGENT_HINT = b"agent"


class Wishes(Struct, frozen=True):
    """The `routing` column."""

    skills: tuple[SkillNeed, ...] = ()
    preferred_agent_id: UUID | None = None
    preferred_until: datetime | None = None
    only_agent_id: UUID | None = None
    passed_on_by: UUID | None = None
    passed_on_until: datetime | None = None
    also: tuple[UUID, ...] = ()  # who is asked at the same time as `agent_id`
    free: bool = False  # a wrap-up during which the next contact may come


class ContactRow(Struct, frozen=True):
    """One contact as the router sees it."""

    id: UUID
    status: str
    channel: str
    queue_id: str | None
    priority: int | None
    queued_at: datetime | None
    routing: Wishes | None
    offer_id: UUID | None
    agent_id: UUID | None
    wrapping: bool
    connected_at: datetime | None
    wrapped_at: datetime | None

    @property
    def waiting(self) -> WaitingContact | None:
        """The contact's place in line; None unless it waits for an offer, or its promised call is due."""
        due = self.status == "callback" and self.routing is not None
        if not (self.status == "queued" or due) or self.queue_id is None or self.queued_at is None:
            return None
        wishes = self.routing or Wishes()
        return WaitingContact(
            id=self.id,
            queue_id=self.queue_id,
            channel=self.channel,
            entered_at=self.queued_at,
            priority=self.priority or 5,
            skills=wishes.skills,
            preferred_agent_id=wishes.preferred_agent_id,
            preferred_until=wishes.preferred_until,
            only_agent_id=wishes.only_agent_id,
            passed_on_by=wishes.passed_on_by,
            passed_on_until=wishes.passed_on_until,
        )

    @property
    def ringing(self) -> bool:
        return self.status == "offered"

    @property
    def also(self) -> tuple[UUID, ...]:
        """Who is asked at the same time."""
        return self.routing.also if self.routing is not None and self.ringing else ()

    @property
    def holder(self) -> UUID | None:
        """Who has it in hand, so that it counts in what they can do at once."""
        return None if self.routing is not None and self.routing.free else self.agent_id


class AgentRow(Struct, frozen=True):
    """One agent as the router sees it."""

    agent: Agent
    misses: int
    announced: bool  # something comes after the current work


class Hints(Struct, frozen=True):
    """What changed since the last look."""

    contacts: set[UUID]
    agents: set[UUID]


def contact_row(row: asyncpg.Record) -> ContactRow:
    """Read a contact row. Raises msgspec.ValidationError when `routing` is not as written by the committer."""
    values = dict(row)
    values["routing"] = None if values["routing"] is None else msgspec.convert(values["routing"], Wishes)
    return ContactRow(**values)


def _seat(seat: dict[str, Any]) -> Seat:
    return Seat(seat["queue_id"], seat.get("priority", 1), seat.get("delay_s", 0))


class ProfileBook:
    """Routing profiles by id; agents with equal terms get equal profiles."""

    def __init__(self, rows: Sequence[asyncpg.Record]) -> None:
        self._terms = {
            row["id"]: (
                tuple(_seat(seat) for seat in row["queues"]),
                {str(channel): int(count) for channel, count in row["capacity"].items()},
                Media.of(msgspec.convert(row["media"], MediaRules)),
            )
            for row in rows
        }

    def agent_row(self, row: asyncpg.Record) -> AgentRow:
        """Read an agent row; without a known profile the agent serves no queue."""
        seats, capacity, media = self._terms.get(row["routing_profile_id"], ((), {}, NO_RULES))
        team: str | None = row["team"]
        following = row["next_presence"]
        presence = Presence(
            agent_id=row["id"],
            status=Status(row["presence"]),
            since_at=row["since_at"],
            idle_since_at=row["idle_since_at"],
            reason=row["reason"],
            next_status=None if following is None else Status(following),
        )
        agent = Agent(
            id=row["id"],
            profile=Profile.of(
                seats, row["skills"], capacity, () if team is None else (team,), row["attributes"], media
            ),
            routable=presence.routable,
            idle_since=presence.idle_since_at,
            on_shift=presence.on_shift,
        )
        return AgentRow(agent, row["misses"], following is not None)


class QueueRow(Struct, frozen=True):
    """One queue as the router sees it."""

    offer_s: int
    rules: QueueRules


def queue_rows(rows: Sequence[asyncpg.Record]) -> dict[str, QueueRow]:
    """Read the queues. Raises msgspec.ValidationError for rules the interface would not have taken."""
    return {row["id"]: QueueRow(row["offer_s"], msgspec.convert(row["rules"], QueueRules)) for row in rows}


async def take_hints(conn: asyncpg.Connection, tenant_id: str, domain: str, epoch: int) -> Hints | None:
    """Take everything out of the lane; None, and nothing taken, when another leader has taken over."""
    rows = await conn.fetch(TAKE_HINTS, tenant_id, domain, epoch)
    if not rows:
        return None
    hints = Hints(set(), set())
    for key, body in rows:
        if key is not None:
            (hints.agents if body == AGENT_HINT else hints.contacts).add(key)
    return hints
