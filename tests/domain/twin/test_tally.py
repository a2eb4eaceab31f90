import random

import pytest

from warmline.domain.twin.tally import Cell, Hours, bin_of, bounds_us, percentile_us


def test_every_wait_lies_within_its_bin_and_bins_are_narrow():
    chance = random.Random(1)
    for wait_us in [0, 1, 1_023, 1_024, 65_535, 65_536, *(int(10 ** chance.uniform(0, 11)) for _ in range(5_000))]:
        low, high = bounds_us(bin_of(wait_us))
        assert low <= wait_us < high
        assert high - low <= max(1_024, wait_us / 31)


def test_bins_follow_each_other_without_gaps():
    for number in range(1_000):
        assert bounds_us(number)[1] == bounds_us(number + 1)[0]


def test_percentiles_come_from_the_histogram_and_count_those_who_did_not_wait():
    cell = Cell()
    cell.at_once = 50
    for seconds in range(1, 51):
        cell.answered_later += 1
        number = bin_of(seconds * 1_000_000)
        cell.waits[number] = cell.waits.get(number, 0) + 1
    assert percentile_us(cell, 0.5) == 0
    assert percentile_us(cell, 0.9) == pytest.approx(40_000_000, rel=0.02)
    assert percentile_us(cell, 0.99) == pytest.approx(49_000_000, rel=0.02)
    assert percentile_us(Cell(), 0.5) is None


def test_cells_add_up():
    one, two = Cell(), Cell()
    one.came, two.came = 3, 4
    one.waits, two.waits = {1: 2}, {1: 1, 5: 1}
    one.add(two)
    assert (one.came, one.waits) == (7, {1: 3, 5: 1})


def test_hours_are_told_interval_by_interval_even_for_who_was_there_all_along():
    hours = Hours()
    hours.count_here(2, 100)
    hours.count_paid(1, 150)
    assert hours.take(200) == (50, 200, 0, 0)
    hours.count_paid(-1, 230)
    assert hours.take(300) == (30, 200, 0, 0)
