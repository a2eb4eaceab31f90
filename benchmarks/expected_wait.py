"""How good promised waits are, against the moving average Asterisk announces, in the same simulated call centers.

100 agents; every customer who has to wait is promised a wait when they arrive, from what is known at that moment:
people in line, recent handle times, and patience learned on the way. Judged on everybody who was answered: squared
error over the squared mean wait. The rival is what app_queue keeps: a quarter new wait, the rest old average.
Run: `python -m benchmarks.expected_wait`.
"""

import argparse
import math
import random
import statistics
import sys
from collections import OrderedDict
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count

from warmline.domain.routing.estimates import HandleTimes
from warmline.domain.routing.expected_wait import Patience, by_line

AGENTS, HANDLE_S, PATIENCE_S = 100, 300.0, 300.0
GOAL = 0.6
Draw = Callable[[random.Random, float], float]


def exponential(chance: random.Random, mean_s: float) -> float:
    """Return a time that forgets how long it has lasted."""
    return chance.expovariate(1 / mean_s)


def lognormal(chance: random.Random, mean_s: float) -> float:
    """Return a time spread as call centers measure it: coefficient of variation 1."""
    sigma2 = math.log(2)
    return chance.lognormvariate(math.log(mean_s) - sigma2 / 2, math.sqrt(sigma2))


def steady(load: float) -> Callable[[float], float]:
    """Return a constant load."""
    return lambda _: load


def tide(now_s: float) -> float:
    """Return a load that swings around 1.2 twice an eight-hour day."""
    return 1.2 + 0.4 * math.sin(now_s / 14_400 * 2 * math.pi)


def errors(load: Callable[[float], float], draw: Draw, seed: int, customers: int) -> tuple[float, float]:
    """Simulate; return the relative squared error of our promise and of the moving average."""
    chance, numbers = random.Random(seed), count()
    events: list[tuple[float, int, str, int]] = [(0.0, next(numbers), "arrives", 0)]
    line: OrderedDict[int, tuple[float, float, float]] = OrderedDict()  # arrived, ours, theirs
    free, average_s, times, patience = AGENTS, 0.0, HandleTimes(), Patience()
    ours: list[float] = []
    theirs: list[float] = []
    waits: list[float] = []
    served = 0

    def handle(now_s: float) -> None:
        lasts_s = draw(chance, HANDLE_S)
        times.handled("q", lasts_s)
        heappush(events, (now_s + lasts_s, next(numbers), "ends", 0))

    while served < customers:
        now_s, _, kind, customer = heappop(events)
        if kind == "arrives":
            at = next(numbers)
            heappush(events, (now_s + chance.expovariate(AGENTS / HANDLE_S * load(now_s)), at, "arrives", 0))
            if free:
                free -= 1
                average_s = average_s * 0.75
                handle(now_s)
            else:
                promise_s = by_line(len(line), times.mean_s("q") / AGENTS, patience.mean_s).mean_s
                line[at] = (now_s, promise_s, average_s)
                heappush(events, (now_s + draw(chance, PATIENCE_S), next(numbers), "leaves", at))
        elif kind == "leaves":
            waiting = line.pop(customer, None)
            if waiting is not None:
                patience.gave_up(now_s - waiting[0])
        elif line:
            _, (arrived_s, promise_s, rival_s) = line.popitem(last=False)
            wait_s = now_s - arrived_s
            patience.answered(wait_s)
            average_s = average_s * 0.75 + wait_s * 0.25
            served += 1
            if served > customers // 10:  # everybody has learned by then
                ours.append((promise_s - wait_s) ** 2)
                theirs.append((rival_s - wait_s) ** 2)
                waits.append(wait_s)
            handle(now_s)
        else:
            free += 1
    scale = statistics.fmean(waits) ** 2
    return statistics.fmean(ours) / scale, statistics.fmean(theirs) / scale


def main() -> int:
    """Run and print; the exit code says whether the overloads met the goal."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--customers", type=int, default=20_000)
    arguments.add_argument("--seeds", type=int, default=5)
    given = arguments.parse_args()
    cases = (
        ("overload 1.4", steady(1.4), exponential),
        ("overload 1.2, lognormal", steady(1.2), lognormal),
        ("swinging load", tide, exponential),
    )
    met = True
    for name, load, draw in cases:
        runs = [errors(load, draw, seed, given.customers) for seed in range(given.seeds)]
        mine, rival = (statistics.median(run[side] for run in runs) for side in (0, 1))
        ratio = statistics.median(a / b for a, b in runs)
        met = met and ratio <= GOAL
        print(f"{name:26} ours {mine:.4f}, moving average {rival:.4f}: {ratio:.2f} × (goal ≤ {GOAL})")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
