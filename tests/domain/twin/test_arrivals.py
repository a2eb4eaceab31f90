from collections import Counter
from collections.abc import Iterable
from functools import partial

import pytest
from tests.domain.twin.conftest import calls

from warmline.domain.twin.arrivals import extra, usual
from warmline.domain.twin.randomness import stream
from warmline.domain.twin.world import Rates, Spike, Steady

OF = partial(stream, 7)


def times(comings: Iterable[tuple[int, object]]) -> list[int]:
    found = [at_us for at_us, _ in comings]
    assert found == sorted(found)
    return found


def test_a_steady_stream_brings_as_many_as_it_says():
    found = times(usual(Steady(3_600), (), 10_000, OF))
    assert len(found) == pytest.approx(10_000, abs=300)
    assert found[-1] < 10_000_000_000


def test_each_half_hour_has_its_own_rate():
    found = times(usual(Rates((400, 0, 1_600)), (), 86_400, OF))
    by_half_hour = Counter(at_us // 1_800_000_000 for at_us in found)
    assert by_half_hour[0] == pytest.approx(400, abs=60)
    assert by_half_hour[1] == 0
    assert by_half_hour[2] == pytest.approx(1_600, abs=120)


def test_more_customers_at_ten_change_nothing_at_eleven():
    plain = times(usual(Rates((50, 50, 50)), (), 86_400, OF))
    busy = times(usual(Rates((50, 90, 50)), (), 86_400, OF))
    outside = [[at_us for at_us in found if not 1_800 <= at_us / 1e6 < 3_600] for found in (plain, busy)]
    assert outside[0] == outside[1]
    assert len(busy) > len(plain)


def test_a_promotion_adds_customers_to_those_who_come_anyway():
    spike = Spike(1_000, 2_000, 3)
    plain = times(usual(Steady(1_800), (spike,), 3_600, OF))
    assert plain == times(usual(Steady(1_800), (), 3_600, OF))
    more = times(extra(Steady(1_800), spike, 3_600, partial(stream, 7, "spike")))
    assert len(more) == pytest.approx(1_000, abs=130)
    assert 1_000_000_000 <= more[0] < more[-1] < 2_000_000_000


def test_a_quiet_hour_takes_some_away_and_leaves_the_rest():
    plain = times(usual(Steady(1_800), (), 3_600, OF))
    quiet = times(usual(Steady(1_800), (Spike(0, 1_800, 0.25),), 3_600, OF))
    assert set(quiet) < set(plain)
    assert sum(at_us < 1_800_000_000 for at_us in quiet) == pytest.approx(225, abs=60)
    assert [at for at in quiet if at >= 1_800_000_000] == [at for at in plain if at >= 1_800_000_000]


def test_a_recorded_day_is_repeated_to_the_second_and_a_promotion_copies_its_customers():
    recorded = calls(10, 20, 30)
    assert times(usual(recorded, (), 60, OF)) == [10_000_000, 20_000_000, 30_000_000]
    copies = times(extra(recorded, Spike(15, 25, 3), 60, OF))
    assert len(copies) == 2
    assert all(20_000_000 <= at_us < 80_000_000 for at_us in copies)
