from msgspec.structs import replace
from tests.domain.twin.conftest import HELP, center, textbook

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.model import Seat
from warmline.domain.twin.staging import Stage, changes
from warmline.domain.twin.world import Group, Shift, Span, Spike, World


def fitting(world: World) -> dict[tuple[str, str], set[str]]:
    kinds = Stage(world, 1, 3_600).kinds
    return {place: {pool.group.id for pool in kind.pools} for place, kind in kinds.items()}


def test_only_those_with_seat_skill_and_channel_fit_from_the_first_moment():
    plain = textbook(10, 60, 1)
    korean = replace(plain.streams[0], skills=(SkillNeed("ko", 3),))
    groups = (
        Group("fluent", HELP, skills={"ko": 4}),
        Group("learning", HELP, skills={"ko": 2}),
        Group("writing", HELP, skills={"ko": 5}, capacity={"webchat": 3}),
        Group("later", (Seat("help", 1, 30),), skills={"ko": 5}),
    )
    assert fitting(replace(plain, streams=(korean,), groups=groups)) == {("calls", "help"): {"fluent"}}


def test_agents_come_take_their_break_and_go():
    group = Group("team", HELP, shifts=(Shift(0, 100, (Span(40, 50),)), Shift(100, 200)))
    seconds = [(at_us / 1e6, present, paid) for at_us, present, paid in changes(group)]
    assert seconds == [
        (0, True, True),
        (40, False, True),
        (50, True, True),
        (100, True, True),
        (200, False, False),
    ]


def test_without_shifts_they_are_always_there():
    assert changes(Group("team", HELP)) == [(0, True, True)]


def test_who_may_overflow_has_a_place_in_the_other_queue():
    number = next(n for n in range(20) if center(n).queues[0].overflow_to)
    stage = Stage(center(number), 1, 3_600)
    sellers = [stream.id for stream in center(number).streams if stream.queue_id == "sales"]
    assert all((id, "help") in stage.kinds for id in sellers)


def test_a_promotion_brings_customers_of_its_own():
    world = replace(textbook(60, 60, 1), spikes=(Spike(0, 600, 2), Spike(600, 900, 0.5)))
    assert len(Stage(world, 1, 3_600).flows) == 2
