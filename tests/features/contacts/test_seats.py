"""A visitor's pages: enough for anybody's tabs, and an end to them."""

from warmline.features.contacts.seats import Seats


def test_the_oldest_page_makes_room_for_the_newest_and_others_are_not_asked():
    seats, told = Seats(pages_at_most=2), []
    for page in ("first", "second", "third"):
        seats.take("visitor", lambda page=page: told.append(page))
    seats.take("somebody else", lambda: told.append("else"))
    assert told == ["first"]


def test_a_page_that_left_takes_no_room_however_often_it_says_so():
    seats, told = Seats(pages_at_most=2), []
    first = seats.take("visitor", lambda: told.append("first"))
    first.close()
    first.close()
    second = seats.take("visitor", lambda: told.append("second"))
    third = seats.take("visitor", lambda: told.append("third"))
    assert told == []
    second.close()
    third.close()
    assert len(seats) == 0
