import math
import random

import pytest
from tests.domain.twin.conftest import textbook

from warmline.domain.staffing.erlang import erlang_a
from warmline.domain.twin.replications import batch_means, estimate, ratio, replicate
from warmline.domain.twin.run import Stopped, simulate

WORLD = textbook(240, 60, 4, 60)


def test_several_runs_give_an_interval_that_holds_the_truth():
    found = replicate(WORLD, 1, 7_200, 8).queues["help"].total["abandonment"]
    truth = erlang_a(240 / 3_600, 60, 60, 4).p_abandon
    assert found.low < truth < found.high
    assert found.high - found.low < 0.1
    assert found.runs == 8


def test_every_half_hour_has_its_own_interval():
    found = replicate(WORLD, 1, 7_200, 3).overall.intervals
    assert len(found) == 4
    assert all(half_hour["came"].low < half_hour["came"].mean < half_hour["came"].high for half_hour in found)


def test_two_staffings_are_compared_on_the_same_days():
    few, many = (replicate(textbook(240, 60, agents, 60), 1, 7_200, 4).overall.total for agents in (4, 6))
    assert few["came"] == many["came"]
    assert few["service_level"].mean < many["service_level"].mean


def test_progress_goes_over_all_runs_and_stops_them():
    seen: list[float] = []
    with pytest.raises(Stopped):
        replicate(textbook(3_600, 60, 65), 1, 7_200, 3, progress=lambda share: seen.append(share) or share < 0.5)
    assert 0.5 <= seen[-1] < 0.9


def test_one_long_run_cut_into_batches_holds_the_truth():
    found = batch_means(simulate(WORLD, 4, 90_000).overall, 25)
    truth = erlang_a(240 / 3_600, 60, 60, 4)
    assert found["had_to_wait"].low < truth.p_wait < found["had_to_wait"].high
    assert found["wait_all_mean_s"].low < truth.mean_wait_s < found["wait_all_mean_s"].high
    assert found["occupancy"].low < truth.occupancy < found["occupancy"].high


def test_too_many_batches_are_refused():
    with pytest.raises(ValueError, match="4 intervals cannot be cut into 5"):
        batch_means(simulate(WORLD, 4, 7_200).overall, 5)


def test_intervals_hold_the_truth_as_often_as_they_say():
    chance = random.Random(3)
    held = 0
    for _ in range(400):
        found = estimate([chance.gauss(7, 2) for _ in range(6)], 0.9)
        held += found.low <= 7 <= found.high
    assert held == pytest.approx(360, abs=20)


def test_a_ratio_weighs_batches_by_their_size():
    found = ratio([1, 9], [10, 30], 0.95)
    assert found.mean == 0.25
    assert found.low < 0.25 < found.high


def test_one_run_alone_promises_nothing():
    assert estimate([3.0]).high == math.inf
