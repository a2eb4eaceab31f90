import pytest
from msgspec.structs import replace
from tests.features.twin.conftest import NINE_S, agent, answered, tiny

from warmline.features.twin.counted import count, half_hours_of, percentile
from warmline.features.twin.day import Present, Stay


def test_a_tiny_day_is_counted_as_by_hand():
    total = count(tiny(), None).total
    # Four came; answered after 0, 40 and 0 s (target 20 s); one left after 30 s, late. 180 s of work in an hour.
    assert total == {
        "came": 4, "answered": 3, "abandoned": 1, "service_level": 2 / 4, "abandonment": 1 / 4,
        "wait_mean_s": pytest.approx(40 / 3), "wait_p50_s": 0, "wait_p90_s": 40, "not_helped": 1 / 4,
        "occupancy": 180 / 3_600,
    }  # fmt: skip


def test_half_hours_count_contacts_by_when_they_came_and_work_by_when_it_was_done():
    half_hours = count(tiny(), "help").half_hours
    nine, half_past = half_hours[18], half_hours[19]
    assert (nine["came"], nine["service_level"], nine["occupancy"]) == (3, pytest.approx(1 / 3), 120 / 1_800)
    assert (half_past["came"], half_past["service_level"], half_past["occupancy"]) == (1, 1.0, 60 / 1_800)
    assert half_hours[0] == {"came": 0, "answered": 0, "abandoned": 0}


def test_who_left_within_the_target_is_no_failure_of_the_service_level():
    day = tiny()
    quick = Stay(NINE_S + 100, "help", "voice", "gave_up", NINE_S + 105)
    total = count(replace(day, stays=(*day.stays, quick)), None).total
    assert (total["service_level"], total["abandonment"]) == (2 / 4, 2 / 5)


def test_several_chats_at_once_keep_an_agent_busy_once_and_breaks_do_not_count():
    stays = (answered(NINE_S + 10, 0, 600), answered(NINE_S + 110, 0, 600))
    presence = (
        Present("mina", NINE_S, NINE_S + 1_000),
        Present("mina", NINE_S + 1_000, NINE_S + 2_000, True),
        Present("mina", NINE_S + 2_000, NINE_S + 2_400),
    )
    total = count(replace(tiny(), stays=stays, presence=presence), None).total
    assert total["occupancy"] == pytest.approx(700 / 1_400)


def test_only_agents_who_serve_the_queue_count_for_it():
    day = tiny()
    other = replace(day, agents=(*day.agents, agent("yuki", "money")),
                    presence=(*day.presence, Present("yuki", NINE_S, NINE_S + 3_600)))  # fmt: skip
    assert count(other, "help").total["occupancy"] == pytest.approx(180 / 3_600)
    assert count(other, None).total["occupancy"] == pytest.approx(180 / 7_200)


def test_who_still_waits_past_the_target_was_not_helped_and_a_move_goes_on_elsewhere():
    stays = (Stay(NINE_S, "help", "voice", "open"), Stay(NINE_S, "help", "voice", "moved", NINE_S + 9))
    total = count(replace(tiny(), stays=stays), None).total
    assert (total["came"], total["answered"], total["abandoned"]) == (2, 0, 0)
    assert (total["service_level"], total["not_helped"]) == (0, 1)


def test_who_has_just_begun_to_wait_is_no_failure_yet():
    now_s = NINE_S + 15
    day = replace(tiny(), stays=(Stay(NINE_S, "help", "voice", "open"),), presence=(), seen_until_s=now_s)
    total = count(day, None).total
    assert (total["came"], "service_level" in total, "not_helped" in total) == (1, False, False)


def test_a_day_under_way_has_the_half_hours_that_began():
    assert half_hours_of(replace(tiny(), seen_until_s=3_601)) == 3


def test_percentiles_are_values_that_occurred():
    assert [percentile([1, 2, 3, 4], share) for share in (0.5, 0.9)] == [2, 4]
