"""Keys stand in for UUIDs in a simulation: alike in what the engine reads, and equal only to themselves."""

from uuid import UUID

from warmline.domain.routing.ids import Key


def test_a_key_tells_its_number_and_passes_for_an_id():
    assert Key(7).int == 7
    assert isinstance(Key(7), UUID)


def test_two_keys_of_the_same_number_are_two_contacts():
    first, second = Key(7), Key(7)
    assert {first: "first", second: "second"} == {second: "second", first: "first"}
    assert first != second
