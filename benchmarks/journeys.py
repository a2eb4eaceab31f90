"""Simulated conversations per minute on two cores: the demo's journeys, random customers, random faults.

Two processes, each with seeds of its own, let wandering customers talk to every journey that customers can start;
what is counted is finished conversations, none of them stuck. Run: `python -m benchmarks.journeys [--seconds 20]`.
"""

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from warmline.cli_journey import DEFAULT_CONTENT, Content
from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.simulate_run import run_wanderers

TARGET_PER_MINUTE = 10_000
PROCESSES = 2
AT_ONCE = 50  # conversations between two looks at the clock


def talk(seed: int, seconds: float) -> tuple[int, int, float]:
    """Let customers talk for `seconds`; return conversations, failures and the seconds it took."""
    content = Content(DEFAULT_CONTENT)
    texts = PromptSource(content.prompts)
    done = failed = 0
    began = time.perf_counter()
    while (took_s := time.perf_counter() - began) < seconds:
        for number, journey_id in enumerate(content.entries):
            tally = run_wanderers(
                journey_id, content.library, texts, content.answers, AT_ONCE, seed * 1_000 + done + number
            )
            done += tally.conversations
            failed += len(tally.failures) + tally.ends["stuck"]
    return done, failed, took_s


def main() -> int:
    """Run and print; the exit code says whether the target was met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20)
    arguments = parser.parse_args()
    with ProcessPoolExecutor(PROCESSES) as pool:
        results = list(pool.map(talk, range(1, PROCESSES + 1), [arguments.seconds] * PROCESSES))
    per_minute = sum(done / took_s * 60 for done, _, took_s in results)
    done, failed = sum(result[0] for result in results), sum(result[1] for result in results)
    print(
        f"journeys: {per_minute:,.0f} simulated conversations a minute in {PROCESSES} processes "
        f"({done:,} held, {failed} failed; target {TARGET_PER_MINUTE:,})"
    )
    return 0 if per_minute >= TARGET_PER_MINUTE and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
