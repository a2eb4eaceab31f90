"""Recognition in a process of its own: what is missing is named, what was not said is None."""

import os
import sys
from pathlib import Path

import pytest

from speech.sound import runs
from warmline.kernel.errors import ProviderFailed
from warmline.speech.audio import RATE_HZ
from warmline.speech.espeak import EspeakVoices
from warmline.speech.whisper import WhisperRecogniser

ENGINE = """
import sys
from warmline.speech.frames import serve
def make():
    def answer(request, audio):
        text = f"{request['locale']} {len(audio)} {request['tokens']} {'|'.join(request['hints'])}"
        yield {"text": text if audio.strip(bytes(1)) else "", "log_probability": -0.1, "no_speech": 0.0}
    return answer
serve(make)
"""
SECOND = b"\x01\x00" * RATE_HZ


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"{}")
    return tmp_path


def recogniser_in(folder: Path) -> WhisperRecogniser:
    program = folder / "engine.py"
    program.write_text(ENGINE)
    return WhisperRecogniser(folder, (sys.executable, str(program)))


async def test_an_utterance_goes_with_its_language_its_hints_and_a_cap(folder: Path):
    recogniser = recogniser_in(folder)
    said = await recogniser.transcribe(SECOND, "ko", hints=("환불",))
    assert said is not None
    assert said.text == "ko 32000 26 환불"
    assert said.confidence > 0.9
    assert await recogniser.transcribe(bytes(32_000), "ko") is None
    pid = recogniser.child.pid
    assert pid is not None
    await recogniser.close()
    assert not runs(pid)


async def test_more_than_the_model_hears_at_once_is_cut_and_a_click_is_nothing(folder: Path):
    recogniser = recogniser_in(folder)
    long = await recogniser.transcribe(SECOND * 60, "en")
    assert long is not None
    assert long.text.split()[1] == str(28 * RATE_HZ * 2)
    assert await recogniser.transcribe(SECOND[:2000], "en") is None
    await recogniser.close()


async def test_what_is_missing_is_named(tmp_path: Path):
    recogniser = WhisperRecogniser(tmp_path, (sys.executable, "-c", ""))
    assert "model.bin" in recogniser.problem
    with pytest.raises(ProviderFailed, match=r"model\.bin"):
        await recogniser.transcribe(SECOND, "en")


async def test_the_real_model_understands_a_voice(espeak: EspeakVoices):
    recogniser = WhisperRecogniser(Path(os.environ.get("WARMLINE_TEST_WHISPER", "/no-model-was-named")))
    if recogniser.problem:
        pytest.skip(f"Name a model folder in WARMLINE_TEST_WHISPER. {recogniser.problem}")
    voice = next(voice for voice in espeak.voices() if voice.locale == "en")
    pcm = b"".join([piece async for piece in espeak.synthesise("I would like to return my order.", voice)])
    said = await recogniser.transcribe(pcm, "en", hints=("return", "order"))
    assert said is not None
    assert "return" in said.text.lower()
    assert await recogniser.transcribe(bytes(RATE_HZ * 4), "en") is None
    await recogniser.close()
