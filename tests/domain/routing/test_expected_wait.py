"""What a waiting customer is told comes true for as many as it says."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmline.domain.routing.expected_wait import Patience, by_head, by_line, expected_wait

NEVER = math.inf


def test_next_in_line_with_a_call_ending_every_ten_seconds_waits_ten_seconds_on_average():
    estimate = by_line(0, 10, NEVER)
    assert estimate.mean_s == 10
    assert estimate.half_s == pytest.approx(10 * math.log(2), rel=0.02)
    assert estimate.most_s == pytest.approx(10 * math.log(10), rel=0.02)


def test_those_who_give_up_ahead_shorten_the_wait():
    patient, impatient = by_line(50, 3, NEVER), by_line(50, 3, 180)
    assert patient.mean_s == pytest.approx(153)
    assert impatient.mean_s < patient.mean_s
    assert impatient.mean_s == pytest.approx(sum(1 / (1 / 3 + left / 180) for left in range(51)))


@given(st.integers(0, 300), st.floats(0.5, 60), st.floats(30, 3600))
def test_a_longer_line_never_promises_less(ahead: int, per_answer_s: float, patience_s: float):
    near, far = by_line(ahead, per_answer_s, patience_s), by_line(ahead + 1, per_answer_s, patience_s)
    assert near.mean_s < far.mean_s
    assert near.half_s <= far.half_s
    assert near.most_s <= far.most_s
    assert near.half_s <= near.mean_s <= near.most_s


@pytest.mark.parametrize(("ahead", "patience_s"), [(0, 300.0), (3, 300.0), (40, 120.0), (40, 3600.0)])
def test_half_and_nine_in_ten_are_what_happens(ahead: int, patience_s: float):
    chance = random.Random(7)
    waits = sorted(
        sum(chance.expovariate(1 / 4 + left / patience_s) for left in range(ahead + 1)) for _ in range(4000)
    )
    estimate = by_line(ahead, 4, patience_s)
    assert estimate.half_s == pytest.approx(waits[2000], rel=0.06)
    assert estimate.most_s == pytest.approx(waits[3600], rel=0.06)


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


def test_agents_of_many_lines_are_judged_by_who_is_next():
    shared = expected_wait(4, 2, 300, head_waited_s=200, elsewhere=0.8)
    assert shared == by_head(200, 4)
    assert expected_wait(4, 2, 300, head_waited_s=200, elsewhere=0.1) == by_line(4, 2, 300)
    assert expected_wait(0, 2, 300, elsewhere=0.9) == by_line(0, 2, 300)
