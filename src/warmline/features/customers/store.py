"""Customers in the database: ciphertexts and blind indexes only."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from warmline.features.customers.model import ContactLine

CONTACTS_SHOWN = 50
# A merge only points from one record to another, so that undoing it is exact; people are read as groups.
ROOTS = (
    "WITH RECURSIVE up AS (SELECT id AS start, id, merged_into, 0 AS depth FROM customer"
    " WHERE tenant_id = $1 AND id = ANY($2)"
    " UNION ALL SELECT up.start, c.id, c.merged_into, depth + 1 FROM customer c JOIN up ON c.id = up.merged_into"
    " WHERE c.tenant_id = $1 AND depth < 20) SELECT start, id FROM up WHERE merged_into IS NULL"
)
GROUP = (
    "WITH RECURSIVE down AS (SELECT id, 0 AS depth FROM customer WHERE tenant_id = $1 AND id = $2"
    " UNION ALL SELECT c.id, depth + 1 FROM customer c JOIN down ON c.merged_into = down.id"
    " WHERE c.tenant_id = $1 AND depth < 20) SELECT id FROM down"
)


async def roots_of(conn: asyncpg.Connection, tenant_id: str, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Return for each of these customers the record that stands for them."""
    return {row["start"]: row["id"] for row in await conn.fetch(ROOTS, tenant_id, list(ids))}


async def root_of(conn: asyncpg.Connection, tenant_id: str, customer_id: UUID) -> UUID | None:
    """Return the record that stands for this person after merges; None when there is no such customer."""
    return (await roots_of(conn, tenant_id, [customer_id])).get(customer_id)


async def group_of(conn: asyncpg.Connection, tenant_id: str, customer_id: UUID) -> list[UUID]:
    """Return this record and all that were merged into it."""
    return [row["id"] for row in await conn.fetch(GROUP, tenant_id, customer_id)]


async def by_reference(conn: asyncpg.Connection, tenant_id: str, ref_index: bytes) -> UUID | None:
    return await conn.fetchval(
        "SELECT id FROM customer WHERE tenant_id = $1 AND ref_index = $2 AND erased_at IS NULL",
        tenant_id,
        ref_index,
    )


async def by_address(conn: asyncpg.Connection, tenant_id: str, kind: str, index: bytes) -> UUID | None:
    return await conn.fetchval(
        "SELECT customer_id FROM customer_address"
        " WHERE tenant_id = $1 AND address_kind = $2 AND address_index = $3",
        tenant_id, kind, index,
    )  # fmt: skip


async def insert(
    conn: asyncpg.Connection, tenant_id: str, customer_id: UUID, *, known: bool, ref_index: bytes | None,
    locale: str | None, now: datetime,
) -> bool:  # fmt: skip
    """Write a bare customer. Returns False when somebody else has this reference already."""
    done = await conn.fetchval(
        "INSERT INTO customer (tenant_id, id, known, ref_index, locale, created_at, updated_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT DO NOTHING RETURNING id",
        tenant_id, customer_id, int(known), ref_index, locale, now,
    )  # fmt: skip
    return done is not None


async def write_profile(
    conn: asyncpg.Connection, tenant_id: str, customer_id: UUID, profile_enc: bytes, grams: Sequence[int],
    now: datetime,
) -> None:  # fmt: skip
    await conn.execute(
        "UPDATE customer SET profile_enc = $3, name_grams = $4, updated_at = $5 WHERE tenant_id = $1 AND id = $2",
        tenant_id, customer_id, profile_enc, list(grams), now,
    )  # fmt: skip


async def read_many(conn: asyncpg.Connection, tenant_id: str, ids: Sequence[UUID]) -> list[asyncpg.Record]:
    """Return (id, known, profile_enc, locale, merged_into, created_at, erased_at) of those that exist."""
    return await conn.fetch(
        "SELECT id, known, profile_enc, locale, merged_into, created_at, erased_at FROM customer"
        " WHERE tenant_id = $1 AND id = ANY($2)",
        tenant_id, list(ids),
    )  # fmt: skip


async def insert_address(
    conn: asyncpg.Connection, tenant_id: str, address_id: UUID, customer_id: UUID, kind: str, index: bytes,
    sealed: bytes, verified_at: datetime | None, now: datetime,
) -> UUID | None:  # fmt: skip
    """Write an address, and return its owner: another customer's id when the address is theirs."""
    return await conn.fetchval(
        "WITH fresh AS (INSERT INTO customer_address (tenant_id, id, customer_id, address_kind, address_index,"
        " address_enc, verified_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        " ON CONFLICT (tenant_id, address_kind, address_index) DO UPDATE"
        " SET verified_at = coalesce(customer_address.verified_at, excluded.verified_at) RETURNING customer_id)"
        " SELECT customer_id FROM fresh",
        tenant_id, address_id, customer_id, kind, index, sealed, verified_at, now,
    )  # fmt: skip


async def addresses(conn: asyncpg.Connection, tenant_id: str, ids: Sequence[UUID]) -> list[asyncpg.Record]:
    """Return the addresses of these records, oldest first; visitor tokens are no addresses to show."""
    return await conn.fetch(
        "SELECT id, customer_id, address_kind, address_enc, verified_at FROM customer_address"
        " WHERE tenant_id = $1 AND customer_id = ANY($2) AND address_kind <> 'visitor' ORDER BY created_at, id",
        tenant_id, list(ids),
    )  # fmt: skip


# Who joined stays in the story after the contact has let go of its agent; their name is the one of that day.
_CONTACTS = """
SELECT c.id, c.status, c.channel, c.intent, c.opened_at, c.ended_at, c.disconnect_reason, c.disposition, c.csat,
  c.agent_id, ARRAY(
    SELECT j.name FROM (
      SELECT min(e.seq) AS seq, (array_agg(e.body->>'agent_name' ORDER BY e.seq DESC))[1] AS name FROM event e
      WHERE e.tenant_id = $1 AND e.contact_id = c.id AND e.kind = 'agent_joined'
      GROUP BY e.body->>'agent_id'
    ) j ORDER BY j.seq
  ) AS agent_names
FROM contact c WHERE c.tenant_id = $1 AND c.customer_id = ANY($2) ORDER BY c.opened_at DESC, c.id DESC LIMIT $3
"""


async def contacts(
    conn: asyncpg.Connection, tenant_id: str, ids: Sequence[UUID], limit: int = CONTACTS_SHOWN
) -> list[ContactLine]:
    """Return the contacts of these records, newest first."""
    rows = await conn.fetch(_CONTACTS, tenant_id, list(ids), limit)
    return [ContactLine(**dict(row)) for row in rows]


async def insert_note(
    conn: asyncpg.Connection, tenant_id: str, note_id: UUID, customer_id: UUID, agent_id: UUID, sealed: bytes,
    now: datetime,
) -> None:  # fmt: skip
    await conn.execute(
        "INSERT INTO customer_note (tenant_id, id, customer_id, agent_id, text_enc, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        tenant_id, note_id, customer_id, agent_id, sealed, now,
    )  # fmt: skip


async def notes(conn: asyncpg.Connection, tenant_id: str, ids: Sequence[UUID]) -> list[asyncpg.Record]:
    """Return notes with their author's name, newest first."""
    return await conn.fetch(
        "SELECT n.id, n.agent_id, a.name AS agent_name, n.text_enc, n.created_at FROM customer_note n"
        " LEFT JOIN agent a ON a.tenant_id = n.tenant_id AND a.id = n.agent_id"
        " WHERE n.tenant_id = $1 AND n.customer_id = ANY($2) ORDER BY n.created_at DESC LIMIT 200",
        tenant_id, list(ids),
    )  # fmt: skip


async def set_merged(
    conn: asyncpg.Connection, tenant_id: str, customer_id: UUID, into: UUID | None, now: datetime
) -> None:
    await conn.execute(
        "UPDATE customer SET merged_into = $3, updated_at = $4 WHERE tenant_id = $1 AND id = $2",
        tenant_id, customer_id, into, now,
    )  # fmt: skip
