"""Music on hold, composed here: a quiet loop of four soft voices, the same on every machine, without a seam.

Written for the telephone: everything that matters lies between 300 and 3,400 Hz, nothing is sudden, no voice sings
alone for long, so that a caller can wait with it and an announcement can be laid over it.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from warmline.speech.audio import RATE_HZ, to_pcm16, wav
from warmline.speech.cache import write_whole

LEVEL_DB = -24.0  # RMS
BAR_S = 3.0  # four beats at 80 a minute
_BEAT = int(BAR_S / 4 * RATE_HZ)
_VERSION = 1  # another composition is another file
_LOWEST_HZ, _HIGHEST_HZ = 280.0, 3_300.0

# Chords as steps of the chromatic scale above G3 (196 Hz); each bar one chord: bass, then the upper voices.
_G, _EM, _C, _D, _BM, _AM = (
    (0, 12, 16, 19, 23), (9, 12, 16, 19, 21), (5, 12, 16, 17, 21), (7, 11, 14, 19, 23), (4, 11, 14, 16, 19),
    (2, 12, 14, 17, 21),
)  # fmt: skip
_BARS = (_G, _EM, _C, _D, _G, _BM, _C, _D, _EM, _BM, _C, _G, _AM, _EM, _AM, _D)
# The melody: beat within the bar, step above G4, beats long. Empty bars breathe.
_MELODY: tuple[tuple[tuple[float, int, float], ...], ...] = (
    ((0, 16, 2.0), (2, 19, 1.5)), ((0.5, 21, 1.5), (2.5, 19, 1.0)), ((0, 17, 2.5),), ((1, 14, 1.0), (2, 16, 1.5)),
    ((0, 16, 1.5), (2, 12, 1.5)), ((0.5, 14, 2.5),), ((0, 12, 1.0), (1.5, 16, 2.0)), (),
    ((0, 21, 1.5), (2, 19, 1.0), (3, 16, 0.75)), ((0.5, 14, 2.5),), ((0, 12, 1.5), (2, 16, 1.5)), ((0.5, 19, 3),),
    ((0, 17, 1.5), (2, 16, 1.5)), ((0, 12, 3.0),), ((0.5, 14, 1.0), (2, 17, 1.5)), (),
)  # fmt: skip

Samples = NDArray[np.float64]


def compose() -> bytes:
    """Return the loop, 48 s, as PCM16 mono 16 kHz."""
    song = np.zeros(len(_BARS) * 4 * _BEAT)
    for bar, chord in enumerate(_BARS):
        start = bar * 4 * _BEAT
        for step in chord[1:]:
            _add(song, start, _pad(_hz(step), 4.6 * _BEAT), 0.10)
        _add(song, start, _bass(_hz(chord[0]), 3.6 * _BEAT), 0.22)
        for eighth in range(8):
            step = chord[1 + (0, 2, 1, 3, 2, 3, 1, 2)[eighth]] + (12 if eighth in (3, 5) else 0)
            _add(song, start + eighth * _BEAT // 2, _pluck(_hz(step), 2.0 * _BEAT), 0.09 if eighth % 2 else 0.12)
        for beat, step, beats in _MELODY[bar]:
            _add(song, start + int(beat * _BEAT), _flute(_hz(step + 12), beats * _BEAT), 0.16)
    for delay_beats, level in ((0.75, 0.22), (1.5, 0.10)):  # a room; its echo runs over the seam, too
        song = song + level * np.roll(song, int(delay_beats * _BEAT))
    song = _telephone_band(song)
    song *= 10 ** (LEVEL_DB / 20) / np.sqrt(np.mean(song**2))
    return to_pcm16(song.astype(np.float32))


def music_file(folder: Path) -> Path:
    """Return the loop as a WAV file in `folder`, written when it is not there yet. Takes a second, then."""
    path = folder / f"music-{_VERSION}.wav"
    if not path.is_file():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, wav(compose()))
    return path


def _hz(step: int) -> float:
    return 196.0 * 2 ** (step / 12)


def _add(song: Samples, start: int, voice: Samples, level: float) -> None:
    """Lay a voice into the loop; what reaches over the end sounds on at the beginning."""
    at = (start + np.arange(len(voice))) % len(song)
    song[at] += level * voice


def _envelope(length: int, attack_s: float, release_s: float) -> Samples:
    rise, fall = int(attack_s * RATE_HZ), int(release_s * RATE_HZ)
    shape = np.ones(length)
    shape[:rise] = 0.5 - 0.5 * np.cos(np.pi * np.arange(rise) / rise)
    shape[-fall:] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(fall) / fall)
    return shape


def _sines(hz: float, length: int, partials: tuple[float, ...], vibrato: float = 0.0) -> Samples:
    at = np.arange(length) / RATE_HZ
    phase = 2 * np.pi * hz * at + vibrato * np.sin(2 * np.pi * 5.0 * at)
    return sum((level * np.sin(n * phase) for n, level in enumerate(partials, 1)), np.zeros(length))


def _pad(hz: float, samples: float) -> Samples:
    length = int(samples)
    both = _sines(hz * 0.9985, length, (1.0, 0.3, 0.1)) + _sines(hz * 1.0015, length, (1.0, 0.3, 0.1))
    return both * _envelope(length, 0.5, 0.45)


def _bass(hz: float, samples: float) -> Samples:
    length = int(samples)  # its overtones carry it: a telephone has no low notes
    return _sines(hz, length, (0.8, 0.7, 0.35, 0.12)) * _envelope(length, 0.06, 0.8)


def _pluck(hz: float, samples: float) -> Samples:
    length = int(samples)
    fading = np.exp(-np.arange(length) / (0.35 * RATE_HZ))
    return _sines(hz, length, (1.0, 0.35, 0.12, 0.05)) * fading * _envelope(length, 0.012, 0.1)


def _flute(hz: float, samples: float) -> Samples:
    length = int(samples)
    return _sines(hz, length, (1.0, 0.18, 0.06), vibrato=0.12) * _envelope(length, 0.12, 0.25)


def _telephone_band(song: Samples) -> Samples:
    """Keep what a telephone carries. The loop is a circle for the transform: no seam arises."""
    spectrum = np.fft.rfft(song)
    hz = np.fft.rfftfreq(len(song), 1 / RATE_HZ)
    low = 1 / (1 + (_LOWEST_HZ / np.maximum(hz, 1.0)) ** 8)
    high = 1 / (1 + (hz / _HIGHEST_HZ) ** 12)
    return np.fft.irfft(spectrum * low * high, len(song))
