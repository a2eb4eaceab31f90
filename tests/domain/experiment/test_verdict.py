"""Nothing is said before it is earned."""

from warmline.domain.experiment.assignment import Arm
from warmline.domain.experiment.intervals import Interval
from warmline.domain.experiment.verdict import compare


def _mixed(count: int, good_a: int, good_b: int) -> list[tuple[Arm, bool]]:
    """Contacts by turns; of every ten of a version the first `good` go well."""
    sides: tuple[tuple[Arm, int], ...] = (("a", good_a), ("b", good_b))
    return [(arm, number % 10 < good) for number in range(count) for arm, good in sides]


def test_before_the_first_contact_nothing_is_known():
    found = compare([], share=0.5, base=0.5, needed=100)
    assert (found.verdict, found.p, found.difference) == ("undecided", 1.0, None)
    assert found.difference_interval == Interval(-1.0, 1.0)
    assert found.a.rate is None


def test_a_lead_of_a_few_contacts_is_no_verdict():
    found = compare(_mixed(5, 1, 3), share=0.5, base=0.5, needed=300)
    assert found.difference is not None
    assert found.difference > 0
    assert found.verdict == "undecided"


def test_a_clear_lead_is_told_whichever_version_has_it():
    assert compare(_mixed(100, 3, 7), share=0.5, base=0.5, needed=10_000).verdict == "b_better"
    worse = compare(_mixed(100, 7, 3), share=0.5, base=0.5, needed=10_000)
    assert worse.verdict == "a_better"
    assert worse.p <= 0.05
    assert (worse.a.contacts, worse.a.successes) == (100, 70)


def test_that_nothing_was_found_is_said_only_when_enough_contacts_are_settled():
    alike = _mixed(100, 5, 5)
    assert compare(alike, share=0.5, base=0.5, needed=201).verdict == "undecided"
    assert compare(alike, share=0.5, base=0.5, needed=200).verdict == "no_difference"
