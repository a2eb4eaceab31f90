"""The database goes away under waiting callers: they hear so, are promised a call once, and keep their place."""

import asyncio
import shutil
import sys
import time
from collections.abc import AsyncIterator, Awaitable
from uuid import UUID

import pytest
import pytest_asyncio
from tests.e2e.voice_house import PERSON, PHONE_EXTENSION
from tests.e2e.voice_people import Person, until

from chaos.voice_callers import Handset, caller_number
from chaos.voice_kills import AGENT_HZ, CALLER_HZ, SILENCE_AT_MOST_S, Crowd, StormHouse, crowd_of, storm_house
from chaos.voice_words import hears_words, words_of
from warmline.channels.voice.journal import Journal
from warmline_demo.content.company import TENANT_ID

pytestmark = [
    pytest.mark.chaos,
    pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc"),
    pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="needs espeak-ng to speak"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def crowd() -> AsyncIterator[Crowd]:
    async with storm_house(calls_an_agent=1) as house, crowd_of(house) as crowd:
        yield crowd


def _owed(house: StormHouse) -> list[str]:
    return [one.number for one in Journal(house.folder / "voice" / "promises.jsonl").owed]


async def _promised(house: StormHouse) -> list[str]:
    rows = await house.rows(
        "SELECT id FROM contact WHERE tenant_id = $1 AND status = 'callback' ORDER BY opened_at", TENANT_ID
    )
    return [str(row["id"]) for row in rows]


def _gap_s(person: Person, since: float) -> float:
    assert isinstance(person.peer, Handset)
    return person.peer.longest_gap_s(since, time.monotonic())


async def _promises_of(crowd: Crowd, contact: str) -> int:
    """How often a contact was promised a call."""
    return sum(one["kind"] == "callback_promised" for one in await crowd.agent.history(contact))


async def _back(crowd: Crowd) -> None:
    await asyncio.to_thread(crowd.house.postgres.start)
    await crowd.house.until_ready()
    await crowd.agent.connect()


async def test_callers_hear_an_apology_are_promised_one_call_each_and_those_who_stay_keep_their_place(
    crowd: Crowd,
):
    house = crowd.house
    away, promised = await words_of(house, "voice.away"), await words_of(house, "voice.promised")
    await crowd.talk(1)
    await crowd.wait(3)
    [(talking, (caller, phone))] = crowd.talks.items()
    (first, stays), (second, leaves), (third, stays_too) = crowd.line
    before = {row["id"]: row["queued_at"] for row in await house.rows("SELECT id, queued_at FROM contact")}

    await asyncio.to_thread(house.postgres.stop)
    gone = time.monotonic()
    newcomer = await crowd.street.calls(PERSON, own=caller_number(40))
    for one in (stays, leaves, newcomer):
        await hears_words(one, away, "that the system has a problem")
    for one in (leaves, newcomer):
        one.press("1")
    await until(lambda: len(_owed(house)) == 2, "both promises are on disk")
    assert sorted(_owed(house)) == sorted([caller_number(3), caller_number(40)])
    for one in (leaves, newcomer):
        await hears_words(one, promised, "that they will be called")
        assert (await one.until_ended()).cause == 16
    assert len(_owed(house)) == 2, "nobody could write them down yet"
    await caller.hears(AGENT_HZ)
    await phone.hears(CALLER_HZ)

    await _back(crowd)
    await house.asked(lambda: _all(_promised(house), 2), "both are promised a call in the books")
    await until(lambda: not _owed(house), "nothing is owed on disk")
    for one in (stays, stays_too):
        assert _gap_s(one, gone) <= SILENCE_AT_MOST_S
        assert one.ended is None
    promises = await _promised(house)
    assert promises[0] == second
    assert [await _promises_of(crowd, one) for one in promises] == [1, 1]
    after = {row["id"]: row["queued_at"] for row in await house.rows("SELECT id, queued_at FROM contact")}
    for contact in (first, third):
        assert after[UUID(contact)] == before[UUID(contact)]

    await crowd.agent.finishes(talking)
    assert await crowd.agent.accepts() == first
    phone = await crowd.street.picks_up(PHONE_EXTENSION, 3400)
    await stays.hears(3400)


async def test_a_promise_on_disk_outlives_the_voice_process_and_is_kept_once(crowd: Crowd):
    house, before = crowd.house, set(await _promised(crowd.house))
    away = await words_of(house, "voice.away")
    contact, caller = await crowd._calls(PERSON)
    await caller.hears_sound()
    await asyncio.to_thread(house.postgres.stop)
    await hears_words(caller, away, "that the system has a problem")
    caller.press("1")
    await until(lambda: len(_owed(house)) == 1, "the promise is on disk")
    house.kill(house.roles.pid("voice"))
    await _back(crowd)

    async def kept() -> bool:
        return contact in await _promised(house)

    await house.asked(kept, "the caller is promised a call in the books")
    await until(lambda: not _owed(house), "nothing is owed on disk")
    assert contact not in before
    assert await _promises_of(crowd, contact) == 1


async def _all(rows: Awaitable[list[str]], count: int) -> bool:
    return len(await rows) == count
