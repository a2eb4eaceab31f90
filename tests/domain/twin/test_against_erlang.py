"""The twin with the router's engine against exact theory: Erlang C and Erlang A over a grid of loads.

Each z is a deviation in standard errors, over 24 batches of one run. Seeds are fixed, so the test is repeatable;
`python -m benchmarks.twin --seeds N` shows how z is distributed over many seeds and longer runs.
"""

import math
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from tests.domain.twin.conftest import textbook

from warmline.domain.staffing.erlang import Queueing, erlang_a, erlang_c
from warmline.domain.twin.replications import batch_means
from warmline.domain.twin.result import Part
from warmline.domain.twin.run import simulate
from warmline.domain.twin.student import t_quantile

HANDLE_S = 60.0
BATCHES = 24
CONTACTS_AT_LEAST = 3_600


def grid() -> Iterator[tuple[int, float, float]]:
    """Yield agents, load of each, and patience (0: endless). Everywhere enough people wait to be counted."""
    for agents, lightest in ((1, 0.3), (3, 0.45), (10, 0.7)):
        for load in (lightest, lightest + 0.05, 0.77, 0.8):
            yield agents, load, 0
    for agents, lightest in ((2, 0.5), (8, 0.7), (20, 0.85)):
        for load in (lightest, 0.95, 1.05, 1.2):
            for patience_s in (30, 120):
                yield agents, load, patience_s


def batch_s(agents: int, load: float, patience_s: float) -> float:
    """Return a batch's length, s: several times as long as the queue remembers how it was."""
    forgets_s = patience_s or HANDLE_S / agents / (1 - math.sqrt(load)) ** 2
    return max(8 * forgets_s, 8 * HANDLE_S, CONTACTS_AT_LEAST / BATCHES * HANDLE_S / agents / load)


def deviations(part: Part, exact: Queueing) -> dict[str, float]:
    """Return each figure's deviation in standard errors."""
    truth = {
        "had_to_wait": exact.p_wait,
        "wait_all_mean_s": exact.mean_wait_s,
        "service_level": exact.answered_within(20),
        "abandonment": exact.p_abandon,
        "occupancy": exact.occupancy,
    }
    one = t_quantile(0.975, BATCHES - 1)
    found = batch_means(part, BATCHES)
    return {
        name: (found[name].mean - value) / ((found[name].high - found[name].low) / 2 / one)
        for name, value in truth.items()
        if found[name].high > found[name].low
    }


def z_scores(agents: int, load: float, patience_s: float, seed: int, longer: float = 1) -> dict[str, float]:
    """Return the deviations of one run. Waits are skewed: of short runs, z strays further than it should."""
    per_s = agents * load / HANDLE_S
    batch = batch_s(agents, load, patience_s) * longer
    world = textbook(per_s * 3_600, HANDLE_S, agents, patience_s or None)
    world = replace(world, interval_s=batch, warm_up_s=2 * batch)
    exact = erlang_a(per_s, HANDLE_S, patience_s, agents) if patience_s else erlang_c(per_s, HANDLE_S, agents)
    return deviations(simulate(world, seed, (BATCHES + 2) * batch).overall, exact)


def test_the_grid_is_wide_enough():
    assert len(list(grid())) >= 30


@pytest.mark.parametrize(("agents", "load", "patience_s"), list(grid()))
def test_the_twin_agrees_with_theory(agents: int, load: float, patience_s: float):
    found = z_scores(agents, load, patience_s, seed=11)
    assert {"had_to_wait", "wait_all_mean_s", "occupancy"} <= found.keys()
    assert patience_s == 0 or "abandonment" in found
    assert max(abs(z) for z in found.values()) < 3.5, found
