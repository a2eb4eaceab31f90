"""Seeing before switching on: who hears an announcement, and which days are holidays."""

import datetime as dt
from uuid import UUID

import asyncpg

from warmline.domain.hours.calendar import public_holidays
from warmline.features.admin.schemas import AnnouncementBody, Preview, PreviewWidget
from warmline.features.admin.schemas_hours import Holiday
from warmline.features.admin.store import number_of
from warmline.runtime.database import Database

LATEST_JOURNEYS = (
    "SELECT DISTINCT ON (id) id,"
    " jsonb_path_query_array(document, '$.**.journey') AS transfers,"
    " jsonb_path_query_array(document, '$.**.module') AS modules,"
    " jsonb_path_exists(document, '$.**.slot ? (@ == $slot)', jsonb_build_object('slot', $2::text)) AS speaks"
    " FROM journey WHERE tenant_id = $1 ORDER BY id, version DESC"
)


async def who_hears(database: Database, tenant_id: str, body: AnnouncementBody, now: dt.datetime) -> Preview:
    """Return the journeys that say this slot, themselves or in a module, and the widgets that lead there."""
    async with database.tenant(tenant_id) as conn:
        rows = await conn.fetch(LATEST_JOURNEYS, tenant_id, body.slot)
        widgets = await conn.fetch(
            "SELECT key, name, journey_id FROM widget WHERE tenant_id = $1 AND enabled ORDER BY key", tenant_id
        )
        modules = {row["id"]: _names(row["modules"]) for row in rows}
        onward = {row["id"]: _names(row["transfers"]) for row in rows}
        speaking = {row["id"] for row in rows if row["speaks"]}
        hearing = {one for one in modules if speaking & _reachable(one, modules)}
        everywhere = {one: modules[one] | onward[one] for one in modules}
        count = await _customers_in(conn, tenant_id, hearing)
    reached = [w for w in widgets if hearing & _reachable(w["journey_id"], everywhere)]
    return Preview(
        texts=body.texts,
        slot=body.slot,
        starts_at=body.starts_at,
        ends_at=body.ends_at,
        valid_now=body.enabled and body.starts_at <= now < body.ends_at,
        journeys=sorted(hearing),
        widgets=[PreviewWidget(key=w["key"], name=w["name"]) for w in reached],
        contacts_in_journeys=count,
    )


async def _customers_in(conn: asyncpg.Connection, tenant_id: str, journeys: set[str]) -> int:
    return await number_of(
        conn,
        "SELECT count(*) FROM contact WHERE tenant_id = $1 AND status = 'journey' AND journey_id = ANY($2)",
        tenant_id,
        sorted(journeys),
    )


def _names(values: object) -> set[str]:
    return {v for v in values if isinstance(v, str)} if isinstance(values, list) else set()


def _reachable(start: str, steps: dict[str, set[str]]) -> set[str]:
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
        "SELECT slot, texts, starts_at, ends_at, enabled FROM announcement WHERE tenant_id = $1 AND id = $2",
        tenant_id, announcement_id,
    )  # fmt: skip
    return AnnouncementBody.model_validate(dict(row)) if row else None
