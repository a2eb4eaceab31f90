"""Drafts as rows. A draft is written only over the revision its writer has seen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from msgspec import Struct


class DraftLine(Struct, frozen=True):
    """One draft without its document. `base_version` 0: it began from nothing that is published."""

    id: UUID
    journey_id: str
    name: str
    owner: UUID
    owner_name: str
    base_version: int
    revision: int
    updated_by: UUID
    updated_by_name: str
    updated_at: datetime


class Draft(Struct, frozen=True):
    """A draft with its document, and where the designer drew the steps."""

    line: DraftLine
    document: dict[str, Any]
    positions: dict[str, Any]


class Written(Struct, frozen=True):
    """What a person wants a draft to be. `name` None: whatever it is called by then."""

    document: Mapping[str, Any]
    positions: Mapping[str, Any]
    name: str | None
    base_version: int


_LINE = (
    "d.id, d.journey_id, d.name, d.owner, coalesce(o.name, '') AS owner_name, d.base_version, d.revision,"
    " d.updated_by, coalesce(u.name, '') AS updated_by_name, d.updated_at"
)
_FROM = (
    " FROM journey_draft d LEFT JOIN agent o ON o.tenant_id = d.tenant_id AND o.id = d.owner"
    " LEFT JOIN agent u ON u.tenant_id = d.tenant_id AND u.id = d.updated_by"
)


def _line(row: asyncpg.Record) -> DraftLine:
    return DraftLine(**{name: row[name] for name in DraftLine.__struct_fields__})


async def lines(conn: asyncpg.Connection, tenant_id: str, journey_id: str | None) -> list[DraftLine]:
    """Return the drafts of a journey, or of all (None), the last touched first; 500 at most."""
    rows = await conn.fetch(
        f"SELECT {_LINE}{_FROM} WHERE d.tenant_id = $1 AND ($2::text IS NULL OR d.journey_id = $2)"
        " ORDER BY d.updated_at DESC, d.id LIMIT 500",
        tenant_id, journey_id,
    )  # fmt: skip
    return [_line(row) for row in rows]


async def count(conn: asyncpg.Connection, tenant_id: str, journey_id: str) -> int:
    """Return how many drafts a journey has."""
    found = await conn.fetchval(
        "SELECT count(*) FROM journey_draft WHERE tenant_id = $1 AND journey_id = $2", tenant_id, journey_id
    )
    return int(found or 0)


async def one(conn: asyncpg.Connection, tenant_id: str, journey_id: str, draft_id: UUID) -> Draft | None:
    """Return a draft of this journey."""
    row = await conn.fetchrow(
        f"SELECT {_LINE}, d.document, d.positions{_FROM}"
        " WHERE d.tenant_id = $1 AND d.journey_id = $2 AND d.id = $3",
        tenant_id, journey_id, draft_id,
    )  # fmt: skip
    return Draft(_line(row), row["document"], row["positions"]) if row else None


async def is_known(conn: asyncpg.Connection, tenant_id: str, draft_id: UUID) -> bool:
    """Tell whether any journey of the company has a draft with this id."""
    found = "SELECT EXISTS (SELECT FROM journey_draft WHERE tenant_id = $1 AND id = $2)"
    return bool(await conn.fetchval(found, tenant_id, draft_id))


async def insert(
    conn: asyncpg.Connection, tenant_id: str, journey_id: str, draft_id: UUID, owner: UUID, written: Written,
    now: datetime,
) -> bool:  # fmt: skip
    """Write a new draft; False when there is one with this id already."""
    status = await conn.execute(
        "INSERT INTO journey_draft (tenant_id, id, journey_id, owner, name, base_version, revision, document,"
        " positions, updated_by, updated_at) VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, $4, $9)"
        " ON CONFLICT DO NOTHING",
        tenant_id, draft_id, journey_id, owner, written.name or "", written.base_version, written.document,
        written.positions, now,
    )  # fmt: skip
    return status == "INSERT 0 1"


async def save(
    conn: asyncpg.Connection, tenant_id: str, draft_id: UUID, revision: int, by: UUID, written: Written,
    now: datetime,
) -> bool:  # fmt: skip
    """Write over `revision`, whose base only moves forward; False when the draft is another by now."""
    status = await conn.execute(
        "UPDATE journey_draft SET revision = revision + 1, document = $4, positions = $5,"
        " name = coalesce($6, name), base_version = greatest(base_version, $7), updated_by = $8, updated_at = $9"
        " WHERE tenant_id = $1 AND id = $2 AND revision = $3",
        tenant_id, draft_id, revision, written.document, written.positions, written.name, written.base_version, by,
        now,
    )  # fmt: skip
    return status == "UPDATE 1"


async def rename(conn: asyncpg.Connection, tenant_id: str, draft_id: UUID, seen: str, name: str) -> bool:
    """Give a draft another name than the one `seen`; False when it is called otherwise by now.

    Its revision stays: whoever draws in it is not in the way of a name, nor the name in theirs.
    """
    status = await conn.execute(
        "UPDATE journey_draft SET name = $4 WHERE tenant_id = $1 AND id = $2 AND name = $3",
        tenant_id, draft_id, seen, name,
    )  # fmt: skip
    return status == "UPDATE 1"


async def rebase(conn: asyncpg.Connection, tenant_id: str, draft_id: UUID, version: int) -> None:
    """Remember that the draft has all of a published version."""
    await conn.execute(
        "UPDATE journey_draft SET base_version = greatest(base_version, $3) WHERE tenant_id = $1 AND id = $2",
        tenant_id, draft_id, version,
    )  # fmt: skip


async def delete(conn: asyncpg.Connection, tenant_id: str, draft_id: UUID) -> None:
    await conn.execute("DELETE FROM journey_draft WHERE tenant_id = $1 AND id = $2", tenant_id, draft_id)
