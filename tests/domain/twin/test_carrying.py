import pytest
from msgspec.structs import replace
from tests.domain.twin.conftest import HELP, calls, figures, run, small

from warmline.domain.routing.invariants import WatchedEngine
from warmline.domain.routing.rules import QueueRules
from warmline.domain.twin.result import read
from warmline.domain.twin.world import Carried, Group, Queue, Shift, Span, World, validate
from warmline.kernel.errors import Refused


def begun(*carried: Carried, at_s: tuple[float, ...] = (5,), **more: object) -> World:
    return replace(small(calls(*at_s)), carried=carried, **more)


def play(world: World):
    return run(world, 600, engine=WatchedEngine(full_every=1))


def test_who_waited_at_midnight_is_older_than_who_comes_after_it():
    younger, older = Carried("calls", -40, left_s=10.0), Carried("calls", -90, left_s=25.0)
    simulation, diary = play(begun(younger, older, at_s=(0,)))
    assert [at_s for at_s, what, *_ in diary.entries if what == "done"] == [25, 35, 95]
    assert figures(simulation).came == figures(simulation).answered == 1


def test_who_was_in_an_agent_s_hands_at_midnight_stays_there_until_done():
    simulation, diary = play(begun(Carried("calls", -300, "team", 45.0)))
    assert diary.of(1) == [(0, "answered"), (45, "done")]
    assert diary.of(2) == [(45, "answered"), (105, "done")]
    assert read(simulation).overall.total.work.busy_s == 105
    assert figures(simulation).work_s == 60  # of those who came


def test_an_agent_who_has_gone_home_finishes_what_is_in_hand():
    team = Group("team", HELP, 1, shifts=(Shift(100, 600),))
    simulation, diary = play(begun(Carried("calls", -300, "team", 45.0), groups=(team,)))
    assert diary.of(1) == [(0, "answered"), (45, "done")]
    assert diary.of(2)[0] == (100, "answered")
    assert read(simulation).overall.total.work.there_s == 45 + 500


def test_how_long_is_left_is_drawn_where_it_is_not_known():
    _, diary = play(begun(Carried("calls", -300, "team")))
    assert diary.of(1) == [(0, "answered"), (60, "done")]


def test_patience_goes_on_from_where_it_was():
    held = Carried("calls", -10, "team", 300.0)
    _, diary = play(begun(held, Carried("calls", -50, patience_s=70.0), at_s=()))
    assert diary.of(2) == [(20, "gave up")]


def test_a_call_owed_since_yesterday_waits_for_the_queue_to_open():
    queue = Queue("help", opened=(Span(100, 600),), rules=QueueRules())
    simulation, diary = play(begun(Carried("calls", -9_000, promised=True), at_s=(120,), queues=(queue,)))
    assert diary.of(1) == [(100, "in line again"), (100, "answered"), (160, "done")]
    assert diary.of(2) == [(160, "answered"), (220, "done")]
    assert figures(simulation).promised == 0  # yesterday


@pytest.mark.parametrize(
    "wrong",
    [Carried("nobody", -1), Carried("calls", 5), Carried("calls", -1, "nobody"), Carried("calls", -1, "mute")],
)
def test_what_nobody_could_have_left_open_is_refused(wrong: Carried):
    world = begun(wrong)
    with pytest.raises(Refused):
        validate(replace(world, groups=(*world.groups, Group("mute", HELP, capacity={"webchat": 1}))))
