"""The voices of simulated people: the product's own speech, each a little higher or lower, so that they differ."""

import asyncio
import secrets
import wave
from pathlib import Path
from typing import Protocol

import numpy as np

from warmline.ports.speech import Speech
from warmline.speech.audio import RATE_HZ, from_pcm16, to_pcm16, wav
from warmline_demo.callers.dialogues import Locale


class Mouth(Protocol):
    """What a line needs to speak."""

    async def say(self, text: str, locale: Locale, pitch: float) -> Path:
        """Return an audio file; remove it after use. Raises ProviderFailed."""
        ...


class VoiceBox:
    """Speaks through `speech`, which keeps what was said before; files to be played lie in `folder`."""

    def __init__(self, speech: Speech, folder: Path) -> None:
        self._speech = speech
        self._folder = folder

    async def say(self, text: str, locale: Locale, pitch: float) -> Path:
        """Return `text` as a WAV file of this caller's own. Raises ProviderFailed."""
        spoken = await self._speech.say("", text, locale, lasting=True)
        path = self._folder / f"{secrets.token_hex(8)}.wav"
        await asyncio.to_thread(_write, spoken.path, path, pitch)
        return path


def _write(source: Path, target: Path, pitch: float) -> None:
    with wave.open(str(source), "rb") as file:
        pcm = file.readframes(file.getnframes())
    target.write_bytes(wav(pitched(pcm, pitch)))


def pitched(pcm: bytes, pitch: float) -> bytes:
    """Return speech so much higher (and shorter): 1.2 sounds like somebody smaller. PCM16, 16 kHz."""
    samples = from_pcm16(pcm)
    length = int(len(samples) / pitch)
    if pitch == 1.0 or length < RATE_HZ // 100:
        return pcm
    at = np.arange(length, dtype=np.float64) * pitch
    return to_pcm16(np.interp(at, np.arange(len(samples)), samples).astype(np.float32))
