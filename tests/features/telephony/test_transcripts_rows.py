"""Whose turn it is to be written down, and who is at it."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import pytest_asyncio

from warmline.features.telephony.recordings import Recordings
from warmline.features.telephony.transcripts_rows import AGAIN, LEASE, TRIES, YOUNGER_THAN, TranscriptRows
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring

SECOND = timedelta(seconds=1)


class Shelf:
    """Recordings of one contact, spoken in Japanese."""

    def __init__(self, database: Database, recordings: Recordings) -> None:
        self.database = database
        self.recordings = recordings
        self.rows = TranscriptRows(database)
        self.contact, self.customer = new_id(), new_id()

    async def open(self) -> None:
        async with self.database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO contact (tenant_id, id, channel, customer_id, conversation_id, locale, status,"
                " opened_at, updated_at, version, seq, state)"
                " VALUES ('onda', $1, 'voice', $2, $3, 'ja', 'ended', now(), now(), 1, 1, '')",
                self.contact, self.customer, new_id(),
            )  # fmt: skip

    async def call(self) -> UUID:
        begun = await self.recordings.begin("onda", self.contact, self.customer)
        await self.recordings.finished("onda", begun.id, 8_500, 5)
        return begun.id

    async def message(self, *, told: bool = True) -> UUID:
        begun = await self.recordings.begin("onda", self.contact, self.customer, "voicemail")
        await self.recordings.finished("onda", begun.id, 4_000, 5)
        if told:
            async with self.database.tenant("onda") as conn:
                await conn.execute(
                    "INSERT INTO event (tenant_id, contact_id, seq, at, kind, body)"
                    " VALUES ('onda', $1, 1, now(), 'voicemail_left', $2)",
                    self.contact, {"kind": "voicemail_left", "recording_id": str(begun.id)},
                )  # fmt: skip
        return begun.id


@pytest_asyncio.fixture
async def shelf(database: Database, keyring: Keyring, tmp_path: Path) -> Shelf:
    one = Shelf(database, Recordings(database, keyring, tmp_path))
    await one.open()
    return one


async def test_messages_come_before_calls_and_who_has_one_has_it_alone(shelf: Shelf):
    call, message = await shelf.call(), await shelf.message()
    first, second = await shelf.rows.claim(utc_now()), await shelf.rows.claim(utc_now())
    assert first is not None
    assert second is not None
    assert [(one.id, one.what) for one in (first, second)] == [(message, "voicemail"), (call, "call")]
    assert (second.contact_id, second.seconds, second.locale, second.tries) == (shelf.contact, 8.5, "ja", 1)
    assert await shelf.rows.claim(utc_now()) is None


async def test_a_call_that_runs_and_a_message_nobody_was_told_of_wait(shelf: Shelf):
    await shelf.recordings.begin("onda", shelf.contact, shelf.customer)
    await shelf.message(told=False)
    assert await shelf.rows.claim(utc_now()) is None


async def test_what_is_written_down_deleted_or_a_week_old_is_left_alone(shelf: Shelf):
    written, old = await shelf.call(), await shelf.call()
    await shelf.recordings.transcribed("onda", written, "")
    assert await shelf.rows.claim(utc_now() + YOUNGER_THAN + SECOND) is None
    claim = await shelf.rows.claim(utc_now())
    assert claim is not None
    assert claim.id == old
    await shelf.rows.give_back(claim)
    await shelf.recordings.sweep(utc_now() + timedelta(days=91))
    assert await shelf.rows.claim(utc_now()) is None


async def test_a_claim_holds_as_long_as_it_is_kept_and_then_it_is_anybody_s(shelf: Shelf):
    await shelf.call()
    now = utc_now()
    claim = await shelf.rows.claim(now)
    assert claim is not None
    assert await shelf.rows.keep(claim, now + LEASE - SECOND)
    assert await shelf.rows.claim(now + LEASE + SECOND) is None
    taken = await shelf.rows.claim(now + 2 * LEASE)
    assert taken is not None
    assert taken.tries == 2
    assert not await shelf.rows.keep(claim, now + 2 * LEASE)
    await shelf.rows.give_back(claim)
    assert await shelf.rows.claim(now + 2 * LEASE) is None, "who lost it gives nothing back"


async def test_what_is_given_back_is_due_at_once_and_counts_as_never_begun(shelf: Shelf):
    await shelf.call()
    for _ in range(TRIES + 1):
        claim = await shelf.rows.claim(utc_now())
        assert claim is not None
        assert claim.tries == 1
        await shelf.rows.give_back(claim)


@pytest.mark.parametrize("tried", range(TRIES))
async def test_after_each_failure_it_waits_longer_and_after_the_last_for_good(shelf: Shelf, tried: int):
    await shelf.call()
    now = utc_now()
    async with shelf.database.tenant("onda") as conn:
        await conn.execute("UPDATE recording SET transcript_tries = $1", tried)
    claim = await shelf.rows.claim(now)
    assert claim is not None
    again = await shelf.rows.failed(claim, now)
    assert again is (tried + 1 < TRIES)
    if again:
        assert await shelf.rows.claim(now + AGAIN[tried] - SECOND) is None
        assert await shelf.rows.claim(now + AGAIN[tried]) is not None
    else:
        assert await shelf.rows.claim(now + timedelta(days=6)) is None
