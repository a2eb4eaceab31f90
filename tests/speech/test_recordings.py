"""A studio recording becomes a prompt: as loud as every other, at the telephone's rate, without its silence."""

import numpy as np
import pytest

from warmline.kernel.errors import ProviderFailed
from warmline.speech.audio import RATE_HZ, loudness_db, read_wav, to_pcm16, wav
from warmline.speech.recordings import LONGEST_S, NoRecordings, prepared, same_text


def recorded(seconds: float, rate_hz: int, level: float = 0.05) -> bytes:
    at = np.arange(int(seconds * rate_hz)) / rate_hz
    voice = (level * np.sin(2 * np.pi * 250 * at)).astype(np.float32)
    quiet = np.zeros(rate_hz, np.float32)
    return wav(to_pcm16(np.concatenate([quiet, voice, quiet])), rate_hz)


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 44_100, 48_000])
def test_an_upload_is_trimmed_levelled_and_brought_to_sixteen_kilohertz(rate_hz: int):
    made, length_ms = prepared(recorded(2.0, rate_hz))
    samples, made_hz = read_wav(made)
    assert made_hz == RATE_HZ
    assert abs(length_ms - 2080) < 30
    assert abs(loudness_db(samples) + 20) < 0.5


def test_what_cannot_be_a_prompt_is_refused_with_words():
    with pytest.raises(ProviderFailed, match="Nothing can be heard"):
        prepared(recorded(1.0, 16_000, level=0.0))
    with pytest.raises(ProviderFailed, match="three minutes"):
        prepared(wav(bytes(2 * 8_000 * (LONGEST_S + 1)), 8_000))
    with pytest.raises(ProviderFailed, match="WAV"):
        prepared(b"OggS and so on")
    with pytest.raises(ProviderFailed, match="40 MB"):
        prepared(bytes(41 * 1024 * 1024))


def test_a_recording_counts_only_for_exactly_its_text():
    assert same_text("Hello,  there.\n", "Hello, there.")
    assert not same_text("Hello, there.", "Hello there.")


async def test_a_house_without_recordings_has_none():
    assert await NoRecordings().find("onda", "front.greeting", "ko") is None
