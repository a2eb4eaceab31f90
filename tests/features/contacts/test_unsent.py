"""Files that a customer or an agent uploaded and then did not send go away after some hours; sent ones stay."""

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from house import House
from warmline.features.contacts.unsent import UnsentFiles
from warmline.kernel.errors import Refused

LATER = timedelta(hours=6, minutes=1)
TEXT = "영수증입니다".encode()


def later(house: House, by: timedelta = LATER) -> UnsentFiles:
    return UnsentFiles(house.database, now=lambda: datetime.now(UTC) + by)


async def customer_of(house: House, welcome: dict) -> UUID:
    visitor = await house.rooms.visitors.recognise("onda", welcome["visitor"])
    assert visitor is not None
    return visitor.customer_id


async def test_a_file_nobody_sent_is_deleted_after_hours_and_a_sent_one_stays(house: House):
    customer, welcome, _ = await house.customer()
    owner = await customer_of(house, welcome)
    sent = await house.rooms.uploads.keep("onda", "sent.txt", TEXT, customer_id=owner)
    unsent = await house.rooms.uploads.keep("onda", "unsent.txt", TEXT, customer_id=owner)
    customer.send(t="say", cid="f", text="", attachments=[str(sent.id)])
    await customer.take("ack")
    assert await later(house, timedelta(hours=5)).collect("onda") == 0
    assert await later(house).collect("onda") == 1
    assert (await house.rooms.uploads.read("onda", sent.id)).content == TEXT
    with pytest.raises(Refused):
        await house.rooms.uploads.read("onda", unsent.id)
    customer.send(t="say", cid="g", text="", attachments=[str(unsent.id)])
    assert (await customer.take("error"))["code"] == "uploads.not_yours"


async def test_an_agents_forgotten_draft_is_collected_too(house: House):
    kept = await house.rooms.uploads.keep("onda", "a.txt", TEXT, agent_id=house.agents["mina"].agent_id)
    assert await later(house).collect("onda") == 1
    with pytest.raises(Refused):
        await house.rooms.uploads.note_sent("onda", [kept.id], kept.id)


async def test_another_companys_files_are_not_touched(house: House):
    await house.rooms.uploads.keep("onda", "a.txt", TEXT, agent_id=house.agents["mina"].agent_id)
    assert await later(house).collect("rival") == 0
    assert await later(house).collect("onda") == 1


async def test_collecting_goes_on_by_itself(house: House):
    kept = await house.rooms.uploads.keep("onda", "a.txt", TEXT, agent_id=house.agents["mina"].agent_id)
    running = house.hub.tasks.spawn("unsent", later(house).run())
    async with asyncio.timeout(10):
        with contextlib.suppress(Refused):
            while await house.rooms.uploads.read("onda", kept.id):
                await asyncio.sleep(0.01)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
