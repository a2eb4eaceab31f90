"""Recordings of a call, carried out in order: begun with their own key, paused, ended, handed to the house."""

import asyncio
import logging
from collections.abc import Callable
from uuid import UUID

from warmline.channels.voice.actions import CUSTOMER, PauseRecording, RecordRight, StartRecording, StopRecording
from warmline.channels.voice.inputs import Input, RecordingBegan
from warmline.channels.voice.inputs import Recorded as RecordedInput
from warmline.channels.voice.rooms import VoiceRooms, leg_of
from warmline.domain.contact.model import Contact
from warmline.kernel.errors import Refused
from warmline.ports.media import Recorded, RecordWish
from warmline.runtime.commit_store import connection_is_lost
from warmline.runtime.keyring import Erased

LOG = logging.getLogger(__name__)
Taping = StartRecording | PauseRecording | RecordRight | StopRecording
WAITING_AT_MOST = 64
BEGIN_S = 3.0
OVER = "media.unknown_leg"


class Tapes:
    """The recordings of one call, one at a time."""

    def __init__(self, rooms: VoiceRooms, call_id: UUID, tell: Callable[[Input], None]) -> None:
        self._rooms = rooms
        self._call_id = call_id
        self._tell = tell
        self._todo: asyncio.Queue[tuple[Taping, Contact | None]] = asyncio.Queue(WAITING_AT_MOST)
        self._current: UUID | None = None
        self._voicemails: set[UUID] = set()

    def put(self, action: Taping, contact: Contact | None) -> None:
        """Do this behind what was asked before."""
        self._todo.put_nowait((action, contact))

    async def run(self) -> None:
        """Do what is asked, forever."""
        while True:
            action, contact = await self._todo.get()
            try:
                await self._do(action, contact)
            except Refused as refused:
                # Who hangs up ends the audio at once, and with it the recording: complete, and told as `Recorded`.
                level = logging.DEBUG if refused.code == OVER else logging.WARNING
                LOG.log(level, "A recording's %s was refused: %s", type(action).__name__, refused.code)
            finally:
                self._todo.task_done()

    async def done(self) -> None:
        await self._todo.join()

    async def complete(self, event: Recorded, tenant_id: str) -> None:
        """A file is complete on disk."""
        record = UUID(event.record)
        voicemail = record in self._voicemails
        self._tell(RecordedInput(record, round(event.duration_ms / 1000, 1), voicemail))
        while True:
            try:
                await self._rooms.recordings.finished(tenant_id, record, event.duration_ms, event.size_bytes)
                return
            except Exception as failure:
                if not connection_is_lost(failure):
                    raise
            await asyncio.sleep(1)

    async def _do(self, action: Taping, contact: Contact | None) -> None:
        media = self._rooms.media
        if isinstance(action, StartRecording):
            await self._begin(action, contact)
        elif self._current is None:
            return
        elif isinstance(action, PauseRecording):
            await media.record_pause(str(self._current), action.on)
        elif isinstance(action, RecordRight):
            await media.record_right(str(self._current), self._legs(action.right))
        else:
            record, self._current = self._current, None
            await media.record_stop(str(record))

    async def _begin(self, action: StartRecording, contact: Contact | None) -> None:
        try:
            if contact is None:
                raise TimeoutError
            async with asyncio.timeout(BEGIN_S):
                place = await self._rooms.recordings.begin(
                    contact.tenant_id, contact.id, contact.customer_id, action.what
                )
            left = leg_of(self._call_id, CUSTOMER)
            wish = RecordWish(str(place.id), str(place.path), place.key, left, self._legs(action.right))
            await self._rooms.media.record(self._call_id.hex, wish)
        except Exception as failure:
            if not connection_is_lost(failure) and not isinstance(failure, Refused | Erased):
                raise
            LOG.error("A call is not recorded: %r", failure)
            self._tell(RecordingBegan(None))
            return
        self._current = place.id
        if action.what == "voicemail":
            self._voicemails.add(place.id)
        self._tell(RecordingBegan(place.id))

    def _legs(self, parties: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(leg_of(self._call_id, one) for one in parties)
