"""Today so far: believed as far as it is more than chance."""

import pytest

from warmline.domain.staffing.forecast.intraday import Correction, evidence, slot_at

FORECAST = (0.0, 100.0, 100.0, 100.0, 100.0)


def test_a_busy_morning_raises_the_afternoon():
    today = Correction().correct(FORECAST, (0.0, 130.0, 130.0, None, None), 3, 0.02, 0.002, 0.03)
    assert 1.15 < today.ratio < 1.3
    assert today.contacts[1] == 130
    assert today.contacts[3] == pytest.approx(100 * today.ratio)
    assert today.low[1] == today.high[1] == 130


def test_few_contacts_say_little():
    small = tuple(mean / 50 for mean in FORECAST)
    off, sure = evidence(small, (0.0, 4.0, 2.0), 3, 0.01, 0.002)
    assert off == pytest.approx(0.5)
    assert sure < 0.1


def test_before_the_day_begins_nothing_is_corrected():
    today = Correction().correct(FORECAST, (), 0, 0.02, 0.002, 0.03)
    assert (today.ratio, today.contacts) == (1.0, FORECAST)


def test_slots_without_a_record_are_no_evidence():
    off, _ = evidence(FORECAST, (0.0, None, 100.0), 3, 0.02, 0.002)
    assert off == 0


def test_bounds_of_the_rest_become_narrower_as_the_day_goes_on():
    came = (0.0, 100.0, 100.0, 100.0, None)
    early = Correction().correct(FORECAST, came, 1, 0.04, 0.001, 0.05)
    late = Correction().correct(FORECAST, came, 4, 0.04, 0.001, 0.05)
    assert late.high[4] - late.low[4] < early.high[4] - early.low[4]


def test_where_mornings_say_nothing_about_afternoons_the_correction_learns_to_keep_still():
    correction = Correction()
    for n in range(120):
        up = 1.2 if n % 2 else 0.8
        down = 2 - up
        correction.learn(FORECAST, (0.0, 100 * up, 100 * up, 100 * down, 100 * down), 0.02, 0.001)
    assert correction.lasting < 0.4


def test_the_hour_when_a_share_of_the_day_is_due():
    assert [slot_at(FORECAST, share) for share in (0.25, 0.5, 0.75)] == [2, 3, 4]
    assert slot_at((0.0, 0.0), 0.5) == 2
