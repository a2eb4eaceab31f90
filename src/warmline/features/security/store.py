"""Sessions and credentials in the database."""

from datetime import datetime
from uuid import UUID

import asyncpg
from msgspec import Struct

from warmline.kernel.locale import closest_locale
from warmline.ports.identity import AgentIdentity


class Credentials(Struct, frozen=True):
    """What sign-in needs to know of a person."""

    identity: AgentIdentity
    email: str
    password_hash: str | None


class SessionRow(Struct, frozen=True):
    """A live session and whose it is; roles are read fresh each time."""

    identity: AgentIdentity
    email: str
    csrf_hash: bytes
    seen_at: datetime
    expires_at: datetime


def _identity(tenant_id: str, row: asyncpg.Record) -> AgentIdentity:
    return AgentIdentity(tenant_id, row["id"], row["name"], tuple(row["roles"]), closest_locale(row["locale"]))


async def credentials(conn: asyncpg.Connection, tenant_id: str, email: str) -> Credentials | None:
    """Return the person with this email, unless disabled."""
    row = await conn.fetchrow(
        "SELECT id, email, name, roles, locale, password_hash FROM agent"
        " WHERE tenant_id = $1 AND lower(email) = lower($2) AND disabled_at IS NULL",
        tenant_id, email,
    )  # fmt: skip
    return Credentials(_identity(tenant_id, row), row["email"], row["password_hash"]) if row else None


async def credentials_by_id(conn: asyncpg.Connection, tenant_id: str, agent_id: UUID) -> Credentials | None:
    """Return the person with this id, unless disabled."""
    row = await conn.fetchrow(
        "SELECT id, email, name, roles, locale, password_hash FROM agent"
        " WHERE tenant_id = $1 AND id = $2 AND disabled_at IS NULL",
        tenant_id, agent_id,
    )  # fmt: skip
    return Credentials(_identity(tenant_id, row), row["email"], row["password_hash"]) if row else None


async def somebody_with_role(conn: asyncpg.Connection, tenant_id: str, role: str) -> UUID | None:
    """Return the first person, by email, whose roles hold `role` (the demo's role picker asks)."""
    return await conn.fetchval(
        "SELECT id FROM agent WHERE tenant_id = $1 AND $2 = ANY(roles) AND disabled_at IS NULL"
        " ORDER BY cardinality(roles), email LIMIT 1",
        tenant_id, role,
    )  # fmt: skip


async def set_password(conn: asyncpg.Connection, tenant_id: str, agent_id: UUID, password_hash: str) -> None:
    await conn.execute(
        "UPDATE agent SET password_hash = $3 WHERE tenant_id = $1 AND id = $2", tenant_id, agent_id, password_hash
    )


async def open_session(
    conn: asyncpg.Connection,
    identity: AgentIdentity,
    token_hash: bytes,
    csrf_hash: bytes,
    now: datetime,
    expires_at: datetime,
    ip: str | None,
    user_agent: str | None,
) -> None:
    """Write a session, and clear away this person's expired ones."""
    await conn.execute(
        "DELETE FROM web_session WHERE tenant_id = $1 AND agent_id = $2 AND expires_at < $3",
        identity.tenant_id, identity.agent_id, now,
    )  # fmt: skip
    await conn.execute(
        "INSERT INTO web_session (tenant_id, token_hash, agent_id, csrf_hash, created_at, seen_at, expires_at, ip,"
        " user_agent) VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8)",
        identity.tenant_id, token_hash, identity.agent_id, csrf_hash, now, expires_at, ip, user_agent,
    )  # fmt: skip


async def find_session(conn: asyncpg.Connection, tenant_id: str, token_hash: bytes) -> SessionRow | None:
    """Return the session, unless its person is disabled. Expiry is the caller's to judge."""
    row = await conn.fetchrow(
        "SELECT a.id, a.email, a.name, a.roles, a.locale, s.csrf_hash, s.seen_at, s.expires_at FROM web_session s"
        " JOIN agent a ON a.tenant_id = s.tenant_id AND a.id = s.agent_id"
        " WHERE s.tenant_id = $1 AND s.token_hash = $2 AND a.disabled_at IS NULL",
        tenant_id, token_hash,
    )  # fmt: skip
    if row is None:
        return None
    return SessionRow(_identity(tenant_id, row), row["email"], row["csrf_hash"], row["seen_at"], row["expires_at"])


async def touch(conn: asyncpg.Connection, tenant_id: str, token_hash: bytes, now: datetime) -> None:
    await conn.execute(
        "UPDATE web_session SET seen_at = $3 WHERE tenant_id = $1 AND token_hash = $2", tenant_id, token_hash, now
    )


async def close_session(conn: asyncpg.Connection, tenant_id: str, token_hash: bytes) -> UUID | None:
    """Delete one session and return whose it was."""
    return await conn.fetchval(
        "DELETE FROM web_session WHERE tenant_id = $1 AND token_hash = $2 RETURNING agent_id",
        tenant_id,
        token_hash,
    )


async def close_sessions(conn: asyncpg.Connection, tenant_id: str, agent_id: UUID) -> None:
    """Sign a person out everywhere: after a new password, other roles, or the end of their work here."""
    await conn.execute("DELETE FROM web_session WHERE tenant_id = $1 AND agent_id = $2", tenant_id, agent_id)
