from typing import Literal

import pytest
from msgspec.structs import replace
from tests.domain.twin.conftest import HELP, calls, figures, run, small

from warmline.domain.routing.invariants import WatchedEngine
from warmline.domain.routing.rules import CallbackRules, QueueRules
from warmline.domain.twin.distributions import Fixed
from warmline.domain.twin.world import Calls, Group, Outage, Queue, Shift, Span, Stream, World

RULES = CallbackRules(True, offer_after_s=30, attempts=2, retry_s=100, confirm_s=20)


def promising(*at_s: float, rules: CallbackRules = RULES, reached: float = 1.0, **more: object) -> World:
    """Calls of a minute each, one agent; everybody who is asked would rather be called."""
    queue = Queue("help", rules=replace(QueueRules(callback=rules), **more))
    world = small(calls(*at_s), queue=queue)
    stream = replace(world.streams[0], calls=Calls(1.0, reached, Fixed(15)))
    return replace(world, streams=(stream,))


def play(world: World, until_s: float = 600):
    return run(world, until_s, engine=WatchedEngine(full_every=1))


def test_who_would_rather_be_called_keeps_the_place_in_line():
    world = promising(0, 10, 20)
    second_waits_on = replace(world.streams[0], id="patient", calls=Calls(0.0), arrivals=calls(15))
    simulation, diary = play(replace(world, streams=(*world.streams, second_waits_on)))
    names = {at_s: number for at_s, what, number, _ in diary.entries if what == "answered"}
    assert diary.of(2)[0] == (40, "promised")
    assert names[60] == 2  # older than the one who goes on waiting
    assert sorted(names) == [0, 60, 120, 180]
    told = figures(simulation)
    assert (told.came, told.answered, told.promised, told.called_back) == (4, 2, 2, 2)


def test_who_is_called_does_not_hang_up_and_counts_as_no_wait():
    world = promising(0, 10)
    impatient = replace(world.streams[0], patience=Fixed(45), arrivals=calls(0, 10, patience_s=45))
    simulation, diary = play(replace(world, streams=(impatient,)))
    assert diary.of(2) == [(40, "promised"), (60, "answered"), (120, "done")]
    assert figures(simulation).abandoned == 0
    assert figures(simulation).service_level == 1


def test_who_is_not_reached_is_called_again_as_often_as_the_queue_says():
    simulation, diary = play(promising(0, 10, reached=0.0))
    assert diary.of(2) == [
        (40, "promised"), (60, "called in vain"), (175, "in line again"), (175, "called in vain"),
        (190, "never reached"),
    ]  # fmt: skip
    told = figures(simulation)
    assert (told.promised, told.unreached, told.called_back, told.work_s) == (1, 1, 0, 60 + 15 + 15)


def test_where_the_customer_is_asked_first_no_agent_calls_in_vain():
    rules = replace(RULES, order="customer_first")
    simulation, diary = play(promising(0, 10, rules=rules, reached=0.0))
    assert [entry[1] for entry in diary.of(2)] == ["promised", "asked", "in line again", "asked", "never reached"]
    assert figures(simulation).work_s == 60
    _, diary = play(promising(0, 10, rules=rules))
    (_, (asked_s, _), (back_s, what), (answered_s, _), _) = diary.of(2)
    assert (asked_s, what) == (60, "in line again")
    assert 60 <= back_s == answered_s <= 80


def test_after_the_longest_wait_the_queue_promises_a_call_to_everybody():
    rules = replace(RULES, offered=False)
    world = promising(0, 10, rules=rules, max_wait_s=25, at_max_wait="callback")
    _, diary = play(replace(world, streams=(replace(world.streams[0], calls=Calls(0.0)),)))
    assert diary.of(2) == [(35, "promised"), (60, "answered"), (120, "done")]


def test_a_promised_call_waits_for_the_queue_to_open_and_goes_first_then():
    world = promising(0, 10, 510)
    team = Group("team", HELP, 1, shifts=(Shift(0, 50), Shift(500, 900)))
    queue = replace(world.queues[0], opened=(Span(0, 45), Span(505, 900)), lets_in=True)
    _, diary = play(replace(world, queues=(queue,), groups=(team,)), 900)
    assert diary.of(2) == [(40, "promised"), (505, "in line again"), (505, "answered"), (565, "done")]
    assert diary.of(3)[-2] == (565, "answered")


def test_nobody_will_come_and_so_a_call_is_promised_where_that_is_offered():
    rules = replace(RULES, offer_after_s=5_000)
    world = promising(0, 10, rules=rules, leave_when_empty=True)
    team = Group("team", HELP, 1, shifts=(Shift(0, 50), Shift(500, 900)))
    _, diary = play(replace(world, queues=(replace(world.queues[0], looks_every_s=60),), groups=(team,)), 900)
    assert diary.of(2) == [(70, "promised"), (500, "answered"), (560, "done")]


@pytest.mark.parametrize("kind", ["agents_gone", "no_offers"])
def test_a_desk_that_dies_while_it_calls_leaves_the_call_to_be_made(kind: Literal["agents_gone", "no_offers"]):
    world = promising(0, 10, reached=0.0)
    _, diary = play(replace(world, outages=(Outage(70, 200, kind),)))
    if kind == "agents_gone":
        assert (200, "called in vain") in diary.of(2)
        assert [what for _, what in diary.of(2)].count("called in vain") == 3  # the broken one does not count
    else:
        assert diary.of(2)[-1] == (215, "never reached")


def test_missed_by_the_agent_a_promised_call_is_offered_again():
    team = Group("team", HELP, 1, answers_after=Fixed(25), offer_timeout_s=20, misses_allowed=99)
    world = promising(0)
    stream = Stream("calls", "help", calls(0), Fixed(60), calls=Calls(1.0))
    _, diary = play(replace(world, groups=(team,), streams=(stream,)), 100)
    assert diary.of(1)[:3] == [(0, "offered"), (20, "missed"), (20, "waits again")]
