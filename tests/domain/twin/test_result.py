import msgspec
import pytest
from msgspec.structs import replace
from tests.domain.twin.conftest import calls, center, run, small, textbook

from warmline.domain.contact.model import SkillNeed
from warmline.domain.twin.result import Result, encode, read
from warmline.domain.twin.world import Group, Stream


def test_a_short_day_is_told_to_the_second():
    simulation, _ = run(small(calls(0, 10, 1_900), interval_s=1_800.0), 3_600)
    result = read(simulation)
    total = result.queues["help"].total
    assert (total.figures.came, total.figures.answered, total.figures.answered_in_target) == (3, 3, 2)
    assert total.figures.service_level == pytest.approx(2 / 3)
    assert total.figures.wait_mean_s == pytest.approx(50 / 3)
    assert total.figures.had_to_wait == pytest.approx(1 / 3)
    assert total.work.occupancy == 180 / 3_600
    assert [(row.from_s, row.figures.came) for row in result.overall.intervals] == [(0, 2), (1_800, 1)]
    assert [wait.contacts for wait in result.overall.waits] == [1]
    assert result.overall.waits[0].from_s <= 50 < result.overall.waits[0].until_s


def test_each_skill_is_told_apart():
    world = small(calls(0, 5))
    korean = Stream("korean", "help", calls(0), world.streams[0].handle, skills=(SkillNeed("ko"),))
    groups = (*world.groups, Group("fluent", world.groups[0].seats, skills={"ko": 3}))
    result = read(run(replace(world, streams=(*world.streams, korean), groups=groups), 600)[0])
    assert result.skills["ko"].total.figures.came == 1
    assert result.overall.total.figures.came == 3


def test_what_the_warm_up_brought_is_left_out():
    warm = replace(small(calls(0, 10, 1_900), interval_s=600.0), warm_up_s=1_000.0)
    result = read(run(warm, 3_600)[0])
    assert result.overall.total.figures.came == 1
    assert [row.from_s for row in result.overall.intervals] == [1_200, 1_800, 2_400, 3_000]
    assert result.overall.total.work.there_s == 2_400


@pytest.mark.parametrize("number", range(4))
def test_everybody_who_came_is_accounted_for_in_every_part(number: int):
    result = read(run(center(number), 5_000, thorough=False)[0])
    whole = result.overall.total.figures
    assert whole.came == whole.answered + whole.abandoned + whole.sent_away + whole.turned_away + whole.unfinished
    for part in result.queues.values():
        told = part.total.figures
        ends = (
            told.answered + told.abandoned + told.sent_away + told.turned_away + told.overflowed + told.unfinished
        )
        assert told.came + told.taken_over == ends
        assert sum(row.figures.came for row in part.intervals) == told.came
    assert sum(part.total.figures.came for part in result.queues.values()) == whole.came


def test_a_result_travels_as_json():
    result = read(run(textbook(60, 60, 2, 60), 3_600)[0])
    assert msgspec.json.decode(encode(result), type=Result) == result


def test_of_nobody_there_is_nothing_to_say():
    told = read(run(small(calls()), 600)[0]).overall.total.figures
    assert (told.came, told.service_level, told.wait_p90_s) == (0, None, None)
