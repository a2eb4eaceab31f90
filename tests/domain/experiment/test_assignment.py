"""Lots are drawn once for a contact, in the proportion asked for, and anew for every split."""

from uuid import UUID

from warmline.domain.experiment.assignment import Split, arm_of

SPLIT, OTHER = UUID(int=7), UUID(int=8)
CONTACTS = [UUID(int=number) for number in range(4000)]


def test_a_contact_keeps_its_version_however_often_it_is_asked():
    split = Split(SPLIT, "orders", 3, 4, 0.5)
    first = [split.version_of(one) for one in CONTACTS]
    assert first == [split.version_of(one) for one in CONTACTS]
    assert set(first) == {3, 4}


def test_the_share_is_the_part_of_contacts_that_get_the_second_version():
    for share in (0.1, 0.5, 0.8):
        got = sum(arm_of(SPLIT, one, share) == "b" for one in CONTACTS) / len(CONTACTS)
        assert abs(got - share) < 0.03
    assert {arm_of(SPLIT, one, 0.0) for one in CONTACTS} == {"a"}
    assert {arm_of(SPLIT, one, 1.0) for one in CONTACTS} == {"b"}


def test_another_split_draws_anew():
    both = sum(arm_of(SPLIT, one, 0.5) == "b" and arm_of(OTHER, one, 0.5) == "b" for one in CONTACTS)
    assert abs(both / len(CONTACTS) - 0.25) < 0.03
