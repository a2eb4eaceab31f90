"""A house with a telephone: real contacts, desks and widgets; lines, audio and voice in memory."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest_asyncio
from tests.channels.voice.around import MemoryMedia, MemoryPlan, MemoryTelephone, OpenGate, QuickVoice

from house import House, build
from warmline.channels.voice.journal import Journal
from warmline.channels.voice.node import VoiceNode
from warmline.channels.voice.rooms import VoiceRooms
from warmline.features.contacts.calls import HouseCalls
from warmline.features.contacts.calls_wire import serve_calls
from warmline.features.telephony.call_house import HouseCallRows
from warmline.features.telephony.recordings import Recordings
from warmline.kernel.tasks import TaskRegistry


@dataclass
class Exchange:
    """The house and its telephone exchange. While `cut` is set, the database does not answer the node."""

    house: House
    node: VoiceNode
    rooms: VoiceRooms
    media: MemoryMedia
    telephone: MemoryTelephone
    plan: MemoryPlan
    gate: OpenGate
    cut: bool = False

    async def events(self, contact_id: Any, kind: str) -> list[Any]:
        told = await self.rooms.contacts.history("onda", contact_id, 0)
        return [one.event for one in told if type(one.event).__name__ == kind]


@pytest_asyncio.fixture
async def exchange(database, keyring, committer, feed, notifier, tmp_path: Path) -> AsyncIterator[Exchange]:
    async with build(database, keyring, committer, feed, notifier) as house:
        async with database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO routing_profile (tenant_id, id, name, capacity, queues)"
                " VALUES ('onda', 'all', '{}', '{}', '[]')"
            )
            await conn.execute("UPDATE agent SET routing_profile_id = 'all' WHERE tenant_id = 'onda'")
        tasks = TaskRegistry(lambda name, failure: house.failures.append(failure))
        rooms = house.rooms
        contacts = HouseCalls(
            rooms.service, feed, rooms.uploads,
            facts=rooms.facts, store=rooms.store, database=database, keyring=keyring,
        )  # fmt: skip
        media, telephone, plan, gate = MemoryMedia(), MemoryTelephone(), MemoryPlan(), OpenGate()
        voice = VoiceRooms(
            "node-1", media, telephone, QuickVoice(), contacts, plan, HouseCallRows(database),
            Recordings(database, keyring, tmp_path / "recordings"), gate, Journal(tmp_path / "promises.jsonl"),
            lambda tenant_id, message: None, tasks,
        )  # fmt: skip

        async def look() -> None:
            if built.cut:
                raise ConnectionError("away")

        node = VoiceNode(voice, look)
        built = Exchange(house, node, voice, media, telephone, plan, gate)
        voice.tell_agents = serve_calls(feed, tasks, "node-1", node.has, node.heard)
        node.start()
        yield built
        await tasks.close()
    assert not house.failures
