"""Lines keep their order, skip the dead at the head, and vanish when empty."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from warmline.domain.routing.lines import Line, Lines, Place, Plan
from warmline.domain.routing.waiting import WaitingContact

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def place(number: int, plan: Plan) -> Place:
    contact = WaitingContact(UUID(int=number), plan.queue_id, "webchat", NOON + timedelta(seconds=number))
    return Place(contact, plan, number, number, number)


def only_line(plan: Plan) -> Line:
    (line,) = plan.lines.values()
    return line


def test_the_oldest_stands_at_the_head_however_they_came():
    lines, plan = Lines(), Plan("orders")
    first, second = place(1, plan), place(2, plan)
    lines.enter(second)
    lines.enter(first)
    assert only_line(plan).head() is first
    lines.leave(first)
    assert only_line(plan).head() is second
    assert lines.waiting["orders"] == 1


def test_an_empty_line_is_dropped():
    lines, plan = Lines(), Plan("orders")
    only = place(1, plan)
    lines.enter(only)
    assert lines.live == {plan}
    lines.leave(only)
    assert (plan.lines, lines.live, plan.waiting) == ({}, set(), 0)


def test_a_line_for_one_agent_is_found_by_that_agent_only():
    lines, plan, mina = Lines(), Plan("orders"), UUID(int=100)
    one = place(1, plan)
    lines.enter(one, mina)
    assert (plan.lines, lines.live) == ({}, set())
    assert [list(line.places()) for line in lines.private(mina)] == [[one]]
    assert [list(line.places()) for line in lines.every([plan])] == [[one]]
    lines.leave(one)
    assert lines.private(mina) == []


def test_who_leaves_and_comes_back_stands_in_line_once():
    lines, plan = Lines(), Plan("orders")
    one, two = place(1, plan), place(2, plan)
    lines.enter(two)
    for _ in range(3):
        lines.enter(one)
        lines.leave(one)
    lines.enter(one)
    line = only_line(plan)
    assert sorted(each.id_int for each in line.places()) == [1, 2]
    assert line.head() is one


def test_those_who_give_up_behind_a_patient_head_are_forgotten():
    lines, plan = Lines(), Plan("orders")
    lines.enter(place(0, plan))
    for number in range(1, 2_000):
        impatient = place(number, plan)
        lines.enter(impatient)
        lines.leave(impatient)
    line = only_line(plan)
    assert line.live == 1
    assert line.remembered() < 100


def test_contacts_that_leave_agents_out_are_found_past_those_who_leave_out_the_same_one():
    lines, plan, mina, yuki = Lines(), Plan("orders"), UUID(int=100), UUID(int=101)
    first, second, third = (place(number, plan) for number in (1, 2, 3))
    for each, avoided in ((third, yuki), (first, mina), (second, mina)):
        each.avoid = {avoided: 99}
        lines.enter(each)
    line = only_line(plan)
    assert (line.head(), line.first_for(mina), line.first_for(yuki)) == (first, third, first)
    assert line.heads() == list(line.places()) == [first, second, third]
    lines.leave(third)
    assert (line.first_for(mina), line.remembered()) == (None, 2)
