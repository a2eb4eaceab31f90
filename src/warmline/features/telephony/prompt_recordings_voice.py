"""A prompt said aloud for whoever writes it: by the voice that calls would hear, made in this process."""

import asyncio
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from warmline.features.security.throttle import Buckets, Rate
from warmline.kernel.errors import ProviderFailed, Refused, declare
from warmline.kernel.locale import Locale
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.egress import Egress

if TYPE_CHECKING:
    from warmline.speech.settings import SpeechParts

LISTENING = Rate(burst=20, per_s=0.5)  # a person; renderings cost processor time
AT_ONCE = 2
NO_VOICE = declare(
    "prompts.no_voice",
    503,
    "No voice can say this at the moment.",
    "Look at Telephone > State for the voices of each language.",
)
_HOLE = re.compile(r"\{[^{}]*\}")


class ListeningRoom:
    """Speaks texts for one process; engines are started by the first listener and end with the task registry."""

    def __init__(self, settings: Path, folder: Path, tasks: TaskRegistry) -> None:
        self._settings = settings
        self._folder = folder
        self._tasks = tasks
        self._opening = asyncio.Lock()
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._buckets = Buckets(LISTENING)
        self._parts: SpeechParts | None = None

    async def wav(self, listener: str, tenant_id: str, text: str, locale: Locale) -> bytes:
        """Return `text` as WAV; what a conversation fills in is a pause. Raises Refused."""
        self._buckets.take(listener, time.monotonic())
        try:
            async with self._turn:
                parts = await self._opened()
                said = await parts.house.say(tenant_id, _HOLE.sub("…", text), locale, lasting=True)
                return await asyncio.to_thread(said.path.read_bytes)
        except (ProviderFailed, OSError) as failure:
            raise Refused(NO_VOICE) from failure

    async def _opened(self) -> "SpeechParts":
        # Its numpy takes a fifth of a second to load and 30 MB: for those who listen, not for every web process.
        from warmline.speech.settings import BadSpeechSettings, SpeechParts, load

        async with self._opening:
            if self._parts is None:
                try:
                    settings = await asyncio.to_thread(load, self._settings)
                except BadSpeechSettings as failure:
                    raise Refused(NO_VOICE) from failure
                # The operator named this service in the settings; nothing else is reached from here.
                host = urlsplit(settings.endpoint.url).netloc if settings.endpoint is not None else ""
                egress = Egress(lambda _: frozenset({host} if host else ()))
                parts = SpeechParts(settings, self._folder, self._tasks, egress, egress.stream)
                await parts.house.open()
                self._tasks.spawn("listening room", _keep(parts, egress))
                self._parts = parts
            return self._parts


async def _keep(parts: "SpeechParts", egress: Egress) -> None:
    try:
        await asyncio.Event().wait()
    finally:
        await parts.close()
        await egress.close()
