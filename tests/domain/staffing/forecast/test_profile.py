"""Shapes of days: believed as far as the evidence goes."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmline.domain.staffing.forecast.invented import poisson
from warmline.domain.staffing.forecast.profile import HOLIDAY, Profiles

MORNING = (0.0, 0.5, 0.3, 0.15, 0.05, 0.0)
EVENING = (0.0, 0.1, 0.1, 0.3, 0.5, 0.0)


def learned(total: float, weeks: int, saturday: tuple[float, ...] = MORNING, seed: int = 1) -> Profiles:
    rng = random.Random(seed)
    profiles = Profiles(6)
    for _ in range(weeks):
        for kind in range(6):
            shape = saturday if kind == 5 else MORNING
            profiles.learn(kind, [float(poisson(rng, total * share)) for share in shape])
    return profiles


def missed(found: list[float], true: tuple[float, ...]) -> float:
    return sum(abs(one - other) for one, other in zip(found, true, strict=True))


def test_nothing_is_known_before_the_first_day():
    assert Profiles(6).shape(0) == []


def test_a_weekday_of_its_own_kind_is_recognised_when_there_is_evidence():
    profiles = learned(600, 8, saturday=EVENING)
    assert missed(profiles.shape(5), EVENING) < 0.06
    assert missed(profiles.shape(1), MORNING) < 0.06


def test_few_contacts_lean_on_what_all_days_have_in_common():
    shared = sum(missed(learned(6, 4, seed=seed).shape(2), MORNING) for seed in range(20))
    alone = 0.0
    for seed in range(20):
        rng = random.Random(seed)
        counts = [sum(poisson(rng, 6 * share) for _ in range(4)) for share in MORNING]
        alone += missed([count / max(1, sum(counts)) for count in counts], MORNING)
    assert shared < 0.75 * alone


def test_a_holiday_never_met_has_the_shape_of_its_likes():
    profiles = learned(600, 8, saturday=EVENING)
    assert missed(profiles.shape(HOLIDAY), EVENING) < 0.1


def test_a_shape_that_changes_for_good_is_followed_within_weeks():
    profiles = learned(600, 20)
    rng = random.Random(2)
    for _ in range(8):
        for kind in range(5):
            profiles.learn(kind, [float(poisson(rng, 600 * share)) for share in EVENING])
    assert missed(profiles.shape(3), EVENING) < 0.3


def test_a_slot_that_was_not_recorded_does_not_become_quiet():
    profiles = learned(600, 8)
    before = profiles.shape(1)[1]
    for _ in range(6):
        profiles.learn(1, [0.0, None, 180.0, 90.0, 30.0, 0.0])
    assert profiles.shape(1)[1] == pytest.approx(before, rel=0.05)


@given(st.lists(st.lists(st.integers(0, 50), min_size=4, max_size=4), min_size=1, max_size=30))
def test_shares_always_sum_to_one(days: list[list[int]]):
    profiles = Profiles(4)
    for n, day in enumerate(days):
        profiles.learn(n % 7, [float(count) for count in day])
    shape = profiles.shape(3)
    assert not shape or (sum(shape) == pytest.approx(1) and min(shape) >= 0)
    assert profiles.noise >= 0
