"""Keys heard in the audio (ITU-T Q.24): Goertzel over 20 ms blocks, all ears of a tick at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLOCK = 160
LOW_HZ = (697, 770, 852, 941)
HIGH_HZ = (1209, 1336, 1477, 1633)
KEYS = ("123A", "456B", "789C", "*0#D")
QUIETEST = 400.0  # amplitude of one tone: about -38 dB of full scale
TWIST_MOST = 6.3  # 8 dB between low and high group
PURITY = 0.6  # share of the energy in the two tones: speech has more elsewhere
SECOND_BEST = 3.0  # a tone stands above the others of its group

_AT = np.arange(BLOCK) / 8000
_TURNS = np.exp(-2j * np.pi * np.outer(_AT, LOW_HZ + HIGH_HZ)) * (2 / BLOCK)
_REAL = np.ascontiguousarray(_TURNS.real, dtype=np.float32)
_IMAGINARY = np.ascontiguousarray(_TURNS.imag, dtype=np.float32)


def keys_in(frames: NDArray[np.float32]) -> list[str]:
    """Return the key that sounds in each row (160 samples at 8 kHz), an empty string for none."""
    amplitudes = np.sqrt((frames @ _REAL) ** 2 + (frames @ _IMAGINARY) ** 2)
    energies = np.mean(frames**2, axis=1)
    found: list[str] = []
    for row, energy in zip(amplitudes, energies, strict=True):
        low, high = int(row[:4].argmax()), int(row[4:].argmax())
        a, b = float(row[low]), float(row[4 + high])
        clear = (
            a > QUIETEST
            and b > QUIETEST
            and a < b * TWIST_MOST**0.5 * 1.6
            and b < a * TWIST_MOST**0.5 * 1.6
            and (a * a + b * b) / 2 > PURITY * energy
            and a > SECOND_BEST * float(np.partition(row[:4], 2)[2])
            and b > SECOND_BEST * float(np.partition(row[4:], 2)[2])
        )
        found.append(KEYS[low][high] if clear else "")
    return found


@dataclass(slots=True)
class ToneEar:
    """The memory of one ear: a key counts after two blocks (40 ms) and again only after a pause of two."""

    _before: str = ""
    _held: str = ""
    _quiet: int = 0

    def hear(self, key: str) -> str | None:
        """Take what sounds in this block; return a key when it has just been pressed."""
        pressed = None
        if key and key == self._before and key != self._held:
            self._held = pressed = key
        if key == self._held and key:
            self._quiet = 0
        else:
            self._quiet += 1
            if self._quiet >= 2 and not pressed:
                self._held = ""
        self._before = key
        return pressed
