"""Make tones and hear them again (Goertzel), for every test that listens to a call."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.int16]
LOUD_DB = -30.0  # a tone of the tests is sent at about -12 dB; companding noise stays below -40


def tone(*frequencies_hz: float, ms: int, rate: int = 8000, level: float = 8000.0) -> Samples:
    """Return sines together, `level` the peak of each."""
    at = np.arange(rate * ms // 1000) / rate
    waves = [level * np.sin(2 * np.pi * hz * at) for hz in frequencies_hz]
    return np.clip(np.sum(waves, axis=0) if waves else 0 * at, -32768, 32767).astype(np.int16)


def level_db(samples: Samples, frequency_hz: float, rate: int = 8000) -> float:
    """Return how loud a frequency is, in dB of a full-scale sine; -120 for nothing."""
    if not len(samples):
        return -120.0
    at = np.arange(len(samples))
    window = np.hanning(len(samples))
    turning = np.exp(-2j * np.pi * frequency_hz * at / rate)
    amplitude = 2 * abs(np.dot(samples * window, turning)) / max(window.sum(), 1.0)
    return max(-120.0, 20 * math.log10(amplitude / 32768 + 1e-9))


def loudness_db(samples: Samples) -> float:
    """Return the level of everything together, in dB of full scale; -120 for silence."""
    if not len(samples):
        return -120.0
    return max(-120.0, 20 * math.log10(float(np.sqrt(np.mean(samples.astype(np.float64) ** 2))) / 32768 + 1e-9))


def heard_tones(samples: Samples, candidates_hz: Iterable[float], rate: int = 8000) -> set[float]:
    """Return those of the candidates that sound."""
    return {hz for hz in candidates_hz if level_db(samples, hz, rate) > LOUD_DB}


DTMF_LOW: Sequence[float] = (697, 770, 852, 941)
DTMF_HIGH: Sequence[float] = (1209, 1336, 1477, 1633)
DTMF_KEYS = ("123A", "456B", "789C", "*0#D")


def dtmf(digit: str, ms: int = 100, rate: int = 8000) -> Samples:
    """Return the two tones of a key."""
    for low, row in zip(DTMF_LOW, DTMF_KEYS, strict=True):
        if digit in row:
            return tone(low, DTMF_HIGH[row.index(digit)], ms=ms, rate=rate, level=7000)
    raise ValueError(f"{digit} is not a key.")
