import statistics

import pytest

from warmline.domain.twin.distributions import (
    Duration,
    Empirical,
    Exponential,
    Fixed,
    Lognormal,
    check,
    mean_s,
    sampler,
    to_whole_us,
)
from warmline.domain.twin.randomness import stream
from warmline.kernel.errors import Refused


@pytest.mark.parametrize(
    ("duration", "mean", "spread"),
    [
        (Fixed(30), 30, 0),
        (Exponential(60), 60, 60),
        (Lognormal(200, 0.5), 200, 100),
        (Empirical((10.0, 20.0, 60.0)), 30, 21.6),
    ],
)
def test_drawn_durations_have_the_mean_and_spread_they_should(duration: Duration, mean: float, spread: float):
    draw = sampler(duration, stream(5, "test"))
    seconds = [draw() / 1_000_000 for _ in range(20_000)]
    assert mean_s(duration) == mean
    assert statistics.mean(seconds) == pytest.approx(mean, rel=0.025)
    assert statistics.pstdev(seconds) == pytest.approx(spread, rel=0.06)


def test_recorded_values_come_back_exactly():
    draw = sampler(Empirical((1.5, 2.25)), stream(5, "test"))
    assert {draw() for _ in range(50)} == {1_500_000, 2_250_000}


@pytest.mark.parametrize("duration", [Fixed(-1), Exponential(0), Lognormal(0, 1), Lognormal(5, -1), Empirical(())])
def test_what_is_no_duration_is_refused(duration: Duration):
    with pytest.raises(Refused, match="handle"):
        check(duration, "handle")


def test_microseconds_are_rounded():
    assert to_whole_us(0.0000015) == 2
