import pytest
from msgspec.structs import replace
from tests.features.twin.conftest import busy_day, tiny

from warmline.domain.twin.world import Rates, Spike, Steady, World
from warmline.features.twin.bounds import CONTACTS_AT_MOST, check_contacts, expected_contacts
from warmline.features.twin.building import world_of
from warmline.features.twin.changes import Changes, Promotion, changed
from warmline.features.twin.day import Expected
from warmline.kernel.errors import Refused

DAY_S = 86_400.0


def coming(arrivals: Rates | Steady, *spikes: Spike) -> World:
    world = world_of(tiny())
    return replace(world, streams=(replace(world.streams[0], arrivals=arrivals),), spikes=spikes)


def test_contacts_are_counted_however_they_come():
    assert expected_contacts(world_of(tiny()), DAY_S) == 4
    assert expected_contacts(coming(Steady(10)), DAY_S) == 240
    assert expected_contacts(coming(Rates((4, 6))), DAY_S) == 10
    assert expected_contacts(coming(Rates((4, 6))), 2_700) == 7


def test_promotions_over_the_same_time_add_up_and_only_for_their_own_customers():
    hour = Spike(0.0, 3_600, 3.0)
    assert expected_contacts(coming(Steady(10), hour, hour), DAY_S) == 240 + 2 * 20
    assert expected_contacts(coming(Steady(10), replace(hour, streams=("others",))), DAY_S) == 240
    assert expected_contacts(coming(Steady(10), replace(hour, factor=0.0)), DAY_S) == 240


def test_twenty_promotions_of_a_day_of_much_more_volume_are_refused_before_anything_is_played():
    changes = Changes(volume=20, promotions=(Promotion(0, DAY_S, 50),) * 20)
    with pytest.raises(Refused) as refused:
        changed(world_of(busy_day()), changes, DAY_S)
    assert refused.value.code == "twin_too_many_contacts"
    count, most = refused.value.details["count"], refused.value.details["most"]
    assert most == CONTACTS_AT_MOST
    assert isinstance(count, int)
    assert count > 1_000_000
    assert str(count) in refused.value.text


@pytest.mark.parametrize("rate", [1e6, 1e308])
def test_a_described_day_with_a_million_contacts_an_hour_is_refused(rate: float):
    day = replace(tiny(), expected=(Expected("help", (rate,) * 48, 60.0),))
    with pytest.raises(Refused) as refused:
        changed(world_of(day), Changes(), DAY_S)
    assert refused.value.code == "twin_too_many_contacts"


def test_the_busiest_day_anybody_has_is_not_refused():
    check_contacts(coming(Steady(CONTACTS_AT_MOST / 24)), DAY_S)
