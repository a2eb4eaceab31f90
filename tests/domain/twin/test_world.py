import pytest
from msgspec.structs import replace
from tests.domain.twin.conftest import MORNING, calls, center, small, textbook

from warmline.domain.routing.model import Seat
from warmline.domain.twin.distributions import Lognormal
from warmline.domain.twin.world import (
    Group,
    Outage,
    Queue,
    Rates,
    Span,
    Spike,
    Stream,
    World,
    decode,
    encode,
    validate,
)
from warmline.kernel.errors import Refused


@pytest.mark.parametrize("number", range(5))
def test_a_world_travels_as_json_and_comes_back_the_same(number: int):
    assert decode(encode(center(number))) == center(number)


def test_recorded_contacts_travel_too():
    world = small(calls(1, 2.5, 4))
    assert decode(encode(world)) == world


def test_text_that_is_no_world_is_refused():
    with pytest.raises(Refused, match="world is not valid"):
        decode('{"queues": 3}')


TEAM = textbook(10, 60, 1).groups[0]
CALLS = textbook(10, 60, 1).streams[0]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"queues": (Queue("help"), Queue("help"))}, "twice"),
        ({"queues": (Queue("help", overflow_after_s=10),)}, "overflow needs a time and a queue"),
        ({"queues": (Queue("help", overflow_after_s=10, overflow_to="nowhere"),)}, "no such overflow"),
        ({"queues": (Queue("help", opened=(Span(5, 10), Span(8, 12))),)}, "overlap"),
        ({"groups": (Group("team", (Seat("sales"),)),)}, "a seat names no queue"),
        ({"groups": (replace(TEAM, no_answer=1.5),)}, "no_answer is a share"),
        ({"streams": (replace(CALLS, queue_id="sales"),)}, "no such queue"),
        ({"streams": (replace(CALLS, retries=0.5),)}, "retries need retry_after"),
        ({"streams": (replace(CALLS, priority=0),)}, "priority is 1 to 9"),
        ({"streams": (replace(CALLS, handle=Lognormal(-1, 1)),)}, "durations are positive"),
        ({"streams": (replace(CALLS, arrivals=Rates((3, -1))),)}, "rates must not be negative"),
        ({"streams": (replace(CALLS, arrivals=calls(9, 3)),)}, "in order of time"),
        ({"outages": (Outage(5, 3),)}, "ends before it begins"),
        ({"outages": (Outage(5, 9, "no_offers", ("elves",)),)}, "group that does not exist"),
        ({"spikes": (Spike(5, 9, 2, ("elves",)),)}, "stream that does not exist"),
        ({"interval_s": 0.0}, "must be positive"),
        ({"start_at": MORNING.replace(tzinfo=None)}, "time zone"),
    ],
)
def test_a_world_that_cannot_be_is_refused_with_the_reason(changes: dict[str, object], complaint: str):
    world: World = replace(textbook(10, 60, 1), **changes)
    with pytest.raises(Refused, match=complaint):
        validate(world)


def test_a_stream_may_leave_everything_but_its_times_to_the_defaults():
    stream = Stream("calls", "help", Rates((4,)), Lognormal(60, 1))
    validate(replace(textbook(10, 60, 1), streams=(stream,)))
    assert stream.patience is None
