import json
import subprocess
import sys
from collections import Counter
from hashlib import sha256

import pytest
from msgspec.structs import replace
from tests.domain.twin.conftest import HELP, Diary, calls, center, figures, run, small, textbook

from warmline.domain.twin.distributions import Exponential, Fixed
from warmline.domain.twin.simulation import Simulation
from warmline.domain.twin.world import Group, Outage, Queue, Recorded, RecordedContact, Shift, Span, World


def test_customers_are_helped_one_after_the_other():
    _, diary = run(small(calls(0, 10, 20)), 600)
    assert diary.of(1) == [(0, "answered"), (60, "done")]
    assert diary.of(2) == [(60, "answered"), (120, "done")]
    assert diary.of(3) == [(120, "answered"), (180, "done")]


def test_who_loses_patience_leaves_and_the_next_one_moves_up():
    simulation, diary = run(small(calls(0, 10, 20, patience_s=45)), 600)
    assert diary.of(2) == [(55, "gave up")]
    assert diary.of(3) == [(60, "answered"), (120, "done")]
    assert figures(simulation).abandoned == 1


def test_who_gave_up_may_try_again_with_the_same_matter():
    world = small(calls(0, 10, patience_s=20))
    again = replace(world.streams[0], retries=1.0, retry_after=Fixed(100))
    simulation, diary = run(replace(world, streams=(again,)), 600)
    assert diary.of(2) == [(30, "gave up")]
    assert diary.of(3) == [(130, "answered"), (190, "done")]
    assert (figures(simulation).came, figures(simulation).retries) == (3, 1)


def test_a_missed_offer_goes_to_somebody_else_and_too_many_send_the_agent_away():
    team = Group("team", HELP, 1, no_answer=1.0, misses_allowed=2, away_s=100)
    simulation, diary = run(small(calls(0), group=team), 200)
    # 20 s of ringing, 30 s of being left alone, 20 s again; then away for 100 s.
    assert diary.of(1)[:5] == [
        (0, "offered"), (20, "missed"), (20, "waits again"), (50, "offered"), (70, "missed"),
    ]  # fmt: skip
    assert diary.of(1)[6:] == [(170, "offered"), (190, "missed"), (190, "waits again")]
    assert (figures(simulation).requeued, figures(simulation).unfinished) == (3, 1)


def test_the_customer_waits_until_the_agent_says_hello():
    team = Group("team", HELP, 1, answers_after=Fixed(7))
    simulation, diary = run(small(calls(0), group=team), 200)
    assert diary.of(1) == [(0, "offered"), (7, "answered"), (67, "done")]
    assert figures(simulation).wait_mean_s == 7


def test_a_customer_who_hangs_up_while_it_rings_frees_the_agent():
    team = Group("team", HELP, 1, answers_after=Fixed(7))
    _, diary = run(small(calls(0, 1, patience_s=5), group=team), 200)
    assert diary.of(1) == [(0, "offered"), (5, "gave up")]
    assert diary.of(2) == [(5, "offered"), (6, "gave up")]


def test_a_broken_connection_brings_the_customer_back_in_front_of_those_who_came_later():
    world = small(calls(0, 10, 20))
    broken = replace(world.streams[0], media_failures=0.9)
    _, diary = run(replace(world, streams=(broken,)), 60)
    assert [what for _, what in diary.of(1)][:4] == ["answered", "lost", "waits again", "answered"]
    assert diary.of(2) == diary.of(3) == []


def test_what_remains_of_a_broken_conversation_is_all_that_is_left_to_do():
    world = small(calls(0))
    simulation, diary = run(replace(world, streams=(replace(world.streams[0], media_failures=0.5),)), 600, seed=6)
    assert diary.of(1)[-1] == (60, "done")
    assert figures(simulation).work_s == 60
    assert figures(simulation).answered == 1


def test_who_waits_too_long_moves_to_the_other_queue_and_keeps_the_age():
    queues = (Queue("help", overflow_after_s=30, overflow_to="backup"), Queue("backup"))
    world = replace(small(calls(0, 10, 20)), queues=queues)
    backup = Group("backup", (replace(HELP[0], queue_id="backup"),))
    simulation, diary = run(replace(world, groups=(*world.groups, backup)), 600)
    assert diary.of(2) == [(40, "overflowed"), (40, "answered"), (100, "done")]
    assert figures(simulation).wait_p50_s == pytest.approx(30, rel=0.02)
    assert (figures(simulation).overflowed, figures(simulation).taken_over) == (2, 2)


def test_a_full_queue_turns_people_away_and_a_long_wait_ends():
    queue = Queue("help", max_waiting=1, max_wait_s=40)
    simulation, diary = run(small(calls(0, 10, 20), queue=queue), 600)
    assert diary.of(2) == [(50, "sent away")]
    assert diary.of(3) == [(20, "turned away")]
    assert (figures(simulation).sent_away, figures(simulation).turned_away) == (1, 1)


def test_outside_opening_hours_nobody_gets_in():
    queue = Queue("help", opened=(Span(5, 15),))
    simulation, _ = run(small(calls(0, 10, 20), queue=queue), 600)
    assert (figures(simulation).answered, figures(simulation).turned_away) == (1, 2)


@pytest.mark.parametrize(
    ("known", "busy_s"),
    [
        (RecordedContact(0), 60 + 15),
        (RecordedContact(0, handle_s=40), 40 + 15),
        (RecordedContact(0, wrap_up_s=5), 60 + 5),
        (RecordedContact(0, 40, 5), 45),
    ],
)
def test_what_was_not_recorded_is_drawn(known: RecordedContact, busy_s: float):
    world = small(Recorded((known,)))
    stream = replace(world.streams[0], wrap_up=Fixed(15))
    _, diary = run(replace(world, streams=(stream,)), 600)
    assert diary.of(1) == [(0, "answered"), (busy_s, "done")]


def test_more_staff_changes_neither_who_comes_nor_how_long_they_take():
    few, many = (run(textbook(120, 60, agents, 90), 7_200, thorough=False)[1] for agents in (2, 5))

    def handled(diary: Diary) -> dict[int, float]:
        began = {contact: at for at, what, contact, _ in diary.entries if what == "answered"}
        ended = {contact: at for at, what, contact, _ in diary.entries if what == "done"}
        return {contact: round((at - began[contact]) * 1e6) for contact, at in ended.items()}

    a, b = handled(few), handled(many)
    both = a.keys() & b.keys()
    assert len(both) > 150
    assert all(a[contact] == b[contact] for contact in both)


def test_little_s_law_holds_for_what_the_engine_says_about_its_line():
    world = textbook(300, 60, 5, 180)
    simulation = Simulation(world, 3, 36_000)
    area, last_us = 0, simulation.now_us
    more = True
    while more:
        before = simulation.engine.waiting("help")
        more = simulation.step(1)
        event_us = simulation.watch.recent[-1][0]
        area += before * (event_us - last_us)
        last_us = event_us
    area += simulation.engine.waiting("help") * (simulation.now_us - last_us)
    found = figures(simulation)
    waited_s = (found.wait_all_mean_s or 0) * (found.answered + found.abandoned)
    still_s = sum(simulation.now_us - contact.since_us for contact in simulation.contacts if contact.in_line)
    assert area / 1e6 == pytest.approx(waited_s + still_s / 1e6, rel=1e-9)


def test_stopping_every_few_events_changes_nothing():
    whole, pieces = (Simulation(center(2), 2, 3_000) for _ in range(2))
    while whole.step(100_000):
        pass
    while pieces.step(7):
        assert 0 <= pieces.share <= 1
    assert figures(whole) == figures(pieces)
    assert whole.events == pieces.events


def checksum(world: World, seed: int, until_s: float) -> str:
    _, diary = run(world, until_s, seed, thorough=False)
    return sha256(json.dumps(diary.entries).encode()).hexdigest()[:16]


def test_the_same_seed_gives_the_same_run_on_any_machine():
    team = Group("team", HELP, 4, shifts=(Shift(0, 3_000, (Span(900, 1_800),)), Shift(3_600, 7_200)))
    world = replace(textbook(240, 70, 1, 100), groups=(team,), outages=(Outage(2_000, 2_100),))
    assert checksum(world, 5, 7_200) == "85fc97a70752e65d"


def test_nothing_hangs_on_where_things_lie_in_memory():
    program = (
        "import random, sys, types; keep = [object() for _ in range(int(sys.argv[1]))];"
        "random.shuffle(keep); del keep[::2];"
        # Some libraries install a package `tests` of their own.
        "sys.modules['tests'] = types.ModuleType('tests'); sys.modules['tests'].__path__ = ['tests'];"
        "from tests.domain.twin.test_simulation import checksum, center;"
        "from tests.domain.twin.conftest import house;"
        "worlds = [center(0), center(2), center(4), house(3), house(4)];"
        "print([checksum(world, n, 3_000) for n, world in enumerate(worlds)])"
    )
    told = {
        subprocess.run([sys.executable, "-c", program, size], capture_output=True, text=True, check=True).stdout
        for size in ("10", "54321")
    }
    assert len(told) == 1
    assert len(Counter(eval(told.pop()))) == 5  # noqa: S307 - our own five checksums, all different


def test_two_seeds_are_two_days():
    world = textbook(240, 70, 4, 100)
    assert checksum(world, 1, 3_600) != checksum(world, 2, 3_600)


def test_patience_of_any_shape_is_possible():
    world = small(textbook(240, 60, 1).streams[0].arrivals, agents=3, patience=Exponential(30))
    assert (figures(run(world, 3_600)[0]).abandonment or 0) > 0.1
