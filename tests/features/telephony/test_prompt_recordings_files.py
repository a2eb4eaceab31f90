"""Calls find recorded prompts as files, and hear new ones as soon as they were told."""

import os
from pathlib import Path

from tests.features.telephony.test_prompt_recordings import GREETING, SOMEBODY, Ear, tone

from warmline.features.telephony.prompt_recordings import KIND, PromptRecordings
from warmline.features.telephony.prompt_recordings_files import UNUSED_AFTER_S, RecordingFiles
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.database import Database
from warmline.speech.choice import Voices
from warmline.speech.espeak import EspeakVoices
from warmline.speech.house import SpeechHouse


async def test_a_call_plays_the_recording_while_its_text_is_the_one_that_was_read(
    database: Database, tmp_path: Path
) -> None:
    recordings = PromptRecordings(database, Ear())
    await recordings.put("onda", SOMEBODY, GREETING, "ko", "안녕하세요.", tone())
    failures: list[str] = []
    tasks = TaskRegistry(lambda name, _: failures.append(name))
    files = RecordingFiles(database, tmp_path / "recorded")
    house = SpeechHouse(tmp_path / "said", Voices([EspeakVoices()]), tasks, recordings=files)
    await house.open()
    said = await house.say("onda", "안녕하세요.", "ko", prompt=GREETING, lasting=True)
    assert said.voice == "recording"
    assert said.path.read_bytes() == await recordings.audio("onda", GREETING, "ko")
    await house.close()
    await tasks.close()
    assert failures == []


async def test_a_change_is_heard_and_until_then_nothing_is_asked_twice(database: Database, tmp_path: Path) -> None:
    recordings, files = PromptRecordings(database, Ear()), RecordingFiles(database, tmp_path)
    assert await files.find("onda", GREETING, "ko") is None
    await recordings.put("onda", SOMEBODY, GREETING, "ko", "안녕하세요.", tone())
    assert await files.find("onda", GREETING, "ko") is None
    files.heard("onda", "prompt")
    files.heard("rival", KIND)
    assert await files.find("onda", GREETING, "ko") is None
    files.heard("onda", KIND)
    found = await files.find("onda", GREETING, "ko")
    assert found is not None
    assert (found.text, found.path.is_file()) == ("안녕하세요.", True)
    assert await files.find("rival", GREETING, "ko") is None


async def test_after_a_lost_connection_everything_is_read_anew(database: Database, tmp_path: Path) -> None:
    recordings, files = PromptRecordings(database, Ear()), RecordingFiles(database, tmp_path)
    assert await files.find("onda", GREETING, "ko") is None
    await recordings.put("onda", SOMEBODY, GREETING, "ko", "안녕하세요.", tone())
    files.forget()
    assert await files.find("onda", GREETING, "ko") is not None


async def test_files_that_went_missing_are_made_again_and_old_ones_removed(
    database: Database, tmp_path: Path
) -> None:
    recordings, files = PromptRecordings(database, Ear()), RecordingFiles(database, tmp_path)
    await recordings.put("onda", SOMEBODY, GREETING, "ko", "안녕하세요.", tone())
    first = await files.find("onda", GREETING, "ko")
    assert first is not None
    age_s = first.path.stat().st_mtime - UNUSED_AFTER_S - 60
    os.utime(first.path, (age_s, age_s))
    files.tidy()
    assert not first.path.exists()
    again = await files.find("onda", GREETING, "ko")
    assert again is not None
    assert again == first
    assert again.path.is_file()
