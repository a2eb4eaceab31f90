from msgspec.structs import replace
from tests.features.twin.conftest import NINE_S, agent, busy_day, tiny

from warmline.features.twin.building import world_of
from warmline.features.twin.counted import count
from warmline.features.twin.day import Present, Stay
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


def test_the_twin_counts_who_still_waits_as_the_real_day_does():
    day = tiny()
    waiting = Stay(NINE_S + 2_900, "help", "voice", "open")
    lonely = replace(day, stays=(waiting,), agents=(agent("mina", "help"),), presence=(Present("mina", 0, 60),))
    result = Meter(never_stop, 1).run(world_of(lonely), 1, 0, lonely.length_s)
    assert result is not None
    found, real = figures_of(part_of(result, None).total), count(lonely, None).total
    assert {name: found[name] for name in ("service_level", "not_helped")} == {"service_level": 0, "not_helped": 1}
    assert (real["service_level"], real["not_helped"]) == (0, 1)
