"""Recordings: who may open them, what stays of them, and when they go."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import pytest_asyncio

from warmline.features.security.audit import Actor
from warmline.features.telephony.recordings import Recordings
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring

LEAD = Actor("Lead", new_id())


@pytest_asyncio.fixture
async def contact(database: Database) -> tuple[UUID, UUID]:
    """A contact and its customer, as rows."""
    contact_id, customer_id, now = new_id(), new_id(), utc_now()
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO customer (tenant_id, id, known, locale, created_at, updated_at)"
            " VALUES ('onda', $1, 0, 'ko', $2, $2)",
            customer_id, now,
        )  # fmt: skip
        await conn.execute(
            "INSERT INTO contact (tenant_id, id, channel, customer_id, conversation_id, locale, status, opened_at,"
            " updated_at, version, seq, state)"
            " VALUES ('onda', $1, 'voice', $2, $3, 'ko', 'ended', $4, $4, 1, 1, '')",
            contact_id, customer_id, new_id(), now,
        )  # fmt: skip
    return contact_id, customer_id


@pytest.fixture
def recordings(database: Database, keyring: Keyring, tmp_path: Path) -> Recordings:
    return Recordings(database, keyring, tmp_path)


async def code_of(awaitable: object) -> str:
    with pytest.raises(Refused) as refusal:
        await awaitable  # pyright: ignore[reportGeneralTypeIssues]
    return refusal.value.code


async def test_a_recording_is_opened_with_a_reason_that_stays_in_the_audit_log(
    recordings: Recordings, database: Database, contact: tuple[UUID, UUID]
) -> None:
    begun = await recordings.begin("onda", *contact)
    assert len(begun.key) == 32
    assert await code_of(recordings.open("onda", LEAD, begun.id, "quality")) == "telephony.recording_running"
    begun.path.write_bytes(b"audio")
    await recordings.finished("onda", begun.id, 12_500, 5)
    opened = await recordings.open("onda", LEAD, begun.id, "quality")
    assert (opened.path, opened.key) == (begun.path, begun.key)
    (listed,) = await recordings.of_contact("onda", contact[0])
    assert (listed.state, listed.seconds) == ("ready", 12.5)
    async with database.tenant("onda") as conn:
        entry = await conn.fetchrow("SELECT * FROM audit WHERE action = 'recording.opened'")
        stored = await conn.fetchval("SELECT key_enc FROM recording")
    assert entry is not None
    assert entry["actor_id"] == LEAD.agent_id
    assert "quality" in str(entry["detail"])
    assert begun.key not in stored


async def test_recordings_are_found_by_their_ids_with_what_was_understood(
    recordings: Recordings, contact: tuple[UUID, UUID]
) -> None:
    message, call = await recordings.begin("onda", *contact, "voicemail"), await recordings.begin("onda", *contact)
    await recordings.finished("onda", message.id, 4_000, 5)
    await recordings.transcribed("onda", message.id, "Please call me back.")
    found = await recordings.listed("onda", [message.id, call.id, new_id()])
    assert set(found) == {message.id, call.id}
    assert (found[message.id].what, found[message.id].transcript) == ("voicemail", "Please call me back.")
    assert (found[call.id].state, found[call.id].transcript) == ("running", None)
    assert await recordings.listed("rival", [message.id]) == {}


async def test_nobody_opens_what_is_another_company_s_or_not_there(
    recordings: Recordings, contact: tuple[UUID, UUID]
) -> None:
    begun = await recordings.begin("onda", *contact)
    assert await code_of(recordings.open("rival", LEAD, begun.id, "quality")) == "not_found"
    assert await code_of(recordings.readable("onda", new_id())) == "not_found"
    assert await code_of(recordings.of_contact("rival", contact[0])) == "not_found"


async def test_a_transcript_is_kept_under_the_customer_s_key(
    recordings: Recordings, database: Database, contact: tuple[UUID, UUID]
) -> None:
    begun = await recordings.begin("onda", *contact, "voicemail")
    await recordings.transcribed("onda", begun.id, "주문을 취소해 주세요")
    (listed,) = await recordings.of_contact("onda", contact[0])
    assert (listed.what, listed.transcript) == ("voicemail", "주문을 취소해 주세요")
    async with database.tenant("onda") as conn:
        assert "주문".encode() not in await conn.fetchval("SELECT transcript_enc FROM recording")


async def test_when_its_time_is_over_the_file_goes_and_the_row_says_so(
    recordings: Recordings, contact: tuple[UUID, UUID]
) -> None:
    short = await recordings.begin("onda", *contact, kept=timedelta(days=1))
    long = await recordings.begin("onda", *contact, kept=timedelta(days=9))
    for one in (short, long):
        one.path.write_bytes(b"audio")
        await recordings.finished("onda", one.id, 1000, 5)
    assert await recordings.sweep(utc_now() + timedelta(days=2)) == 1
    assert await recordings.sweep(utc_now() + timedelta(days=2)) == 0
    assert (short.path.exists(), long.path.exists()) == (False, True)
    assert await code_of(recordings.open("onda", LEAD, short.id, "quality")) == "telephony.recording_gone"
    states = {one.id: one.state for one in await recordings.of_contact("onda", contact[0])}
    assert states == {short.id: "deleted", long.id: "ready"}


async def test_erasing_the_customer_makes_recordings_unreadable_at_once_and_deletes_them_soon(
    recordings: Recordings, keyring: Keyring, contact: tuple[UUID, UUID]
) -> None:
    begun = await recordings.begin("onda", *contact)
    begun.path.write_bytes(b"audio")
    await recordings.finished("onda", begun.id, 1000, 5)
    await recordings.transcribed("onda", begun.id, "비밀")
    await keyring.erase("onda", contact[1])
    assert await code_of(recordings.open("onda", LEAD, begun.id, "quality")) == "telephony.recording_gone"
    assert await recordings.sweep(utc_now()) == 1
    assert not begun.path.exists()
    (listed,) = await recordings.of_contact("onda", contact[0])
    assert (listed.state, listed.transcript) == ("deleted", None)
