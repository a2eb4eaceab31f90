"""What is played is encoded once and shared; the least lately used is dropped."""

import time
from pathlib import Path

import pytest

from media.calls import wav
from media.tones import tone
from warmline.kernel.errors import Refused
from warmline.media.clips import Clip, ClipCache, Player
from warmline.media.g711 import ULAW
from warmline.ports.media import PlayFile, PlaySilence, PlayTone


def _made(clip: Clip) -> Clip:
    give_up = time.monotonic() + 5
    while not clip.done:
        assert time.monotonic() < give_up
    return clip


@pytest.fixture
def cache():
    made = ClipCache(most_bytes=40_000)
    yield made
    made.close()


def test_a_prompt_is_encoded_once_for_all_who_hear_it(cache: ClipCache, tmp_path: Path):
    sound = tone(600, ms=90)
    prompt = wav(tmp_path / "a.wav", sound)
    clip = _made(cache.get(prompt, "PCMU"))
    assert cache.get(prompt, "PCMU") is clip
    assert cache.get(prompt, "PCMA") is not clip
    whole = b"".join(clip.frames)
    assert whole[:720] == ULAW.encode(sound).tobytes()
    assert whole[720:] == b"\xff" * 80


def test_a_new_file_of_the_same_name_is_read_anew(cache: ClipCache, tmp_path: Path):
    clip = _made(cache.get(wav(tmp_path / "a.wav", tone(600, ms=100)), "PCMU"))
    other = _made(cache.get(wav(tmp_path / "a.wav", tone(600, ms=200)), "PCMU"))
    assert (len(clip.frames), len(other.frames)) == (5, 10)


def test_the_least_lately_used_is_dropped_when_it_grows_too_large(cache: ClipCache):
    first = _made(cache.get(PlayTone((500,), 3000), "PCMU"))
    second = _made(cache.get(PlayTone((600,), 3000), "PCMU"))
    assert cache.get(PlaySilence(20), "PCMU") is cache.get(PlaySilence(20), "PCMU")
    assert cache.get(PlayTone((600,), 3000), "PCMU") is second
    assert cache.get(PlayTone((500,), 3000), "PCMU") is not first


def test_what_one_caller_alone_hears_is_forgotten_and_what_all_hear_is_kept(cache: ClipCache, tmp_path: Path):
    own, shared = wav(tmp_path / "own.wav", tone(600, ms=100)), wav(tmp_path / "all.wav", tone(600, ms=100))
    own = PlayFile(own.path, once=True)
    heard, recorded, kept = (cache.get(own, "PCMU"), cache.get(own, "PCMA"), cache.get(shared, "PCMU"))
    cache.forget(own)
    cache.forget(shared)
    assert cache.get(own, "PCMU") is not heard
    assert cache.get(own, "PCMA") is not recorded
    assert cache.get(shared, "PCMU") is kept


def test_a_file_that_is_missing_or_broken_is_said_so(cache: ClipCache, tmp_path: Path):
    with pytest.raises(Refused, match=r"media\.unsupported"):
        cache.get(PlayFile(str(tmp_path / "none.wav")), "PCMU")
    (tmp_path / "bad.wav").write_bytes(b"?")
    clip = _made(cache.get(PlayFile(str(tmp_path / "bad.wav")), "PCMU"))
    assert clip.failed
    assert Player("p", (), [clip]).failed()


def test_a_player_goes_through_its_clips_and_waits_for_what_is_not_there_yet(cache: ClipCache):
    growing = Clip(PlaySilence(60), "PCMU", [b"a"])
    ready = Clip(PlaySilence(20), "PCMU", [b"z"], done=True)
    player = Player("p", (), [growing, ready])
    assert [player.next(), player.next()] == [b"a", b""]
    growing.frames.append(b"b")
    assert player.next() == b"b"
    growing.done = True
    assert [player.next(), player.next()] == [b"z", None]
    assert player.at_ms == 60


def test_a_loop_begins_again_and_a_loop_of_nothing_ends():
    clip = Clip(PlaySilence(40), "PCMU", [b"a", b"b"], done=True)
    player = Player("p", (), [clip], loop=True)
    assert [player.next() for _ in range(5)] == [b"a", b"b", b"a", b"b", b"a"]
    assert Player("p", (), [Clip(PlaySilence(0), "PCMU", done=True)], loop=True).next() is None
    player.recoded([Clip(PlaySilence(40), "PCMA", [b"c", b"d"], done=True)])
    assert player.next() == b"d"
