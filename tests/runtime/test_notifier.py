"""Notifications leave in batches, reach who listens, and wake the lanes of this process at once."""

import asyncio

import asyncpg
import pytest

from warmline.kernel.ids import new_id
from warmline.runtime import signals
from warmline.runtime.database import Database, TenantConnection
from warmline.runtime.notifier import Notifier


async def listening(url: str) -> tuple[asyncpg.Connection, "asyncio.Queue[tuple[str, str]]"]:
    heard: asyncio.Queue[tuple[str, str]] = asyncio.Queue(100)
    conn = await asyncpg.connect(url)
    for channel in (signals.CONTACT_CHANNEL, signals.SIGNAL_CHANNEL, signals.LANE_CHANNEL):
        await conn.add_listener(channel, lambda c, pid, channel, payload: heard.put_nowait((channel, payload)))
    return conn, heard


async def test_changed_contacts_are_named_together(notifier: Notifier, database_url: str) -> None:
    conn, heard = await listening(database_url)
    one, two = new_id(), new_id()
    notifier.contacts("onda", [one])
    notifier.contacts("onda", [one, two])
    channel, payload = await asyncio.wait_for(heard.get(), 5)
    assert channel == signals.CONTACT_CHANNEL
    origin, tenant_id, ids = signals.decode_contacts(payload)
    assert (origin, tenant_id) == (notifier.origin, "onda")
    assert set(ids or ()) == {one, two}
    await conn.close()


async def test_a_lane_wakes_here_at_once_and_elsewhere_by_notification(
    notifier: Notifier, database_url: str
) -> None:
    conn, heard = await listening(database_url)
    lane = notifier.lane("task")
    notifier.lanes({"task", "index"})
    assert lane.is_set()
    assert await asyncio.wait_for(heard.get(), 5) == (signals.LANE_CHANNEL, f"{notifier.origin} index,task")
    lane.clear()
    notifier.wake_all_lanes()
    assert lane.is_set()
    await conn.close()


async def test_what_is_said_while_the_line_is_cut_is_said_afterwards(
    database: Database, admin_url: str, database_url: str
) -> None:
    notifier = Notifier(database)
    notifier.start()
    conn, heard = await listening(database_url)
    notifier.text(signals.SIGNAL_CHANNEL, "before")
    assert await asyncio.wait_for(heard.get(), 5) == (signals.SIGNAL_CHANNEL, "before")
    admin = await asyncpg.connect(admin_url)
    await admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND application_name = 'warmline notifier'"
    )
    await admin.close()
    notifier.text(signals.SIGNAL_CHANNEL, "after")
    assert await asyncio.wait_for(heard.get(), 10) == (signals.SIGNAL_CHANNEL, "after")
    await notifier.close()
    await conn.close()


class Interrupted(Database):
    """A database that says goodbye at the first call, between two of the driver's questions."""

    goodbyes = 1

    async def dedicated(self, name: str, **settings: str) -> TenantConnection:
        if self.goodbyes:
            self.goodbyes -= 1
            raise asyncpg.InternalClientError("cannot switch to state 12; another operation (2) is in progress")
        return await super().dedicated(name, **settings)


async def test_what_the_driver_calls_its_own_error_does_not_silence_a_process_for_good(database_url: str) -> None:
    database = await Interrupted.open(database_url, max_size=2)
    notifier = Notifier(database)
    notifier.start()
    conn, heard = await listening(database_url)
    notifier.text(signals.SIGNAL_CHANNEL, "after")
    assert await asyncio.wait_for(heard.get(), 8) == (signals.SIGNAL_CHANNEL, "after")
    await notifier.close()
    await conn.close()
    await database.close()


async def test_an_urgent_signal_does_not_wait_until_many_have_gathered_and_takes_along_who_does(
    notifier: Notifier, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warmline.runtime.notifier.GATHER_BUSY_S", 60.0)
    monkeypatch.setattr("warmline.runtime.notifier.BUSY_S", 60.0)
    conn, heard = await listening(database_url)
    notifier.text(signals.SIGNAL_CHANNEL, "first", urgent=True)  # from now on there is much to say
    assert (await asyncio.wait_for(heard.get(), 5))[1] == "first"
    notifier.contacts("onda", [new_id()])
    notifier.text(signals.SIGNAL_CHANNEL, "an offer", urgent=True)
    told = [await asyncio.wait_for(heard.get(), 5) for _ in range(2)]
    assert {channel for channel, _ in told} == {signals.CONTACT_CHANNEL, signals.SIGNAL_CHANNEL}
    await conn.close()
