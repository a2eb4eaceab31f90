"""Staffing in the database: settings, contracts, queues, plans, feeds."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from warmline.features.staffing.settings import Person, QueueRow, StaffingSettings, Terms, default_settings

PEOPLE = """
SELECT a.id, a.name, r.queues, c.terms, coalesce(c.version, 0) AS version
FROM agent a JOIN routing_profile r ON r.tenant_id = a.tenant_id AND r.id = a.routing_profile_id
LEFT JOIN staffing_contract c ON c.tenant_id = a.tenant_id AND c.agent_id = a.id
WHERE a.tenant_id = $1 AND a.disabled_at IS NULL ORDER BY a.name, a.id LIMIT 2000
"""
PLAN_COLUMNS = "id, starts_at, ends_at, status, request, progress, result, stop_asked, created_at, seen_at"


async def time_zone_of(conn: asyncpg.Connection, tenant_id: str) -> str:
    """Return the company's time zone."""
    return await conn.fetchval("SELECT time_zone FROM tenant WHERE id = $1", tenant_id) or "UTC"


async def read_settings(conn: asyncpg.Connection, tenant_id: str) -> tuple[StaffingSettings, int]:
    """Return the settings and their version; the defaults with version 0 where nothing was set."""
    row = await conn.fetchrow("SELECT settings, version FROM staffing_setting WHERE tenant_id = $1", tenant_id)
    if row is None:
        return default_settings(), 0
    return msgspec.convert(row["settings"], StaffingSettings), row["version"]


async def write_settings(
    conn: asyncpg.Connection, tenant_id: str, settings: StaffingSettings, version: int
) -> int | None:
    """Write settings that were read at `version`; return the new one, or None when somebody was faster."""
    if version == 0:
        return await conn.fetchval(
            "INSERT INTO staffing_setting (tenant_id, settings) VALUES ($1, $2)"
            " ON CONFLICT DO NOTHING RETURNING version",
            tenant_id, settings,
        )  # fmt: skip
    return await conn.fetchval(
        "UPDATE staffing_setting SET settings = $2, version = version + 1"
        " WHERE tenant_id = $1 AND version = $3 RETURNING version",
        tenant_id, settings, version,
    )  # fmt: skip


async def people(conn: asyncpg.Connection, tenant_id: str) -> list[Person]:
    """Return the agents with a routing profile, by name."""
    rows = await conn.fetch(PEOPLE, tenant_id)
    return [
        Person(
            row["id"],
            row["name"],
            tuple(one["queue_id"] for one in row["queues"]),
            Terms() if row["terms"] is None else msgspec.convert(row["terms"], Terms),
            row["version"],
        )
        for row in rows
    ]


async def write_terms(
    conn: asyncpg.Connection, tenant_id: str, agent_id: UUID, terms: Terms, version: int
) -> int | None:
    """Write a contract that was read at `version` (0: none yet); return the new one, or None when changed."""
    if version == 0:
        return await conn.fetchval(
            "INSERT INTO staffing_contract (tenant_id, agent_id, terms) VALUES ($1, $2, $3)"
            " ON CONFLICT DO NOTHING RETURNING version",
            tenant_id, agent_id, terms,
        )  # fmt: skip
    return await conn.fetchval(
        "UPDATE staffing_contract SET terms = $3, version = version + 1"
        " WHERE tenant_id = $1 AND agent_id = $2 AND version = $4 RETURNING version",
        tenant_id, agent_id, terms, version,
    )  # fmt: skip


async def queues(conn: asyncpg.Connection, tenant_id: str) -> list[QueueRow]:
    """Return every queue with its promise."""
    rows = await conn.fetch(
        "SELECT id, name, target_s, target_share FROM queue WHERE tenant_id = $1 ORDER BY id LIMIT 500", tenant_id
    )
    return [QueueRow(row["id"], row["name"], row["target_share"] / 100, float(row["target_s"])) for row in rows]


# --- plans -------------------------------------------------------------------------------------


async def insert_plan(
    conn: asyncpg.Connection, tenant_id: str, plan_id: UUID, starts_at: datetime, ends_at: datetime,
    request: dict[str, Any], created_by: UUID, now: datetime,
) -> None:  # fmt: skip
    await conn.execute(
        "INSERT INTO staffing_plan (tenant_id, id, starts_at, ends_at, status, request, created_by, created_at,"
        " seen_at) VALUES ($1, $2, $3, $4, 'planning', $5, $6, $7, $7)",
        tenant_id, plan_id, starts_at, ends_at, request, created_by, now,
    )  # fmt: skip


async def plan(conn: asyncpg.Connection, tenant_id: str, plan_id: UUID) -> asyncpg.Record | None:
    """Return one plan."""
    return await conn.fetchrow(
        f"SELECT {PLAN_COLUMNS} FROM staffing_plan WHERE tenant_id = $1 AND id = $2", tenant_id, plan_id
    )


async def plans(conn: asyncpg.Connection, tenant_id: str, limit: int = 20) -> list[asyncpg.Record]:
    """Return the newest plans."""
    return await conn.fetch(
        f"SELECT {PLAN_COLUMNS} FROM staffing_plan WHERE tenant_id = $1"
        " ORDER BY created_at DESC, id DESC LIMIT $2",
        tenant_id, limit,
    )  # fmt: skip


async def planning_since(conn: asyncpg.Connection, tenant_id: str, alive_after: datetime) -> UUID | None:
    """Return a plan that is being made: somebody gave a sign of life for it after `alive_after`."""
    return await conn.fetchval(
        "SELECT id FROM staffing_plan WHERE tenant_id = $1 AND status = 'planning' AND seen_at > $2 LIMIT 1",
        tenant_id, alive_after,
    )  # fmt: skip


async def told(
    conn: asyncpg.Connection, tenant_id: str, plan_id: UUID, progress: dict[str, Any], now: datetime
) -> bool:
    """Write how far planning is; return whether it shall go on."""
    asked = await conn.fetchval(
        "UPDATE staffing_plan SET progress = $3, seen_at = $4 WHERE tenant_id = $1 AND id = $2"
        " AND status = 'planning' RETURNING stop_asked",
        tenant_id, plan_id, progress, now,
    )  # fmt: skip
    return asked is False


async def finish_plan(
    conn: asyncpg.Connection, tenant_id: str, plan_id: UUID, status: str, result: dict[str, Any] | None,
    now: datetime,
) -> bool:  # fmt: skip
    """End a plan that is still being made; return whether it was."""
    done = await conn.fetchval(
        "UPDATE staffing_plan SET status = $3, result = $4, seen_at = $5"
        " WHERE tenant_id = $1 AND id = $2 AND status = 'planning' RETURNING id",
        tenant_id, plan_id, status, result, now,
    )  # fmt: skip
    return done is not None


async def ask_to_stop(conn: asyncpg.Connection, tenant_id: str, plan_id: UUID) -> None:
    await conn.execute(
        "UPDATE staffing_plan SET stop_asked = true WHERE tenant_id = $1 AND id = $2 AND status = 'planning'",
        tenant_id, plan_id,
    )  # fmt: skip


async def set_plan_status(conn: asyncpg.Connection, tenant_id: str, plan_id: UUID, status: str) -> None:
    await conn.execute(
        "UPDATE staffing_plan SET status = $3 WHERE tenant_id = $1 AND id = $2", tenant_id, plan_id, status
    )


async def delete_plan(conn: asyncpg.Connection, tenant_id: str, plan_id: UUID) -> None:
    """Remove a plan; shifts of it that were published stay."""
    await conn.execute(
        "DELETE FROM work_shift WHERE tenant_id = $1 AND plan_id = $2 AND published_at IS NULL", tenant_id, plan_id
    )
    await conn.execute("DELETE FROM staffing_plan WHERE tenant_id = $1 AND id = $2", tenant_id, plan_id)


# --- private calendars -------------------------------------------------------------------------


async def write_feed(
    conn: asyncpg.Connection, tenant_id: str, agent_id: UUID, token_hash: bytes, now: datetime
) -> None:
    """Give an agent a feed; one they had before ends."""
    await conn.execute(
        "INSERT INTO calendar_feed (tenant_id, agent_id, token_hash, created_at) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (tenant_id, agent_id) DO UPDATE SET token_hash = $3, created_at = $4",
        tenant_id, agent_id, token_hash, now,
    )  # fmt: skip


async def delete_feed(conn: asyncpg.Connection, tenant_id: str, agent_id: UUID) -> None:
    await conn.execute("DELETE FROM calendar_feed WHERE tenant_id = $1 AND agent_id = $2", tenant_id, agent_id)


async def feed_since(conn: asyncpg.Connection, tenant_id: str, agent_id: UUID) -> datetime | None:
    """Return when an agent's feed was made; None without one."""
    return await conn.fetchval(
        "SELECT created_at FROM calendar_feed WHERE tenant_id = $1 AND agent_id = $2", tenant_id, agent_id
    )


async def feed_owner(conn: asyncpg.Connection, tenant_id: str, token_hash: bytes) -> asyncpg.Record | None:
    """Return (id, name, locale) of the working agent whose feed this is."""
    return await conn.fetchrow(
        "SELECT a.id, a.name, a.locale FROM calendar_feed f JOIN agent a ON a.tenant_id = f.tenant_id"
        " AND a.id = f.agent_id WHERE f.tenant_id = $1 AND f.token_hash = $2 AND a.disabled_at IS NULL",
        tenant_id, token_hash,
    )  # fmt: skip
