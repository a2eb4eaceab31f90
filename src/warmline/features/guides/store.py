"""Guides as rows. One is written only over the revision its writer has seen."""

from datetime import datetime
from uuid import UUID

import asyncpg
from msgspec import Struct


class Row(Struct, frozen=True):
    """A guide as it is stored; `state` is sealed under the customer's key."""

    id: UUID
    contact_id: UUID
    journey_id: str
    version: int
    revision: int
    state: bytes
    started_by: UUID
    started_at: datetime
    updated_by: UUID
    updated_at: datetime
    ended_at: datetime | None
    outcome: str | None


class Step(Struct, frozen=True):
    """One thing an agent did in a guide, with the blocks it led through."""

    kind: str
    entered: tuple[str, ...]
    agent_id: UUID
    at: datetime


_COLUMNS = (
    "id, contact_id, journey_id, version, revision, state, started_by, started_at, updated_by, updated_at,"
    " ended_at, outcome"
)


def _row(row: asyncpg.Record) -> Row:
    return Row(**{name: row[name] for name in Row.__struct_fields__})


async def of_contact(conn: asyncpg.Connection, tenant_id: str, contact_id: UUID) -> list[Row]:
    """Return the guides of a contact, the newest first; 50 at most."""
    rows = await conn.fetch(
        f"SELECT {_COLUMNS} FROM guide WHERE tenant_id = $1 AND contact_id = $2"
        " ORDER BY started_at DESC, id DESC LIMIT 50",
        tenant_id, contact_id,
    )  # fmt: skip
    return [_row(row) for row in rows]


async def one(conn: asyncpg.Connection, tenant_id: str, contact_id: UUID, guide_id: UUID) -> Row | None:
    row = await conn.fetchrow(
        f"SELECT {_COLUMNS} FROM guide WHERE tenant_id = $1 AND contact_id = $2 AND id = $3",
        tenant_id, contact_id, guide_id,
    )  # fmt: skip
    return _row(row) if row is not None else None


async def insert(conn: asyncpg.Connection, tenant_id: str, row: Row) -> None:
    await conn.execute(
        f"INSERT INTO guide (tenant_id, {_COLUMNS})"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        tenant_id, *(getattr(row, name) for name in Row.__struct_fields__),
    )  # fmt: skip


async def take(conn: asyncpg.Connection, tenant_id: str, row: Row, now: datetime, until: datetime) -> bool:
    """Keep everybody else from writing at this revision for a while; False when somebody else was there first."""
    done = await conn.fetchval(
        "UPDATE guide SET taken_until = $5 WHERE tenant_id = $1 AND id = $2 AND revision = $3"
        " AND (taken_until IS NULL OR taken_until < $4) RETURNING id",
        tenant_id, row.id, row.revision, now, until,
    )  # fmt: skip
    return done is not None


async def release(conn: asyncpg.Connection, tenant_id: str, row: Row) -> None:
    """Let others write at this revision again."""
    await conn.execute(
        "UPDATE guide SET taken_until = NULL WHERE tenant_id = $1 AND id = $2 AND revision = $3",
        tenant_id, row.id, row.revision,
    )  # fmt: skip


async def update(conn: asyncpg.Connection, tenant_id: str, row: Row, *, taken: bool = False) -> bool:
    """Write a guide over the revision before its own; False when somebody else was there first, or has taken it.

    `taken`: it was taken by whoever writes.
    """
    done = await conn.fetchval(
        "UPDATE guide SET revision = $3, state = $4, updated_by = $5, updated_at = $6, ended_at = $7,"
        " outcome = $8, taken_until = NULL WHERE tenant_id = $1 AND id = $2 AND revision = $3 - 1"
        " AND ($9 OR taken_until IS NULL OR taken_until < $6) RETURNING id",
        tenant_id, row.id, row.revision, row.state, row.updated_by, row.updated_at, row.ended_at, row.outcome,
        taken,
    )  # fmt: skip
    return done is not None


async def add_step(conn: asyncpg.Connection, tenant_id: str, row: Row, step: Step) -> None:
    await conn.execute(
        "INSERT INTO guide_step (tenant_id, guide_id, revision, contact_id, journey_id, version, kind, entered,"
        " agent_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        tenant_id, row.id, row.revision, row.contact_id, row.journey_id, row.version, step.kind,
        list(step.entered), step.agent_id, step.at,
    )  # fmt: skip
