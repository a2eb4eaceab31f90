"""Seeing before switching on: who hears an announcement, and which days are holidays."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

import asyncpg

from warmline.domain.contact.announcements import EMERGENCY
from warmline.domain.hours.calendar import public_holidays
from warmline.features.admin.emergency import check_end
from warmline.features.admin.schemas_hours import Holiday
from warmline.features.admin.schemas_telling import (
    AnnouncementBody,
    EmergencyDraft,
    Preview,
    PreviewQueue,
    PreviewWidget,
)
from warmline.features.admin.store import number_of
from warmline.features.contacts.hearing import hearers, scope_arguments
from warmline.runtime.database import Database

LATEST_JOURNEYS = (
    "SELECT DISTINCT ON (id) id,"
    " jsonb_path_query_array(document, '$.**.journey') AS transfers,"
    " jsonb_path_query_array(document, '$.**.module') AS modules,"
    " jsonb_path_query_array(document, '$.**.queue') AS queues,"
    " jsonb_path_exists(document, '$.**.slot ? (@ == $slot)', jsonb_build_object('slot', $2::text)) AS speaks"
    " FROM journey WHERE tenant_id = $1 ORDER BY id, version DESC"
)
QUEUES = (
    "SELECT q.id, q.name, count(c.id) AS waiting FROM queue q LEFT JOIN contact c ON c.tenant_id = q.tenant_id"
    " AND c.queue_id = q.id AND c.status IN ('queued', 'offered')"
    " AND ($3::text[] = '{}' OR c.journey_id = ANY($3)) AND ($4::text[] = '{}' OR c.channel = ANY($4))"
    " WHERE q.tenant_id = $1 AND ($2::text[] = '{}' OR q.id = ANY($2))"
    " GROUP BY q.tenant_id, q.id, q.name, q.priority ORDER BY q.priority, q.id"
)
Steps = Mapping[str, set[str]]


async def who_would_hear(database: Database, tenant_id: str, draft: EmergencyDraft, now: dt.datetime) -> Preview:
    """Return who would hear an emergency if it were started now. Raises Refused when it would not end in time."""
    check_end(draft.ends_at, now)
    body = AnnouncementBody(slot=EMERGENCY, starts_at=now, **dict(draft))
    return await who_hears(database, tenant_id, body, now)


async def who_hears(database: Database, tenant_id: str, body: AnnouncementBody, now: dt.datetime) -> Preview:
    """Return the journeys that say this slot, themselves or in a module, and the widgets that lead there.

    It is also heard in line, so that every widget whose customers may come to wait leads to it.
    """
    scope = body.scope
    emergency = body.slot == EMERGENCY
    async with database.tenant(tenant_id) as conn:
        rows = await conn.fetch(LATEST_JOURNEYS, tenant_id, body.slot)
        widgets = await conn.fetch(
            "SELECT key, name, journey_id FROM widget WHERE tenant_id = $1 AND enabled ORDER BY key", tenant_id
        )
        modules = {row["id"]: _names(row["modules"]) for row in rows}
        everywhere = {row["id"]: modules[row["id"]] | _names(row["transfers"]) for row in rows}
        # Whoever is meant by the queue they wait in does not hear it before they wait there.
        speaking = set() if scope.queues else {row["id"] for row in rows if row["speaks"]}
        hearing = {one for one in modules if speaking & _reachable(one, modules)}
        if scope.journeys:
            hearing &= set().union(*(_reachable(one, everywhere) for one in scope.journeys))
        queueing = {row["id"] for row in rows if _leads_to(row["queues"], set(scope.queues))}
        arguments = scope_arguments(scope.queues, scope.journeys, scope.channels)
        count = await hearers(conn, tenant_id, arguments)
        queues = await conn.fetch(QUEUES, tenant_id, *arguments)
        told_now = count.self_service if emergency else await _customers_in(conn, tenant_id, hearing)
    doors = [w for w in widgets if not scope.journeys or w["journey_id"] in scope.journeys]
    if scope.channels and "webchat" not in scope.channels:
        doors = []
    reached = [w for w in doors if (hearing | queueing) & _reachable(w["journey_id"], everywhere)]
    return Preview(
        texts=body.texts,
        spoken=body.spoken,
        scope=scope,
        slot=body.slot,
        starts_at=body.starts_at,
        ends_at=body.ends_at,
        valid_now=body.enabled and body.starts_at <= now < body.ends_at,
        journeys=sorted(hearing),
        widgets=[PreviewWidget(key=w["key"], name=w["name"]) for w in reached],
        queues=[PreviewQueue(id=q["id"], name=q["name"], waiting=q["waiting"]) for q in queues],
        waiting_now=count.waiting,
        self_service_now=told_now,
    )


async def _customers_in(conn: asyncpg.Connection, tenant_id: str, journeys: set[str]) -> int:
    return await number_of(
        conn,
        "SELECT count(*) FROM contact WHERE tenant_id = $1 AND status = 'journey' AND journey_id = ANY($2)",
        tenant_id,
        sorted(journeys),
    )


def _leads_to(queues: object, wanted: set[str]) -> bool:
    named = _names(queues)
    return bool(named & wanted) if wanted else bool(named)


def _names(values: object) -> set[str]:
    return {v for v in values if isinstance(v, str)} if isinstance(values, list) else set()


def _reachable(start: str, steps: Steps) -> set[str]:
    found, open_ends = {start}, [start]
    while open_ends:
        for one in steps.get(open_ends.pop(), set()) - found:
            found.add(one)
            open_ends.append(one)
    return found


def holidays_of(country: str, year: int) -> list[Holiday]:
    """Return the public holidays of KR, JP or US in a year, named in each language the list has."""
    days = sorted(public_holidays(country, year).items())
    return [Holiday.model_validate({"date": day, "name": names}) for day, names in days]


async def announcement(conn: asyncpg.Connection, tenant_id: str, announcement_id: UUID) -> AnnouncementBody | None:
    """Return a stored announcement as its document."""
    row = await conn.fetchrow(
        "SELECT slot, texts, spoken, scope, starts_at, ends_at, enabled FROM announcement"
        " WHERE tenant_id = $1 AND id = $2",
        tenant_id, announcement_id,
    )  # fmt: skip
    return AnnouncementBody.model_validate(dict(row)) if row else None
