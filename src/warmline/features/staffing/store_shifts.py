"""Shifts in the database, and who was present when."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct

from warmline.domain.staffing.adherence import Actual
from warmline.domain.staffing.shifts import Pause, Shift

COLUMNS = (
    "id, plan_id, agent_id, pool_id, queues, pattern_id, starts_at, ends_at, paid_min, pauses,"
    " published_at, version"
)
AT_MOST = 20_000


class ShiftRow(Struct, frozen=True):
    """A shift with its place in plans: of which plan, seen by its agent since, at which version."""

    shift: Shift
    plan_id: UUID | None
    published_at: datetime | None
    version: int


def row_of(row: asyncpg.Record) -> ShiftRow:
    """Read a row."""
    shift = Shift(
        id=str(row["id"]),
        pool_id=row["pool_id"],
        queues=tuple(row["queues"]),
        pattern_id=row["pattern_id"],
        start_at=row["starts_at"],
        end_at=row["ends_at"],
        paid_min=row["paid_min"],
        pauses=tuple(msgspec.convert(row["pauses"], list[Pause])),
        agent_id=None if row["agent_id"] is None else str(row["agent_id"]),
    )
    return ShiftRow(shift, row["plan_id"], row["published_at"], row["version"])


async def between(
    conn: asyncpg.Connection, tenant_id: str, first_at: datetime, end_at: datetime, plan_id: UUID | None = None,
    agent_id: UUID | None = None,
) -> list[ShiftRow]:  # fmt: skip
    """Return shifts that begin in a span: those of a plan, or the published ones; of one agent when named."""
    rows = await conn.fetch(
        f"SELECT {COLUMNS} FROM work_shift WHERE tenant_id = $1 AND starts_at >= $2 AND starts_at < $3"
        " AND CASE WHEN $4::uuid IS NULL THEN published_at IS NOT NULL ELSE plan_id = $4 END"
        " AND ($5::uuid IS NULL OR agent_id = $5) ORDER BY starts_at, id LIMIT $6",
        tenant_id, first_at, end_at, plan_id, agent_id, AT_MOST,
    )  # fmt: skip
    return [row_of(row) for row in rows]


async def one(conn: asyncpg.Connection, tenant_id: str, shift_id: UUID, *, lock: bool = False) -> ShiftRow | None:
    """Return a shift."""
    row = await conn.fetchrow(
        f"SELECT {COLUMNS} FROM work_shift WHERE tenant_id = $1 AND id = $2" + (" FOR UPDATE" if lock else ""),
        tenant_id, shift_id,
    )  # fmt: skip
    return None if row is None else row_of(row)


async def insert_many(
    conn: asyncpg.Connection, tenant_id: str, plan_id: UUID | None, shifts: Sequence[Shift],
    published_at: datetime | None = None,
) -> None:  # fmt: skip
    """Write new shifts."""
    await conn.executemany(
        "INSERT INTO work_shift (tenant_id, id, plan_id, agent_id, pool_id, queues, pattern_id, starts_at,"
        " ends_at, paid_min, pauses, published_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        [
            (
                tenant_id, UUID(shift.id), plan_id, None if shift.agent_id is None else UUID(shift.agent_id),
                shift.pool_id, list(shift.queues), shift.pattern_id, shift.start_at, shift.end_at, shift.paid_min,
                shift.pauses, published_at,
            )
            for shift in shifts
        ],
    )  # fmt: skip


async def update(conn: asyncpg.Connection, tenant_id: str, shift: Shift) -> None:
    """Overwrite a shift that was read with a lock."""
    await conn.execute(
        "UPDATE work_shift SET agent_id = $3, queues = $4, pattern_id = $5, starts_at = $6, ends_at = $7,"
        " paid_min = $8, pauses = $9, version = version + 1 WHERE tenant_id = $1 AND id = $2",
        tenant_id, UUID(shift.id), None if shift.agent_id is None else UUID(shift.agent_id), list(shift.queues),
        shift.pattern_id, shift.start_at, shift.end_at, shift.paid_min, shift.pauses,
    )  # fmt: skip


async def delete(conn: asyncpg.Connection, tenant_id: str, shift_id: UUID) -> None:
    await conn.execute("DELETE FROM work_shift WHERE tenant_id = $1 AND id = $2", tenant_id, shift_id)


async def publish(
    conn: asyncpg.Connection, tenant_id: str, plan_id: UUID, starts_at: datetime, ends_at: datetime, now: datetime
) -> int:
    """Show a plan's shifts to their agents in place of those published for the span; return how many."""
    await conn.execute(
        "DELETE FROM work_shift WHERE tenant_id = $1 AND starts_at >= $2 AND starts_at < $3"
        " AND published_at IS NOT NULL AND plan_id IS DISTINCT FROM $4",
        tenant_id, starts_at, ends_at, plan_id,
    )  # fmt: skip
    done = await conn.execute(
        "UPDATE work_shift SET published_at = $3 WHERE tenant_id = $1 AND plan_id = $2 AND published_at IS NULL",
        tenant_id, plan_id, now,
    )  # fmt: skip
    return int(done.rsplit(" ", 1)[-1])


async def presence_history(
    conn: asyncpg.Connection, tenant_id: str, first_at: datetime, end_at: datetime, agent_id: UUID | None = None
) -> dict[str, list[Actual]]:
    """Return each agent's presence in a span, in order of time, with what held when it began."""
    rows = await conn.fetch(
        "WITH said AS ("
        " SELECT agent_id, at, presence, reason FROM presence_change"
        " WHERE tenant_id = $1 AND at >= $2 AND at < $3 AND ($4::uuid IS NULL OR agent_id = $4)"
        " UNION ALL SELECT a.id, b.at, b.presence, b.reason FROM agent a CROSS JOIN LATERAL ("
        "  SELECT at, presence, reason FROM presence_change p WHERE p.tenant_id = $1 AND p.agent_id = a.id"
        "  AND p.at < $2 ORDER BY p.at DESC LIMIT 1) b"
        " WHERE a.tenant_id = $1 AND ($4::uuid IS NULL OR a.id = $4)"
        ") SELECT agent_id, at, presence, reason, lead(at) OVER (PARTITION BY agent_id ORDER BY at) AS until"
        " FROM said ORDER BY agent_id, at LIMIT 200000",
        tenant_id, first_at, end_at, agent_id,
    )  # fmt: skip
    found: dict[str, list[Actual]] = {}
    for row in rows:
        line = found.setdefault(str(row["agent_id"]), [])
        line.append(Actual(row["at"], row["until"], row["presence"], row["reason"]))
    return found
