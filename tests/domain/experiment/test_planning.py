"""The number told beforehand is enough to find the difference, and not absurdly more."""

import random

import pytest

from warmline.domain.experiment.evidence import Evidence
from warmline.domain.experiment.planning import MOST, needed_contacts


@pytest.mark.parametrize(("base", "difference", "share"), [(0.5, 0.2, 0.5), (0.2, 0.15, 0.5), (0.6, 0.2, 0.25)])
def test_with_as_many_contacts_as_told_the_difference_is_found_in_four_of_five(
    base: float, difference: float, share: float
):
    needed = needed_contacts(base, difference, share)
    lots = random.Random(3)
    found = 0
    for _ in range(300):
        evidence = Evidence(share, base)
        for _ in range(needed):
            arm = "b" if lots.random() < share else "a"
            evidence.add(arm, lots.random() < (base + difference if arm == "b" else base))
        found += evidence.p <= 0.05
    assert 0.75 <= found / 300 <= 0.97


def test_smaller_differences_and_smaller_shares_take_more():
    assert needed_contacts(0.5, 0.05) > 3 * needed_contacts(0.5, 0.1)
    assert needed_contacts(0.5, 0.1, 0.1) > needed_contacts(0.5, 0.1, 0.5)
    assert needed_contacts(0.5, 0.00001) == MOST


@pytest.mark.parametrize(("base", "difference", "share"), [(0.5, 0.6, 0.5), (0.5, 0.0, 0.5), (0.5, 0.1, 1.0)])
def test_what_cannot_be_is_not_planned(base: float, difference: float, share: float):
    with pytest.raises(ValueError, match="no version can differ"):
        needed_contacts(base, difference, share)
