"""Between 8 and 16 kHz, many streams at once: a windowed-sinc low-pass at 3.6 kHz, with each stream's own past."""

from dataclasses import dataclass, field

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Rows = NDArray[np.float32]
TAPS = 48
PAST_DOWN = TAPS - 2  # samples of 16 kHz kept
PAST_UP = TAPS // 2 - 1  # samples of 8 kHz kept


def _low_pass() -> Rows:
    at = np.arange(TAPS) - (TAPS - 1) / 2
    ideal = np.sinc(2 * 3650 / 16000 * at) * np.kaiser(TAPS, 6.0)
    return (ideal / ideal.sum()).astype(np.float32)


LOW_PASS = _low_pass()
_UP = np.stack([2 * LOW_PASS[0::2][::-1], 2 * LOW_PASS[1::2][::-1]], axis=1).astype(np.float32)


@dataclass(slots=True)
class Past:
    """The end of what a stream was before; one for each stream and direction."""

    samples: Rows = field(default_factory=lambda: np.zeros(0, np.float32))


def _with_past(pasts: list[Past], rows: Rows, length: int) -> Rows:
    whole = np.empty((len(rows), length + rows.shape[1]), np.float32)
    for row, past in enumerate(pasts):
        whole[row, :length] = past.samples if len(past.samples) else 0.0
    whole[:, length:] = rows
    for row, past in enumerate(pasts):
        past.samples = whole[row, -length:].copy()
    return whole


def down(pasts: list[Past], rows: Rows) -> Rows:
    """Return rows of 16 kHz at 8 kHz; row i continues pasts[i]."""
    whole = _with_past(pasts, rows, PAST_DOWN)
    return sliding_window_view(whole, TAPS, axis=1)[:, ::2] @ LOW_PASS[::-1]


def up(pasts: list[Past], rows: Rows) -> Rows:
    """Return rows of 8 kHz at 16 kHz; row i continues pasts[i]."""
    whole = _with_past(pasts, rows, PAST_UP)
    both = sliding_window_view(whole, TAPS // 2, axis=1) @ _UP
    return both.reshape(len(rows), -1)


def to_samples(rows: Rows) -> NDArray[np.int16]:
    """Return rows as PCM16, clipped."""
    return np.clip(np.rint(rows), -32768, 32767).astype(np.int16)
