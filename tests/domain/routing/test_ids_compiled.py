"""The keys of the compiled engine are alike, in all it reads, to those of the interpreted one."""

from warmline.domain.routing import ids, ids_compiled


def test_a_key_tells_the_same_number():
    assert ids_compiled.Key(7).int == ids.Key(7).int == 7


def test_two_keys_of_the_same_number_are_two_contacts():
    first, second = ids_compiled.Key(7), ids_compiled.Key(7)
    assert first != second
    assert {first: 1, second: 2} == {second: 2, first: 1}
