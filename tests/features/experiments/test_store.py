"""Contacts are counted where their lot put them."""

from uuid import UUID

from warmline.domain.experiment.assignment import arm_of
from warmline.features.experiments.store import Entry, SplitRow, tally
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now


def test_a_contact_that_met_another_version_than_its_lot_is_set_apart():
    now = utc_now()
    split = SplitRow(new_id(), "front", 1, 2, 0.5, "contained", 60, 0.5, 0.1, 500, now)
    contacts = [UUID(int=number) for number in range(50)]
    arms = [arm_of(split.id, one, 0.5) for one in contacts]
    entries = [Entry(one, now, 1, True) for one in contacts]
    counted = tally(split, entries)
    assert counted.outcomes == (("a", True),) * arms.count("a")
    assert counted.apart == arms.count("b")
    right = [Entry(one, now, 2 if arm == "b" else 1, None) for one, arm in zip(contacts, arms, strict=True)]
    assert tally(split, right).unsettled == 50
    assert split.lots.version_of(contacts[0]) == right[0].version
