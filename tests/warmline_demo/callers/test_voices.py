"""Everybody has a voice of their own, made from the product's one."""

import asyncio
import wave
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from warmline.kernel.tasks import TaskRegistry
from warmline.ports.speech import Voice
from warmline.speech.audio import RATE_HZ, from_pcm16, to_pcm16
from warmline.speech.choice import Voices
from warmline.speech.house import SpeechHouse
from warmline_demo.callers.voices import VoiceBox, pitched


def tone(hz: float, seconds: float = 1.0) -> bytes:
    return to_pcm16(
        (0.5 * np.sin(2 * np.pi * hz * np.arange(int(seconds * RATE_HZ)) / RATE_HZ)).astype(np.float32)
    )


def loudest_hz(pcm: bytes) -> float:
    samples = from_pcm16(pcm)
    return float(np.argmax(np.abs(np.fft.rfft(samples))) * RATE_HZ / len(samples))


class OneTone:
    """An engine that says everything as a second of 400 Hz."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def voices(self) -> tuple[Voice, ...]:
        return (Voice("tone", "one", "en"),)

    async def synthesise(self, text: str, voice: Voice) -> AsyncIterator[bytes]:
        self.said.append(text)
        yield tone(400)


@pytest.mark.parametrize("pitch", [0.86, 1.2])
def test_a_pitched_voice_is_that_much_higher_and_shorter(pitch: float):
    made = pitched(tone(400), pitch)
    assert loudest_hz(made) == pytest.approx(400 * pitch, rel=0.01)
    assert len(made) == pytest.approx(len(tone(400)) / pitch, rel=0.001)


def test_a_voice_as_it_is_stays_so():
    assert pitched(tone(400), 1.0) == tone(400)
    assert pitched(b"", 1.2) == b""


async def test_what_was_said_before_is_not_made_again_and_every_file_is_its_own(tmp_path: Path):
    engine, failures = OneTone(), []
    tasks = TaskRegistry(lambda name, failure: failures.append((name, failure)))
    house = SpeechHouse(tmp_path / "voices", Voices([engine]), tasks)
    await house.open()
    box = VoiceBox(house, tmp_path)
    high, low = await asyncio.gather(box.say("Hello.", "en", 1.2), box.say("Hello.", "en", 0.8))
    assert engine.said == ["Hello."]
    assert high != low
    with wave.open(str(high)) as one, wave.open(str(low)) as other:
        assert one.getnframes() < other.getnframes()
        assert one.getframerate() == RATE_HZ
    await tasks.close()
    await house.close()
    assert failures == []
