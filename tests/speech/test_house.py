"""A call asks for a text and gets a file: made once, by the best voice there is, and gone when it held a name."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from speech.engine_of_tests import COMMAND
from speech.sound import pitch_hz
from warmline.kernel.errors import ProviderFailed
from warmline.kernel.locale import Locale
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.speech import Spoken, Voice
from warmline.speech.audio import RATE_HZ, loudness_db, read_wav
from warmline.speech.choice import Voices
from warmline.speech.espeak import EspeakVoices
from warmline.speech.house import SpeechHouse
from warmline.speech.neural import NeuralVoices
from warmline.speech.recordings import Recording

GREETING = "안녕하세요. 온다 고객센터입니다."


class Counting:
    """An engine that is asked through this, so that a test knows how often."""

    def __init__(self, engine: EspeakVoices | NeuralVoices) -> None:
        self._engine = engine
        self.asked: list[str] = []

    def voices(self) -> tuple[Voice, ...]:
        return self._engine.voices()

    def synthesise(self, text: str, voice: Voice) -> AsyncIterator[bytes]:
        self.asked.append(text)
        return self._engine.synthesise(text, voice)


class Shelf:
    def __init__(self, path: Path, text: str) -> None:
        self.recording = Recording(text, path, 1234)

    async def find(self, tenant_id: str, prompt: str, locale: Locale) -> Recording | None:
        return self.recording if (tenant_id, prompt, locale) == ("onda", "front.greeting", "ko") else None


@pytest_asyncio.fixture
async def tasks() -> AsyncIterator[TaskRegistry]:
    failures: list[BaseException] = []
    registry = TaskRegistry(lambda name, failure: failures.append(failure))
    yield registry
    await registry.close()
    assert not failures


@pytest.fixture
def engine(espeak: EspeakVoices) -> Counting:
    return Counting(espeak)


@pytest_asyncio.fixture
async def house(engine: Counting, tasks: TaskRegistry, tmp_path: Path) -> AsyncIterator[SpeechHouse]:
    one = SpeechHouse(tmp_path / "speech", Voices([engine]), tasks)
    await one.open()
    yield one
    await one.close()


async def test_a_prompt_is_rendered_once_and_then_only_read(house: SpeechHouse, engine: Counting):
    first = await house.say("onda", GREETING, "ko", lasting=True)
    again = await house.say("another", GREETING, "ko", lasting=True)
    assert first == again
    assert engine.asked == [GREETING]
    samples, rate_hz = read_wav(first.path.read_bytes())
    assert rate_hz == RATE_HZ
    assert abs(first.duration_ms - len(samples) / 16) < 2
    assert 1500 < first.duration_ms < 6000
    assert abs(loudness_db(samples) + 20) < 1.5
    assert abs(samples).max() < 0.95
    assert pitch_hz(samples) > 60
    assert first.voice == "espeak-ng/ko"


async def test_a_prompt_of_yesterday_is_still_there_after_a_restart(
    house: SpeechHouse, espeak: EspeakVoices, tasks: TaskRegistry, tmp_path: Path
):
    before = await house.say("onda", GREETING, "ko", lasting=True)
    engine = Counting(espeak)
    restarted = SpeechHouse(tmp_path / "speech", Voices([engine]), tasks)
    await restarted.open()
    assert await restarted.say("onda", GREETING, "ko", lasting=True) == before
    assert not engine.asked
    await restarted.close()


async def test_callers_who_come_at_once_share_one_rendering(house: SpeechHouse, engine: Counting):
    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(house.say("onda", GREETING, "ko", lasting=True)) for _ in range(20)]
        await asyncio.sleep(0)
        asked[0].cancel()  # one of them hangs up: the others still hear it
    assert len({task.result() for task in asked[1:]}) == 1
    assert len(engine.asked) == 1


async def test_what_holds_a_name_lies_in_a_private_place_and_goes_when_it_was_heard(
    house: SpeechHouse, tmp_path: Path
):
    said = await house.say("onda", "김미나 고객님의 주문을 확인했어요.", "ko")
    assert not said.lasting
    assert said.path.stat().st_mode & 0o077 == 0
    assert said.path.parent.stat().st_mode & 0o077 == 0
    assert not list((tmp_path / "speech").glob("*.wav"))
    house.release(said)
    house.release(said)
    assert not said.path.exists()


async def test_lasting_files_outlive_their_release(house: SpeechHouse):
    said = await house.say("onda", GREETING, "ko", lasting=True)
    house.release(said)
    assert said.path.exists()


async def test_a_recording_of_exactly_this_text_is_preferred(
    engine: Counting, tasks: TaskRegistry, tmp_path: Path
):
    file = tmp_path / "greeting.wav"
    file.write_bytes(b"RIFF")
    house = SpeechHouse(tmp_path / "speech", Voices([engine]), tasks, recordings=Shelf(file, GREETING))
    await house.open()
    said = await house.say("onda", GREETING, "ko", prompt="front.greeting", lasting=True)
    assert said == Spoken(file, 1234, "recording", lasting=True)
    assert [part async for part in house.say_parts("onda", GREETING, "ko", prompt="front.greeting")] == [said]
    changed = await house.say("onda", "안녕하세요. 온다입니다.", "ko", prompt="front.greeting", lasting=True)
    other = await house.say("acme", GREETING, "ko", prompt="front.greeting", lasting=True)
    file.unlink()
    lost = await house.say("onda", GREETING, "ko", prompt="front.greeting", lasting=True)
    assert {changed.voice, other.voice, lost.voice} == {"espeak-ng/ko"}
    await house.close()


async def test_the_first_sentence_can_be_played_while_the_rest_is_made(house: SpeechHouse, engine: Counting):
    text = "첫 번째 문장입니다, 지금 들려요. " + "이어지는 문장도 하나씩 들려 드립니다. " * 8
    speaking = house.say_parts("onda", text, "ko")
    first = await anext(speaking)
    assert len(engine.asked) < 9
    rest = [part async for part in speaking]
    assert len(rest) == 8
    assert all(part.path.exists() for part in [first, *rest])
    for part in [first, *rest]:
        house.release(part)
    assert not any(part.path.exists() for part in [first, *rest])


async def test_who_stops_listening_leaves_nothing_behind(house: SpeechHouse, engine: Counting):
    speaking = house.say_parts("onda", "이 문장은 꽤 깁니다. 그리고 계속됩니다. " * 10, "ko")
    heard = await anext(speaking)
    folder = heard.path.parent
    await speaking.aclose()
    house.release(heard)
    assert not list(folder.glob("*.wav"))
    assert len(engine.asked) < 10


async def test_what_a_call_needs_without_a_database_is_made_at_start(house: SpeechHouse, engine: Counting):
    apologies: list[tuple[str, Locale]] = [
        ("죄송합니다.", "ko"),
        ("申し訳ございません。", "ja"),
        ("We are sorry.", "en"),
    ]
    assert await house.warm(apologies) == ()
    engine.asked.clear()
    for text, locale in apologies:
        assert (await house.say("onda", text, locale, lasting=True)).duration_ms > 300
    assert not engine.asked


async def test_without_any_voice_the_refusal_says_what_to_install(tasks: TaskRegistry, tmp_path: Path):
    mute = SpeechHouse(tmp_path, Voices([EspeakVoices("no-such-espeak")]), tasks)
    await mute.open()
    with pytest.raises(ProviderFailed, match=r"Korean.*install-voices"):
        await mute.say("onda", GREETING, "ko", lasting=True)
    assert mute.voices.missing() == ("ko", "ja", "en")
    (problem,) = await mute.warm([("안녕", "ko")])
    assert "espeak-ng" in problem
    with pytest.raises(ProviderFailed, match="Korean"):
        await anext(mute.say_parts("onda", GREETING, "ko"))
    await mute.close()


async def test_when_the_best_voice_fails_the_next_one_speaks_and_the_first_rests(
    espeak: EspeakVoices, tasks: TaskRegistry, tmp_path: Path
):
    broken = Counting(NeuralVoices("broken", (("mute", "ko"),), "1", ("/nowhere/engine",)))
    house = SpeechHouse(tmp_path, Voices([broken, espeak]), tasks)
    await house.open()
    assert (await house.say("onda", GREETING, "ko", lasting=True)).voice == "espeak-ng/ko"
    assert (await house.say("onda", "두 번째 문장입니다.", "ko")).voice == "espeak-ng/ko"
    assert len(broken.asked) == 1
    await house.close()


async def test_a_text_without_words_is_a_short_pause(house: SpeechHouse):
    assert (await house.say("onda", "😀", "ko", lasting=True)).duration_ms == 200


async def test_an_engine_in_a_process_of_its_own_speaks_through_the_house(tasks: TaskRegistry, tmp_path: Path):
    hum = NeuralVoices("hum", (("low", "en"),), "1", COMMAND)
    house = SpeechHouse(tmp_path, Voices([hum]), tasks)
    await house.open()
    samples, _ = read_wav((await house.say("onda", "one two three four five six", "en")).path.read_bytes())
    assert abs(pitch_hz(samples) - 220) < 4
    await hum.close()
    await house.close()
