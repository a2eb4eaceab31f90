"""Shifts for a week of a contact center: how long does it take, and how far from the best may it be?

Seven days of 48 half hours, two queues that share most agents, full and part time with lunch and short breaks
in windows, eleven hours of rest. Goal: a gap of 15 % at most in 20 s, for 30, 60 and 100 agents.
"""

import argparse
import json
import math
import time
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from warmline.domain.staffing.cover import Demand, Staff
from warmline.domain.staffing.cover_search import find_cover
from warmline.domain.staffing.needs import Pool, Service, curves
from warmline.domain.staffing.requirement import Promise
from warmline.domain.staffing.rules import Worker, violations
from warmline.domain.staffing.schedule import assign
from warmline.domain.staffing.shifts import Pattern, Window, local_at, staffed
from warmline.domain.staffing.volumes import HALF_HOUR, Volume, Volumes
from warmline.runtime.milp import match, solve

ZONE = "Asia/Seoul"
MONDAY = date(2026, 11, 23)
DAYS = tuple(MONDAY + timedelta(day) for day in range(7))
FIRST = local_at(MONDAY, 0, ZoneInfo(ZONE))
WEEKDAY = (1.2, 1.05, 1.0, 1.0, 1.05, 0.6, 0.5)
PATTERNS = (
    Pattern(
        "full", 540, 420, 780, 30,
        (Window("break", 15, 60, 120), Window("lunch", 60, 180, 300), Window("break", 15, 360, 450)),
    ),
    Pattern("part", 240, 480, 1080, 30, (Window("break", 15, 90, 150),)),
)  # fmt: skip
GAP_AT_MOST = 0.15
TIME_LIMIT_S = 20.0


def volumes(peak: float) -> tuple[Volume, ...]:
    """A week with a morning and an afternoon peak and quiet weekends, open 8 to 22."""
    line: list[Volume] = []
    for slot in range(7 * 48):
        hour = slot % 48 / 2
        shape = math.exp(-(((hour - 10.5) / 2.2) ** 2)) + 0.8 * math.exp(-(((hour - 15) / 2.8) ** 2))
        shape += 0.25 * math.exp(-(((hour - 20) / 2) ** 2))
        count = peak * WEEKDAY[slot // 48] * shape if 8 <= hour < 22 else 0.0
        line.append(Volume(FIRST + slot * HALF_HOUR, count, 0.85 * count, 1.15 * count, 300))
    return tuple(line)


def measure(agents: int) -> dict[str, float]:
    """Plan a week for so many agents and customers to match."""
    services = {queue: Service(Promise(0.8, 20), 180, 0.15) for queue in ("orders", "refunds")}
    expected = Volumes("made", {"orders": volumes(0.75 * agents), "refunds": volumes(0.45 * agents)})
    pools = [Pool("orders", ("orders",)), Pool("refunds", ("refunds",))]
    needs = curves(expected, pools, services, FIRST, 7 * 48)
    both, most = frozenset({"orders", "refunds"}), agents * 3 // 4
    people = (
        Staff(both, agents, agents * 2400, agents * 5, {"part": agents // 4}),
        *(Staff(frozenset({pool.id}), most, most * 2400, most * 5) for pool in pools),
    )
    demand = Demand(needs, PATTERNS, people, DAYS, ZONE, FIRST, least=2)
    began = time.perf_counter()
    shifts, answer = find_cover(demand, solve, TIME_LIMIT_S, 0.01)
    covered_s = time.perf_counter() - began
    workers = [
        Worker(
            f"{n}", f"{n}", both if n % 2 == 0 else frozenset({"orders" if n % 4 == 1 else "refunds"}),
            patterns=None if n % 4 == 0 else frozenset({"full"}),
        )
        for n in range(agents)
    ]  # fmt: skip
    began = time.perf_counter()
    schedule = assign(shifts, workers, ZONE, match)
    assigned_s = time.perf_counter() - began
    assert violations(workers, schedule.shifts, ZONE) == []
    wanted = [sum(curve.needs[slot].on_shift for curve in needs) for slot in range(7 * 48)]
    there = staffed(shifts, FIRST, 7 * 48)
    missing = sum(max(0.0, want - have) for want, have in zip(wanted, there, strict=True))
    return {
        "agents": agents,
        "shifts": len(shifts),
        "cover_s": round(covered_s, 2),
        "gap": round(answer.gap if answer.gap is not None else math.inf, 4),
        "missing_share": round(missing / sum(wanted), 4),
        "schedule_s": round(assigned_s, 2),
        "unfilled": len(schedule.unfilled),
    }


def main() -> int:
    """Print one line for each number of agents; fail above the gap."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agents", type=int, nargs="*", default=[30, 60, 100])
    met = True
    for agents in parser.parse_args().agents:
        figures = measure(agents)
        print(json.dumps(figures), flush=True)
        met = met and figures["gap"] <= GAP_AT_MOST
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
