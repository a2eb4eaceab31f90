"""Rows of settings: read, written and removed by version."""

from typing import Any
from uuid import UUID

import asyncpg

from warmline.features.admin.resources import Resource

Key = str | UUID
Row = dict[str, object]


def _row(resource: Resource, record: asyncpg.Record) -> Row:
    return {name: record[name] for name in (resource.key, *resource.columns, "version")}


async def read_all(conn: asyncpg.Connection, resource: Resource, tenant_id: str) -> list[Row]:
    """Return every row in the kind's own order."""
    rows = await conn.fetch(
        f"SELECT * FROM {resource.table} WHERE tenant_id = $1 ORDER BY {resource.order_by} LIMIT 2000", tenant_id
    )
    return [_row(resource, row) for row in rows]


async def read(
    conn: asyncpg.Connection, resource: Resource, tenant_id: str, key: Key, *, lock: bool = False
) -> Row | None:
    """Return one row, locked against others' changes when asked."""
    row = await conn.fetchrow(
        f"SELECT * FROM {resource.table} WHERE tenant_id = $1 AND {resource.key} = $2"
        + (" FOR UPDATE" if lock else ""),
        tenant_id,
        key,
    )
    return _row(resource, row) if row else None


async def insert(conn: asyncpg.Connection, resource: Resource, tenant_id: str, key: Key, values: Row) -> Row:
    """Write a new row. Raises asyncpg.UniqueViolationError when its key or shortcut is taken."""
    columns = resource.columns
    places = ", ".join(f"${n}" for n in range(3, 3 + len(columns)))
    row = await conn.fetchrow(
        f"INSERT INTO {resource.table} (tenant_id, {resource.key}, {', '.join(columns)})"
        f" VALUES ($1, $2, {places}) RETURNING *",
        tenant_id, key, *(values[c] for c in columns),
    )  # fmt: skip
    assert row is not None  # noqa: S101 -- INSERT … RETURNING answers or raises
    return _row(resource, row)


async def update(conn: asyncpg.Connection, resource: Resource, tenant_id: str, key: Key, values: Row) -> Row:
    """Overwrite a row that was read with a lock, and raise its version."""
    columns = resource.columns
    sets = ", ".join(f"{c} = ${n}" for n, c in enumerate(columns, start=3))
    row = await conn.fetchrow(
        f"UPDATE {resource.table} SET {sets}, version = version + 1"
        f" WHERE tenant_id = $1 AND {resource.key} = $2 RETURNING *",
        tenant_id, key, *(values[c] for c in columns),
    )  # fmt: skip
    assert row is not None  # noqa: S101 -- the caller holds its lock
    return _row(resource, row)


async def delete(conn: asyncpg.Connection, resource: Resource, tenant_id: str, key: Key) -> None:
    await conn.execute(
        f"DELETE FROM {resource.table} WHERE tenant_id = $1 AND {resource.key} = $2", tenant_id, key
    )


async def number_of(conn: asyncpg.Connection, query: str, *args: Any) -> int:
    """Return the number that a counting query answers with."""
    value: int | None = await conn.fetchval(query, *args)
    return value or 0


async def first_of(conn: asyncpg.Connection, query: str, *args: Any) -> str | None:
    """Return the first value of a query as text."""
    value = await conn.fetchval(query, *args)
    return None if value is None else str(value)
