"""Who would hear an emergency announcement at this moment, as a condition on the table of contacts."""

from collections.abc import Collection

import asyncpg
from msgspec import Struct

# $1 tenant; $2 queues, $3 journeys a contact began with, $4 channels: an empty list means all.
HEARING = (
    "FROM contact WHERE tenant_id = $1 AND status IN ('queued', 'offered', 'journey')"
    " AND ($2::text[] = '{}' OR (status <> 'journey' AND queue_id = ANY($2)))"
    " AND ($3::text[] = '{}' OR journey_id = ANY($3)) AND ($4::text[] = '{}' OR channel = ANY($4))"
)
Arguments = tuple[list[str], list[str], list[str]]


class Hearers(Struct, frozen=True):
    """How many customers: in line (or ringing somewhere), and in self-service."""

    waiting: int
    self_service: int


def scope_arguments(queues: Collection[str], journeys: Collection[str], channels: Collection[str]) -> Arguments:
    """Return the arguments $2 to $4 of `HEARING`."""
    return (sorted(queues), sorted(journeys), sorted(channels))


async def hearers(conn: asyncpg.Connection, tenant_id: str, scope: Arguments) -> Hearers:
    """Count the customers whom an announcement would reach at once."""
    row = await conn.fetchrow(
        "SELECT count(*) FILTER (WHERE status <> 'journey') AS waiting,"
        f" count(*) FILTER (WHERE status = 'journey') AS self_service {HEARING}",
        tenant_id, *scope,
    )  # fmt: skip
    assert row is not None  # noqa: S101 -- an aggregate always has a row
    return Hearers(row["waiting"], row["self_service"])
