"""The audit log: who did what to which record, chained by hash so that a changed row is found."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct

from warmline.ports.identity import AgentIdentity

Detail = Mapping[str, str | int | bool | Sequence[str] | None]
GENESIS = bytes(32)


class Actor(Struct, frozen=True):
    """Who acts: a person with an address, or the system and its command line by name."""

    name: str
    agent_id: UUID | None = None
    ip: str | None = None

    @classmethod
    def of(cls, identity: AgentIdentity, ip: str | None = None) -> "Actor":
        return cls(identity.name, identity.agent_id, ip)


class AuditEntry(Struct, frozen=True):
    """One line. `subject` is `kind:id`; neither it nor `detail` holds customer data."""

    seq: int
    at: datetime
    actor_id: UUID | None
    actor: str
    action: str
    subject: str
    detail: dict[str, object]
    ip: str | None


class Chain(Struct, frozen=True):
    """The outcome of a verification; `head` and `entries` are worth keeping elsewhere, to notice a cut tail."""

    intact: bool
    entries: int
    head: str
    broken_at: int | None = None


def entry_hash(previous: bytes, tenant_id: str, entry: AuditEntry) -> bytes:
    """Return the hash of `entry` after `previous`, over a canonical encoding."""
    canonical = msgspec.json.encode([tenant_id, msgspec.to_builtins(entry)], order="sorted")
    return hashlib.sha256(previous + canonical).digest()


async def append(
    conn: asyncpg.Connection,
    tenant_id: str,
    actor: Actor,
    action: str,
    subject: str,
    detail: Detail | None = None,
    *,
    now: datetime,
) -> int:
    """Write one entry in the caller's transaction and return its number.

    The chain has one end: writers of a tenant wait for each other until they commit, so append last.
    """
    await conn.execute("SELECT pg_advisory_xact_lock(hashtextextended('audit:' || $1, 0))", tenant_id)
    last = await conn.fetchrow(
        "SELECT seq, hash FROM audit WHERE tenant_id = $1 ORDER BY seq DESC LIMIT 1", tenant_id
    )
    seq, previous = (last["seq"] + 1, last["hash"]) if last else (1, GENESIS)
    entry = AuditEntry(seq, now, actor.agent_id, actor.name, action, subject, dict(detail or {}), actor.ip)
    await conn.execute(
        "INSERT INTO audit (tenant_id, seq, at, actor_id, actor, action, subject, detail, ip, previous_hash, hash)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        tenant_id, seq, now, actor.agent_id, actor.name, action, subject, entry.detail, actor.ip, previous,
        entry_hash(previous, tenant_id, entry),
    )  # fmt: skip
    return seq


async def verify(conn: asyncpg.Connection, tenant_id: str) -> Chain:
    """Recompute the whole chain, a page at a time."""
    previous, seq = GENESIS, 0
    while True:
        rows = await conn.fetch(
            "SELECT * FROM audit WHERE tenant_id = $1 AND seq > $2 ORDER BY seq LIMIT 1000", tenant_id, seq
        )
        for row in rows:
            expected = entry_hash(previous, tenant_id, _entry(row))
            if row["seq"] != seq + 1 or row["previous_hash"] != previous or row["hash"] != expected:
                return Chain(False, seq, previous.hex(), broken_at=seq + 1)
            previous, seq = expected, row["seq"]
        if len(rows) < 1000:
            return Chain(True, seq, previous.hex())


async def page(
    conn: asyncpg.Connection, tenant_id: str, before: int | None, limit: int, subject: str | None = None
) -> list[AuditEntry]:
    """Return entries, newest first, below number `before`."""
    rows = await conn.fetch(
        "SELECT * FROM audit WHERE tenant_id = $1 AND ($2::bigint IS NULL OR seq < $2)"
        " AND ($4::text IS NULL OR subject = $4) ORDER BY seq DESC LIMIT $3",
        tenant_id, before, limit, subject,
    )  # fmt: skip
    return [_entry(row) for row in rows]


def _entry(row: asyncpg.Record) -> AuditEntry:
    names = ("seq", "at", "actor_id", "actor", "action", "subject", "detail", "ip")
    return AuditEntry(**{name: row[name] for name in names})
