"""Looking after every contact, for ever, errs in at most one of twenty comparisons; real differences are found."""

import random

import pytest

from warmline.domain.experiment.assignment import Arm
from warmline.domain.experiment.evidence import Evidence, p_of

ARMS: tuple[Arm, Arm] = ("a", "b")


def _caught(lots: random.Random, rates: tuple[float, float], share: float, most: int) -> bool:
    """Tell whether somebody who looks all the time would ever have called the versions different."""
    evidence = Evidence(share, base=0.5)
    for _ in range(most):
        arm = "b" if lots.random() < share else "a"
        evidence.add(arm, lots.random() < rates[arm == "b"])
        if evidence.p <= 0.05:
            return True
    return False


@pytest.mark.parametrize(("rate", "share"), [(0.5, 0.5), (0.05, 0.5), (0.9, 0.5), (0.3, 0.1), (0.02, 0.9)])
def test_versions_that_are_alike_are_called_different_in_at_most_one_of_twenty(rate: float, share: float):
    lots = random.Random(hash((rate, share)) % 2**32)
    runs = 500
    wrong = sum(_caught(lots, (rate, rate), share, 800) for _ in range(runs))
    assert wrong / runs <= 0.05


def test_the_usual_test_looked_at_all_the_time_would_err_far_more_often():
    lots = random.Random(5)
    wrong = 0
    for _ in range(200):
        counts = [[0, 0], [0, 0]]
        for number in range(800):
            arm = lots.random() < 0.5
            counts[arm][0] += 1
            counts[arm][1] += lots.random() < 0.5
            if number < 20 or not counts[0][0] or not counts[1][0]:
                continue
            rate_a, rate_b = counts[0][1] / counts[0][0], counts[1][1] / counts[1][0]
            error = (rate_a * (1 - rate_a) / counts[0][0] + rate_b * (1 - rate_b) / counts[1][0]) ** 0.5
            if error and abs(rate_b - rate_a) / error > 1.96:
                wrong += 1
                break
    assert wrong / 200 > 0.2


def test_the_bet_is_fair_whatever_the_common_rate_is():
    """Enumerate every course of six contacts: weighted by its chance, what the bet grows to is exactly 1."""
    for rate, share in ((0.2, 0.5), (0.7, 0.3)):
        courses: list[tuple[tuple[tuple[Arm, bool], ...], float]] = [((), 1.0)]
        for _ in range(6):
            courses = [
                ((*course, (arm, success)), chance * (share if arm == "b" else 1 - share) * part)
                for course, chance in courses
                for arm in ARMS
                for success, part in ((True, rate), (False, 1 - rate))
            ]
        expected = 0.0
        for course, chance in courses:
            evidence = Evidence(share, base=0.4)
            for arm, success in course:
                evidence.add(arm, success)
            expected += chance * evidence.ratio
        assert expected == pytest.approx(1.0)


def test_a_real_difference_is_found_and_stays_found():
    lots = random.Random(11)
    assert _caught(lots, (0.4, 0.6), 0.5, 2000)
    outcomes: list[tuple[Arm, bool]] = [(ARMS[number % 2], bool(number % 2)) for number in range(60)]
    strong = p_of(outcomes, 0.5)
    assert strong < 0.001
    turn: list[tuple[Arm, bool]] = [("a", True), ("b", False)]
    later = [*outcomes, *turn * 5]
    assert p_of(later, 0.5) == strong, "what was seen was seen"


def test_nothing_is_evidence_of_nothing():
    assert p_of([], 0.5) == 1.0
