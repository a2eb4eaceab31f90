"""What the customer says, understood: audio while a question is open, cut into utterances, made into text."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from warmline.channels.voice.actions import CUSTOMER
from warmline.channels.voice.rooms import VoiceRooms, leg_of
from warmline.kernel.errors import ProviderFailed, Refused
from warmline.kernel.locale import Locale
from warmline.ports.speech import Recogniser
from warmline.speech.utterances import Utterances

LOG = logging.getLogger(__name__)
READ_BYTES = 6_400  # 200 ms
UNDERSTANDING_S = 3.5  # longer than this, and the caller is not kept waiting for it
LEAST_CONFIDENCE = 0.35


class Ear:
    """Listens to one call's customer while it is open. `heard` gets what was understood."""

    def __init__(self, rooms: VoiceRooms, call_id: UUID, heard: Callable[[str], None]) -> None:
        self._rooms = rooms
        self._leg = leg_of(call_id, CUSTOMER)
        self._name = f"{call_id.hex[-12:]}.ear"
        self._heard = heard
        self._server: asyncio.Server | None = None
        self._recogniser: Recogniser | None = None
        self._locale: Locale = "en"
        self._hints: tuple[str, ...] = ()
        self._listening: set[asyncio.StreamWriter] = set()

    async def open(self, locale: Locale, hints: tuple[str, ...], *, words: bool = True) -> None:
        """Begin to listen; `hints` are words that are likely.

        Without `words` nothing is understood: the media engine tells when somebody speaks, and that is all.
        """
        self._locale, self._hints = locale, hints
        recogniser = self._rooms.recogniser if words else None
        if (words and recogniser is None) or self._rooms.ears is None or self._server is not None:
            return
        self._recogniser = recogniser
        path = self._rooms.ears / self._name
        _remove(path)
        self._server = await asyncio.start_unix_server(self._listen, str(path))
        if words:
            self._rooms.listening.add(self._name)
        try:
            await self._rooms.media.listen_to(self._leg, str(path))
        except Refused as refused:
            LOG.info("Nobody can be listened to: %s", refused.code)
            await self.close()

    async def close(self) -> None:
        """Stop listening."""
        server, self._server = self._server, None
        self._rooms.listening.discard(self._name)
        if server is None:
            return
        server.close()
        with contextlib.suppress(Refused):
            await self._rooms.media.listen_to(self._leg, None)
        if self._rooms.ears is not None:
            _remove(self._rooms.ears / self._name)
        for writer in list(self._listening):
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recogniser = self._recogniser
        utterances = Utterances()
        self._listening.add(writer)
        try:
            while audio := await reader.read(READ_BYTES):
                if recogniser is None:
                    continue
                for one in utterances.feed(audio):
                    await self._understand(recogniser, one)
        except ConnectionError as broken:
            LOG.info("A listened leg went away: %s", broken)
        finally:
            self._listening.discard(writer)
            writer.close()

    async def _understand(self, recogniser: Recogniser, audio: bytes) -> None:
        try:
            async with asyncio.timeout(UNDERSTANDING_S):
                understood = await recogniser.transcribe(audio, self._locale, hints=self._hints)
        except (ProviderFailed, TimeoutError) as failure:
            LOG.warning("Words were not understood: %r", failure)
            return
        if understood is not None and understood.confidence >= LEAST_CONFIDENCE and understood.text.strip():
            self._heard(understood.text.strip())


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
