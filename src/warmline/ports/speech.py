"""What voices and recognisers promise: text to audio files and streams, audio to text. Every one may be absent."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from warmline.kernel.locale import Locale


class Voice(Struct, frozen=True):
    """One voice of one engine. `quality`: 0 robotic, 1 natural. `version`: another one sounds different."""

    engine: str
    name: str
    locale: Locale
    quality: int = 0
    version: str = ""


class Synthesiser(Protocol):
    """Text to speech. Cancelling the task that iterates stops the engine."""

    def voices(self) -> tuple[Voice, ...]: ...

    def synthesise(self, text: str, voice: Voice) -> AsyncIterator[bytes]:
        """Yield PCM16 mono 16 kHz as it is made. Raises ProviderFailed."""
        ...


class Spoken(Struct, frozen=True):
    """A text as an audio file: mono PCM16 WAV, 16 kHz. `lasting`: kept and shared; else remove it after use."""

    path: Path
    duration_ms: int
    voice: str
    lasting: bool


class Speech(Protocol):
    """What calls use: a text becomes a file, from a recording, the cache or a voice."""

    async def say(
        self, tenant_id: str, text: str, locale: Locale, *, prompt: str | None = None, lasting: bool = False
    ) -> Spoken:
        """Return `text` spoken. A recording of `prompt` with exactly this text is preferred. `lasting`: the text
        holds nobody's data and may be cached on disk. Raises ProviderFailed when no voice is there.
        """
        ...

    def say_parts(
        self, tenant_id: str, text: str, locale: Locale, *, prompt: str | None = None, lasting: bool = False
    ) -> AsyncIterator[Spoken]:
        """Yield a long text sentence by sentence: the first can be played while the rest is made. Otherwise as
        `say`; whoever stops early closes the iterator, and nothing more is made.
        """
        ...

    def release(self, spoken: Spoken) -> None:
        """A file that is not lasting has been heard."""
        ...


class OutboundStream(Protocol):
    """The one way out over HTTP for answers that are used while they arrive."""

    def __call__(
        self, tenant_id: str, method: str, url: str, *, headers: Mapping[str, str], body: bytes | None,
        timeout_s: float,
    ) -> AsyncIterator[bytes]:  # fmt: skip
        """Yield the answer's body as it comes. `timeout_s` is for all of it. Raises ProviderFailed when no answer
        came or its status is not 200, Refused for forbidden hosts.
        """
        ...


class Transcript(Struct, frozen=True):
    """What was understood, with the recogniser's confidence from 0 to 1."""

    text: str
    confidence: float
    locale: Locale


class Recogniser(Protocol):
    """Speech to text, one utterance at a time."""

    async def transcribe(self, pcm16k: bytes, locale: Locale, *, hints: tuple[str, ...] = ()) -> Transcript | None:
        """Return what was said, or None when it was not speech. Raises ProviderFailed."""
        ...
