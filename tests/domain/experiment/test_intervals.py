"""Intervals agree with the published examples and cover what they promise."""

import random

import pytest

from warmline.domain.experiment.intervals import Interval, newcombe, wilson


def test_a_share_s_interval_is_the_one_in_the_literature():
    # Newcombe (1998a), Table I: 81 of 263 and 0 of 20, method 3.
    assert wilson(81, 263).low == pytest.approx(0.2553, abs=5e-5)
    assert wilson(81, 263).high == pytest.approx(0.3662, abs=5e-5)
    none = wilson(0, 20)
    assert (none.low, none.high) == (0.0, pytest.approx(0.1611, abs=5e-5))


def test_a_difference_s_interval_is_the_one_in_the_literature():
    # Newcombe (1998b), Table II, method 10: 56/70 - 48/80, and 9/10 - 3/10.
    found = newcombe(48, 80, 56, 70)
    assert (found.low, found.high) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))
    found = newcombe(3, 10, 9, 10)
    assert (found.low, found.high) == (pytest.approx(0.1705, abs=5e-5), pytest.approx(0.8090, abs=5e-5))


def test_nothing_is_known_before_the_first_contact():
    assert wilson(0, 0) == Interval(0.0, 1.0)
    assert newcombe(0, 0, 5, 9) == Interval(-1.0, 1.0)


def test_a_difference_lies_in_its_interval_in_nineteen_of_twenty_comparisons():
    lots = random.Random(20261122)
    covered = 0
    for _ in range(2000):
        a = sum(lots.random() < 0.3 for _ in range(60))
        b = sum(lots.random() < 0.4 for _ in range(40))
        found = newcombe(a, 60, b, 40)
        covered += found.low <= 0.1 <= found.high
    assert 0.94 <= covered / 2000 <= 0.975
