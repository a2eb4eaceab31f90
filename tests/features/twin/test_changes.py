import pytest
from msgspec.structs import replace
from tests.features.twin.conftest import HELP, MONEY, NINE_S, agent, busy_day, tiny

from warmline.domain.twin.distributions import Empirical, Exponential, Fixed, Lognormal
from warmline.domain.twin.world import Outage, Recorded, Spike
from warmline.features.twin.building import world_of
from warmline.features.twin.changes import Changes, Disturbance, Promotion, changed, check, times
from warmline.kernel.errors import Refused

DAY_S = 86_400.0


def heads(changes: Changes, agents: int = 4) -> int:
    return sum(group.count for group in changed(world_of(busy_day(agents)), changes, DAY_S).groups)


def test_nothing_asked_changes_nothing():
    world = world_of(busy_day())
    assert changed(world, Changes(), DAY_S) == world
    assert Changes(queue_id="help").nothing
    assert not Changes(agents=1).nothing


def test_agents_come_and_go():
    assert (heads(Changes(agents=2)), heads(Changes(agents=-3)), heads(Changes(agents=-9))) == (6, 1, 0)


def test_more_agents_are_like_those_who_are_there_longest_and_serve_the_queue():
    day = busy_day(2)
    day = replace(day, agents=(agent("agent0", "help"), agent("agent1", "money")))
    world = changed(world_of(day), Changes(queue_id="money", agents=2), DAY_S)
    assert {group.id: group.count for group in world.groups} == {"agent0": 1, "agent1": 3}


def test_a_queue_nobody_serves_cannot_get_more_of_its_agents():
    with pytest.raises(Refused) as refused:
        changed(world_of(replace(tiny(), queues=(HELP, MONEY))), Changes(queue_id="money", agents=1), DAY_S)
    assert refused.value.code == "twin_nobody_serves"


def test_volume_is_a_spike_of_the_whole_day_so_that_those_who_come_anyway_stay_the_same():
    world = changed(world_of(tiny()), Changes(volume=1.2), DAY_S)
    assert world.spikes == (Spike(0.0, DAY_S, 1.2, (world.streams[0].id,)),)


def test_a_promotion_on_a_day_of_more_volume_brings_more_besides():
    changes = Changes(volume=1.5, promotions=(Promotion(100, 200, 3),))
    _, promotion = changed(world_of(tiny()), changes, DAY_S).spikes
    assert promotion.factor == 4.0  # 1 + 0.5 + 3.0 = 1.5 x 3


def test_outages_stop_offers_or_kill_desks():
    changes = Changes(outages=(Disturbance(10, 20), Disturbance(30, 40, desks_dead=True)))
    world = changed(world_of(tiny()), changes, DAY_S)
    assert world.outages == (Outage(10, 20), Outage(30, 40, "agents_gone"))


def test_handle_times_and_patience_stretch_those_recorded_too():
    world = changed(world_of(tiny(), exact=True), Changes(handle=0.5, patience=2), DAY_S)
    (stream,) = world.streams
    assert isinstance(stream.arrivals, Recorded)
    first, _, left, _ = stream.arrivals.contacts
    assert (first.at_s, first.handle_s, left.patience_s) == (NINE_S + 10, 30, 60)
    assert stream.handle == Empirical((30.0, 30.0, 30.0))


def test_only_the_named_queue_is_stretched():
    world = changed(world_of(busy_day()), Changes(queue_id="help", handle=3), DAY_S)
    before = {stream.queue_id: stream.handle for stream in world_of(busy_day()).streams}
    after = {stream.queue_id: stream.handle for stream in world.streams}
    assert after["money"] == before["money"]
    assert after["help"] != before["help"]


def test_every_kind_of_duration_can_be_stretched():
    durations = [Fixed(10), Exponential(10), Lognormal(10, 0.5), Empirical((10.0,))]
    assert [times(one, 2) for one in durations] == [
        Fixed(20), Exponential(20), Lognormal(20, 0.5), Empirical((20.0,)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "poor",
    [
        Changes(volume=-1), Changes(volume=99), Changes(handle=0), Changes(patience=0), Changes(agents=5_000),
        Changes(outages=(Disturbance(20, 10),)), Changes(promotions=(Promotion(0, 10, 99),)),
    ],
)  # fmt: skip
def test_changes_without_sense_are_refused(poor: Changes):
    with pytest.raises(Refused):
        check(poor)


def test_a_queue_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(Refused) as refused:
        changed(world_of(busy_day()), Changes(queue_id="nosuch", volume=3), DAY_S)
    assert (refused.value.code, refused.value.details["queues"]) == ("twin_no_queue", "help, money")
