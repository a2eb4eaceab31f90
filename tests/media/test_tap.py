"""Speech is told when it begins and after it has ended, and a slow listener holds nobody up."""

import socket
from pathlib import Path

import numpy as np
import pytest

from media.tones import tone
from warmline.media.tap import HANG_OVER_TICKS, SPEECH_TICKS, SpeechEar, Tap, frames, levels


def test_speech_begins_after_some_voice_and_ends_after_a_pause():
    ear = SpeechEar()
    assert [ear.hear(3000) for _ in range(SPEECH_TICKS)] == [None] * (SPEECH_TICKS - 1) + [True]
    assert ear.hear(20) is None
    assert ear.hear(3000) is None
    assert [ear.hear(20) for _ in range(HANG_OVER_TICKS)] == [None] * (HANG_OVER_TICKS - 1) + [False]


def test_a_click_and_steady_noise_are_no_speech():
    ear = SpeechEar()
    assert [ear.hear(level) for level in (20, 9000, 20, 9000, 9000, 20)] == [None] * 6
    noise = np.random.default_rng(1).normal(180, 20, 500)
    assert {ear.hear(float(level)) for level in noise} == {None}


def test_levels_and_frames_of_all_legs_at_once():
    rows = np.stack([tone(440, ms=20, rate=16000), np.zeros(320, np.int16)]).astype(np.float32)
    loud, quiet = levels(rows)
    assert loud == pytest.approx(8000 / 2**0.5, rel=0.05)
    assert quiet == 0
    assert frames(rows)[0] == tone(440, ms=20, rate=16000).tobytes()


def test_a_listener_that_does_not_read_loses_frames_and_one_that_left_is_forgotten(tmp_path: Path):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "ear"))
        server.listen()
        tap = Tap(str(tmp_path / "ear"))
        reader, _ = server.accept()
        for _ in range(2000):
            tap.write(bytes(640))
        assert tap.dropped > 0
        reader.close()
        for _ in range(3):
            tap.write(bytes(640))
        assert tap.gone
        tap.write(bytes(640))
        tap.close()
    with pytest.raises(OSError, match=r"."):
        Tap(str(tmp_path / "nobody"))
