"""The process that plans: a plan's input on standard input; steps and the plan as lines of JSON on its output.

A process of its own, because a search keeps a processor busy for seconds, can only be stopped by ending it, and
needs libraries that nothing else does. What the solver prints goes to standard error.
"""

import os
import sys
from collections.abc import Callable

import msgspec
from msgspec import Struct

from warmline.domain.staffing.cover import Demand
from warmline.domain.staffing.cover_search import find_cover
from warmline.domain.staffing.program import Answer, Program
from warmline.domain.staffing.rules import Worker
from warmline.domain.staffing.schedule import Schedule, assign
from warmline.domain.staffing.shifts import Shift
from warmline.runtime.memory import MEGABYTE, limit_memory

NICE = 10  # customers who are served now come first
MEMORY_AT_MOST_MB = 4_000  # besides its libraries
THREAD_MB = 150  # addresses that a solver's thread keeps for itself, used or not


class PlanInput(Struct, frozen=True):
    """What is planned with. `worked`: shifts of these agents around the plan."""

    demand: Demand
    workers: tuple[Worker, ...]
    worked: tuple[Shift, ...]
    time_limit_s: float
    gap: float


class PlanOutput(Struct, frozen=True):
    """The plan. `gap`: how far its cost may be from the least possible, as a share; None: not known.

    `complete`: nothing better is searched any more.
    """

    schedule: Schedule
    gap: float | None
    seconds: float
    complete: bool = True


class Line(Struct, frozen=True, omit_defaults=True):
    """One line of standard output: a step that begins, a failure, the best plan so far, or the plan."""

    step: str | None = None
    failure: str | None = None
    plan: PlanOutput | None = None


def make_plan(
    given: PlanInput, tell: Callable[[str], None], keep: Callable[[PlanOutput], None] | None = None
) -> PlanOutput:
    """Cover the needs, then give the shifts to agents; `keep` hears of every plan better than the one before.

    Raises ValueError when there was no time for any cover.
    """
    from warmline.runtime.milp import match, solve

    def solver(program: Program, time_limit_s: float, gap: float) -> Answer:
        return solve(program, time_limit_s, gap, tell=True)

    def planned(shifts: tuple[Shift, ...], answer: Answer, *, complete: bool) -> PlanOutput:
        demand = given.demand
        schedule = assign(shifts, given.workers, demand.time_zone, match, given.worked, demand.rest_min)
        return PlanOutput(schedule, answer.gap, answer.seconds, complete)

    def found(shifts: tuple[Shift, ...], answer: Answer) -> None:
        if keep is not None:
            keep(planned(shifts, answer, complete=False))

    shifts, answer = find_cover(
        given.demand, solver, given.time_limit_s, given.gap, tell, None if keep is None else found
    )
    tell("schedule")
    return planned(shifts, answer, complete=True)


def main(memory_at_most_mb: int = MEMORY_AT_MOST_MB) -> int:
    """Read a plan's input, write what happens; give up a plan that takes more memory than a plan may."""
    os.nice(NICE)
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # the solver prints to the number, whatever Python calls it

    def write(line: Line) -> None:
        out.write(msgspec.json.encode(line) + b"\n")

    try:
        import scipy.optimize  # noqa: F401 -- loaded before its memory is counted

        limit_memory((memory_at_most_mb + THREAD_MB * (os.cpu_count() or 1)) * MEGABYTE)
        given = msgspec.json.decode(sys.stdin.buffer.read(), type=PlanInput)
        plan = make_plan(given, lambda step: write(Line(step=step)), lambda best: write(Line(plan=best)))
        write(Line(plan=plan))
    except ValueError as failure:
        write(Line(failure=str(failure)))
    except MemoryError:
        write(
            Line(failure=f"The plan needs more than {memory_at_most_mb} MB of memory. Plan fewer days at a time.")
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
