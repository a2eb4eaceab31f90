"""One telephone line of a simulated person: hears what comes, lets their mind decide, speaks and presses keys."""

import asyncio
import contextlib
import socket
import tempfile
from collections import deque
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

import numpy as np

from warmline.kernel.errors import ProviderFailed, Refused
from warmline.ports.media import LegWish, MediaDriver, MediaEvent, Played, PlayFile, WorkerLost
from warmline.speech.audio import RATE_HZ
from warmline_demo.callers.acts import Act, HangUp, Press, Speak
from warmline_demo.callers.dialogues import Locale
from warmline_demo.callers.ear import BLOCK_S, Ear
from warmline_demo.callers.voices import Mouth

TICK_S = 0.1
BLOCK_BYTES = int(RATE_HZ * BLOCK_S) * 2
MOST_BYTES = BLOCK_BYTES * 100
WISH = LegWish(codecs=("PCMU", "PCMA"), srtp="off")


class Mind(Protocol):
    """Who decides what is said."""

    def tick(self, at_s: float, ear: Ear) -> list[Act]: ...

    def spoken(self, at_s: float, ear: Ear) -> None: ...


class Line:
    """One leg of the media engine with a person at it. `over` is set when the other side has hung up."""

    def __init__(
        self, media: MediaDriver, name: str, mouth: Mouth, locale: Locale, pitch: float, say: Callable[[str], None]
    ) -> None:  # fmt: skip
        self.name = name
        self.over = asyncio.Event()
        self._media = media
        self._mouth = mouth
        self._locale: Locale = locale
        self._pitch = pitch
        self._say = say
        self._ear = Ear()
        self._plan: deque[Act] = deque(maxlen=8)
        self._playing: Path | None = None
        self._heard = b""
        media.listen(name, self._event)

    async def offer(self) -> str:
        """Open our side and return its description. Raises Refused."""
        return await self._media.open(self.name, self.name, WISH)

    async def answer(self, offer: str | None) -> str:
        """Open our side for a call that comes in, and return the answer. Raises Refused."""
        return await self._media.open(self.name, self.name, WISH, offer)

    async def close(self) -> None:
        """Free what the media engine holds."""
        with contextlib.suppress(Refused):
            await self._media.end(self.name)
        self._forget_file()

    def _event(self, event: MediaEvent) -> None:
        if isinstance(event, Played):
            self._forget_file()
        elif isinstance(event, WorkerLost):
            self.over.set()

    def _forget_file(self) -> None:
        if self._playing is not None:
            self._playing.unlink(missing_ok=True)
            self._playing = None

    async def live(self, mind: Mind, hang_up: Callable[[], Awaitable[None]]) -> bool:
        """Let `mind` use the line until either side hangs up; return whether it was ours. Raises Refused."""
        with tempfile.TemporaryDirectory(prefix="warmline-ear-") as folder, socket.socket(socket.AF_UNIX) as door:
            path = f"{folder}/ear"
            door.bind(path)
            door.listen(1)
            door.setblocking(False)
            await self._media.listen_to(self.name, path)
            heard, _ = door.accept()  # has connected already
            with heard:
                heard.setblocking(False)
                return await self._live(mind, hang_up, heard)

    async def _live(self, mind: Mind, hang_up: Callable[[], Awaitable[None]], heard: socket.socket) -> bool:
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        speaking = False
        while not self.over.is_set():
            at_s = loop.time() - began_s
            self._listen(heard)
            if speaking and self._playing is None:
                speaking = False
                mind.spoken(at_s, self._ear)
            if not speaking and not self._plan:
                self._plan.extend(mind.tick(at_s, self._ear))
            while self._plan and not speaking:
                match self._plan.popleft():
                    case Speak(text=text):
                        await self._speak(text)
                        speaking = True
                    case Press(keys=keys):
                        self._say(f"presses {keys}")
                        await self._media.dial(self.name, keys)
                    case HangUp():
                        await hang_up()
                        return True
            await asyncio.sleep(TICK_S)
        return False

    async def _speak(self, text: str) -> None:
        self._say(f"says: {text}")
        try:
            self._playing = await self._mouth.say(text, self._locale, self._pitch)
        except ProviderFailed:
            return  # mute, and it is the other side's turn
        await self._media.play(self.name, self._playing.stem, [PlayFile(str(self._playing))])

    def _listen(self, heard: socket.socket) -> None:
        with contextlib.suppress(BlockingIOError):
            self._heard += heard.recv(MOST_BYTES)
        whole = len(self._heard) // BLOCK_BYTES * BLOCK_BYTES
        if whole:
            self._ear.hear(levels(self._heard[:whole]))
            self._heard = self._heard[whole:]


def levels(pcm: bytes) -> list[float]:
    """Return the RMS of every block of 40 ms; PCM16, 16 kHz."""
    blocks = np.frombuffer(pcm, "<i2").astype(np.float32).reshape(-1, BLOCK_BYTES // 2)
    return np.sqrt(np.mean(blocks**2, axis=1)).tolist()
