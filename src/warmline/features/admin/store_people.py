"""Agents in the database. The row's own transaction number serves as its version."""

from datetime import datetime
from uuid import UUID

import asyncpg

from warmline.features.admin.store import Row, number_of

# Skills live in their own table, but whoever changes them rewrites the agent's row too, so `xmin` moves.
SELECT = (
    "SELECT a.id, a.email, a.name, a.roles, a.locale, a.routing_profile_id, a.created_at,"
    " a.team, a.attributes,"
    " a.disabled_at IS NOT NULL AS disabled, a.xmin::text::bigint AS version,"
    " coalesce((SELECT jsonb_agg(jsonb_build_object('skill_id', s.skill_id, 'level', s.level) ORDER BY s.skill_id)"
    " FROM agent_skill s WHERE s.tenant_id = a.tenant_id AND s.agent_id = a.id), '[]') AS skills"
    " FROM agent a WHERE a.tenant_id = $1"
)


async def read_all(conn: asyncpg.Connection, tenant_id: str) -> list[Row]:
    """Return everybody, those still here first, then by name."""
    rows = await conn.fetch(f"{SELECT} ORDER BY disabled, a.name, a.id LIMIT 5000", tenant_id)
    return [dict(row) for row in rows]


async def read(conn: asyncpg.Connection, tenant_id: str, agent_id: UUID, *, lock: bool = False) -> Row | None:
    """Return one person, locked against others' changes when asked."""
    row = await conn.fetchrow(
        f"{SELECT} AND a.id = $2" + (" FOR UPDATE OF a" if lock else ""), tenant_id, agent_id
    )
    return dict(row) if row else None


async def insert(
    conn: asyncpg.Connection, tenant_id: str, agent_id: UUID, values: Row, password_hash: str | None, now: datetime
) -> None:
    """Write a new person. Raises asyncpg.UniqueViolationError when the email is taken."""
    await conn.execute(
        "INSERT INTO agent (tenant_id, id, email, name, password_hash, roles, locale, routing_profile_id,"
        " created_at, team, attributes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        tenant_id, agent_id, values["email"], values["name"], password_hash, values["roles"], values["locale"],
        values["routing_profile_id"], now, values["team"], values["attributes"],
    )  # fmt: skip
    await _write_skills(conn, tenant_id, agent_id, values)


async def update(conn: asyncpg.Connection, tenant_id: str, agent_id: UUID, values: Row, now: datetime) -> None:
    """Overwrite a person. Raises asyncpg.UniqueViolationError when the email is taken."""
    await conn.execute(
        "UPDATE agent SET email = $3, name = $4, roles = $5, locale = $6, routing_profile_id = $7,"
        " disabled_at = CASE WHEN $8 THEN coalesce(disabled_at, $9) END, team = $10, attributes = $11"
        " WHERE tenant_id = $1 AND id = $2",
        tenant_id, agent_id, values["email"], values["name"], values["roles"], values["locale"],
        values["routing_profile_id"], values["disabled"], now, values["team"], values["attributes"],
    )  # fmt: skip
    await conn.execute("DELETE FROM agent_skill WHERE tenant_id = $1 AND agent_id = $2", tenant_id, agent_id)
    await _write_skills(conn, tenant_id, agent_id, values)


async def _write_skills(conn: asyncpg.Connection, tenant_id: str, agent_id: UUID, values: Row) -> None:
    skills = values["skills"]
    assert isinstance(skills, list)  # noqa: S101 -- the document's own type
    await conn.executemany(
        "INSERT INTO agent_skill (tenant_id, agent_id, skill_id, level) VALUES ($1, $2, $3, $4)",
        [(tenant_id, agent_id, skill["skill_id"], skill["level"]) for skill in skills],
    )


async def other_admins(conn: asyncpg.Connection, tenant_id: str, agent_id: UUID) -> int:
    """Return how many administrators can sign in besides this person, holding them as they are."""
    rows = await conn.fetch(
        "SELECT 1 FROM agent WHERE tenant_id = $1 AND id <> $2 AND 'admin' = ANY(roles) AND disabled_at IS NULL"
        " FOR SHARE",
        tenant_id, agent_id,
    )  # fmt: skip
    return len(rows)


async def open_contacts(conn: asyncpg.Connection, tenant_id: str, agent_id: UUID) -> int:
    """Return how many contacts this person holds or is being offered."""
    return await number_of(
        conn,
        "SELECT count(*) FROM contact WHERE tenant_id = $1 AND agent_id = $2 AND status <> 'ended'",
        tenant_id, agent_id,
    )  # fmt: skip
