"""Whoever watches hears within a second that something moved, in whichever process it did."""

import asyncio
from datetime import UTC, datetime

import pytest_asyncio
from tests.features.watch.conftest import Town

from warmline.domain.contact import commands as c
from warmline.features.watch.pulse import GATHER_S, Pulse
from warmline.runtime.committer import Committer
from warmline.runtime.database import Database
from warmline.runtime.feed import Feed
from warmline.runtime.keyring import Keyring
from warmline.runtime.notifier import Notifier


@pytest_asyncio.fixture
async def elsewhere(database: Database, keyring: Keyring):
    """The pulse of another process on the same database."""
    notifier = Notifier(database)
    notifier.start()
    committer = Committer(database, keyring, notifier)
    committer.start()
    feed = Feed(database, keyring, committer, notifier)
    pulse = Pulse(committer, feed)
    feed.start()
    await feed.listening.wait()
    yield pulse
    await feed.close()
    await committer.close()
    await notifier.close()


async def moved(pulse: Pulse, since_ms: int) -> float:
    """Wait for news; return after how many seconds they came."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    async with asyncio.timeout(5):
        while pulse.at_ms("onda") <= since_ms:
            await asyncio.sleep(0.005)
    return loop.time() - begun


async def test_a_customer_who_moves_is_news_here_and_in_other_processes_within_half_a_second(
    town: Town, elsewhere: Pulse
):
    assert elsewhere.at_ms("onda") == 0
    it = await town.open()
    assert await moved(elsewhere, 0) < 0.5
    for command in (c.CustomerMessage("a", "agent", "agent"), c.CustomerEnds()):
        before = elsewhere.at_ms("onda")
        await town.do(it.id, command)
        assert await moved(elsewhere, before) < 0.5
        assert town.pulse.at_ms("onda") == elsewhere.at_ms("onda")


async def test_what_is_said_to_a_person_moves_nobody(town: Town):
    it = await town.open()
    await town.tap(it.id, "agent")
    await town.answer(it.id)
    await moved(town.pulse, 0)
    async with asyncio.timeout(2):
        while (
            town.pulse.at_ms("onda") < (await town.rooms.chat.history("onda", it.id, 0))[-1].at.timestamp() * 1e3
        ):
            await asyncio.sleep(0.01)
    before = town.pulse.at_ms("onda")
    await town.say(it.id, "Are you there?")
    other = await town.open()
    await moved(town.pulse, before)
    opened = (await town.rooms.chat.history("onda", other.id, 0))[0].at.timestamp() * 1_000
    assert town.pulse.at_ms("onda") >= opened  # the news was the newcomer


async def test_many_who_move_at_once_are_one_piece_of_news(town: Town, feed: Feed):
    heard: list[str] = []
    feed.on_signal("passages", lambda _, payload: heard.append(payload))
    await asyncio.gather(*(town.open() for _ in range(20)))
    async with asyncio.timeout(5):
        while not heard:
            await asyncio.sleep(GATHER_S / 10)
    assert len(heard) < 10


async def test_other_companies_hear_nothing_of_it(town: Town):
    await town.open()
    await moved(town.pulse, 0)
    assert town.pulse.at_ms("rival") == 0


async def test_after_a_silence_everything_is_worth_looking_at_again(town: Town, feed: Feed):
    before = int(datetime.now(UTC).timestamp() * 1_000)
    for callback in feed.on_reconnect:
        callback()
    assert town.pulse.at_ms("onda") >= before
    assert town.pulse.at_ms("rival") >= before
