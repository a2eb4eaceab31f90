"""Published journeys, never changed once written, and the tenant's own prompts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import asyncpg
from msgspec import Struct

from warmline.domain.journey.checker_tags import Duty
from warmline.kernel.locale import LOCALES, Locale

PromptChannel = Literal["written", "spoken"]


class JourneyLine(Struct, frozen=True):
    """One version of a journey, without its document."""

    id: str
    version: int
    kind: str
    title: str
    published_by: UUID | None
    published_at: datetime


_LINE = (
    "id, version, coalesce(document->>'kind', 'journey') AS kind, coalesce(document->>'title', '') AS title,"
    " published_by, published_at"
)


async def latest(conn: asyncpg.Connection, tenant_id: str) -> list[JourneyLine]:
    """Return the newest version of every journey."""
    rows = await conn.fetch(
        f"SELECT DISTINCT ON (id) {_LINE} FROM journey WHERE tenant_id = $1 ORDER BY id, version DESC", tenant_id
    )
    return [JourneyLine(**dict(row)) for row in rows]


async def versions(conn: asyncpg.Connection, tenant_id: str, journey_id: str) -> list[JourneyLine]:
    """Return every version of a journey, newest first."""
    rows = await conn.fetch(
        f"SELECT {_LINE} FROM journey WHERE tenant_id = $1 AND id = $2 ORDER BY version DESC LIMIT 500",
        tenant_id, journey_id,
    )  # fmt: skip
    return [JourneyLine(**dict(row)) for row in rows]


async def document(
    conn: asyncpg.Connection, tenant_id: str, journey_id: str, version: int | None
) -> tuple[JourneyLine, dict[str, Any]] | None:
    """Return one version with its document; None asks for the newest."""
    row = await conn.fetchrow(
        f"SELECT {_LINE}, document FROM journey WHERE tenant_id = $1 AND id = $2"
        " AND ($3::integer IS NULL OR version = $3) ORDER BY version DESC LIMIT 1",
        tenant_id, journey_id, version,
    )  # fmt: skip
    if row is None:
        return None
    line = {name: row[name] for name in JourneyLine.__struct_fields__}
    return JourneyLine(**line), row["document"]


async def documents(conn: asyncpg.Connection, tenant_id: str) -> dict[str, dict[str, Any]]:
    """Return the newest document of every journey."""
    rows = await conn.fetch(
        "SELECT DISTINCT ON (id) id, document FROM journey WHERE tenant_id = $1 ORDER BY id, version DESC",
        tenant_id,
    )
    return {row["id"]: row["document"] for row in rows}


async def insert(
    conn: asyncpg.Connection, tenant_id: str, journey_id: str, version: int, document: Mapping[str, Any],
    published_by: UUID | None, now: datetime,
) -> None:  # fmt: skip
    """Write a new version. Raises asyncpg.UniqueViolationError when somebody was faster."""
    await conn.execute(
        "INSERT INTO journey (tenant_id, id, version, document, published_by, published_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        tenant_id, journey_id, version, document, published_by, now,
    )  # fmt: skip


async def skills(conn: asyncpg.Connection, tenant_id: str) -> dict[str, int]:
    """Return every skill with the highest level that somebody who works here has; 0 when nobody has it."""
    rows = await conn.fetch(
        "SELECT k.id, coalesce(max(s.level) FILTER (WHERE a.id IS NOT NULL), 0) AS level FROM skill k"
        " LEFT JOIN agent_skill s ON s.tenant_id = k.tenant_id AND s.skill_id = k.id"
        " LEFT JOIN agent a ON a.tenant_id = s.tenant_id AND a.id = s.agent_id AND a.disabled_at IS NULL"
        " WHERE k.tenant_id = $1 GROUP BY k.id",
        tenant_id,
    )
    return {row["id"]: row["level"] for row in rows}


async def names(conn: asyncpg.Connection, tenant_id: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ids of queues and calendars."""
    queues = await conn.fetch("SELECT id FROM queue WHERE tenant_id = $1", tenant_id)
    calendars = await conn.fetch("SELECT id FROM calendar WHERE tenant_id = $1", tenant_id)
    return frozenset(row["id"] for row in queues), frozenset(row["id"] for row in calendars)


async def duties(conn: asyncpg.Connection, tenant_id: str) -> dict[str, Duty]:
    """Return what the tagged contact reasons demand of the journeys that declare them."""
    rows = await conn.fetch(
        "SELECT id, tags, level FROM contact_reason WHERE tenant_id = $1 AND tags <> '{}'", tenant_id
    )
    return {row["id"]: Duty(frozenset(row["tags"]), row["level"]) for row in rows}


async def compared(conn: asyncpg.Connection, tenant_id: str) -> dict[str, dict[int, dict[str, Any]]]:
    """Return, by journey, the documents of the versions that are being compared."""
    rows = await conn.fetch(
        "SELECT j.id, j.version, j.document FROM journey_split s JOIN journey j ON j.tenant_id = s.tenant_id"
        " AND j.id = s.journey_id AND j.version IN (s.version_a, s.version_b)"
        " WHERE s.tenant_id = $1 AND s.ended_at IS NULL ORDER BY j.id, j.version",
        tenant_id,
    )
    found: dict[str, dict[int, dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["id"], {})[row["version"]] = row["document"]
    return found


async def prompts(conn: asyncpg.Connection, tenant_id: str) -> dict[tuple[str, str], dict[Locale, str]]:
    """Return the tenant's own texts by (key, channel)."""
    found: dict[tuple[str, str], dict[Locale, str]] = {}
    rows = await conn.fetch("SELECT key, channel, locale, text FROM prompt WHERE tenant_id = $1", tenant_id)
    for row in rows:
        if row["locale"] in LOCALES:
            found.setdefault((row["key"], row["channel"]), {})[row["locale"]] = row["text"]
    return found


async def put_prompt(
    conn: asyncpg.Connection, tenant_id: str, key: str, channel: str, texts: Mapping[Locale, str], now: datetime
) -> None:
    await conn.executemany(
        "INSERT INTO prompt (tenant_id, key, locale, channel, text, updated_at) VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT (tenant_id, key, locale, channel)"
        " DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at",
        [(tenant_id, key, locale, channel, text, now) for locale, text in texts.items()],
    )


async def lock(conn: asyncpg.Connection, tenant_id: str) -> None:
    """Let no other journey or prompt of this tenant be written until the transaction ends."""
    await conn.execute("SELECT pg_advisory_xact_lock(hashtextextended('journeys:' || $1, 0))", tenant_id)


async def entries(conn: asyncpg.Connection, tenant_id: str) -> frozenset[str]:
    """Return the journeys that contacts begin with: those of widgets, and the surveys of queues."""
    rows = await conn.fetch(
        "SELECT journey_id AS id FROM widget WHERE tenant_id = $1"
        " UNION SELECT survey_journey_id FROM queue WHERE tenant_id = $1 AND survey_journey_id IS NOT NULL",
        tenant_id,
    )
    return frozenset(row["id"] for row in rows)
