"""Voices from optional packages: absent without them, each in a process of its own with them."""

import pytest

from speech.engine_of_tests import COMMAND, hum
from speech.sound import pitch_hz, runs
from warmline.kernel.errors import ProviderFailed
from warmline.ports.speech import Voice
from warmline.speech.audio import RATE_HZ, from_pcm16
from warmline.speech.neural import NeuralVoices, hibari_voices, installed, openjtalk_voices


async def said(voices: NeuralVoices, text: str) -> bytes:
    (voice,) = voices.voices()
    return b"".join([piece async for piece in voices.synthesise(text, voice)])


async def test_an_engine_is_started_when_it_is_first_asked_and_stays_for_the_next_text():
    voices = NeuralVoices("hum", (("low", "en"),), "2", COMMAND)
    assert voices.child.pid is None
    assert await said(voices, "hello") == hum("hello")
    pid = voices.child.pid
    assert pid is not None
    assert await said(voices, "again") == hum("again")
    assert voices.child.pid == pid
    await voices.close()
    assert not runs(pid)


async def test_a_missing_package_means_no_voice_and_nothing_is_started():
    absent = NeuralVoices("hum", (("low", "en"),), installed("no_such_module", "no-such-package"), COMMAND)
    assert absent.voices() == ()
    with pytest.raises(ProviderFailed, match="no voice"):
        async for _ in absent.synthesise("hello", Voice("hum", "low", "en", 1, "2")):
            pass
    assert absent.child.pid is None


def test_an_installed_package_tells_its_version():
    assert installed("numpy", "numpy")
    assert installed("numpy", "no-such-distribution") == "unknown"


@pytest.mark.parametrize(
    ("voices", "text"),
    [(hibari_voices(), "Hello, how can we help you today?"), (openjtalk_voices(), "お電話ありがとうございます。")],
)
async def test_the_real_engine_speaks_where_it_is_installed(voices: NeuralVoices, text: str):
    if not voices.voices():
        pytest.skip(f"{voices.engine} is not installed; it comes with the extra warmline[speech]")
    samples = from_pcm16(await said(voices, text))
    assert 1.0 < len(samples) / RATE_HZ < 6.0
    assert 70 < pitch_hz(samples) < 400
    await voices.close()
