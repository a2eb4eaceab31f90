"""The formulas agree with printed tables, with each other, and with plainly solved chains."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmline.domain.staffing.erlang import NEVER, erlang_a, erlang_c

LOADS = st.floats(0.3, 120)
HANDLE_S = st.floats(20, 900)


def test_the_textbook_help_desk_with_55_agents():
    # 360 calls in half an hour of four minutes each: 48 Erlangs. Printed in many a tutorial.
    desk = erlang_c(360 / 1800, 240, 55)
    assert desk.p_wait == pytest.approx(0.239, abs=5e-4)
    assert desk.mean_wait_s == pytest.approx(8.2, abs=0.05)
    assert desk.answered_within(15) == pytest.approx(0.8457, abs=5e-4)
    assert desk.occupancy == pytest.approx(48 / 55)


def test_too_much_work_for_patient_customers_never_settles():
    desk = erlang_c(1.0, 60, 60)
    assert (desk.p_wait, desk.occupancy, desk.answered_within(3600)) == (1.0, 1.0, 0.0)
    assert math.isinf(desk.mean_wait_s)
    assert desk.waiting_longer_than(3600) == 1.0


@given(LOADS, HANDLE_S, st.integers(1, 30))
def test_erlang_c_waits_are_exponential(load: float, handle_s: float, more: int):
    agents = math.ceil(load) + more
    desk = erlang_c(load / handle_s, handle_s, agents)
    for seconds in (0.0, 5.0, 60.0):
        longer = desk.p_wait * math.exp(-(agents - load) / handle_s * seconds)
        assert desk.waiting_longer_than(seconds) == pytest.approx(longer, abs=1e-9)
        assert desk.answered_within(seconds) == pytest.approx(1 - longer, abs=1e-9)


def chain(arrivals_per_s: float, handle_s: float, patience_s: float, agents: int) -> tuple[float, float]:
    """Solve the chain of states one by one: the share who wait, and how many wait on average."""
    weights = [1.0]
    for present in range(1, agents + 4000):
        leaving = min(present, agents) / handle_s + max(0, present - agents) / patience_s
        weights.append(weights[-1] * arrivals_per_s / leaving)
        if weights[-1] > 1e100:
            weights = [weight / 1e100 for weight in weights]
    total = math.fsum(weights)
    waiting = math.fsum(weight * max(0, present - agents) for present, weight in enumerate(weights))
    return math.fsum(weights[agents:]) / total, waiting / total


@settings(deadline=None)
@given(LOADS, st.integers(1, 120), st.floats(10, 600))
def test_erlang_a_is_its_chain_of_states(load: float, agents: int, patience_s: float):
    handle_s = 120.0
    p_wait, waiting = chain(load / handle_s, handle_s, patience_s, agents)
    desk = erlang_a(load / handle_s, handle_s, patience_s, agents)
    assert desk.p_wait == pytest.approx(p_wait, rel=1e-9, abs=1e-12)
    assert desk.mean_waiting == pytest.approx(waiting, rel=1e-9, abs=1e-12)
    # Everybody is either answered or gives up; those who are answered keep the agents busy.
    assert desk.occupancy * agents == pytest.approx(load * (1 - desk.p_abandon), rel=1e-9)
    assert desk.answered_within(40 * patience_s) == pytest.approx(1 - desk.p_abandon, abs=1e-9)
    assert desk.waiting_longer_than(0) == pytest.approx(p_wait, abs=1e-9)


@settings(deadline=None, max_examples=25)
@given(st.floats(0.3, 20), st.integers(1, 25), st.floats(10, 240))
def test_the_mean_wait_is_the_area_under_those_still_waiting(load: float, agents: int, patience_s: float):
    desk = erlang_a(load / 120, 120, patience_s, agents)
    steps, reach_s = 120, 12 * patience_s
    width_s = reach_s / steps
    weights = [1, *(4 if step % 2 else 2 for step in range(1, steps)), 1]  # Simpson's rule
    area = (
        width_s
        / 3
        * math.fsum(weight * desk.waiting_longer_than(step * width_s) for step, weight in enumerate(weights))
    )
    assert area == pytest.approx(desk.mean_wait_s, rel=0.02, abs=0.05)


def test_nearly_endless_patience_is_erlang_c():
    patient, endless = erlang_a(0.2, 240, 1e9, 55), erlang_a(0.2, 240, NEVER, 55)
    assert endless == erlang_c(0.2, 240, 55)
    assert patient.p_wait == pytest.approx(endless.p_wait, rel=1e-6)
    assert patient.answered_within(15) == pytest.approx(endless.answered_within(15), rel=1e-6)


def test_a_tenfold_overload_is_still_computed():
    desk = erlang_a(100.0, 300, 120, 3_000)
    assert desk.p_wait == pytest.approx(1.0)
    assert desk.p_abandon == pytest.approx(0.9, abs=1e-3)


@pytest.mark.parametrize(("arrivals", "handle_s", "patience_s", "agents"), [
    (0, 60, 60, 5), (1, 0, 60, 5), (1, 60, 0, 5), (1, 60, 60, 0),
])  # fmt: skip
def test_what_is_no_queue_is_refused(arrivals: float, handle_s: float, patience_s: float, agents: int):
    with pytest.raises(ValueError, match="positive"):
        erlang_a(arrivals, handle_s, patience_s, agents)
