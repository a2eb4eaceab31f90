"""An operator writes down which voices to use; mistakes are told when the process starts, not to a caller."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.egress import Egress
from warmline.speech.espeak import EspeakVoices
from warmline.speech.settings import BadSpeechSettings, SpeechParts, SpeechSettings, load


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
