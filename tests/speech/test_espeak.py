"""The real espeak-ng speaks three languages, stops when nobody listens, and never sees more than it should."""

import asyncio
from contextlib import aclosing
from pathlib import Path

import pytest

from speech.sound import pitch_hz, runs
from warmline.kernel.errors import ProviderFailed
from warmline.ports.speech import Voice
from warmline.speech.audio import RATE_HZ, from_pcm16, loudness_db
from warmline.speech.espeak import EspeakVoices

TEXTS = {
    "ko": "안녕하세요. 무엇을 도와 드릴까요?",
    "ja": "お電話ありがとうございます。",
    "en": "Hello, how can we help you?",
}


def open_pipes() -> int:
    return sum(
        path.readlink().name.startswith("pipe:") for path in Path("/proc/self/fd").iterdir() if path.is_symlink()
    )


async def say(voices: EspeakVoices, text: str, voice: Voice) -> bytes:
    return b"".join([piece async for piece in voices.synthesise(text, voice)])


async def test_each_language_sounds_like_a_voice_at_sixteen_kilohertz(espeak: EspeakVoices):
    assert {voice.locale for voice in espeak.voices()} == {"ko", "ja", "en"}
    for voice in espeak.voices():
        samples = from_pcm16(await say(espeak, TEXTS[voice.locale], voice))
        assert 1.0 < len(samples) / RATE_HZ < 6.0, voice
        assert loudness_db(samples) > -35, voice
        assert 60 < pitch_hz(samples) < 400, voice


async def test_twice_the_text_takes_about_twice_as_long(espeak: EspeakVoices, korean: Voice):
    once = len(await say(espeak, TEXTS["ko"], korean))
    twice = len(await say(espeak, TEXTS["ko"] + " " + TEXTS["ko"], korean))
    assert 1.7 < twice / once < 2.4


async def test_kanji_are_read_instead_of_being_called_chinese_letters(espeak: EspeakVoices):
    voice = next(voice for voice in espeak.voices() if voice.locale == "ja")
    kanji, read = await say(espeak, "番号", voice), await say(espeak, "ばんごう", voice)
    assert kanji == read


async def test_the_text_is_never_an_argument_that_others_could_read(espeak: EspeakVoices, korean: Voice):
    async with aclosing(espeak.synthesise("비밀 " * 2000, korean)) as pieces:
        await anext(pieces)
        (pid,) = espeak.running
        assert "비밀" not in Path(f"/proc/{pid}/cmdline").read_text()


async def test_somebody_who_stops_listening_ends_the_program(espeak: EspeakVoices, korean: Voice):
    async with aclosing(espeak.synthesise(TEXTS["ko"] * 100, korean)) as pieces:
        await anext(pieces)
        (pid,) = espeak.running
        assert runs(pid)
    assert not runs(pid)
    assert not espeak.running


async def test_a_cancelled_task_ends_the_program(espeak: EspeakVoices, korean: Voice):
    heard = asyncio.Event()

    async def listen() -> None:
        async with aclosing(espeak.synthesise(TEXTS["ko"] * 100, korean)) as pieces:
            async for _ in pieces:
                heard.set()
                await asyncio.Event().wait()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(listen())
        await heard.wait()
        (pid,) = espeak.running
        task.cancel()
    async with asyncio.timeout(5):
        while espeak.running:
            await asyncio.sleep(0.01)
    assert not runs(pid)


async def test_at_most_two_run_at_once(espeak: EspeakVoices, korean: Voice):
    most = 0

    async def watch() -> None:
        nonlocal most
        async for _ in espeak.synthesise(TEXTS["ko"], korean):
            most = max(most, len(espeak.running))

    async with asyncio.TaskGroup() as group:
        for _ in range(6):
            group.create_task(watch())
    assert most == 2


async def test_whoever_stops_listening_to_a_program_ahead_of_us_leaves_no_pipe_open(tmp_path: Path, korean: Voice):
    ahead = tmp_path / "espeak-ng"
    ahead.write_text(
        "#!/bin/sh\nprintf '%024d\\042\\126\\000\\000' 0\nexec cat /dev/zero\n"
    )  # a header with its rate
    ahead.chmod(0o755)
    voices = EspeakVoices(str(ahead))
    before = open_pipes()
    async with aclosing(voices.synthesise("네", korean)) as pieces:
        await anext(pieces)
        (pid,) = voices.running
        waited = 0
        async with asyncio.timeout(5):
            while waited < 10:  # it waits for us, and nobody takes any more
                await asyncio.sleep(0.01)
                waited = waited + 1 if Path(f"/proc/{pid}/stat").read_text().split()[2] == "S" else 0
    assert not runs(pid)
    assert open_pipes() == before


async def test_very_many_at_once_are_refused_with_words(espeak: EspeakVoices, korean: Voice):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(say(espeak, "네", korean)) for _ in range(32)]
        await asyncio.sleep(0)
        with pytest.raises(ProviderFailed, match="too much to do"):
            await say(espeak, "네", korean)
        for task in tasks:
            task.cancel()


async def test_a_program_that_hangs_is_ended_in_time(tmp_path: Path, korean: Voice):
    hanging = tmp_path / "espeak-ng"
    hanging.write_text("#!/bin/sh\nexec sleep 60\n")
    hanging.chmod(0o755)
    voices = EspeakVoices(str(hanging), time_limit_s=0.3)
    with pytest.raises(ProviderFailed, match="too long"):
        await say(voices, "네", korean)
    assert not voices.running


async def test_a_program_that_fails_is_told(tmp_path: Path, korean: Voice):
    broken = tmp_path / "espeak-ng"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    with pytest.raises(ProviderFailed, match="without a word"):
        await say(EspeakVoices(str(broken)), "네", korean)


async def test_without_the_program_there_is_no_voice(korean: Voice):
    absent = EspeakVoices("no-such-espeak")
    assert absent.voices() == ()
    with pytest.raises(ProviderFailed, match="no voice"):
        await say(absent, "네", korean)


async def test_phoneme_marks_of_espeak_are_not_obeyed(espeak: EspeakVoices):
    voice = next(voice for voice in espeak.voices() if voice.name == "en-us")
    assert await say(espeak, "[[h@l'oU]]", voice) == await say(espeak, "  h@l'oU  ", voice)


async def test_a_program_that_is_installed_while_we_run_is_found(tmp_path: Path):
    late = EspeakVoices(str(tmp_path / "espeak-ng"))
    assert late.voices() == ()
    (tmp_path / "espeak-ng").write_text("#!/bin/sh\n")
    (tmp_path / "espeak-ng").chmod(0o755)
    assert {voice.locale for voice in late.voices()} == {"ko", "ja", "en"}
