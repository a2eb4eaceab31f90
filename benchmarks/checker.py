"""How long the checker needs to prove the largest of the demo's journeys, and what it looked at.

Every journey that customers can start is checked with everything it can lead to; the slowest is the figure. Wall
and processor seconds are both told: on a busy machine only the latter mean something.
Run: `python -m benchmarks.checker`.
"""

import sys
import time
from statistics import median

from warmline.cli_journey import DEFAULT_CONTENT, Content
from warmline.domain.journey.checker import check
from warmline.domain.journey.checker_report import Report

GOAL_S = 1.0
ROUNDS = 3


def main() -> int:
    """Run and print; the exit code says whether the target was met and every journey is sound."""
    content = Content(DEFAULT_CONTENT)
    slowest_s, cpu_s, told, sound = 0.0, 0.0, "", True
    for journey_id in content.entries:
        rounds = [timed(content, journey_id) for _ in range(ROUNDS)]
        wall_s = median(one[1] for one in rounds)
        sound = sound and all(report.ok for report, _, _ in rounds)
        if wall_s > slowest_s:
            slowest_s, cpu_s, told = wall_s, min(one[2] for one in rounds), rounds[0][0].lines()[0]
    print(f"checker: {slowest_s:.2f} s, {cpu_s:.2f} s of processor (goal < {GOAL_S:.0f} s); {told}")
    return 0 if slowest_s < GOAL_S and sound else 1


def timed(content: Content, journey_id: str) -> tuple[Report, float, float]:
    """Check one journey; return the report, the wall seconds and the processor seconds."""
    began, cpu = time.perf_counter(), time.process_time()
    report = check(journey_id, content.library, content.world, content.prompts)
    return report, time.perf_counter() - began, time.process_time() - cpu


if __name__ == "__main__":
    sys.exit(main())
