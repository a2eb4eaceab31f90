"""A wait is told in minutes a person would say, and told again when that matters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmline.domain.journey.telling import Between, is_news, rounded


@pytest.mark.parametrize(
    ("half_s", "most_s", "low_min", "high_min"),
    [
        (0, 0, 0, 1),  # under a minute
        (25, 55, 0, 1),
        (35, 100, 1, 2),
        (170, 290, 3, 5),
        (440, 700, 7, 15),
        (1_000, 1_500, 15, 25),
        (3_000, 4_300, 50, 80),
        (7_000, 12_000, 120, 210),
    ],
)
def test_a_wait_is_told_in_round_minutes(half_s: float, most_s: float, low_min: int, high_min: int):
    assert rounded(half_s, most_s) == (60 * low_min, 60 * high_min)


@given(st.floats(0, 20_000), st.floats(0, 10_000))
def test_what_is_told_never_ends_before_what_is_expected(half_s: float, more_s: float):
    low_s, high_s = rounded(half_s, half_s + more_s)
    assert high_s >= half_s + more_s - 0.001
    assert 0 <= low_s <= high_s
    assert high_s >= 60


def test_shorter_is_news_at_once_and_longer_only_when_clearly_so():
    assert is_news((180, 300), (120, 240))
    assert not is_news((180, 300), (180, 300))
    assert not is_news((180, 300), (240, 360))
    assert is_news((180, 300), (240, 420))
    assert not is_news((1800, 2400), (1920, 2700))
    assert is_news((1800, 2400), (1800, 3000))


def test_an_interval_is_a_number_where_one_is_asked_for():
    wait = Between(60, 180)
    assert (wait, wait.low_s) == (180, 60)
