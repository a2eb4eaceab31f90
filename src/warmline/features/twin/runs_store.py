"""Simulations in their table."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

KEPT = 30  # of a company; older ones are forgotten
_LINE = (
    "id, question, status, progress, refusal, created_by, created_at, seen_at,"
    " jsonb_build_object('verdict', result->'verdict', 'complete', result->'complete',"
    " 'runs', result->'runs') AS brief"
)
_UNFINISHED = "status IN ('waiting', 'running')"


async def insert(
    conn: asyncpg.Connection, tenant_id: str, id: UUID, question: dict[str, Any], by: UUID | None, now: datetime
) -> None:
    """Write a simulation that waits for its turn, and forget the oldest beyond those kept."""
    await conn.execute(
        "INSERT INTO twin_run (tenant_id, id, question, status, created_by, created_at, seen_at)"
        " VALUES ($1, $2, $3, 'waiting', $4, $5, $5)",
        tenant_id, id, question, by, now,
    )  # fmt: skip
    await conn.execute(
        "DELETE FROM twin_run WHERE tenant_id = $1 AND id IN (SELECT id FROM twin_run"
        f" WHERE tenant_id = $1 AND NOT {_UNFINISHED} ORDER BY created_at DESC, id DESC OFFSET $2)",
        tenant_id, KEPT,
    )  # fmt: skip


async def unfinished(conn: asyncpg.Connection, tenant_id: str, alive_after: datetime) -> int:
    """Return how many are not over and somebody gave a sign of life for."""
    count = await conn.fetchval(
        f"SELECT count(*) FROM twin_run WHERE tenant_id = $1 AND {_UNFINISHED} AND seen_at > $2",
        tenant_id, alive_after,
    )  # fmt: skip
    return int(count or 0)


async def lines(conn: asyncpg.Connection, tenant_id: str) -> list[asyncpg.Record]:
    """Return all that are kept, the newest first, without their reports."""
    return await conn.fetch(
        f"SELECT {_LINE} FROM twin_run WHERE tenant_id = $1 ORDER BY created_at DESC, id DESC LIMIT 100", tenant_id
    )


async def one(conn: asyncpg.Connection, tenant_id: str, id: UUID) -> asyncpg.Record | None:
    """Return one with its report."""
    return await conn.fetchrow(
        f"SELECT {_LINE}, result FROM twin_run WHERE tenant_id = $1 AND id = $2", tenant_id, id
    )


async def told(
    conn: asyncpg.Connection, tenant_id: str, id: UUID, status: str, progress: dict[str, Any], now: datetime
) -> bool:
    """Write how far it is; return whether it shall go on."""
    asked = await conn.fetchval(
        "UPDATE twin_run SET status = $3, progress = $4, seen_at = $5 WHERE tenant_id = $1 AND id = $2"
        f" AND {_UNFINISHED} RETURNING stop_asked",
        tenant_id, id, status, progress, now,
    )  # fmt: skip
    return asked is False


async def finish(
    conn: asyncpg.Connection, tenant_id: str, id: UUID, status: str, result: object, refusal: object, now: datetime
) -> None:
    """End one that is not over."""
    await conn.execute(
        "UPDATE twin_run SET status = $3, result = $4, refusal = $5, seen_at = $6 WHERE tenant_id = $1 AND id = $2"
        f" AND {_UNFINISHED}",
        tenant_id, id, status, result, refusal, now,
    )  # fmt: skip


async def ask_to_stop(conn: asyncpg.Connection, tenant_id: str, id: UUID) -> None:
    """Wish that it stops, in whichever process it runs."""
    await conn.execute(
        f"UPDATE twin_run SET stop_asked = true WHERE tenant_id = $1 AND id = $2 AND {_UNFINISHED}", tenant_id, id
    )


async def forget(conn: asyncpg.Connection, tenant_id: str, id: UUID) -> None:
    """Remove one."""
    await conn.execute("DELETE FROM twin_run WHERE tenant_id = $1 AND id = $2", tenant_id, id)


async def queue_ids(conn: asyncpg.Connection, tenant_id: str) -> list[str]:
    """Return the company's queues."""
    return [row["id"] for row in await conn.fetch("SELECT id FROM queue WHERE tenant_id = $1", tenant_id)]
