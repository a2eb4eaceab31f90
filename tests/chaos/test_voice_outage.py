"""The database goes away under waiting callers: they hear so, are promised a call once, and keep their place."""

import asyncio
import shutil
import sys
import time
from collections.abc import AsyncIterator, Awaitable
from uuid import UUID

import numpy as np
import pytest
import pytest_asyncio
from tests.e2e.voice_house import PERSON, PHONE_EXTENSION
from tests.e2e.voice_people import Person, until

from chaos.voice_callers import Handset, caller_number
from chaos.voice_kills import AGENT_HZ, CALLER_HZ, SILENCE_AT_MOST_S, Crowd, StormHouse, crowd_of, storm_house
from media.tones import Samples
from warmline.channels.voice.journal import Journal
from warmline.channels.voice.words import word
from warmline.kernel.tasks import TaskRegistry
from warmline.media.wave_file import pcm_of
from warmline.ports.media import PlayFile
from warmline.runtime.egress import Egress
from warmline.speech.settings import SpeechParts, load
from warmline_demo.content.company import TENANT_ID

pytestmark = [
    pytest.mark.chaos,
    pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc"),
    pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="needs espeak-ng to speak"),
]
ALIKE = 0.6  # of the energy: the same words in the same voice, companded


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


async def _words(crowd: Crowd, key: str) -> Samples:
    """What the house's own voice makes of these words."""
    house = crowd.house
    tasks = TaskRegistry(lambda name, failure: crowd.street.failures.append(failure))
    egress = Egress(lambda _: frozenset())
    parts = SpeechParts(load(house.folder / "speech.json"), house.folder / "speech", tasks, egress, egress.stream)
    await parts.house.open()
    try:
        spoken = await parts.house.say(TENANT_ID, word(key, "en"), "en", lasting=True)
        return np.concatenate(list(pcm_of(PlayFile(str(spoken.path)), 8000)))
    finally:
        await parts.close()
        await egress.close()
        await tasks.close()


def _said(person: Person, words: Samples) -> bool:
    """Whether somebody heard these words: a second out of their middle is found in what they heard."""
    heard = person.peer.heard(30_000).astype(np.float64)
    middle = words[len(words) // 2 :][:8000].astype(np.float64)
    if len(heard) < len(middle):
        return False
    size = 1 << int(np.ceil(np.log2(len(heard) + len(middle))))
    alike = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(middle, size)), size)[: len(heard)]
    energy = np.convolve(heard**2, np.ones(len(middle)))[len(middle) - 1 :][: len(heard)]
    level = np.sqrt(np.maximum(energy, 1.0) * float(np.sum(middle**2)))
    return bool(np.max(alike[: len(level)] / level) > ALIKE)


async def _hears(person: Person, words: Samples, what: str) -> None:
    give_up = time.monotonic() + 30
    while not _said(person, words):
        assert time.monotonic() < give_up, f"Nobody said {what}."
        await person.peer.more(25)


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
    away, promised = await _words(crowd, "voice.away"), await _words(crowd, "voice.promised")
    await crowd.talk(1)
    await crowd.wait(3)
    [(talking, (caller, phone))] = crowd.talks.items()
    (first, stays), (second, leaves), (third, stays_too) = crowd.line
    before = {row["id"]: row["queued_at"] for row in await house.rows("SELECT id, queued_at FROM contact")}

    await asyncio.to_thread(house.postgres.stop)
    gone = time.monotonic()
    newcomer = await crowd.street.calls(PERSON, own=caller_number(40))
    for one in (stays, leaves, newcomer):
        await _hears(one, away, "that the system has a problem")
    for one in (leaves, newcomer):
        one.press("1")
    await until(lambda: len(_owed(house)) == 2, "both promises are on disk")
    assert sorted(_owed(house)) == sorted([caller_number(3), caller_number(40)])
    for one in (leaves, newcomer):
        await _hears(one, promised, "that they will be called")
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
    away = await _words(crowd, "voice.away")
    contact, caller = await crowd._calls(PERSON)
    await caller.hears_sound()
    await asyncio.to_thread(house.postgres.stop)
    await _hears(caller, away, "that the system has a problem")
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
