from tests.features.twin.conftest import busy_day, tiny

from warmline.features.twin.building import world_of
from warmline.features.twin.running import Meter, figures_of, half_hours, never_stop, part_of, samples, total


def test_equal_numbers_get_equal_chances():
    world = world_of(busy_day())
    first, second = Meter(never_stop, 2), Meter(never_stop, 2)
    assert first.run(world, 7, 0, 86_400) == second.run(world, 7, 0, 86_400)
    assert first.run(world, 7, 1, 86_400) != first.run(world, 7, 0, 86_400)


def test_progress_rises_to_one_over_all_pieces():
    told: list[float] = []
    meter = Meter(lambda share, _: not told.append(share), 3)
    for number in range(3):
        meter.run(world_of(tiny()), 1, number, 86_400)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_who_stops_gets_nothing_more():
    meter = Meter(lambda share, _: share < 0.5, 2)
    assert meter.run(world_of(tiny()), 1, 0, 86_400) is not None
    assert meter.stopped
    assert meter.run(world_of(tiny()), 1, 1, 86_400) is None


def test_figures_follow_the_definitions_of_the_reports():
    result = Meter(never_stop, 1).run(world_of(tiny(), exact=True), 1, 0, 86_400)
    assert result is not None
    found = figures_of(part_of(result, None).total)
    assert (found["service_level"], found["abandonment"]) == (2 / 4, 1 / 4)
    assert total(result, "help", "came") == 4
    played = half_hours([result, result], None)
    assert samples(played, 18, "came") == [3, 3]
    assert samples(played, 18, "nothing") == samples(played, 99, "came") == []
