"""Verifications in the database: limits counted and codes consumed in SQL, so that races have one winner."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Literal, Protocol
from uuid import UUID

import asyncpg
from msgspec import Struct

from warmline.features.identity.policy import IdentityPolicy

Refusal = Literal["locked", "tenant_limit"]

# A verification that failed n times counts n; the winning try is no failure.
_FAILURES = """
SELECT coalesce(sum(CASE method WHEN 'one_time_code' THEN $3::int ELSE 1 END - tries_left
                    - (used_at IS NOT NULL)::int) FILTER (WHERE subject_index = $1), 0) AS of_subject,
       coalesce(sum(CASE method WHEN 'one_time_code' THEN $3::int ELSE 1 END - tries_left
                    - (used_at IS NOT NULL)::int) FILTER (WHERE contact_id = $2), 0) AS of_contact
FROM verification WHERE tenant_id = $5 AND created_at > $4 AND (subject_index = $1 OR contact_id = $2)
"""
_SENDS = """
SELECT count(*) FILTER (WHERE subject_index = $2 AND created_at > $4) AS of_subject,
       count(*) FILTER (WHERE subject_index = $2) AS of_subject_a_day,
       count(*) FILTER (WHERE contact_id = $3) AS of_contact,
       count(*) FILTER (WHERE address_index = $5 AND created_at > $4) AS of_address
FROM verification
WHERE tenant_id = $1 AND method = 'one_time_code' AND created_at > $6
  AND (subject_index = $2 OR contact_id = $3 OR address_index = $5)
"""
_INSERT = """
INSERT INTO verification (tenant_id, id, contact_id, method, subject_index, address_index, code_hash, tries_left,
                          expires_at, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""
_NEWEST = """
SELECT id, code_hash, tries_left, used_by FROM verification
WHERE tenant_id = $1 AND contact_id = $2 AND subject_index = $3 AND method = 'one_time_code'
ORDER BY created_at DESC, id DESC LIMIT 1
"""
# One guess costs one try and at most one guess wins: the row lock makes others look again, and find it used.
_GUESS = """
UPDATE verification
SET tries_left = tries_left - 1,
    used_at = CASE WHEN code_hash = $3 THEN $4::timestamptz END,
    used_by = CASE WHEN code_hash = $3 THEN $5::text END
WHERE tenant_id = $1 AND id = $2 AND used_at IS NULL AND tries_left > 0 AND expires_at > $4
RETURNING tries_left, used_at IS NOT NULL AS won
"""


class TenantDatabase(Protocol):
    """Where tenant tables are reached under row-level security (see Database)."""

    def tenant(self, tenant_id: str) -> AbstractAsyncContextManager[asyncpg.Connection]: ...


class Reserved(Struct, frozen=True):
    """A verification that may go on. `deliver`: whether a code may be sent to the address."""

    id: UUID
    deliver: bool = True


class Guess(Struct, frozen=True):
    """The outcome of one try at a code."""

    won: bool
    tries_left: int
    locked: bool = False


class VerificationStore:
    """Rows of the table `verification`."""

    def __init__(self, database: TenantDatabase, policy: IdentityPolicy) -> None:
        self._database = database
        self._policy = policy

    async def reserve_send(
        self,
        tenant_id: str,
        verification_id: UUID,
        contact_id: UUID,
        subject: bytes,
        address: bytes | None,
        code_hash: bytes,
        now: datetime,
    ) -> Reserved | Refusal:
        """Record a code that is about to be sent, or refuse. Unknown subjects (`address` None) count alike."""
        policy = self._policy
        async with self._database.tenant(tenant_id) as connection, connection.transaction():
            await _lock(connection, tenant_id, subject)
            if await self._failed_too_often(connection, tenant_id, contact_id, subject, now):
                return "locked"
            window, day = now - timedelta(seconds=policy.send_window_s), now - timedelta(days=1)
            sends = await connection.fetchrow(_SENDS, tenant_id, subject, contact_id, window, address, day)
            assert sends is not None  # noqa: S101 - an aggregate always answers
            if (
                sends["of_subject"] >= policy.sends_per_subject
                or sends["of_subject_a_day"] >= policy.sends_per_subject_a_day
                or sends["of_contact"] >= policy.sends_per_contact
            ):
                return "locked"
            of_tenant: int | None = await connection.fetchval(
                "SELECT count(*) FROM verification WHERE tenant_id = $1 AND method = 'one_time_code' "
                "AND created_at > $2",
                tenant_id,
                now - timedelta(hours=1),
            )
            if (of_tenant or 0) >= policy.sends_per_tenant_an_hour:
                return "tenant_limit"
            expires_at = now + timedelta(seconds=policy.code_valid_s)
            await connection.execute(
                _INSERT, tenant_id, verification_id, contact_id, "one_time_code", subject, address, code_hash,
                policy.code_tries, expires_at, now,
            )  # fmt: skip
            return Reserved(verification_id, deliver=sends["of_address"] < policy.sends_per_address)

    async def guess(
        self,
        tenant_id: str,
        contact_id: UUID,
        subject: bytes,
        hash_for: Callable[[UUID], bytes],
        task_id: str,
        now: datetime,
    ) -> Guess:
        """Spend one try at the newest code of this contact and subject. The same task asking again wins again."""
        async with self._database.tenant(tenant_id) as connection, connection.transaction():
            await _lock(connection, tenant_id, subject)
            row = await connection.fetchrow(_NEWEST, tenant_id, contact_id, subject)
            if row is None:
                locked = await self._failed_too_often(connection, tenant_id, contact_id, subject, now)
                return Guess(won=False, tries_left=0, locked=locked)
            hashed = hash_for(row["id"])
            if row["used_by"] == task_id and row["code_hash"] == hashed:
                return Guess(won=True, tries_left=row["tries_left"])
            if await self._failed_too_often(connection, tenant_id, contact_id, subject, now):
                return Guess(won=False, tries_left=0, locked=True)
            done = await connection.fetchrow(_GUESS, tenant_id, row["id"], hashed, now, task_id)
            if done is None:
                return Guess(won=False, tries_left=0)
            return Guess(won=done["won"], tries_left=done["tries_left"])

    async def reserve_check(
        self, tenant_id: str, verification_id: UUID, contact_id: UUID, method: str, subject: bytes, now: datetime
    ) -> Reserved | Refusal:
        """Count a try at a PIN or birth date before the backend is asked, or refuse it."""
        async with self._database.tenant(tenant_id) as connection, connection.transaction():
            await _lock(connection, tenant_id, subject)
            if await self._failed_too_often(connection, tenant_id, contact_id, subject, now):
                return "locked"
            await connection.execute(
                _INSERT, tenant_id, verification_id, contact_id, method, subject, None, None, 0, now, now
            )
            return Reserved(verification_id)

    async def settle_check(self, tenant_id: str, verification_id: UUID, task_id: str, now: datetime) -> None:
        """The reserved try was right: it is no failure."""
        async with self._database.tenant(tenant_id) as connection:
            await connection.execute(
                "UPDATE verification SET used_at = $3, used_by = $4 WHERE tenant_id = $1 AND id = $2",
                tenant_id, verification_id, now, task_id,
            )  # fmt: skip

    async def forget(self, tenant_id: str, verification_id: UUID) -> None:
        """The reserved try did not take place (the backend was away): the customer loses nothing."""
        async with self._database.tenant(tenant_id) as connection:
            await connection.execute(
                "DELETE FROM verification WHERE tenant_id = $1 AND id = $2", tenant_id, verification_id
            )

    async def tries_left(self, tenant_id: str, contact_id: UUID, subject: bytes, now: datetime) -> int:
        """Return how many failures a subject or contact may still make before it is locked."""
        async with self._database.tenant(tenant_id) as connection:
            of_subject, of_contact = await self._failures(connection, tenant_id, contact_id, subject, now)
        policy = self._policy
        return max(0, min(policy.failures_per_subject - of_subject, policy.failures_per_contact - of_contact))

    async def _failed_too_often(
        self, connection: asyncpg.Connection, tenant_id: str, contact_id: UUID, subject: bytes, now: datetime
    ) -> bool:
        of_subject, of_contact = await self._failures(connection, tenant_id, contact_id, subject, now)
        return of_subject >= self._policy.failures_per_subject or of_contact >= self._policy.failures_per_contact

    async def _failures(
        self, connection: asyncpg.Connection, tenant_id: str, contact_id: UUID, subject: bytes, now: datetime
    ) -> tuple[int, int]:
        since = now - timedelta(seconds=self._policy.lock_window_s)
        row = await connection.fetchrow(_FAILURES, subject, contact_id, self._policy.code_tries, since, tenant_id)
        assert row is not None  # noqa: S101 - an aggregate always answers
        return int(row["of_subject"]), int(row["of_contact"])


async def _lock(connection: asyncpg.Connection, tenant_id: str, subject: bytes) -> None:
    """Let checks of one subject pass one after the other, so that none slips through while others are counted."""
    await connection.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"{tenant_id}:{subject.hex()}"
    )
