import random

import pytest
from tests.features.twin.conftest import answered, gone

from warmline.domain.twin.distributions import Empirical, Exponential
from warmline.features.twin.estimates import (
    KEPT,
    assumed_patience_s,
    handle_of,
    kept,
    mean_patience_s,
    patience_of,
)


def test_patience_counts_everybody_s_wait_but_only_those_who_left():
    stays = [answered(0, 30, 60), gone(0, 90), answered(0, 0, 60)]
    assert mean_patience_s(stays) == (120.0, 1)


def test_nobody_gave_up_so_a_patience_is_assumed_that_what_was_seen_does_not_contradict():
    assert patience_of([], "help") == patience_of([answered(0, 30, 60)], "help") == Exponential(240)
    patient = [answered(0, 400, 60), answered(0, 600, 60), answered(0, 9_999, 60, queue="money")]
    assert patience_of(patient, "help") == Exponential(1_000)
    assert (assumed_patience_s(patient, "help"), assumed_patience_s([], "help")) == (1_000, 240)


def test_nothing_is_assumed_where_anybody_gave_up():
    stays = [gone(0, 90, "money"), answered(0, 30, 60)]
    assert assumed_patience_s(stays, "help") is None
    assert patience_of(stays, "help") == Exponential(120)


def test_true_patience_is_found_although_most_were_answered_before_they_lost_it():
    chance = random.Random(8)
    stays = []
    for _ in range(4_000):
        patience, turn = chance.expovariate(1 / 180), chance.expovariate(1 / 60)
        stays.append(answered(0, turn, 60) if turn < patience else gone(0, patience))
    found = patience_of(stays, "help")
    assert found is not None
    assert found.mean_s == pytest.approx(180, rel=0.08)
    left = [stay.until_s or 0.0 for stay in stays if stay.ending == "gave_up"]
    assert sum(left) / len(left) < 60  # what one sees without the others


def test_a_queue_with_few_who_left_takes_everybody_s_patience():
    stays = [gone(0, 10, "money"), *(gone(0, 100) for _ in range(20))]
    everybody = patience_of(stays, "money")
    assert everybody is not None
    assert everybody.mean_s == pytest.approx(2_010 / 21)


def test_handle_times_are_the_queue_s_own_then_the_channel_s_then_a_guess():
    stays = [answered(0, 0, 60), answered(0, 0, 90)]
    assert handle_of(stays, "help", "voice") == Empirical((60.0, 90.0))
    assert handle_of(stays, "money", "voice") == Empirical((60.0, 90.0))
    assert handle_of([], "help", "voice") == Exponential(300.0)


def test_many_values_are_thinned_evenly():
    thin = kept(float(number) for number in range(10_000))
    assert len(thin) == KEPT
    assert sum(thin) / KEPT == pytest.approx(4_999.5, rel=0.01)
