"""Keys are heard in the audio, speech and music are no keys."""

import numpy as np
import pytest

from media.tones import dtmf, tone
from warmline.media.g711 import ULAW
from warmline.media.key_tones import ToneEar, keys_in


def _rows(samples: np.ndarray) -> np.ndarray:
    return samples[: len(samples) // 160 * 160].reshape(-1, 160).astype(np.float32)


@pytest.mark.parametrize("key", "0123456789*#ABCD")
def test_every_key_is_heard_through_companding_and_noise(key: str):
    noise = np.random.default_rng(1).normal(0, 150, 1600)
    sent = np.clip(dtmf(key, ms=200) + noise, -32768, 32767).astype(np.int16)
    assert keys_in(_rows(ULAW.decode(ULAW.encode(sent).tobytes()))) == [key] * 10


def test_one_tone_alone_music_and_noise_are_no_keys():
    noise = np.random.default_rng(1).normal(0, 4000, 8000).astype(np.int16)
    chord = tone(262, 330, 392, 523, 660, ms=1000, level=5000)
    for sound in (tone(697, ms=200), tone(1209, ms=200), chord, noise, tone(350, 440, ms=400)):
        assert set(keys_in(_rows(sound))) == {""}


def test_a_key_is_pressed_once_however_long_it_sounds_and_again_after_a_pause():
    ear = ToneEar()
    told = [ear.hear(key) for key in ["", "5", "5", "5", "5", "", "", "5", "5", "5"]]
    assert told == [None, None, "5", None, None, None, None, None, "5", None]


def test_a_click_is_no_key():
    ear = ToneEar()
    assert [ear.hear(key) for key in ["5", "", "5", ""]] == [None] * 4
