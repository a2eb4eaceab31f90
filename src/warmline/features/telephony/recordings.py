"""Recordings: begun with a key of their own, found again by contact, opened with a reason, deleted in time.

The audio lies below one folder, encrypted by the media engine. Its key lies here, under the customer's data key:
whoever erases the customer has erased every recording of them, backups included.
"""

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal
from uuid import UUID

import asyncpg
from msgspec import Struct

from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.kernel.errors import NOT_FOUND, Refused, declare
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.keyring import Erased, Keyring

KEY_BYTES = 32
KEPT = timedelta(days=90)
SWEEP_AT_ONCE = 200
GONE = declare(
    "telephony.recording_gone",
    410,
    "This recording has been deleted.",
    "Recordings are kept only as long as your company's retention allows.",
)
RUNNING = declare(
    "telephony.recording_running", 409, "This recording is still running.", "Open it when the call has ended."
)
What = Literal["call", "voicemail"]


class Begun(Struct, frozen=True):
    """A recording that may be written now: where, and with which key."""

    id: UUID
    path: Path
    key: bytes


class Recording(Struct, frozen=True):
    """One recording, without its key. `state`: running, ready, deleted."""

    id: UUID
    contact_id: UUID
    what: What
    started_at: datetime
    seconds: float | None
    state: Literal["running", "ready", "deleted"]
    transcript: str | None = None


class Opened(Struct, frozen=True):
    """A recording somebody may hear."""

    id: UUID
    path: Path
    key: bytes


class Recordings:
    """The table of recordings and their files below `folder`."""

    def __init__(self, database: Database, keyring: Keyring, folder: Path) -> None:
        self._database = database
        self._keyring = keyring
        self._folder = folder

    async def begin(
        self, tenant_id: str, contact_id: UUID, customer_id: UUID, what: What = "call", *, kept: timedelta = KEPT
    ) -> Begun:
        """Write the row of a new recording and return where it goes. Raises Erased."""
        id, now, key = new_id(), utc_now(), os.urandom(KEY_BYTES)
        relative = f"{tenant_id}/{now:%Y/%m/%d}/{id}.rec"
        await self._keyring.warm_customers(tenant_id, [customer_id], create=True)
        key_id = self._keyring.key_of(tenant_id, customer_id)
        async with self._database.tenant(tenant_id) as conn:
            await conn.execute(
                "INSERT INTO recording (tenant_id, id, contact_id, customer_id, what, path, key_enc, started_at,"
                " delete_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                tenant_id, id, contact_id, customer_id, what, relative,
                self._keyring.encrypt(tenant_id, key_id, key, _key_context(id)), now, now + kept,
            )  # fmt: skip
        path = self._folder / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        return Begun(id, path, key)

    async def finished(self, tenant_id: str, id: UUID, duration_ms: int, size_bytes: int) -> None:
        """Note that the file is complete."""
        async with self._database.tenant(tenant_id) as conn:
            await conn.execute(
                "UPDATE recording SET duration_ms = $3, size_bytes = $4 WHERE tenant_id = $1 AND id = $2",
                tenant_id, id, duration_ms, size_bytes,
            )  # fmt: skip

    async def transcribed(self, tenant_id: str, id: UUID, text: str) -> None:
        """Keep what was understood, under the customer's key. Erased customers have none."""
        async with self._database.tenant(tenant_id) as conn:
            customer_id = await conn.fetchval(
                "SELECT customer_id FROM recording WHERE tenant_id = $1 AND id = $2", tenant_id, id
            )
            if customer_id is None:
                return
            await self._keyring.warm_customers(tenant_id, [customer_id])
            try:
                key_id = self._keyring.key_of(tenant_id, customer_id)
                sealed = self._keyring.encrypt(tenant_id, key_id, text.encode(), _transcript_context(id))
            except Erased:
                return
            await conn.execute(
                "UPDATE recording SET transcript_enc = $3 WHERE tenant_id = $1 AND id = $2", tenant_id, id, sealed
            )

    async def of_contact(self, tenant_id: str, contact_id: UUID) -> list[Recording]:
        """Return a contact's recordings, the oldest first. Raises Refused not_found for an unknown contact."""
        async with self._database.tenant(tenant_id) as conn:
            known = await conn.fetchval(
                "SELECT 1 FROM contact WHERE tenant_id = $1 AND id = $2", tenant_id, contact_id
            )
            rows = await conn.fetch(
                "SELECT * FROM recording WHERE tenant_id = $1 AND contact_id = $2 ORDER BY started_at, id",
                tenant_id, contact_id,
            )  # fmt: skip
        if known is None:
            raise Refused(NOT_FOUND, what="contact")
        return await self._told(tenant_id, rows)

    async def listed(self, tenant_id: str, ids: Sequence[UUID]) -> dict[UUID, Recording]:
        """Return these recordings by id; those that are not there are left out."""
        async with self._database.tenant(tenant_id) as conn:
            rows = await conn.fetch(
                "SELECT * FROM recording WHERE tenant_id = $1 AND id = ANY($2)", tenant_id, ids
            )
        return {one.id: one for one in await self._told(tenant_id, rows)}

    async def _told(self, tenant_id: str, rows: Sequence[asyncpg.Record]) -> list[Recording]:
        written = [(r["transcript_enc"], _transcript_context(r["id"])) for r in rows if r["transcript_enc"]]
        plain = iter(await self._keyring.decrypt_many(tenant_id, written))
        return [_recording(row, next(plain) if row["transcript_enc"] else None) for row in rows]

    async def open(self, tenant_id: str, actor: Actor, id: UUID, reason: str) -> Opened:
        """Return what is needed to hear a recording, and write down who heard it and why.

        Raises Refused: not_found, `telephony.recording_gone`, `telephony.recording_running`.
        """
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            row = await conn.fetchrow("SELECT * FROM recording WHERE tenant_id = $1 AND id = $2", tenant_id, id)
            if row is None:
                raise Refused(NOT_FOUND, what="recording")
            opened = await self._readable(tenant_id, row)
            detail = {"reason": reason, "contact": str(row["contact_id"])}
            await audit.append(
                conn, tenant_id, actor, "recording.opened", f"recording:{id}", detail, now=utc_now()
            )
        return opened

    async def readable(self, tenant_id: str, id: UUID) -> Opened:
        """Return what is needed to read on in a recording that was opened before. Raises Refused as `open`."""
        async with self._database.tenant(tenant_id) as conn:
            row = await conn.fetchrow("SELECT * FROM recording WHERE tenant_id = $1 AND id = $2", tenant_id, id)
        if row is None:
            raise Refused(NOT_FOUND, what="recording")
        return await self._readable(tenant_id, row)

    async def _readable(self, tenant_id: str, row: asyncpg.Record) -> Opened:
        if row["deleted_at"] is not None:
            raise Refused(GONE)
        if row["duration_ms"] is None:
            raise Refused(RUNNING)
        (key,) = await self._keyring.decrypt_many(tenant_id, [(row["key_enc"], _key_context(row["id"]))])
        path = self._folder / row["path"]
        if key is None or not path.exists():
            raise Refused(GONE)
        return Opened(row["id"], path, key)

    async def sweep(self, now: datetime) -> int:
        """Delete the files whose time is over, and those of erased customers; return how many."""
        deleted = 0
        for tenant_id in await self._database.tenants():
            async with self._database.tenant(tenant_id) as conn:
                rows = await conn.fetch(
                    "SELECT r.id, r.path FROM recording r WHERE r.tenant_id = $1 AND r.deleted_at IS NULL"
                    # The key's id is in the ciphertext's header: two customers may have become one person.
                    " AND (r.delete_at <= $2 OR EXISTS (SELECT 1 FROM data_key k WHERE k.tenant_id = $1"
                    "  AND k.id = encode(substring(r.key_enc from 2 for 16), 'hex')::uuid"
                    "  AND k.destroyed_at IS NOT NULL)) LIMIT $3",
                    tenant_id, now, SWEEP_AT_ONCE,
                )  # fmt: skip
                for row in rows:
                    (self._folder / row["path"]).unlink(missing_ok=True)
                await conn.execute(
                    "UPDATE recording SET deleted_at = $3, transcript_enc = NULL"
                    " WHERE tenant_id = $1 AND id = ANY($2)",
                    tenant_id, [row["id"] for row in rows], now,
                )  # fmt: skip
            deleted += len(rows)
        return deleted


def _recording(row: asyncpg.Record, transcript: bytes | None) -> Recording:
    ready = "running" if row["duration_ms"] is None else "ready"
    return Recording(
        row["id"],
        row["contact_id"],
        row["what"],
        row["started_at"],
        None if row["duration_ms"] is None else row["duration_ms"] / 1000,
        ready if row["deleted_at"] is None else "deleted",
        None if transcript is None else transcript.decode(),
    )


def _key_context(id: UUID) -> str:
    return f"recording|{id}"


def _transcript_context(id: UUID) -> str:
    return f"transcript|{id}"
