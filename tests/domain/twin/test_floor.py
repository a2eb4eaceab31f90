import pytest
from msgspec.structs import replace
from tests.domain.twin.conftest import HELP, calls, run, small

from warmline.domain.routing.model import Seat
from warmline.domain.twin.result import read
from warmline.domain.twin.world import Group, Outage, Queue, Shift, Span


def test_on_a_break_nobody_is_asked_but_what_began_is_finished():
    team = Group("team", HELP, shifts=(Shift(0, 600, (Span(30, 200),)),))
    _, diary = run(small(calls(0, 10), group=team), 900)
    assert diary.of(1) == [(0, "answered"), (60, "done")]
    assert diary.of(2) == [(200, "answered"), (260, "done")]


def test_hours_tell_who_was_there_paid_and_busy():
    team = Group("team", HELP, shifts=(Shift(0, 600, (Span(30, 200),)),))
    simulation, _ = run(small(calls(0, 10), group=team, interval_s=300.0), 900)
    total, intervals = read(simulation).groups["team"]
    # There: 600 s less the break of 170 s, and 30 s of it were needed to finish.
    assert (total.paid_s, total.there_s, total.busy_s) == (600, 460, 120)
    assert (total.occupancy, total.utilisation) == (120 / 460, 0.2)
    assert [work.busy_s for work in intervals] == [120, 0, 0]
    assert [work.paid_s for work in intervals] == [300, 300, 0]


def test_while_the_router_stands_still_conversations_go_on_and_newcomers_wait():
    world = small(calls(0, 70), outages=(Outage(30, 100),))
    _, diary = run(world, 600)
    assert diary.of(1) == [(0, "answered"), (60, "done")]
    assert diary.of(2) == [(100, "answered"), (160, "done")]


def test_when_desks_die_their_customers_wait_again_and_others_help_them_first():
    world = small(calls(0, 5))
    groups = (Group("here", HELP), Group("elsewhere", HELP))
    world = replace(world, groups=groups, outages=(Outage(20, 500, "agents_gone", ("here",)),))
    _, diary = run(world, 600)
    assert diary.of(1) == [(0, "answered"), (20, "waits again"), (65, "answered"), (105, "done")]
    assert diary.of(2) == [(5, "answered"), (65, "done")]


def test_an_offer_on_a_dead_desk_ends_too():
    team = Group("here", HELP, no_answer=1.0, offer_timeout_s=60)
    world = small(calls(0), group=team, outages=(Outage(20, 100, "agents_gone"),))
    _, diary = run(world, 150)
    assert diary.of(1) == [(0, "offered"), (20, "waits again"), (100, "offered")]


def test_two_outages_at_once_are_over_when_both_are():
    world = small(calls(60), outages=(Outage(30, 100), Outage(50, 200)))
    _, diary = run(world, 600)
    assert diary.of(1) == [(200, "answered"), (260, "done")]


@pytest.mark.parametrize("patience_s", [30, 31])
def test_who_leaves_the_moment_somebody_may_be_asked_is_matched_first(patience_s: float):
    late = Group("late", (Seat("help", delay_s=30),), 1)
    _, diary = run(small(calls(0, patience_s=patience_s), group=late), 200)
    assert diary.of(1) == [(30, "answered"), (90, "done")]


def test_who_moves_on_the_moment_somebody_may_be_asked_is_matched_once():
    late = Group("late", (Seat("help", delay_s=30),), 1)
    queues = (Queue("help", overflow_after_s=30, overflow_to="backup"), Queue("backup"))
    _, diary = run(replace(small(calls(0), group=late), queues=queues), 200)
    assert diary.of(1) == [(30, "answered"), (90, "done")]
