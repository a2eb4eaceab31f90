"""How long contacts take, learned by their number."""

import pytest

from warmline.domain.staffing.forecast.handle import HandleTimes


def learned(days: int, seconds: tuple[float, float], saturday: float = 1.0) -> HandleTimes:
    handle = HandleTimes(2)
    for n in range(days):
        factor = saturday if n % 7 == 5 else 1.0
        handle.learn(n % 7, [100.0, 50.0], [100 * seconds[0] * factor, 50 * seconds[1] * factor])
    return handle


def test_nothing_is_known_before_the_first_contact():
    handle = HandleTimes(2)
    handle.learn(0, [0.0, None], [None, None])
    assert handle.mean_s(0, 0) is None


def test_each_time_of_day_has_its_own_length():
    handle = learned(28, (200.0, 300.0))
    assert handle.mean_s(1, 0) == pytest.approx(200, rel=0.04)
    assert handle.mean_s(1, 1) == pytest.approx(300, rel=0.04)


def test_a_weekday_of_longer_contacts_is_found():
    handle = learned(56, (200.0, 200.0), saturday=1.5)
    assert handle.mean_s(5, 0) == pytest.approx(300, rel=0.08)
    assert handle.mean_s(2, 0) == pytest.approx(200, rel=0.03)


def test_a_single_strange_contact_changes_little():
    handle = learned(28, (200.0, 300.0))
    handle.learn(0, [1.0, 0.0], [7200.0, None])
    assert handle.mean_s(0, 0) == pytest.approx(200, rel=0.1)


def test_contacts_that_become_shorter_are_followed():
    handle = learned(56, (200.0, 200.0))
    for n in range(21):
        handle.learn(n % 7, [100.0, 50.0], [15000.0, 7500.0])
    assert handle.mean_s(2, 0) == pytest.approx(150, rel=0.12)
