"""An emergency reaches whoever is here, within a second and once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest_asyncio

from house import House
from warmline.features.contacts.announcer import Announcer
from warmline.kernel.ids import new_id


@pytest_asyncio.fixture
async def announcer(house: House, feed: Any) -> AsyncIterator[Announcer]:
    announcer = Announcer(house.rooms.facts, house.rooms.store, house.rooms.service.command, lambda _: True)
    feed.on_signal("settings", announcer.changed)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(announcer.run())
        yield announcer
        running.cancel()


async def announce(
    house: House,
    feed: Any,
    *,
    slot: str = "emergency",
    starts_s: float = 0,
    lasts_s: float = 3600,
    **scope: list[str],
) -> str:
    now = datetime.now(UTC)
    text = f"안내드립니다. {new_id()}"
    async with house.database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO announcement (tenant_id, id, slot, texts, starts_at, ends_at, scope)"
            " VALUES ('onda', $1, $6, $2, $3, $4, $5)",
            new_id(), {"ko": text, "ja": text, "en": text}, now + timedelta(seconds=starts_s),
            now + timedelta(seconds=starts_s + lasts_s), scope, slot,
        )  # fmt: skip
    await feed.signal("onda", "settings", "announcement")
    return text


async def in_line(house: House) -> Any:
    """Return the socket of a customer who waits for a person."""
    house.staffed()
    client, _, _ = await house.customer()
    client.send(t="say", cid=str(new_id()), text="agent", value="agent")
    await client.event("contact_queued")
    return client


async def test_who_waits_hears_it_within_a_second_and_exactly_once(house: House, feed: Any, announcer: Any):
    client = await in_line(house)
    begun = asyncio.get_running_loop().time()
    text = await announce(house, feed)
    await client.event("message_sent", text=text)
    assert asyncio.get_running_loop().time() - begun < 1.0
    announcer._told.clear()  # another process takes the lead, and looks at everything anew
    await feed.signal("onda", "settings", "announcement")
    second = await announce(house, feed)
    await client.event("message_sent", text=second)
    assert not [f for f in client.frames if f["t"] == "event" and f["e"].get("text") == text]


async def test_a_customer_in_self_service_hears_it_and_is_asked_again(house: House, feed: Any, announcer: Any):
    client, _, _ = await house.customer()
    text = await announce(house, feed)
    told = await client.event("message_sent", text=text)
    again = await client.event("message_sent", input_kind="choice")
    assert again["seq"] == told["seq"] + 1


async def test_it_begins_at_its_time_and_ends_by_itself(house: House, feed: Any, announcer: Any):
    client = await in_line(house)
    text = await announce(house, feed, starts_s=0.4, lasts_s=0.8)
    await client.event("message_sent", text=text)
    second = await announce(house, feed, starts_s=1.0)  # by then, the first is over
    await client.event("message_sent", text=second)
    last = await in_line(house)
    await last.event("message_sent", text=second)
    assert not [f for f in last.frames if f["t"] == "event" and f["e"].get("text") == text]


async def test_a_queue_it_is_not_meant_for_does_not_hear_it(house: House, feed: Any, announcer: Any):
    client = await in_line(house)
    other = await announce(house, feed, queues=["general"])
    mine = await announce(house, feed, queues=["orders"])
    await client.event("message_sent", text=mine)
    assert not [f for f in client.frames if f["t"] == "event" and f["e"].get("text") == other]


async def test_a_notice_of_another_kind_reaches_who_waits_but_interrupts_nobody_in_self_service(
    house: House, feed: Any, announcer: Any
):
    waiting = await in_line(house)
    choosing, _, _ = await house.customer()
    notice = await announce(house, feed, slot="holiday", queues=["orders"])
    everybody = await announce(house, feed, slot="promotion")
    await waiting.event("message_sent", text=notice)
    await waiting.event("message_sent", text=everybody)
    emergency = await announce(house, feed)
    await choosing.event("message_sent", text=emergency)
    assert not [f for f in choosing.frames if f["t"] == "event" and f["e"].get("text") in (notice, everybody)]
    await feed.signal("onda", "settings", "announcement")
    last = await announce(house, feed)
    await waiting.event("message_sent", text=last)
    assert not [f for f in waiting.frames if f["t"] == "event" and f["e"].get("text") in (notice, everybody)]
