"""Rows of the demo company: written once, left alone afterwards."""

import asyncpg

from warmline_demo.content.company import TENANT_ID


async def insert(connection: asyncpg.Connection, table: str, row: dict[str, object]) -> bool:
    """Insert unless it is there already; return whether it was new. Table and column names are constants."""
    columns = ", ".join(("tenant_id", *row))
    places = ", ".join(f"${place}" for place in range(1, len(row) + 2))
    done = await connection.execute(
        f"INSERT INTO {table} ({columns}) VALUES ({places}) ON CONFLICT DO NOTHING", TENANT_ID, *row.values()
    )
    return done.endswith(" 1")
