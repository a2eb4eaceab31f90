"""How long the checker needs to prove the largest of the demo's journeys, and one of 300 steps with five modules.

Every journey that customers can start is checked with everything it can lead to, in writing and by telephone; the
slowest is the figure. Processor seconds count: on a machine that others use, the wall's mean nothing, so they are
only told. Run: `python -m benchmarks.checker`.
"""

import sys
import time
from collections.abc import Callable
from statistics import median

from benchmarks.checker_large import LARGE, steps_in

from warmline.cli_journey import DEFAULT_CONTENT, Content
from warmline.domain.journey.checker import check
from warmline.domain.journey.checker_report import Report

GOAL_S, LARGE_GOAL_S = 1.0, 2.0
ROUNDS = 3


def main() -> int:
    """Run and print; the exit code says whether the targets were met and every journey is sound."""
    content = Content(DEFAULT_CONTENT)
    demo = [
        timed(lambda one=one: check(one, content.library, content.world, content.prompts))
        for one in content.entries
    ]
    report, cpu_s, wall_s = max(demo, key=lambda one: one[1])
    print(f"checker: {cpu_s:.2f} s of processor, {wall_s:.2f} s (goal < {GOAL_S:.0f} s); {report.lines()[0]}")
    large, large_s, wall_s = timed(lambda: check("large", LARGE.library, LARGE.world, LARGE.prompts))
    told = f"{steps_in(LARGE.library)} steps, {len(LARGE.library) - 1} modules; {large.lines()[0]}"
    print(f"checker, large: {large_s:.2f} s of processor, {wall_s:.2f} s (goal < {LARGE_GOAL_S:.0f} s); {told}")
    sound = large.ok and all(one.ok for one, _, _ in demo)
    return 0 if cpu_s < GOAL_S and large_s < LARGE_GOAL_S and sound else 1


def timed(proof: Callable[[], Report]) -> tuple[Report, float, float]:
    """Return the report, and the processor and wall seconds of the round in the middle."""
    rounds: list[tuple[Report, float, float]] = []
    for _ in range(ROUNDS):
        began, cpu = time.perf_counter(), time.process_time()
        report = proof()
        rounds.append((report, time.process_time() - cpu, time.perf_counter() - began))
    return rounds[0][0], median(one[1] for one in rounds), median(one[2] for one in rounds)


if __name__ == "__main__":
    sys.exit(main())
