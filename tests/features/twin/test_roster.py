import pytest
from msgspec.structs import replace
from tests.features.twin.conftest import NINE_S, agent, busy_day, tiny

from warmline.domain.twin.world import Shift, Span
from warmline.features.twin.building import world_of
from warmline.features.twin.day import Present
from warmline.features.twin.roster import breaks_of, groups_for, kinds_of, present


def test_people_with_the_same_terms_are_one_kind():
    day = busy_day(3)
    day = replace(day, agents=(*day.agents, agent("solo", "help", ko=2)))
    both, solo = kinds_of(day)
    assert (both.people, solo.people) == (3, 1)
    assert both.weight > solo.weight
    (help_stream,) = [stream for stream in world_of(day).streams if stream.queue_id == "help"]
    assert (solo.serves("help"), solo.serves("money"), solo.fits(help_stream)) == (True, False, True)


def test_breaks_are_a_share_of_paid_time():
    day = replace(tiny(), presence=(Present("mina", 0, 900), Present("mina", 900, 1_000, True)))
    assert breaks_of(day) == pytest.approx(0.1)
    assert breaks_of(replace(day, presence=())) == 0


def test_who_was_there_is_counted_by_half_hours():
    day = replace(tiny(), presence=(Present("mina", NINE_S, NINE_S + 2_700), Present("b", NINE_S, NINE_S + 1_800)))
    assert present(day, 48)[17:21] == [0, 2, 0.5, 0]


def test_numbers_become_shifts_with_breaks_one_after_the_other():
    day = busy_day(1)
    kinds = kinds_of(day)
    first, second = groups_for(kinds, {kinds[0].id: [0, 1, 2, 1]}, 0.1, day)
    assert [(shift.from_s, shift.until_s) for shift in first.shifts] == [(1_800, 7_200)]
    assert second.shifts == (Shift(3_600, 5_400, second.shifts[0].breaks),)
    rest = second.shifts[0].breaks[0]
    assert isinstance(rest, Span)
    assert rest.until_s - rest.from_s == pytest.approx(180)
    assert first.shifts[0].breaks[1] != rest
    (plain, _) = groups_for(kinds, {kinds[0].id: [0, 1, 2, 1]}, 0.0, day)
    assert plain.shifts[0].breaks == ()
