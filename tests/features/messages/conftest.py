"""A shop whose callers leave messages that nobody was told of."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest_asyncio
from fastapi import APIRouter

from house import House, build
from warmline.domain.contact.commands import (
    AnyCommand,
    CustomerEnds,
    CustomerMessage,
    NoteCall,
    PromiseAfterCut,
    VoicemailTaken,
)
from warmline.domain.contact.events_voice import CallAnswered, CallStarted
from warmline.features.messages.api import router
from warmline.features.messages.service import Messages
from warmline.features.telephony.api import router as telephony_router
from warmline.features.telephony.recordings import Recordings
from warmline.kernel.ids import new_id
from warmline.media.recording_file import CHUNK_BYTES, RecordingFile
from warmline.runtime.committer import Committer
from warmline.runtime.keyring import Keyring

CALLER = "+821055501234"


@dataclass
class Shop:
    """The house, and what is built for messages on it."""

    house: House
    keyring: Keyring
    committer: Committer
    recordings: Recordings

    @property
    def messages(self) -> Messages:
        return Messages(self.house.database, self.house.hub.picking.queues, self.house.rooms.service.command)

    @property
    def routers(self) -> list[APIRouter]:
        telephone = telephony_router(
            self.house.database, self.keyring, self.recordings, self.messages.heard, phones_register_at="x"
        )
        return [
            router(self.messages, self.recordings, self.house.hub.names, self.committer.load_many),
            telephone,
        ]

    def somebody(self) -> UUID:
        return new_id()

    async def do(self, contact_id: UUID, command: AnyCommand) -> None:
        await self.house.rooms.service.command("onda", contact_id, command)

    async def message(self, *, queue: str | None = None, promised: bool = False) -> tuple[UUID, UUID]:
        """Somebody calls, speaks for twelve seconds and hangs up; return the contact and the recording."""
        customer_id = new_id()
        opened = await self.house.rooms.service.open(
            "onda", channel="voice", customer_id=customer_id, conversation_id=new_id(), locale="ko",
            journey_id="front", attributes={"from": CALLER},
        )  # fmt: skip
        contact_id = opened.contact.id
        await self.do(contact_id, NoteCall(CallStarted("inbound", CALLER, "+8215880000")))
        await self.do(contact_id, NoteCall(CallAnswered()))
        recording_id = await self.recorded(contact_id, customer_id)
        await self.do(contact_id, VoicemailTaken(recording_id, 12.0))
        if promised:
            await self.do(contact_id, CustomerMessage("m1", "", value="agent"))
            await self.do(contact_id, PromiseAfterCut(CALLER))
        else:
            await self.do(contact_id, CustomerEnds())
        if queue is not None:
            async with self.house.database.tenant("onda") as conn:
                await conn.execute("UPDATE contact SET queue_id = $2 WHERE id = $1", contact_id, queue)
        return contact_id, recording_id

    async def recorded(self, contact_id: UUID, customer_id: UUID) -> UUID:
        begun = await self.recordings.begin("onda", contact_id, customer_id, "voicemail")
        file = RecordingFile(str(begun.path), str(begun.id), begun.key)
        file.chunk(bytes((0x80,)) * CHUNK_BYTES, last=True)
        file.close()
        await self.recordings.finished("onda", begun.id, 12_000, file.size)
        return begun.id


@pytest_asyncio.fixture
async def shop(database, keyring, committer, feed, notifier, tmp_path: Path) -> AsyncIterator[Shop]:
    async with build(database, keyring, committer, feed, notifier) as built:
        yield Shop(built, keyring, committer, Recordings(database, keyring, tmp_path))
    assert not built.failures
