"""Tones as each country knows them."""

import pytest

from warmline.speech.tones import ATTENTION, BEEP, KEY_TAKEN, ringback


@pytest.mark.parametrize(
    ("country", "on_ms", "off_ms", "between_hz"),
    [("kr", 1000, 2000, 40), ("JP", 1000, 2000, 32), ("us", 2000, 4000, 40), ("de", 2000, 4000, 40)],
)
def test_a_ringing_telephone_sounds_like_home(country: str, on_ms: int, off_ms: int, between_hz: int):
    tone = ringback(country)
    low, high = tone.frequencies_hz
    assert (tone.on_ms, tone.off_ms, high - low) == (on_ms, off_ms, between_hz)


def test_no_tone_is_loud_or_mistaken_for_a_key():
    keys_hz = {697, 770, 852, 941, 1209, 1336, 1477, 1633}
    tones = [BEEP, KEY_TAKEN, ringback("kr"), ringback("jp"), *ATTENTION]
    for tone in tones:
        assert getattr(tone, "level_db", -99) <= -16
        assert all(min(abs(hz - key) for key in keys_hz) > 25 for hz in getattr(tone, "frequencies_hz", ()))
