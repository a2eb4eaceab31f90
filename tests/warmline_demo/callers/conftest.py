"""Audio for callers: a real worker of the media engine, and a mouth that says everything as a tone."""

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from warmline.media.client import BuiltinMedia, MediaSettings
from warmline.speech.audio import RATE_HZ, to_pcm16, wav
from warmline_demo.callers.dialogues import Locale


class ToneMouth:
    """Remembers what was to be said, and gives a tone for it."""

    def __init__(self, folder: Path, seconds: float = 0.8) -> None:
        self.said: list[tuple[str, Locale]] = []
        self.files: list[Path] = []
        self._folder = folder
        at = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
        self._sound = wav(to_pcm16((0.3 * np.sin(2 * np.pi * 500 * at)).astype(np.float32)))

    async def say(self, text: str, locale: Locale, pitch: float) -> Path:
        self.said.append((text, locale))
        path = self._folder / f"said-{len(self.said)}.wav"
        path.write_bytes(self._sound)
        self.files.append(path)
        return path


@pytest.fixture
def mouth(tmp_path: Path) -> ToneMouth:
    return ToneMouth(tmp_path)


@pytest_asyncio.fixture
async def media() -> AsyncIterator[BuiltinMedia]:
    with tempfile.TemporaryDirectory(prefix="warmline-test-") as folder:  # short: socket paths have a limit
        engine = BuiltinMedia(MediaSettings(Path(folder), "127.0.0.1", 27_000, 27_400))
        await engine.start()
        yield engine
        await engine.shut_down()
