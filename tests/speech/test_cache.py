"""Rendered prompts survive restarts and half-written files, and never fill the disk."""

from pathlib import Path

import pytest

from warmline.ports.speech import Voice
from warmline.speech.audio import read_wav
from warmline.speech.cache import PromptCache, key, write_whole

SECOND = bytes(32_000)


class Clock:
    now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


def cache_of(folder: Path, clock: Clock, most_bytes: int = 200_000) -> PromptCache:
    cache = PromptCache(folder, most_bytes=most_bytes, clock=clock)
    cache.open()
    return cache


def test_another_text_voice_or_engine_version_is_another_rendering():
    voice = Voice("espeak-ng", "ko", "ko", 0, "1")
    names = {key(voice, "a"), key(voice, "b"), key(Voice("espeak-ng", "ko", "ko", 0, "2"), "a"),
             key(Voice("espeak-ng", "ja", "ja", 0, "1"), "a")}  # fmt: skip
    assert len(names) == 4
    assert key(voice, "a") in names


async def test_a_rendering_is_found_again_also_by_the_next_process(tmp_path: Path, clock: Clock):
    path, length_ms = await cache_of(tmp_path, clock).put("a", SECOND)
    assert length_ms == 1000
    assert cache_of(tmp_path, clock).find("a") == (path, 1000)
    assert len(read_wav(path.read_bytes())[0]) == 16_000
    assert path.stat().st_mode & 0o077 == 0


async def test_the_longest_unused_go_first_when_it_is_full(tmp_path: Path, clock: Clock):
    cache = cache_of(tmp_path, clock)
    for name in "abcdef":
        await cache.put(name, SECOND)
        clock.now_s += 1000
    cache.find("a")
    clock.now_s += 10
    await cache.put("g", SECOND)
    there = {path.stem for path in tmp_path.glob("*.wav")}
    assert {"a", "g"} <= there
    assert "b" not in there
    assert len(there) <= 6


async def test_what_may_be_playing_or_is_pinned_stays_even_beyond_the_limit(tmp_path: Path, clock: Clock):
    cache = cache_of(tmp_path, clock, most_bytes=40_000)
    pinned, _ = await cache.put("apology", SECOND)
    cache.find("apology", pin=True)
    clock.now_s += 10_000
    playing, _ = await cache.put("playing", SECOND)
    await cache.put("new", SECOND)
    assert pinned.exists()
    assert playing.exists()


async def test_half_written_files_are_forgotten(tmp_path: Path, clock: Clock):
    (tmp_path / ".x.1.part").write_bytes(b"half")
    (tmp_path / "cut.wav").write_bytes(b"RIFF")
    cache = cache_of(tmp_path, clock)
    assert cache.find("cut") is None
    assert list(tmp_path.iterdir()) == []


async def test_a_file_that_somebody_removed_is_made_again(tmp_path: Path, clock: Clock):
    cache = cache_of(tmp_path, clock)
    path, _ = await cache.put("a", SECOND)
    path.unlink()
    assert cache.find("a") is None


def test_a_file_has_its_name_only_when_it_is_whole(tmp_path: Path):
    write_whole(tmp_path / "a.wav", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]
    with pytest.raises(OSError, match="No such file"):
        write_whole(tmp_path / "nowhere" / "a.wav", b"whole")
