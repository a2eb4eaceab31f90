import pytest
from msgspec.structs import replace
from tests.features.twin.conftest import KOREAN, agent, busy_day

from warmline.features.twin.building import world_of
from warmline.features.twin.changes import Changes, Promotion, changed
from warmline.features.twin.day import Day
from warmline.features.twin.needing import LOOKS_AT_MOST, Goal, Need, coming, staff
from warmline.features.twin.running import never_stop
from warmline.kernel.errors import Refused

USUAL, UNCHANGED = Goal(), Changes()


def need(day: Day, goal: Goal = USUAL, changes: Changes = UNCHANGED) -> Need:
    found = staff(day, goal, 6, 1, never_stop, changes=changes)
    assert found is not None
    return found


def test_every_half_hour_with_customers_keeps_the_promise_with_the_agents_found():
    found = need(busy_day())
    assert (found.kept, found.verdict.word) == (True, "kept")
    assert [one.at for one in found.half_hours][:2] == ["09:00", "09:30"]
    assert all(level.mean > 0.7 for one in found.half_hours for level in one.service_level.values())
    assert found.hours == sum(one.agents for one in found.half_hours) / 2
    assert found.there_hours == pytest.approx(12)


def test_a_higher_promise_needs_more_people_and_breaks_need_more_still():
    usual, high = need(busy_day()), need(busy_day(), Goal(share=0.97, within_s=5))
    rested = need(busy_day(), Goal(breaks=0.3))
    assert usual.hours < high.hours
    assert usual.hours < rested.hours
    assert (rested.breaks, usual.breaks) == (0.3, 0.0)


def test_a_rush_needs_people_when_it_comes():
    rush = Changes(promotions=(Promotion(10 * 3_600, 10 * 3_600 + 1_800, 3),))
    usual, found = ({one.at: one for one in need(busy_day(), changes=c).half_hours} for c in (Changes(), rush))
    assert found["10:00"].agents > usual["10:00"].agents + 2
    assert found["10:00"].contacts == pytest.approx(3 * usual["10:00"].contacts)


def test_skills_are_counted_where_a_formula_sees_only_heads():
    day = busy_day(4)
    agents = (agent("agent0", "help", "money", ko=1), *(agent(f"agent{n}", "help", "money") for n in (1, 2, 3)))
    stays = tuple(replace(stay, skills=KOREAN) for stay in day.stays)
    found = need(replace(day, agents=agents, stays=stays))
    assert found.kept
    (kind,) = found.kinds  # the others could not help anybody
    assert (kind.skills, kind.people) == ({"ko": 1}, 1)


def test_a_promise_nobody_can_keep_is_refused():
    with pytest.raises(Refused) as refused:
        staff(busy_day(), Goal(share=1.0), 2, 1, never_stop)
    assert refused.value.code == "twin_no_promise"


def test_stopped_within_the_first_look_the_runs_that_were_over_are_told():
    def after_two_runs(share: float, _at_s: float) -> bool:
        return share < 1.5 / (20 * LOOKS_AT_MOST)

    found = staff(busy_day(), Goal(0.8, 60), 20, 1, after_two_runs)
    assert found is not None
    assert (found.complete, found.looks, found.runs) == (False, 1, 2)
    assert found.hours > 0


def test_a_search_that_is_stopped_tells_the_staff_it_had_seen():
    def soon(share: float, _at_s: float) -> bool:
        return share < 9.5 / (4 * LOOKS_AT_MOST)

    found = staff(busy_day(), Goal(0.8, 60), 4, 1, soon)
    assert found is not None
    assert (found.complete, found.looks, found.runs) == (False, 2, 4)
    assert found.half_hours


def test_stopped_before_the_first_look_there_is_nothing_to_tell():
    assert staff(busy_day(), Goal(), 2, 1, lambda *_: False) is None


def test_contacts_of_a_half_hour_are_counted_with_the_rush():
    world = world_of(busy_day())
    rush = changed(world, Changes(volume=2), 86_400)
    usual = sum(coming(world, stream, 18) for stream in world.streams)
    assert sum(coming(rush, stream, 18) for stream in rush.streams) == 2 * usual
