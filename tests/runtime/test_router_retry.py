"""A contact whose offer fails again and again is tried less and less often."""

from math import inf
from uuid import UUID

from warmline.runtime.router_retry import FIRST_S, LONGEST_S, RetryBook

C1 = UUID(int=1)


def test_the_first_failure_is_tried_again_at_once():
    book = RetryBook()
    assert not book.failed(C1, 0)
    assert not book.is_resting(C1)
    assert book.next_s() == inf


def test_each_further_failure_rests_twice_as_long_up_to_a_limit():
    book = RetryBook()
    book.failed(C1, 0)
    rests: list[float] = []
    for _ in range(12):
        assert book.failed(C1, 0)
        rests.append(book.next_s())
        assert book.is_resting(C1)
        assert book.take(book.next_s()) == {C1}
    assert rests[:3] == [FIRST_S, FIRST_S * 2, FIRST_S * 4]
    assert rests[-1] == LONGEST_S


def test_success_makes_the_next_failure_the_first_again():
    book = RetryBook()
    book.failed(C1, 0)
    book.succeeded(C1)
    assert not book.failed(C1, 0)
    assert book.take(99) == set()
