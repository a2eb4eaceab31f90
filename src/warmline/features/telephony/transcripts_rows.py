"""Which recording is to be written down next, and by whom: a claim in its row, kept while it is worked on."""

from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from msgspec import Struct

from warmline.features.telephony.recordings import What
from warmline.kernel.locale import LOCALES, Locale
from warmline.runtime.database import Database

YOUNGER_THAN = timedelta(days=7)
LEASE = timedelta(minutes=5)
AGAIN = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720)
)  # after the first failure, the next, …
TRIES = len(AGAIN) + 1

# A message of which its contact's timeline does not tell held nothing, or is told in a moment.
CLAIM = """
UPDATE recording r SET transcript_tries = r.transcript_tries + 1, transcript_due_at = $3
FROM contact c
WHERE r.tenant_id = $1 AND c.tenant_id = $1 AND c.id = r.contact_id AND r.id = (
  SELECT d.id FROM recording d
  WHERE d.tenant_id = $1 AND d.transcript_enc IS NULL AND d.deleted_at IS NULL AND d.duration_ms IS NOT NULL
    AND d.started_at > $4 AND d.transcript_tries < $5
    AND (d.transcript_due_at IS NULL OR d.transcript_due_at <= $2)
    AND (d.what <> 'voicemail' OR EXISTS (SELECT FROM event e
      WHERE e.tenant_id = $1 AND e.contact_id = d.contact_id AND e.kind = 'voicemail_left'
        AND e.body->>'recording_id' = d.id::text))
  ORDER BY d.what = 'voicemail' DESC, d.started_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING r.id, r.contact_id, r.what, r.duration_ms, r.transcript_tries, c.locale
"""
MINE = "tenant_id = $1 AND id = $2 AND transcript_tries = $3"


class Claim(Struct, frozen=True):
    """A recording to be written down by whoever holds this. `tries`: how often it was begun, with this time."""

    tenant_id: str
    id: UUID
    contact_id: UUID
    what: What
    seconds: float
    locale: Locale
    tries: int


class TranscriptRows:
    """Claims on recordings without a transcript. Messages first, then calls, the oldest first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, now: datetime) -> Claim | None:
        """Take the next recording that is due, of any company; None when there is none."""
        for tenant_id in await self._database.tenants(max_age_s=60.0):
            async with self._database.tenant(tenant_id) as conn:
                row = await conn.fetchrow(CLAIM, tenant_id, now, now + LEASE, now - YOUNGER_THAN, TRIES)
            if row is not None:
                locale = cast(Locale, row["locale"] if row["locale"] in LOCALES else "en")
                return Claim(
                    tenant_id, row["id"], row["contact_id"], row["what"], row["duration_ms"] / 1000, locale,
                    row["transcript_tries"],
                )  # fmt: skip
        return None

    async def keep(self, claim: Claim, now: datetime) -> bool:
        """Hold a claim for longer; False when it is somebody else's by now."""
        return await self._due(claim, now + LEASE)

    async def failed(self, claim: Claim, now: datetime) -> bool:
        """Leave a recording for later; False when it was the last try."""
        last = claim.tries >= TRIES
        await self._due(claim, now if last else now + AGAIN[claim.tries - 1])
        return not last

    async def give_back(self, claim: Claim) -> None:
        """Leave a recording as if it had never been begun."""
        async with self._database.tenant(claim.tenant_id) as conn:
            await conn.execute(
                "UPDATE recording SET transcript_tries = transcript_tries - 1, transcript_due_at = NULL"
                f" WHERE {MINE}",
                claim.tenant_id, claim.id, claim.tries,
            )  # fmt: skip

    async def _due(self, claim: Claim, at: datetime) -> bool:
        async with self._database.tenant(claim.tenant_id) as conn:
            done = await conn.execute(
                f"UPDATE recording SET transcript_due_at = $4 WHERE {MINE}",
                claim.tenant_id, claim.id, claim.tries, at,
            )  # fmt: skip
        return done == "UPDATE 1"
