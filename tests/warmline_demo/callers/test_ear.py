"""A simulated person tells sound from quiet, and how long either lasts."""

import pytest

from warmline_demo.callers.ear import BLOCK_S, LOUD, Ear


def heard(*stretches: tuple[float, float]) -> Ear:
    """An ear that has heard these levels, each for so many seconds."""
    ear = Ear()
    for level, seconds in stretches:
        ear.hear([level] * round(seconds / BLOCK_S))
    return ear


def test_a_prompt_that_has_ended_is_followed_by_quiet():
    ear = heard((0, 1.0), (3000, 2.0), (0, 1.0))
    assert not ear.sounding
    assert ear.sounds == 1
    assert ear.last_sound_s == pytest.approx(2.0)
    assert ear.quiet_s == pytest.approx(1.0)
    assert ear.sound_s == 0.0


def test_a_click_is_no_sound_and_a_gap_between_words_no_end():
    assert heard((0, 1.0), (9000, 0.08), (0, 1.0)).sounds == 0
    ear = heard((3000, 1.0), (0, 0.2), (3000, 1.0))
    assert (ear.sounds, ear.sounding) == (1, True)
    assert ear.sound_s == pytest.approx(2.2)


def test_a_quiet_line_is_quiet_from_the_start_however_it_hisses():
    ear = heard((LOUD - 1, 3.0))
    assert ear.quiet_s == pytest.approx(3.0)
    assert ear.sounds == 0


def test_music_sounds_on_and_on():
    ear = heard((0, 0.5), (2000, 30.0))
    assert ear.sound_s == pytest.approx(30.0)
    assert ear.quiet_s == 0.0
