"""Moments come due once, in time, and only for those who still wait."""

from datetime import UTC, datetime
from uuid import UUID

from warmline.domain.routing.deadlines import Deadlines
from warmline.domain.routing.lines import Lines, Place, Plan
from warmline.domain.routing.waiting import WaitingContact

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
LINES = Lines()


def place(number: int) -> Place:
    one = Place(
        WaitingContact(UUID(int=number), "orders", "webchat", NOON), Plan("orders"), number, number, number
    )
    LINES.enter(one)
    return one


def test_a_place_due_twice_is_woken_once_and_later_ones_stay():
    deadlines, one, two = Deadlines(), place(1), place(2)
    deadlines.add(10, one)
    deadlines.add(20, one)
    deadlines.add(30, two)
    assert deadlines.pop(9) == []
    assert deadlines.pop(25) == [one]
    assert deadlines.pop(29) == []
    assert deadlines.pop(30) == [two]


def test_the_next_moment_is_that_of_somebody_who_still_waits():
    deadlines, gone, waiting = Deadlines(), place(1), place(2)
    deadlines.add(10, gone)
    deadlines.add(20, waiting)
    LINES.leave(gone)
    assert deadlines.next_us() == 20
    LINES.leave(waiting)
    assert deadlines.next_us() is None
