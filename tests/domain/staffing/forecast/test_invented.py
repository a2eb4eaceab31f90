"""Invented years are reproducible and as described."""

import random

import pytest

from warmline.domain.staffing.forecast.invented import PLACES, invent, poisson


def test_the_same_seed_is_the_same_year():
    assert invent("bank", 3, days=60) == invent("bank", 3, days=60)
    assert invent("bank", 3, days=60) != invent("bank", 4, days=60)


@pytest.mark.parametrize("place", PLACES)
def test_every_place_keeps_its_hours(place: str):
    year = invent(place, 1, days=28)
    closed = [n for n, factor in enumerate(PLACES[place].week) if factor == 0]
    assert not [day for day in year.series.days if day.date.weekday() in closed]
    opens = int(PLACES[place].opens_h * 2)
    assert all(day.counts[slot] is None for day in year.series.days for slot in range(opens))
    assert all(sum(rates) > 0 for rates in year.rates.values())


@pytest.mark.parametrize("mean", [0.3, 12.0, 120.0, 900.0])
def test_counts_have_mean_and_variance_of_poisson(mean: float):
    rng = random.Random(9)
    drawn = [poisson(rng, mean) for _ in range(4000)]
    average = sum(drawn) / len(drawn)
    variance = sum((value - average) ** 2 for value in drawn) / len(drawn)
    assert average == pytest.approx(mean, rel=0.05)
    assert variance == pytest.approx(mean, rel=0.12)
