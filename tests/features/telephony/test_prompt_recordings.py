"""Prompts read by a person are kept with the text they were read for."""

import numpy as np
import pytest
from numpy.typing import NDArray

from warmline.features.security.audit import Actor
from warmline.features.telephony.prompt_recordings import KIND, LIMIT_BYTES, PromptRecordings
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database
from warmline.speech.audio import read_wav, to_pcm16, wav

SOMEBODY = Actor(name="Dae Sign")
GREETING = "front.greeting"


def tone(seconds: float = 1.0, rate_hz: int = 16_000) -> bytes:
    samples: NDArray[np.float32] = np.sin(np.arange(int(seconds * rate_hz)) * 0.2).astype(np.float32) / 4
    return wav(to_pcm16(samples), rate_hz)


class Ear:
    """Hears what other processes are told."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str, str]] = []

    async def __call__(self, tenant_id: str, name: str, payload: str) -> None:
        self.heard.append((tenant_id, name, payload))


async def test_a_recording_is_kept_as_calls_play_it_and_everybody_is_told(database: Database) -> None:
    ear = Ear()
    recordings = PromptRecordings(database, ear)
    kept = await recordings.put("onda", SOMEBODY, GREETING, "ko", "안녕하세요.", tone(1.0, 44_100))
    samples, rate_hz = read_wav(await recordings.audio("onda", GREETING, "ko"))
    assert (rate_hz, kept.duration_ms) == (16_000, len(samples) * 1000 // 16_000)
    (listed,) = await recordings.all("onda")
    assert (listed.prompt, listed.locale, listed.text) == (GREETING, "ko", "안녕하세요.")
    assert ear.heard == [("onda", "settings", KIND)]
    assert await recordings.all("rival") == []


async def test_a_second_recording_takes_the_place_of_the_first(database: Database) -> None:
    recordings = PromptRecordings(database, Ear())
    await recordings.put("onda", SOMEBODY, GREETING, "ko", "안녕하세요.", tone(1.0))
    await recordings.put("onda", SOMEBODY, GREETING, "ko", "어서 오세요.", tone(0.5))
    (listed,) = await recordings.all("onda")
    assert listed.text == "어서 오세요."
    assert listed.duration_ms < 700


async def test_a_removed_recording_is_gone_and_cannot_be_removed_twice(database: Database) -> None:
    recordings = PromptRecordings(database, Ear())
    await recordings.put("onda", SOMEBODY, GREETING, "ja", "こんにちは。", tone())
    await recordings.remove("onda", SOMEBODY, GREETING, "ja")
    with pytest.raises(Refused, match="not_found"):
        await recordings.audio("onda", GREETING, "ja")
    with pytest.raises(Refused, match="not_found"):
        await recordings.remove("onda", SOMEBODY, GREETING, "ja")


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (bytes(LIMIT_BYTES + 1), "prompts.recording_too_large"),
        (b"ID3 music", "prompts.recording_unusable"),
        (wav(bytes(32_000)), "prompts.recording_unusable"),
    ],
)
async def test_what_is_too_large_no_wav_or_silent_is_refused(database: Database, upload: bytes, code: str) -> None:
    recordings = PromptRecordings(database, Ear())
    with pytest.raises(Refused) as refusal:
        await recordings.put("onda", SOMEBODY, GREETING, "ko", "안녕하세요.", upload)
    assert refusal.value.code == code
    assert await recordings.all("onda") == []
