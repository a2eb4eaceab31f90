"""Recorded prompts: what was uploaded becomes a file as calls play it; who keeps them is not decided here."""

from pathlib import Path
from typing import Protocol

from msgspec import Struct

from warmline.kernel.errors import ProviderFailed
from warmline.kernel.locale import Locale
from warmline.speech.audio import RATE_HZ, levelled, read_wav, resampled, to_pcm16, trimmed, wav

LONGEST_S = 180
MOST_BYTES = 40 * 1024 * 1024


class Recording(Struct, frozen=True):
    """A prepared recording (see `prepared`) of exactly `text`."""

    text: str
    path: Path
    duration_ms: int


class Recordings(Protocol):
    """Whoever keeps recordings of a tenant, one a prompt and locale."""

    async def find(self, tenant_id: str, prompt: str, locale: Locale) -> Recording | None: ...


class NoRecordings:
    """Nobody recorded anything."""

    async def find(self, tenant_id: str, prompt: str, locale: Locale) -> Recording | None:
        return None


def prepared(upload: bytes) -> tuple[bytes, int]:
    """Return an uploaded WAV as calls play it (mono, 16 kHz, trimmed, as loud as all others) and its length in ms.

    Raises ProviderFailed with words when it is no PCM16 WAV, longer than three minutes, or silent.
    """
    if len(upload) > MOST_BYTES:
        raise ProviderFailed("A recording has at most 40 MB.", retryable=False)
    samples, rate_hz = read_wav(upload)
    if len(samples) > LONGEST_S * rate_hz:
        raise ProviderFailed("A recording is at most three minutes long.", retryable=False)
    if not len(samples) or abs(samples).max() < 0.002:
        raise ProviderFailed("Nothing can be heard in this recording.", retryable=False)
    pcm = to_pcm16(levelled(trimmed(resampled(samples, rate_hz))))
    return wav(pcm), len(pcm) // 2 * 1000 // RATE_HZ


def same_text(recorded: str, wanted: str) -> bool:
    """Whether a recording says exactly the text; spaces at line ends do not matter, everything else does."""
    return recorded.split() == wanted.split()
