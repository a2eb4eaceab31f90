"""The house of voices: a text becomes an audio file, from a recording, from the cache, or from the best voice."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import suppress
from pathlib import Path

from warmline.kernel.errors import ProviderFailed
from warmline.kernel.locale import Locale
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.speech import Spoken, Voice
from warmline.speech.audio import RATE_HZ, duration_ms, finished
from warmline.speech.cache import MOST_BYTES, PromptCache, key
from warmline.speech.choice import Voices, render
from warmline.speech.recordings import NoRecordings, Recordings, same_text
from warmline.speech.sentences import parts
from warmline.speech.volatile import VolatileFiles
from warmline.speech.wording import spoken

_AHEAD = 2  # parts of a text that are ready before they are wanted
_PAUSE = bytes(RATE_HZ // 5 * 2)  # 200 ms between the parts of one text


class SpeechHouse:
    """A `Speech`. Open it before use. Files live in `folder`, those with somebody's data in memory."""

    def __init__(
        self, folder: Path, voices: Voices, tasks: TaskRegistry, *, recordings: Recordings | None = None,
        most_bytes: int = MOST_BYTES,
    ) -> None:  # fmt: skip
        self.voices = voices
        self._tasks = tasks
        self._recordings: Recordings = recordings or NoRecordings()
        self._cache = PromptCache(folder, most_bytes=most_bytes)
        self._volatile = VolatileFiles(folder / "volatile")
        self._making: dict[str, asyncio.Future[Spoken]] = {}

    async def open(self) -> None:
        """Prepare the folders; what dead processes left of anybody's data goes."""
        await asyncio.to_thread(self._cache.open)
        await asyncio.to_thread(self._volatile.open)

    async def close(self) -> None:
        """Remove the volatile files. Renderings still going on end with the task registry."""
        await asyncio.to_thread(self._volatile.close)

    async def warm(self, texts: Iterable[tuple[str, Locale]]) -> tuple[str, ...]:
        """Render texts that must be there whatever else is not, and keep them; return what went wrong."""
        problems: list[str] = []
        for text, locale in texts:
            try:
                await self._say(text, locale, lasting=True, pin=True)
            except ProviderFailed as failure:
                problems.append(f"{locale}: {failure}")
        return tuple(dict.fromkeys(problems))

    async def say(
        self, tenant_id: str, text: str, locale: Locale, *, prompt: str | None = None, lasting: bool = False
    ) -> Spoken:
        """Return `text` spoken, as `Speech` promises. A long text that does not last is better said in parts."""
        if (recorded := await self._recorded(tenant_id, text, locale, prompt)) is not None:
            return recorded
        return await self._say(text, locale, lasting=lasting)

    async def say_parts(
        self, tenant_id: str, text: str, locale: Locale, *, prompt: str | None = None, lasting: bool = False
    ) -> AsyncGenerator[Spoken, None]:
        """Yield `text` in parts, as `Speech` promises: a sentence is made while the one before it is heard."""
        if (recorded := await self._recorded(tenant_id, text, locale, prompt)) is not None:
            yield recorded
            return
        ready: asyncio.Queue[Spoken | ProviderFailed | None] = asyncio.Queue(_AHEAD)

        async def make() -> None:
            try:
                for part in parts(text):
                    await self._hand_over(await self._say(part, locale, lasting=lasting), ready)
                await ready.put(None)
            except ProviderFailed as failure:
                await ready.put(failure)
            except Exception:  # reported by the registry; whoever listens must not wait for ever
                await ready.put(ProviderFailed("The rest of this text cannot be said.", retryable=False))
                raise

        making = self._tasks.spawn("speech parts", make())
        try:
            while (made := await ready.get()) is not None:
                if isinstance(made, ProviderFailed):
                    raise made
                yield made
        finally:
            making.cancel()
            with suppress(asyncio.CancelledError):
                await making
            while not ready.empty():
                if isinstance(left := ready.get_nowait(), Spoken):
                    self.release(left)

    async def _hand_over(self, made: Spoken, ready: "asyncio.Queue[Spoken | ProviderFailed | None]") -> None:
        try:
            await ready.put(made)
        except asyncio.CancelledError:
            self.release(made)
            raise

    def release(self, spoken: Spoken) -> None:
        """Remove a file that is not lasting; again is harmless."""
        if not spoken.lasting:
            self._volatile.remove(spoken.path)

    async def _recorded(self, tenant_id: str, text: str, locale: Locale, prompt: str | None) -> Spoken | None:
        if prompt is None:
            return None
        found = await self._recordings.find(tenant_id, prompt, locale)
        if found is None or not same_text(found.text, text) or not found.path.is_file():
            return None
        return Spoken(found.path, found.duration_ms, "recording", lasting=True)

    async def _say(self, text: str, locale: Locale, *, lasting: bool, pin: bool = False) -> Spoken:
        said = spoken(text, locale)
        if not lasting:
            pcm, voice = await self._rendered(said, locale, public=False)
            try:
                path = self._volatile.write(pcm)
            except OSError as failure:
                raise ProviderFailed(f"Speech cannot be written: {failure.strerror}.", retryable=True) from None
            return Spoken(path, duration_ms(pcm), voice, lasting=False)
        best = self.voices.candidates(locale, public=True)[0][1]
        name = key(best, said)
        if (there := self._cache.find(name, pin=pin)) is not None:
            return Spoken(there[0], there[1], _named(best), lasting=True)
        if name not in self._making:
            self._make(name, said, locale)
        made = await asyncio.shield(self._making[name])
        if pin:
            self._cache.find(made.path.stem, pin=True)
        return made

    def _make(self, name: str, said: str, locale: Locale) -> None:
        """Render for everybody who waits; one of them going away does not stop it."""
        promise: asyncio.Future[Spoken] = asyncio.get_running_loop().create_future()
        promise.add_done_callback(lambda done: done.cancelled() or done.exception())  # whoever asked may be gone
        self._making[name] = promise

        async def work() -> None:
            try:
                promise.set_result(await self._kept(said, locale))
            except ProviderFailed as failure:
                promise.set_exception(failure)
            except OSError as failure:
                promise.set_exception(
                    ProviderFailed(f"Speech cannot be kept: {failure.strerror}.", retryable=True)
                )
            finally:
                self._making.pop(name, None)
                if not promise.done():
                    promise.set_exception(ProviderFailed("The rendering was given up.", retryable=True))

        self._tasks.spawn("speech rendering", work())

    async def _kept(self, said: str, locale: Locale) -> Spoken:
        failure: ProviderFailed | None = None
        for engine, voice in self.voices.candidates(locale, public=True):
            name = key(voice, said)
            if (there := self._cache.find(name)) is not None:  # of the second-best voice, while the best one rests
                return Spoken(there[0], there[1], _named(voice), lasting=True)
            try:
                pcm = await _sounding(await render(engine, said, voice) if said else b"")
            except ProviderFailed as failed:
                failure = failed
                self.voices.failed(voice)
                continue
            path, length_ms = await self._cache.put(name, pcm)
            return Spoken(path, length_ms, _named(voice), lasting=True)
        assert failure is not None  # noqa: S101 -- there was a candidate, and it failed
        raise failure

    async def _rendered(self, said: str, locale: Locale, *, public: bool) -> tuple[bytes, str]:
        failure: ProviderFailed | None = None
        for engine, voice in self.voices.candidates(locale, public=public):
            try:
                return await _sounding(await render(engine, said, voice) if said else b""), _named(voice)
            except ProviderFailed as failed:
                failure = failed
                self.voices.failed(voice)
        assert failure is not None  # noqa: S101 -- there was a candidate, and it failed
        raise failure


async def _sounding(pcm: bytes) -> bytes:
    """Finish a rendering; a text without a word in it is a short pause, not an empty file."""
    return await asyncio.to_thread(finished, pcm) + _PAUSE if pcm else _PAUSE


def _named(voice: Voice) -> str:
    return f"{voice.engine}/{voice.name}"
