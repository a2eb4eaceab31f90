"""Neural and HMM voices from optional packages, each in a process of its own: hibari (en) and Open JTalk (ja)."""

import importlib.metadata
import importlib.util
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from warmline.kernel.errors import ProviderFailed
from warmline.kernel.locale import Locale
from warmline.ports.speech import Voice
from warmline.speech.child import Child, own_module

_MOST_CHARACTERS = 2_000  # of one text: a sentence or a few


class NeuralVoices:
    """Voices of one engine process. `package` and `version` say what is installed; nothing is imported here."""

    def __init__(
        self, engine: str, names: Sequence[tuple[str, Locale]], version: str | None, command: Sequence[str]
    ) -> None:
        self.engine = engine
        self.child = Child(engine, command, time_limit_s=20.0)
        found = tuple(Voice(engine, name, locale, 1, version or "") for name, locale in names)
        self._voices = found if version is not None else ()

    def voices(self) -> tuple[Voice, ...]:
        """The engine's voices; none when its package is missing."""
        return self._voices

    async def synthesise(self, text: str, voice: Voice) -> AsyncGenerator[bytes, None]:
        """Yield PCM16 mono 16 kHz as it is made. Raises ProviderFailed."""
        if voice not in self._voices:
            raise ProviderFailed(f"{self.engine} has no voice {voice.name}.", retryable=False)
        async with aclosing(self.child.ask({"text": text[:_MOST_CHARACTERS], "voice": voice.name})) as parts:
            async for part in parts:
                if isinstance(part, bytes):
                    yield part

    async def close(self) -> None:
        """End the engine's process."""
        await self.child.close()


def installed(module: str, package: str) -> str | None:
    """Return the version of an optional package, None when it is missing; without importing it."""
    if importlib.util.find_spec(module) is None:
        return None
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "unknown"


def hibari_voices() -> NeuralVoices:
    """English, Apache-2.0: the one voice that comes in the package (others would be downloaded)."""
    command = own_module("warmline.speech.engine_hibari")
    return NeuralVoices("hibari", (("heart", "en"),), installed("hibari", "hibari-tts"), command)


def openjtalk_voices() -> NeuralVoices:
    """Japanese: pyopenjtalk-plus (MIT) with the voice mei (CC BY 3.0); reads kanji properly."""
    command = own_module("warmline.speech.engine_openjtalk")
    return NeuralVoices("openjtalk", (("mei", "ja"),), installed("pyopenjtalk", "pyopenjtalk-plus"), command)
