"""What the process that plans does with its input."""

import subprocess
import sys
from datetime import timedelta

import msgspec
from msgspec.structs import replace
from tests.features.staffing.conftest import MIDNIGHT, MONDAY

from warmline.domain.staffing.cover import Demand, Staff
from warmline.domain.staffing.needs import Curve, Need, Pool
from warmline.domain.staffing.rules import Worker, violations
from warmline.domain.staffing.volumes import HALF_HOUR
from warmline.features.staffing.planner import Line, PlanInput, make_plan
from warmline.features.staffing.settings import default_patterns


def plan_input(agents: int = 4, wanted: float = 2.0, **more: float) -> PlanInput:
    """One Monday from nine to six."""
    needs = tuple(Need(MIDNIGHT + n * HALF_HOUR, 0, 0, 0, wanted if 18 <= n < 36 else 0.0) for n in range(48))
    staff = Staff(frozenset({"all"}), agents, agents * 2400, agents * 5)
    patterns = tuple(kind.pattern for kind in default_patterns())
    demand = Demand(
        (Curve(Pool("all", ("orders",)), needs),), patterns, (staff,), (MONDAY,), "Asia/Seoul", MIDNIGHT
    )
    workers = tuple(Worker(f"w{n}", f"W{n}", frozenset({"orders"})) for n in range(agents))
    return PlanInput(demand, workers, (), **{"time_limit_s": 5.0, "gap": 0.02, **more})


def test_needs_become_shifts_of_agents():
    steps: list[str] = []
    given = plan_input()
    made = make_plan(given, steps.append)
    assert steps == ["layout", "cover", "schedule"]
    assert made.schedule.unfilled == ()
    assert violations(given.workers, made.schedule.shifts, "Asia/Seoul") == []
    assert all(MIDNIGHT <= shift.start_at < MIDNIGHT + timedelta(days=1) for shift in made.schedule.shifts)
    assert made.gap is not None


def test_who_has_the_day_off_gets_nothing_and_the_shift_says_so():
    given = plan_input()
    off = tuple(replace(worker, days_off=frozenset({MONDAY.isoformat()})) for worker in given.workers)
    made = make_plan(replace(given, workers=off), lambda step: None)
    assert made.schedule.unfilled
    assert all(one.reasons == {"day_off": 4} for one in made.schedule.unfilled)


def test_a_plan_without_time_is_the_first_there_is_and_tells_its_gap():
    made = make_plan(plan_input(40, 15.3, time_limit_s=0.0), lambda step: None)
    assert made.schedule.shifts
    assert made.gap is not None
    assert 0 < made.gap < 1


def test_a_plan_that_takes_more_memory_than_it_may_is_given_up_and_says_so():
    program = "from warmline.features.staffing import planner; planner.THREAD_MB = 0; planner.main(8)"
    ended = subprocess.run(
        [sys.executable, "-c", program], input=msgspec.json.encode(plan_input(4_000, 900.0)), capture_output=True,
        check=True,
    )  # fmt: skip
    last = msgspec.json.decode(ended.stdout.splitlines()[-1], type=Line)
    assert last.failure == "The plan needs more than 8 MB of memory. Plan fewer days at a time."
