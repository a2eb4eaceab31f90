from msgspec.structs import replace
from tests.features.twin.conftest import busy_day

from warmline.domain.twin.result import Result
from warmline.features.twin.building import world_of
from warmline.features.twin.roster import groups_for, kinds_of
from warmline.features.twin.running import Meter, never_stop
from warmline.features.twin.searching import Floor, Look, Search, Staff

DAY = busy_day()
KINDS = kinds_of(DAY)


def look(staff: Staff) -> list[Result] | None:
    world = replace(world_of(DAY), groups=groups_for(KINDS, staff, 0.0, DAY))
    found = [Meter(never_stop, 1).run(world, 1, number, 86_400) for number in range(6)]
    return [one for one in found if one is not None]


def search(look_at: Look = look) -> Search:
    found = Search(KINDS, [Floor("help", 0.8), Floor("money", 0.8)], 48, look_at)
    found.start([0] * 18 + [1] * 6 + [0] * 24, [[{KINDS[0].id}] if 18 <= n < 24 else [] for n in range(48)])
    return found


def test_agents_are_added_until_every_half_hour_keeps_its_promise():
    found = search()
    found.grow(30)
    assert found.results is not None
    assert found.failing(found.results) == set()
    assert min(found.staff[KINDS[0].id][18:24]) >= 3


def test_nobody_who_is_kept_could_be_spared_in_every_other_half_hour():
    found = search()
    found.start([0] * 18 + [9] * 6 + [0] * 24, [[]] * 48)
    found.grow(10)
    before = sum(found.staff[KINDS[0].id])
    found.trim(40)
    assert found.results is not None
    assert found.failing(found.results) == set()
    assert sum(found.staff[KINDS[0].id]) < before


def test_somebody_must_fit_everyone_who_comes_and_be_there_for_the_last_ones():
    found = search()
    assert found.staff[KINDS[0].id][17:25] == [0, 1, 1, 1, 1, 1, 1, 1]


def test_a_stopped_search_keeps_what_it_saw_last():
    looks: list[int] = []

    def once(staff: Staff) -> list[Result] | None:
        looks.append(1)
        return look(staff) if len(looks) == 1 else None

    found = search(once)
    found.grow(30)
    found.trim(30)
    assert (found.looks, len(looks)) == (1, 2)
    assert found.staff[KINDS[0].id][17:25] == [0, 1, 1, 1, 1, 1, 1, 1]  # as it was when it was seen
    assert found.results is not None
