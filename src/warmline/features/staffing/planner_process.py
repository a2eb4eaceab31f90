"""Runs the process that plans: its steps and the solver's gap as they come, then the plan; ends it if told."""

import asyncio
from collections.abc import Callable

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from warmline.features.staffing.planner import Line, PlanInput, PlanOutput
from warmline.runtime.apart import run_apart
from warmline.runtime.milp import gap_of

PLANNER = ("warmline.features.staffing.planner",)
OVERTIME_S = 240.0  # beyond the solver's own limit: loading, a first cover when busy, giving shifts to agents


class Progress(Struct, frozen=True):
    """How far a plan is: "start", "layout", "cover" or "schedule", and the gap so far (a share).

    `found`: stopped now, there would be a plan.
    """

    step: str = "start"
    gap: float | None = None
    found: bool = False


class PlanFailed(Exception):
    """The process found no plan; the text says why."""


async def run_planner(given: PlanInput, tell: Callable[[Progress], None], stop: asyncio.Event) -> PlanOutput:
    """Return the plan, or the best so far when `stop` is set. Raises PlanFailed where there is none.

    A cancelled call ends the process.
    """
    progress = Progress()
    plan: PlanOutput | None = None
    failure = ""
    last_words: list[str] = []

    def hear(data: bytes) -> None:
        nonlocal progress, plan, failure
        line = msgspec.json.decode(data, type=Line)
        plan, failure = line.plan or plan, line.failure or failure
        if line.failure is None:
            progress = replace(progress, step=line.step or progress.step, found=plan is not None)
            tell(progress)

    def hear_solver(data: bytes) -> None:
        nonlocal progress
        text = data.decode(errors="replace")
        gap = gap_of(text)
        if gap is not None:
            progress = replace(progress, gap=gap)
            tell(progress)
        last_words[:] = [*last_words, text.strip()][-5:]

    ended = await run_apart(
        PLANNER, msgspec.json.encode(given), hear, stop,
        time_at_most_s=given.time_limit_s + OVERTIME_S, hear_errors=hear_solver,
    )  # fmt: skip
    if plan is not None:
        return plan
    if ended:
        raise PlanFailed("The planner was ended before it had found any cover.")
    raise PlanFailed(failure or " / ".join(last_words) or "The planner ended without a plan.")
