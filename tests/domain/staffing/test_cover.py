"""Shifts that cover the needs, with pauses where they hurt least and within what the agents can work."""

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from warmline.domain.staffing.cover import Costs, Demand, Staff, lay_out, read_cover
from warmline.domain.staffing.needs import Curve, Need, Pool
from warmline.domain.staffing.program import Answer
from warmline.domain.staffing.shifts import Pattern, Shift, Window, local_at, staffed
from warmline.domain.staffing.volumes import HALF_HOUR
from warmline.runtime.milp import solve

SEOUL = ZoneInfo("Asia/Seoul")
MONDAY = date(2026, 11, 23)
FIRST = local_at(MONDAY, 0, SEOUL)
ORDERS, REFUNDS = Pool("orders", ("orders",)), Pool("refunds", ("refunds",))
HALF = Pattern("half", 240, 540, 1020)
EIGHT = Pattern("eight", 540, 480, 780, pauses=(Window("break", 15, 60, 120), Window("lunch", 60, 180, 300)))


def curve(wanted: dict[int, float], pool: Pool = ORDERS, days: int = 1) -> Curve:
    """`wanted`: agents by half hour of the first day; the other days want the same."""
    needs = tuple(
        Need(FIRST + n * HALF_HOUR, 0, 0, int(wanted.get(n % 48, 0)), wanted.get(n % 48, 0))
        for n in range(days * 48)
    )
    return Curve(pool, needs)


def staff(headcount: int, pools: tuple[Pool, ...] = (ORDERS,), **more: object) -> Staff:
    found = Staff(frozenset(p.id for p in pools), headcount, headcount * 2400, headcount * 5)
    return replace(found, **more)


def cover(demand: Demand) -> tuple[Shift, ...]:
    layout = lay_out(demand)
    return read_cover(layout, solve(layout.program, 20, 0.0), demand.first_at)


def demand(*curves: Curve, people: tuple[Staff, ...] = (staff(50),), days: int = 1, **more: object) -> Demand:
    every = tuple(MONDAY + timedelta(n) for n in range(days))
    return replace(Demand(curves, (HALF,), people, every, "Asia/Seoul", FIRST), **more)


def test_two_half_days_cover_a_day_of_eight_hours():
    shifts = cover(demand(curve(dict.fromkeys(range(18, 34), 2.0))))
    assert Counter(shift.start_at for shift in shifts) == {FIRST + 18 * HALF_HOUR: 2, FIRST + 26 * HALF_HOUR: 2}
    assert all(shift.end_at - shift.start_at == timedelta(hours=4) for shift in shifts)
    assert len({shift.id for shift in shifts}) == 4


def test_pauses_are_taken_inside_their_windows_and_not_all_at_once():
    wanted = curve(dict.fromkeys(range(18, 34), 3.0))
    asked = Demand((wanted,), (EIGHT,), (staff(20),), (MONDAY,), "Asia/Seoul", FIRST)
    shifts = cover(asked)
    for shift in shifts:
        for pause, window in zip(shift.pauses, EIGHT.pauses, strict=True):
            after_min = (pause.start_at - shift.start_at).total_seconds() / 60
            assert window.from_min <= after_min <= window.to_min + 15
            assert (pause.end_at - pause.start_at) == timedelta(minutes=window.length_min)
    there = staffed(shifts, FIRST, 48)
    assert min(there[18:34]) >= 3.0
    assert len({shift.pauses[1].start_at for shift in shifts}) > 1


def test_the_solver_s_staff_is_the_shifts_staff():
    """What the program counted as covered is what the shifts really cover."""
    wanted = curve({n: 1 + n % 5 for n in range(16, 44)}, days=3)
    days = tuple(MONDAY + timedelta(n) for n in range(3))
    dear = Costs(under=100, over=0)
    asked = Demand((wanted,), (EIGHT, HALF), (staff(30),), days, "Asia/Seoul", FIRST, costs=dear)
    layout = lay_out(asked)
    answer = solve(layout.program, 20, 0.01)
    shifts = read_cover(layout, answer, FIRST)
    assert answer.cost is not None
    missing = [max(0.0, n.on_shift - t) for n, t in zip(wanted.needs, staffed(shifts, FIRST, 144), strict=True)]
    paid = sum(shift.paid_min for shift in shifts) / 30
    assert answer.cost == pytest.approx(paid + 100 * sum(missing), rel=0.02)


def test_with_too_few_agents_the_shortage_is_spread_instead_of_leaving_an_hour_alone():
    shifts = cover(demand(curve(dict.fromkeys(range(18, 34), 10.0)), people=(staff(8),)))
    there = staffed(shifts, FIRST, 48)[18:34]
    assert len(shifts) == 8
    assert max(there) - min(there) <= 1


def test_nobody_comes_back_before_eleven_hours_of_rest():
    # Eight agents are wanted late on Monday and early on Tuesday; only ten exist.
    late = Pattern("late", 240, 1140, 1140)  # 19:00 to 23:00
    early = Pattern("early", 240, 420, 420)  # 07:00 to 11:00, eight hours later
    wanted = curve(dict.fromkeys([*range(38, 46), *range(14, 22)], 8.0), days=2)
    days = (MONDAY, MONDAY + timedelta(1))
    asked = Demand((wanted,), (late, early), (staff(10),), days, "Asia/Seoul", FIRST)
    shifts = cover(asked)
    tuesday = FIRST + timedelta(days=1)
    monday_late = [s for s in shifts if s.pattern_id == "late" and s.start_at < tuesday]
    tuesday_early = [s for s in shifts if s.pattern_id == "early" and s.start_at >= tuesday]
    assert len(monday_late) + len(tuesday_early) == 10
    relaxed = cover(Demand((wanted,), (late, early), (staff(10),), days, "Asia/Seoul", FIRST, rest_min=8 * 60))
    assert len([s for s in relaxed if s.pattern_id == "late" and s.start_at < tuesday]) == 8


def test_queues_share_the_agents_there_are():
    both = dict.fromkeys(range(18, 26), 4.0)
    people = (staff(4), staff(4, (REFUNDS,)), staff(6, (ORDERS, REFUNDS)))
    shifts = cover(demand(curve(both), curve(both, REFUNDS), people=people))
    assert len(shifts) == 6
    assert {shift.queues for shift in shifts} == {("orders",), ("refunds",)}


def test_hours_shifts_and_patterns_are_bounded():
    wanted = curve(dict.fromkeys(range(18, 34), 5.0), days=2)
    hours = Staff(frozenset({"orders"}), 50, 4 * 240, 99)
    assert len(cover(demand(wanted, people=(hours,), days=2))) == 4
    few = Staff(frozenset({"orders"}), 50, 99_999, 3)
    assert len(cover(demand(wanted, people=(few,), days=2))) == 3
    trained = Staff(frozenset({"orders"}), 50, 99_999, 999, {"half": 2})
    assert len(cover(demand(wanted, people=(trained,), days=2))) == 4  # two each day, rest included
    tired = Staff(frozenset({"orders"}), 50, 99_999, 75, {"half": 2})
    assert len(cover(demand(wanted, people=(tired,), days=2))) == 3  # a day and a half each
    limited = Pattern("half", 240, 540, 1020, at_most=1)
    asked = Demand((wanted,), (limited,), (staff(50),), (MONDAY, MONDAY + timedelta(1)), "Asia/Seoul", FIRST)
    assert len(cover(asked)) == 2


def test_the_minimum_holds_where_customers_may_come():
    asked = demand(curve(dict.fromkeys(range(18, 26), 0.2)), least=3)
    assert len(cover(asked)) == 3


def test_no_answer_is_no_cover():
    layout = lay_out(demand(curve({20: 1.0})))
    with pytest.raises(ValueError, match="no cover"):
        read_cover(layout, Answer(None, None, None, 1.0), datetime.fromisoformat("2026-11-23T00:00:00+00:00"))
