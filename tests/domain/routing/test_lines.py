"""Lines keep their order, skip the dead at the head, and vanish when empty."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.hands import ProfileHands
from warmline.domain.routing.lines import Lines, Needs, Place
from warmline.domain.routing.model import Profile, Seat, WaitingContact

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
NOBODY: frozenset[UUID] = frozenset()


def place(number: int, needs: Needs) -> Place:
    return Place(
        WaitingContact(UUID(int=number), needs.queue_id, "webchat", NOON + timedelta(seconds=number)),
        needs,
        number,
    )


def test_the_oldest_stands_at_the_head_however_they_came():
    lines, needs = Lines(), Needs("orders", ())
    first, second = place(1, needs), place(2, needs)
    lines.enter(second, None, NOBODY)
    lines.enter(first, None, NOBODY)
    (line,) = lines.shared("orders")
    assert line.head() is first
    lines.leave(first)
    assert line.head() is second
    assert lines.waiting["orders"] == 1


def test_an_empty_line_is_dropped():
    lines, needs = Lines(), Needs("orders", ())
    only = place(1, needs)
    lines.enter(only, None, NOBODY)
    lines.leave(only)
    assert lines.shared("orders") == lines.every() == []


def test_a_line_for_one_agent_is_found_by_that_agent_only():
    lines, needs, mina = Lines(), Needs("orders", ()), UUID(int=100)
    one = place(1, needs)
    lines.enter(one, mina, NOBODY)
    assert lines.shared("orders") == []
    assert [list(line.places()) for line in lines.private(mina)] == [[one]]


def test_who_leaves_and_comes_back_stands_in_line_once():
    lines, needs = Lines(), Needs("orders", ())
    one, two = place(1, needs), place(2, needs)
    lines.enter(two, None, NOBODY)
    for _ in range(3):
        lines.enter(one, None, NOBODY)
        lines.leave(one)
    lines.enter(one, None, NOBODY)
    (line,) = lines.shared("orders")
    assert sorted(each.id_int for each in line.places()) == [1, 2]
    assert line.head() is one


def test_needs_know_which_profiles_fit_and_their_delays():
    needs = Needs("orders", (SkillNeed("ja", 3),))
    fluent = ProfileHands(Profile.of((Seat("orders", 1, 20),), {"ja": 5}))
    learner = ProfileHands(Profile.of((Seat("orders"),), {"ja": 1}))
    assert needs.consider(fluent)
    assert not needs.consider(learner)
    assert needs.delays_us == (20_000_000,)
    needs.forget(fluent)
    assert (needs.fitting, needs.delays_us) == (set(), ())
