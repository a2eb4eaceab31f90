"""Music to wait with: long enough, quiet, without a seam, in the band of a telephone, the same everywhere."""

from functools import cache
from pathlib import Path

import numpy as np

from warmline.speech.audio import RATE_HZ, from_pcm16, read_wav
from warmline.speech.music import compose, music_file


@cache
def song():
    return from_pcm16(compose())


def test_it_is_long_quiet_and_never_clipped():
    assert len(song()) / RATE_HZ >= 40
    assert abs(20 * np.log10(np.sqrt(np.mean(song() ** 2))) + 24) < 0.1
    assert np.abs(song()).max() < 0.5


def test_nobody_waits_in_silence_or_is_startled():
    seconds = song().reshape(-1, RATE_HZ // 2)
    levels = 20 * np.log10(np.sqrt(np.mean(seconds**2, axis=1)))
    assert levels.min() > -32
    assert levels.max() < -18


def test_the_loop_has_no_seam():
    steps = np.abs(np.diff(np.concatenate([song(), song()[:1]])))
    assert steps[-1] <= np.percentile(steps, 99)
    ends = np.concatenate([song()[-800:], song()[:800]])
    around = np.abs(np.fft.rfft(ends * np.hanning(1600)))
    assert around[400:].max() < 0.01 * around.max()  # a click would be loud above 4 kHz


def test_a_telephone_carries_all_of_it():
    power = np.abs(np.fft.rfft(song())) ** 2
    hz = np.fft.rfftfreq(len(song()), 1 / RATE_HZ)
    assert power[(hz >= 280) & (hz <= 3400)].sum() / power.sum() > 0.95


def test_it_is_the_same_each_time_and_written_once(tmp_path: Path):
    path = music_file(tmp_path / "speech")
    assert read_wav(path.read_bytes())[1] == RATE_HZ
    at = path.stat().st_mtime_ns
    assert music_file(tmp_path / "speech") == path
    assert path.stat().st_mtime_ns == at
    assert path.read_bytes()[44:] == compose()
