"""Whoever follows a contact hears everything once, in order, wherever it was written."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio

from warmline.domain.contact.events import MessageSent
from warmline.runtime.committer import Committer, StoredEvent
from warmline.runtime.database import Database
from warmline.runtime.feed import Feed
from warmline.runtime.keyring import Keyring
from warmline.runtime.notifier import Notifier


class Follower:
    """Collects what is delivered and lets a test wait for a number of events."""

    def __init__(self) -> None:
        self.events: list[StoredEvent] = []
        self._more = asyncio.Event()

    def __call__(self, _contact: object, events: Any) -> None:
        self.events.extend(events)
        self._more.set()

    async def until(self, seq: int) -> list[int]:
        async with asyncio.timeout(10):
            while not self.events or self.events[-1].seq < seq:
                self._more.clear()
                await self._more.wait()
        return [one.seq for one in self.events]


@pytest_asyncio.fixture
async def elsewhere(database: Database, keyring: Keyring) -> AsyncIterator[tuple[Committer, Feed]]:
    """A committer and feed as another process has them."""
    notifier = Notifier(database)
    committer = Committer(database, keyring, notifier)
    feed = Feed(database, keyring, committer, notifier)
    for service in (notifier, committer, feed):
        service.start()
    await feed.listening.wait()
    yield committer, feed
    for service in (feed, committer, notifier):
        await service.close()


async def test_a_follower_gets_what_happened_before_and_then_what_happens(
    contacts: Any, committer: Committer, feed: Feed
) -> None:
    contact_id = await contacts.open_contact(committer)
    await committer.execute("onda", contact_id, contacts.says("m1", "안녕하세요"))
    follower = Follower()
    feed.subscribe("onda", contact_id, 0, follower)
    assert await follower.until(2) == [1, 2]
    await committer.execute("onda", contact_id, contacts.says("m2", "환불해 주세요"))
    assert await follower.until(3) == [1, 2, 3]
    last = follower.events[-1].event
    assert isinstance(last, MessageSent)
    assert last.text == "환불해 주세요"


async def test_what_another_process_writes_arrives_without_gaps_or_doubles(
    contacts: Any, committer: Committer, feed: Feed, elsewhere: tuple[Committer, Feed]
) -> None:
    there, their_feed = elsewhere
    contact_id = await contacts.open_contact(committer)
    here, far = Follower(), Follower()
    feed.subscribe("onda", contact_id, 1, here)
    their_feed.subscribe("onda", contact_id, 1, far)
    for n in range(20):
        await asyncio.gather(
            committer.execute("onda", contact_id, contacts.says(f"a{n}", "x")),
            there.execute("onda", contact_id, contacts.says(f"b{n}", "y")),
        )
    assert await here.until(41) == await far.until(41) == list(range(2, 42))


async def test_a_process_reads_fresh_what_another_one_changed(
    contacts: Any, committer: Committer, feed: Feed, elsewhere: tuple[Committer, Feed]
) -> None:
    there, _ = elsewhere
    contact_id = await contacts.open_contact(committer)
    follower = Follower()
    feed.subscribe("onda", contact_id, 1, follower)
    await there.execute("onda", contact_id, contacts.says("m1", "hello"))
    await follower.until(2)
    assert (await committer.load("onda", contact_id)).seq == 2


async def test_somebody_who_left_hears_nothing_more_and_a_broken_one_disturbs_nobody(
    contacts: Any, committer: Committer, feed: Feed
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a subscriber's bug")

    contact_id = await contacts.open_contact(committer)
    gone, follower = Follower(), Follower()
    subscription = feed.subscribe("onda", contact_id, 1, gone)
    feed.subscribe("onda", contact_id, 1, broken)
    feed.subscribe("onda", contact_id, 1, follower)
    subscription.close()
    subscription.close()
    await committer.execute("onda", contact_id, contacts.says("m1", "hello"))
    assert await follower.until(2) == [2]
    assert gone.events == []


async def test_typing_is_seen_everywhere_and_stored_nowhere(
    contacts: Any, committer: Committer, feed: Feed, elsewhere: tuple[Committer, Feed]
) -> None:
    _, their_feed = elsewhere
    contact_id = await contacts.open_contact(committer)
    here: list[dict[str, Any]] = []
    far: asyncio.Queue[dict[str, Any]] = asyncio.Queue(10)
    feed.subscribe("onda", contact_id, 1, Follower(), ephemeral=here.append)
    their_feed.subscribe("onda", contact_id, 1, Follower(), ephemeral=far.put_nowait)
    feed.ephemeral("onda", contact_id, {"t": "typing", "on": True})
    assert here == [{"t": "typing", "on": True}]
    assert await asyncio.wait_for(far.get(), 5) == {"t": "typing", "on": True}
    assert [one.seq for one in await feed.history("onda", contact_id)] == [1]


async def test_a_signal_is_heard_once_in_every_process(feed: Feed, elsewhere: tuple[Committer, Feed]) -> None:
    _, their_feed = elsewhere
    here: list[tuple[str, str]] = []
    far: asyncio.Queue[tuple[str, str]] = asyncio.Queue(10)
    feed.on_signal("settings", lambda tenant, payload: here.append((tenant, payload)))
    their_feed.on_signal("settings", lambda tenant, payload: far.put_nowait((tenant, payload)))
    await feed.signal("onda", "settings", "queues")
    await feed.signal("rival", "settings", "hours")
    assert await asyncio.wait_for(far.get(), 5) == ("onda", "queues")
    assert await asyncio.wait_for(far.get(), 5) == ("rival", "hours")
    assert here == [("onda", "queues"), ("rival", "hours")]


async def test_an_erased_customers_data_leaves_the_memory_of_every_process(
    contacts: Any, committer: Committer, feed: Feed, elsewhere: tuple[Committer, Feed], keyring: Keyring
) -> None:
    there, their_feed = elsewhere
    contact_id = await contacts.open_contact(committer)
    customer_id = (await there.load("onda", contact_id)).customer_id
    heard = asyncio.Event()
    their_feed.on_signal("erased", lambda *_: heard.set())
    await keyring.erase("onda", customer_id)
    await asyncio.wait_for(heard.wait(), 5)
    assert await there.load_many("onda", [contact_id, UUID(int=9)]) == {}


@pytest.fixture
def ears_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cut line must be noticed without asking."""
    monkeypatch.setattr("warmline.runtime.feed.ALIVE_EVERY_S", 3600.0)


async def test_after_a_cut_line_everything_missed_is_read_again(
    ears_never_asked: None, contacts: Any, committer: Committer, feed: Feed, elsewhere: tuple[Committer, Feed],
    admin_url: str,
) -> None:  # fmt: skip
    there, _ = elsewhere
    contact_id = await contacts.open_contact(committer)
    follower = Follower()
    feed.subscribe("onda", contact_id, 1, follower)
    reconnected = asyncio.Event()
    feed.on_reconnect.append(reconnected.set)
    admin = await asyncpg.connect(admin_url)
    await admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND application_name = 'warmline feed'"
    )
    await admin.close()
    await there.execute("onda", contact_id, contacts.says("m1", "while nobody listened"))
    await asyncio.wait_for(reconnected.wait(), 15)
    assert await follower.until(2) == [2]
