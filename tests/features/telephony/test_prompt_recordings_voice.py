"""Whoever writes a prompt hears it by the voice that calls would hear."""

import shutil
from pathlib import Path

import pytest

from warmline.features.telephony.prompt_recordings_voice import LISTENING, ListeningRoom
from warmline.kernel.errors import Refused
from warmline.kernel.tasks import TaskRegistry
from warmline.speech.audio import read_wav

needs_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")


def silent(name: str, failure: BaseException) -> None:
    raise AssertionError(name) from failure


@needs_espeak
async def test_a_text_with_blanks_is_said_without_their_names(tmp_path: Path) -> None:
    tasks = TaskRegistry(silent)
    room = ListeningRoom(tmp_path / "speech.json", tmp_path / "said", tasks)
    spoken = await room.wav("a", "onda", "{name}, hello.", "en")
    named = await room.wav("a", "onda", "customer name, hello.", "en")
    assert 0.2 < len(read_wav(spoken)[0]) / 16_000 < len(read_wav(named)[0]) / 16_000
    await tasks.close()


@needs_espeak
async def test_one_listener_s_hurry_does_not_silence_the_others(tmp_path: Path) -> None:
    tasks = TaskRegistry(silent)
    room = ListeningRoom(tmp_path / "speech.json", tmp_path / "said", tasks)
    for _ in range(int(LISTENING.burst)):
        await room.wav("a", "onda", "Hi.", "en")
    with pytest.raises(Refused, match="too_many"):
        await room.wav("a", "onda", "Hi.", "en")
    assert read_wav(await room.wav("b", "onda", "Hi.", "en"))[1] == 16_000
    await tasks.close()


async def test_settings_that_cannot_be_read_are_a_refusal_with_a_way_on(tmp_path: Path) -> None:
    (tmp_path / "speech.json").write_text("{")
    room = ListeningRoom(tmp_path / "speech.json", tmp_path / "said", TaskRegistry(silent))
    with pytest.raises(Refused, match=r"prompts\.no_voice"):
        await room.wav("a", "onda", "Hi.", "en")
