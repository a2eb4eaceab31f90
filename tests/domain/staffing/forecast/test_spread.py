"""Bounds hold what they promise; chance is known exactly."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmline.domain.staffing.forecast.invented import poisson
from warmline.domain.staffing.forecast.spread import INSIDE, Spread, bounds, poisson_miss


@given(st.floats(0, 5000), st.floats(0, 1))
def test_bounds_are_in_order_and_around_the_middle(mean: float, excess: float):
    low, high = bounds(mean, excess)
    assert 0 <= low <= high
    if excess < 0.1:
        assert low <= mean + 1
        assert high >= mean - 1 or mean < 3


@given(st.floats(1, 3000), st.floats(0, 0.5))
def test_more_spread_never_narrows(mean: float, excess: float):
    low, high = bounds(mean, excess)
    wider_low, wider_high = bounds(mean, excess + 0.2)
    assert wider_high - wider_low >= high - low - 1


def test_pure_chance_has_the_quantiles_of_poisson():
    assert bounds(4.0, 0.0) == (2, 7)
    assert bounds(29.9, 0.0) == (23, 37)
    low, high = bounds(1000.0, 0.0)  # by the approximation
    assert (low, high) == (pytest.approx(960, abs=2), pytest.approx(1041, abs=2))


@given(st.floats(0.05, 300))
def test_the_unavoidable_miss_is_that_of_poisson(mean: float):
    term, exact = math.exp(-mean), 0.0
    for count in range(int(mean + 60 + 12 * math.sqrt(mean))):
        exact += term * abs(count - mean)
        term *= mean / (count + 1)
    assert poisson_miss(mean) == pytest.approx(exact, rel=1e-6)


@pytest.mark.parametrize("noise", [0.0, 0.1, 0.35])
def test_bounds_learn_from_what_was_missed(noise: float):
    rng = random.Random(5)
    spread = Spread(0.03)
    inside = tried = 0
    for day in range(160):
        mood = math.exp(rng.gauss(0, noise))
        means = [rng.uniform(20, 200) for _ in range(24)]
        counts = [float(poisson(rng, mean * mood)) for mean in means]
        if day >= 60:
            for mean, count in zip(means, counts, strict=True):
                low, high = spread.bounds(mean)
                inside += low <= count <= high
                tried += 1
        spread.learn(means, counts)
    assert inside / tried == pytest.approx(INSIDE, abs=0.06)
