"""An operator writes down which voices to use; mistakes are told when the process starts, not to a caller."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.egress import Egress
from warmline.speech.espeak import EspeakVoices
from warmline.speech.settings import BadSpeechSettings, SpeechParts, SpeechSettings, load
from warmline.speech.whisper import WhisperRecogniser


@pytest_asyncio.fixture
async def tasks() -> AsyncIterator[TaskRegistry]:
    registry = TaskRegistry(lambda name, failure: None)
    yield registry
    await registry.close()


def written(folder: Path, text: str) -> Path:
    (folder / "speech.json").write_text(text)
    return folder / "speech.json"


def parts(settings: SpeechSettings, folder: Path, tasks: TaskRegistry) -> SpeechParts:
    egress = Egress(lambda tenant_id: set())
    return SpeechParts(settings, folder, tasks, egress, egress.stream)


def test_without_a_file_everything_that_is_installed_is_used(tmp_path: Path):
    assert load(tmp_path / "speech.json") == SpeechSettings()


def test_a_key_comes_from_the_environment_and_is_not_in_the_file(tmp_path: Path):
    path = written(tmp_path, '{"endpoint": {"url": "https://speech.example/v1", "key": "env:SPEECH_KEY"}}')
    endpoint = load(path, {"SPEECH_KEY": "s3cret"}).endpoint
    assert endpoint is not None
    assert endpoint.key == "s3cret"
    with pytest.raises(BadSpeechSettings, match="SPEECH_KEY"):
        load(path, {})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "cannot be used"),
        ('{"voices": []}', "voices"),
        ('{"order": {"fr": ["espeak-ng"]}}', "fr|order"),
        ('{"cache_mb": 1}', "cache_mb"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, text: str, words: str):
    with pytest.raises(BadSpeechSettings, match=words):
        load(written(tmp_path, text))


async def test_the_order_of_the_file_decides_who_speaks(tmp_path: Path, tasks: TaskRegistry, espeak: EspeakVoices):
    settings = load(written(tmp_path, '{"order": {"en": ["espeak-ng/en-gb"]}}'))
    built = parts(settings, tmp_path / "speech", tasks)
    await built.house.open()
    assert (await built.house.say("onda", "Hello there.", "en")).voice == "espeak-ng/en-gb"
    assert built.problems() == ()
    assert built.recogniser is None
    await built.close()


async def test_an_outside_service_hears_nothing_personal_unless_the_operator_says_so(
    tmp_path: Path, tasks: TaskRegistry, espeak: EspeakVoices
):
    service = '"endpoint": {"url": "https://s.example/v1", "speech_model": "m", "voices": {"ko": "nara"}}'
    for allowed, first in (("false", "espeak-ng"), ("true", "openai")):
        text = f'{{{service}, "endpoint_may_hear_personal_data": {allowed}}}'
        built = parts(load(written(tmp_path, text)), tmp_path / "speech", tasks)
        assert built.house.voices.candidates("ko", public=False)[0][1].engine == first
        assert built.house.voices.candidates("ko", public=True)[0][1].engine == "openai"
        await built.close()


async def test_a_model_that_is_not_there_is_a_problem_in_words(
    tmp_path: Path, tasks: TaskRegistry, espeak: EspeakVoices
):
    built = parts(SpeechSettings(whisper_model=str(tmp_path / "none")), tmp_path / "speech", tasks)
    assert built.recogniser is not None
    (problem,) = built.problems()
    assert "faster-whisper" in problem or "model.bin" in problem
    await built.close()


async def test_recordings_are_heard_by_an_engine_of_their_own_where_there_is_one(
    tmp_path: Path, tasks: TaskRegistry
):
    nobody = parts(SpeechSettings(), tmp_path, tasks)
    assert (nobody.recogniser, nobody.patient_recogniser) == (None, None)
    endpoint = '{"endpoint": {"url": "https://speech.example/v1", "transcription_model": "stt"}}'
    service = parts(load(written(tmp_path, endpoint)), tmp_path, tasks)
    assert service.patient_recogniser is service.recogniser is not None
    only_speaks = '{"endpoint": {"url": "https://speech.example/v1", "speech_model": "tts"}}'
    assert parts(load(written(tmp_path, only_speaks)), tmp_path, tasks).patient_recogniser is None
    kept = load(written(tmp_path, endpoint[:-1] + ', "transcripts": false}'))
    assert parts(kept, tmp_path, tasks).patient_recogniser is None, "the operator wants none"
    broken = parts(SpeechSettings(whisper_model=str(tmp_path / "nothing-here")), tmp_path, tasks)
    assert broken.patient_recogniser is None, "nothing is tried that cannot work"
    for one in (nobody, service, broken):
        await one.close()


async def test_the_engine_for_recordings_gives_its_memory_back_and_starts_again(
    tmp_path: Path, tasks: TaskRegistry, monkeypatch: pytest.MonkeyPatch
):
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"{}")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name.startswith("py") else object())
    package = "def WhisperModel(*a, **k): return M()\nclass M:\n def transcribe(self, *a, **k): return [], None\n"
    (tmp_path / "faster_whisper.py").write_text(package)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    one = parts(SpeechSettings(whisper_model=str(tmp_path)), tmp_path, tasks)
    patient, live = one.patient_recogniser, one.recogniser
    assert isinstance(patient, WhisperRecogniser)
    assert isinstance(live, WhisperRecogniser)
    assert patient is not live
    for _ in range(2):
        assert await patient.transcribe(bytes(32_000), "en") is None
        assert patient.child.pid is not None
        assert os.getpriority(os.PRIO_PROCESS, patient.child.pid) >= 19
        await one.rest()
        assert patient.child.pid is None
    assert live.child.pid is None, "a caller's engine is not touched"
    await one.close()
