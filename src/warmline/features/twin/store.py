"""Reading a day: settings as the live router reads them, contacts from their events, presence from its history."""

import datetime as dt
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
import msgspec

from warmline.domain.hours.calendar import Calendar
from warmline.domain.routing.model import Seat
from warmline.domain.routing.rules import MediaRules, QueueRules
from warmline.features.twin.day import AgentTerms, Contained, Day, PresenceSource, Present, QueueTerms, Stay
from warmline.features.twin.stays import Step, attempts_of, stays_of, unplayed
from warmline.runtime.database import Database

OPEN_AT_MOST = timedelta(days=2)  # who came earlier and is still open is not carried into the day
NO_ANSWER_LEARNED_FROM = 20  # offers, before a share of missed ones is believed

QUEUES = """
SELECT q.id, q.name, q.target_s, q.target_share, q.max_waiting, q.rules,
  (SELECT to_jsonb(c) - 'tenant_id' - 'version' - 'name' FROM calendar c
   WHERE c.tenant_id = $1 AND c.id = q.calendar_id) AS calendar
FROM queue q WHERE q.tenant_id = $1 ORDER BY q.id
"""
AGENTS = """
SELECT a.id::text AS id, p.capacity, p.queues, p.media, a.team, a.attributes,
  coalesce((SELECT jsonb_object_agg(s.skill_id, s.level) FROM agent_skill s
   WHERE s.tenant_id = $1 AND s.agent_id = a.id), '{}') AS skills
FROM agent a JOIN routing_profile p ON p.tenant_id = $1 AND p.id = a.routing_profile_id
WHERE a.tenant_id = $1 AND (a.disabled_at IS NULL OR a.disabled_at > $2) ORDER BY a.id
"""
# Events of contacts that were in a queue that day, and of those of the days before that were not over at midnight.
STEPS = """
WITH queued AS (
  SELECT contact_id FROM event
  WHERE tenant_id = $1 AND kind = 'contact_queued' AND at >= $2 AND at < $3
  UNION
  SELECT q.contact_id FROM event q JOIN contact c ON c.tenant_id = $1 AND c.id = q.contact_id
  WHERE q.tenant_id = $1 AND q.kind = 'contact_queued' AND q.at >= $4 AND q.at < $2
    AND (c.wrapping OR coalesce(greatest(c.ended_at, c.wrapped_at), 'infinity') >= $2)
)
SELECT e.contact_id::text AS contact_id, c.channel, e.at, e.kind,
  coalesce(e.body->>'agent_id', e.body->>'from_agent_id') AS agent_id,
  e.body->'entry'->>'queue_id' AS queue_id, e.body->'entry'->'skills' AS skills,
  (e.body->'entry'->>'priority')::int AS priority, e.body->>'reason' AS reason,
  c.opened_at, e.body->'entry'->>'preferred_agent_id' AS preferred_id,
  (e.body->'entry'->>'preferred_until')::timestamptz AS preferred_until,
  e.body->'entry'->>'only_agent_id' AS only_id, e.body->>'by' AS by, e.body->>'outcome' AS outcome,
  coalesce(e.body->>'not_before', e.body->>'not_after') IS NOT NULL AS window
FROM queued q JOIN contact c ON c.tenant_id = $1 AND c.id = q.contact_id
JOIN event e ON e.tenant_id = $1 AND e.contact_id = q.contact_id
WHERE e.kind IN ('contact_queued', 'queue_left', 'agent_joined', 'agent_left', 'contact_wrapped_up',
  'callback_promised', 'callback_tried', 'contact_ended') AND e.at >= $4
ORDER BY e.contact_id, e.seq
"""
CONTAINED = """
SELECT channel, extract(epoch FROM opened_at - $2)::float8 AS at_s,
  extract(epoch FROM ended_at - $2)::float8 AS until_s
FROM contact WHERE tenant_id = $1 AND opened_at >= $2 AND opened_at < $3 AND first_queued_at IS NULL
  AND ended_at IS NOT NULL
ORDER BY opened_at, id
"""
OFFERS = """
SELECT outcome, extract(epoch FROM ended_at - offered_at)::float8 AS rang_s FROM offer
WHERE tenant_id = $1 AND offered_at >= $2 AND offered_at < $3 AND outcome IN ('accepted', 'declined', 'expired')
ORDER BY offered_at, id LIMIT 100000
"""
PRESENCE = """
SELECT agent_id::text AS agent_id, at, presence, reason FROM presence_change
WHERE tenant_id = $1 AND at >= $2 AND at < $3
UNION ALL
SELECT a.id::text, $2, p.presence, p.reason FROM agent a CROSS JOIN LATERAL (
  SELECT presence, reason FROM presence_change h
  WHERE h.tenant_id = $1 AND h.agent_id = a.id AND h.at < $2 ORDER BY h.at DESC LIMIT 1
) p WHERE a.tenant_id = $1
ORDER BY agent_id, at
"""
SHIFTS = """
SELECT agent_id::text AS agent_id, starts_at, ends_at, pauses FROM work_shift
WHERE tenant_id = $1 AND agent_id IS NOT NULL AND published_at IS NOT NULL AND starts_at < $3 AND ends_at > $2
ORDER BY agent_id, starts_at
"""
ARRIVALS = """
SELECT body->'entry'->>'queue_id' AS queue_id, at FROM event
WHERE tenant_id = $1 AND kind = 'contact_queued' AND at >= $2 AND at < $3
  AND coalesce(body->>'why', 'journey') IN ('journey', 'transfer')
ORDER BY at
"""


async def read_day(database: Database, tenant_id: str, date: dt.date, now: datetime) -> Day:
    """Return a day as it was recorded, up to `now`."""
    async with (
        database.tenant(tenant_id) as conn,
        conn.transaction(isolation="repeatable_read", readonly=True),
    ):
        zone = await time_zone_of(conn, tenant_id)
        start_at, end_at = bounds(date, zone)
        until = min(end_at, max(now, start_at))
        rows = await conn.fetch(STEPS, tenant_id, start_at, until, start_at - OPEN_AT_MOST)
        steps = [_step(row, start_at) for row in rows]
        stays = stays_of(steps, (until - start_at).total_seconds())
        queues, agents = await _terms(conn, tenant_id, start_at)
        contained = await conn.fetch(CONTAINED, tenant_id, start_at, until)
        presence, source = await _presence(conn, tenant_id, start_at, until, allow_shifts=True)
        if not presence:
            presence, source = _worked(stays), "work"
        offers = await conn.fetch(OFFERS, tenant_id, start_at, until)
    rang = [row["rang_s"] for row in offers if row["outcome"] == "accepted"]
    missed = len(offers) - len(rang)
    attempts = attempts_of([step for step in steps if step.at_s >= 0])
    return Day(
        date=date,
        time_zone=zone,
        queues=queues,
        agents=agents,
        stays=stays,
        presence=presence,
        presence_source=source,
        answer_s=tuple(rang),
        no_answer=missed / len(offers) if len(offers) >= NO_ANSWER_LEARNED_FROM else 0.0,
        seen_until_s=(until - start_at).total_seconds() if until < end_at else None,
        contained=tuple(Contained(row["channel"], row["at_s"], row["until_s"]) for row in contained),
        reached=sum(reached for reached, _ in attempts) / len(attempts) if attempts else 1.0,
        attempt_s=tuple(spent_s for reached, spent_s in attempts if not reached),
        left_out=unplayed([step for step in steps if step.at_s >= 0]),
    )


async def planned_presence(database: Database, tenant_id: str, date: dt.date) -> tuple[Present, ...]:
    """Return the published shifts of a day as presence; empty without any."""
    async with database.tenant(tenant_id) as conn:
        start_at, end_at = bounds(date, await time_zone_of(conn, tenant_id))
        return await _shifts(conn, tenant_id, start_at, end_at)


async def arrivals(
    database: Database, tenant_id: str, first: dt.date, end: dt.date
) -> tuple[str, list[tuple[str, datetime]]]:
    """Return the company's time zone, and queue and time of all who came from `first` until before `end`."""
    async with database.tenant(tenant_id) as conn:
        zone = await time_zone_of(conn, tenant_id)
        rows = await conn.fetch(ARRIVALS, tenant_id, bounds(first, zone)[0], bounds(end, zone)[0])
    return zone, [(row["queue_id"], row["at"]) for row in rows]


async def last_day(
    database: Database, tenant_id: str, now: datetime, before: dt.date | None = None
) -> tuple[str, dt.date, dt.date | None]:
    """Return the company's time zone, today there, and the last whole day (before `before`) with contacts."""
    async with database.tenant(tenant_id) as conn:
        zone = await time_zone_of(conn, tenant_id)
        today = now.astimezone(ZoneInfo(zone)).date()
        last_at = await conn.fetchval(
            "SELECT max(at) FROM event WHERE tenant_id = $1 AND kind = 'contact_queued' AND at < $2",
            tenant_id, bounds(before or today, zone)[0],
        )  # fmt: skip
    return zone, today, None if last_at is None else last_at.astimezone(ZoneInfo(zone)).date()


async def time_zone_of(conn: asyncpg.Connection, tenant_id: str) -> str:
    """Return the company's time zone."""
    return await conn.fetchval("SELECT time_zone FROM tenant WHERE id = $1", tenant_id) or "UTC"


def bounds(date: dt.date, zone: str) -> tuple[datetime, datetime]:
    """Return a local day's two midnights, in UTC."""
    place = ZoneInfo(zone)
    first, last = (datetime.combine(day, time(), place) for day in (date, date + timedelta(days=1)))
    return first.astimezone(UTC), last.astimezone(UTC)


async def _terms(
    conn: asyncpg.Connection, tenant_id: str, start_at: datetime
) -> tuple[tuple[QueueTerms, ...], tuple[AgentTerms, ...]]:
    queues = [
        QueueTerms(
            id=row["id"],
            name=row["name"],
            target_s=float(row["target_s"]),
            target_share=row["target_share"] / 100,
            max_waiting=row["max_waiting"],
            rules=msgspec.convert(row["rules"], QueueRules),
            calendar=None if row["calendar"] is None else msgspec.convert(row["calendar"], Calendar),
        )
        for row in await conn.fetch(QUEUES, tenant_id)
    ]
    known = {queue.id for queue in queues}
    rows = await conn.fetch(AGENTS, tenant_id, start_at)
    agents = [
        AgentTerms(
            id=row["id"],
            seats=tuple(seat for seat in map(_seat, row["queues"]) if seat.queue_id in known),
            skills={str(skill): int(level) for skill, level in row["skills"].items()},
            capacity={str(channel): int(count) for channel, count in row["capacity"].items()},
            team=row["team"],
            attributes={str(name): str(value) for name, value in row["attributes"].items()},
            media=msgspec.convert(row["media"], MediaRules),
        )
        for row in rows
    ]
    return tuple(queues), tuple(agents)


def _seat(seat: dict[str, Any]) -> Seat:
    return Seat(seat["queue_id"], seat.get("priority", 1), seat.get("delay_s", 0))


def _step(row: asyncpg.Record, start_at: datetime) -> Step:
    preferred_until = row["preferred_until"]
    return msgspec.convert(
        {
            **dict(row),
            "at_s": (row["at"] - start_at).total_seconds(),
            "skills": row["skills"] or [],
            "opened_s": (row["opened_at"] - start_at).total_seconds(),
            "preferred_until_s": None if preferred_until is None else (preferred_until - start_at).total_seconds(),
        },
        Step,
    )


async def _presence(
    conn: asyncpg.Connection, tenant_id: str, start_at: datetime, until: datetime, *, allow_shifts: bool
) -> tuple[tuple[Present, ...], PresenceSource]:
    rows = await conn.fetch(PRESENCE, tenant_id, start_at, until)
    found = present_of([(row["agent_id"], row["at"], row["presence"]) for row in rows], start_at, until)
    if found or not allow_shifts:
        return found, "presence"
    return await _shifts(conn, tenant_id, start_at, until), "shifts"


def present_of(
    rows: Sequence[tuple[str, datetime, str]], start_at: datetime, until: datetime
) -> tuple[Present, ...]:
    """Return who was there, from changes of presence in order of agent and time."""
    found: list[Present] = []
    for number, (agent_id, at, presence) in enumerate(rows):
        following = rows[number + 1] if number + 1 < len(rows) else None
        ends = following[1] if following is not None and following[0] == agent_id else until
        if presence != "offline" and ends > at:
            begin_s, end_s = (at - start_at).total_seconds(), (ends - start_at).total_seconds()
            found.append(Present(agent_id, begin_s, end_s, presence == "away"))
    return tuple(found)


async def _shifts(
    conn: asyncpg.Connection, tenant_id: str, start_at: datetime, until: datetime
) -> tuple[Present, ...]:
    found: list[Present] = []
    for row in await conn.fetch(SHIFTS, tenant_id, start_at, until):
        at, end = max(row["starts_at"], start_at), min(row["ends_at"], until)
        for pause in sorted(row["pauses"], key=lambda pause: pause["start_at"]):
            from_at, until_at = (datetime.fromisoformat(pause[name]) for name in ("start_at", "end_at"))
            if at < from_at < end:
                found.append(_stretch(row["agent_id"], at, from_at, start_at))
            if from_at < end and until_at > at:
                found.append(_stretch(row["agent_id"], max(from_at, at), min(until_at, end), start_at, rest=True))
                at = min(until_at, end)
        if at < end:
            found.append(_stretch(row["agent_id"], at, end, start_at))
    return tuple(found)


def _stretch(agent_id: str, at: datetime, until: datetime, start_at: datetime, *, rest: bool = False) -> Present:
    return Present(agent_id, (at - start_at).total_seconds(), (until - start_at).total_seconds(), rest)


def _worked(stays: Sequence[Stay]) -> tuple[Present, ...]:
    """Return each agent's time from the first customer to the last, where presence was not kept."""
    spans: dict[str, tuple[float, float]] = {}
    for stay in stays:
        if stay.agent_id is not None and stay.work_at_s is not None:
            begin_s, end_s = max(stay.work_at_s, 0.0), stay.work_at_s + (stay.work_s or 0.0)
            first, last = spans.get(stay.agent_id, (begin_s, end_s))
            spans[stay.agent_id] = (min(first, begin_s), max(last, end_s))
    return tuple(Present(id, first, last) for id, (first, last) in sorted(spans.items()))
