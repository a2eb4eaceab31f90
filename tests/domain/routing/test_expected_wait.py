"""Patience is learned from those who left and those who stayed; an interval comes true for as many as it says."""

import math
import random

import pytest

from warmline.domain.routing.expected_wait import Patience, by_head, spread


def test_a_wait_without_memory_is_half_over_at_its_median_and_nearly_always_at_its_longest():
    estimate = spread(10, 1)
    assert estimate.mean_s == 10
    assert estimate.half_s == pytest.approx(10 * math.log(2), rel=0.02)
    assert estimate.most_s == pytest.approx(10 * math.log(10), rel=0.02)


@pytest.mark.parametrize("steps", [1, 4, 40])
def test_half_and_nine_in_ten_are_what_happens(steps: int):
    chance = random.Random(7)
    waits = sorted(sum(chance.expovariate(1 / 4) for _ in range(steps)) for _ in range(4000))
    estimate = spread(4 * steps, steps)
    assert estimate.half_s == pytest.approx(waits[2000], rel=0.06)
    assert estimate.most_s == pytest.approx(waits[3600], rel=0.06)


def test_behind_a_head_who_waits_long_everybody_waits_long():
    assert by_head(200, 4).mean_s == 200
    assert by_head(200, 30).most_s < by_head(200, 4).most_s, "a long line is more certain"


def test_patience_is_learned_from_those_who_left_and_those_who_stayed():
    chance, patience = random.Random(11), Patience()
    for _ in range(3000):
        lasts_s, wait_s = chance.expovariate(1 / 150), chance.expovariate(1 / 90)
        if lasts_s < wait_s:
            patience.gave_up(lasts_s)
        else:
            patience.answered(wait_s)
    assert patience.mean_s == pytest.approx(150, rel=0.2)


def test_before_anybody_left_patience_is_the_usual_and_it_never_becomes_absurd():
    patience = Patience()
    assert patience.mean_s == 600
    for _ in range(100):
        patience.gave_up(0.5)
    assert patience.mean_s == 20
    for _ in range(400):
        patience.answered(3600)
    assert patience.mean_s == 7200


def test_a_patience_nothing_is_known_of_is_that_of_its_surroundings():
    patience = Patience.unknown()
    assert patience.within(240, 4) == 240
    for _ in range(40):
        patience.gave_up(60)
    assert patience.within(240, 4) == pytest.approx((40 * 60 + 4 * 240) / 44, rel=0.1)
