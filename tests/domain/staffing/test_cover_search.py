"""A cover is found in steps, and the gap it tells holds."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from warmline.domain.staffing.cover import Demand, Staff, lay_out
from warmline.domain.staffing.cover_search import find_cover, search
from warmline.domain.staffing.needs import Curve, Need, Pool
from warmline.domain.staffing.program import Answer, Program
from warmline.domain.staffing.shifts import Pattern, Window, local_at
from warmline.domain.staffing.volumes import HALF_HOUR
from warmline.runtime.milp import solve

SEOUL = ZoneInfo("Asia/Seoul")
MONDAY = date(2026, 11, 23)
FIRST = local_at(MONDAY, 0, SEOUL)
EIGHT = Pattern("eight", 540, 480, 720, 60, (Window("break", 15, 60, 120), Window("lunch", 60, 180, 300)))
HALF = Pattern("half", 240, 540, 1020)


def demand(top: int = 4) -> Demand:
    needs = tuple(
        Need(FIRST + n * HALF_HOUR, 0, 0, 0, 1.0 + n % top if 18 <= n % 48 < 40 else 0.0) for n in range(96)
    )
    staff = Staff(frozenset({"p"}), 20, 20 * 2400, 100)
    days = (MONDAY, MONDAY + timedelta(1))
    return Demand((Curve(Pool("p", ("orders",)), needs),), (EIGHT, HALF), (staff,), days, "Asia/Seoul", FIRST)


def test_the_best_cover_lies_within_the_gap_that_is_told():
    layout = lay_out(demand())
    best = solve(layout.program, 30, 0.0)
    found = search(layout, solve, 30, 0.01)
    assert best.cost is not None
    assert found.cost is not None
    assert found.gap is not None
    assert best.cost <= found.cost + 1e-6
    assert found.cost * (1 - found.gap) <= best.cost + 1e-6
    assert found.gap < 0.25


def test_a_small_company_gets_the_best_there_is():
    layout = lay_out(demand(3))
    best = solve(layout.program, 30, 0.0)
    found = search(layout, solve, 30, 0.0)
    assert found.cost == pytest.approx(best.cost)
    assert found.gap == pytest.approx(0, abs=1e-6)


def test_steps_are_told_and_shifts_have_whole_pauses():
    steps: list[str] = []
    shifts, answer = find_cover(demand(), solve, 20, 0.01, steps.append)
    assert steps == ["layout", "cover"]
    assert answer.gap is not None
    assert shifts
    assert all(len(shift.pauses) == len(EIGHT.pauses) for shift in shifts if shift.pattern_id == "eight")


def test_without_customers_there_are_no_shifts():
    empty = Demand((), (EIGHT,), (), (MONDAY,), "Asia/Seoul", FIRST)
    assert find_cover(empty, solve, 5, 0.01) == ((), Answer([], 0.0, 0.0, 0.0))


def test_a_solver_that_runs_out_of_time_is_no_cover():
    def slow(program: Program, time_limit_s: float, gap: float) -> Answer:
        return Answer(None, None, None, time_limit_s)

    with pytest.raises(ValueError, match="no cover"):
        find_cover(demand(), slow, 5, 0.01)


def test_a_machine_too_busy_to_find_a_cover_in_time_finds_one_after_it():
    def busy(program: Program, time_limit_s: float, gap: float) -> Answer:
        return solve(program, time_limit_s, gap) if time_limit_s > 5 else Answer(None, None, None, time_limit_s)

    layout = lay_out(demand())
    best = solve(layout.program, 30, 0.0)
    found = search(layout, busy, 4, 0.01)
    assert best.cost is not None
    assert found.cost is not None
    assert found.gap is not None
    assert found.cost * (1 - found.gap) <= best.cost + 1e-6 <= found.cost + 2e-6
    assert found.seconds > 2, "the time that found nothing counts too"


def test_every_better_cover_is_kept_while_the_search_goes_on():
    kept: list[Answer] = []
    layout = lay_out(demand())
    found = search(layout, solve, 30, 0.0, kept.append)
    costs = [one.cost for one in kept if one.cost is not None]
    assert costs
    assert costs == sorted(costs, reverse=True)
    assert found.cost is not None
    assert found.cost <= costs[-1] + 1e-6
    for one in kept:
        assert one.gap is not None
        assert one.cost is not None
        assert one.cost * (1 - one.gap) <= found.cost + 1e-6


def test_what_is_kept_is_whole_shifts_that_can_be_worked():
    kept: list[int] = []
    shifts, _ = find_cover(demand(), solve, 20, 0.01, keep=lambda found, _: kept.append(len(found)))
    assert kept
    assert all(count > 0 for count in kept)
    assert shifts


def test_where_nobody_can_stop_it_no_time_is_spent_on_a_first_look():
    calls: list[float] = []

    def counting(program: Program, time_limit_s: float, gap: float) -> Answer:
        calls.append(time_limit_s)
        return solve(program, time_limit_s, gap)

    search(lay_out(demand()), counting, 30, 0.9)
    assert len(calls) == 3
