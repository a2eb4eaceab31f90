"""Between 8 and 16 kHz a tone stays what it is, and nothing is heard that was not there."""

from collections.abc import Callable

import numpy as np
import pytest

from media.tones import Samples, level_db, tone
from warmline.media.resample import Past, Rows, down, to_samples, up


def _turned(turn: Callable[[list[Past], Rows], Rows], samples: Samples, frame: int) -> Samples:
    past = [Past()]
    parts = [turn(past, samples[None, at : at + frame].astype(np.float32)) for at in range(0, len(samples), frame)]
    return to_samples(np.concatenate(parts, axis=1))[0]


@pytest.mark.parametrize("hz", [300, 1000, 3000])
def test_a_tone_keeps_its_pitch_and_level(hz: int):
    raised = _turned(up, tone(hz, ms=500), 160)
    assert abs(level_db(raised[200:], hz, 16000) - level_db(tone(hz, ms=500), hz)) < 0.5
    assert level_db(raised[200:], 8000 - hz, 16000) < -70
    lowered = _turned(down, tone(hz, ms=500, rate=16000), 320)
    assert abs(level_db(lowered[200:], hz) - level_db(tone(hz, ms=500), hz)) < 0.5


def test_what_8_khz_cannot_hold_is_gone():
    lowered = _turned(down, tone(6000, ms=500, rate=16000), 320)
    assert level_db(lowered[200:], 2000) < -70


def test_streams_side_by_side_do_not_mix():
    pasts = [Past(), Past()]
    both = np.stack([tone(400, ms=20), np.zeros(160, np.int16)]).astype(np.float32)
    up(pasts, both)
    raised = up(pasts, both)
    assert np.abs(raised[1]).max() == 0
    assert np.abs(raised[0]).max() > 4000
