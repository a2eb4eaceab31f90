"""Runs the process that plans: its steps and the solver's gap as they come, then the plan; ends it if told."""

import asyncio
import sys
from collections.abc import Callable

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from warmline.features.staffing.planner import Line, PlanInput, PlanOutput
from warmline.runtime.milp import gap_of

LINE_AT_MOST = 64 * 1024 * 1024  # a plan of thousands of shifts in one line
OVERTIME_S = 120.0  # beyond the solver's own limit: loading, and giving shifts to agents


class Progress(Struct, frozen=True):
    """How far a plan is: "start", "layout", "cover" or "schedule", and the gap so far (a share)."""

    step: str = "start"
    gap: float | None = None


class PlanFailed(Exception):
    """The process found no plan; the text says why."""


async def run_planner(given: PlanInput, tell: Callable[[Progress], None]) -> PlanOutput:
    """Return the plan. Raises PlanFailed; a cancelled call ends the process."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "warmline.features.staffing.planner",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        limit=LINE_AT_MOST,
    )  # fmt: skip
    progress = Progress()
    plan: PlanOutput | None = None
    failure = ""
    last_words: list[str] = []

    async def write() -> None:
        assert process.stdin is not None  # noqa: S101 -- asked for above
        process.stdin.write(msgspec.json.encode(given))
        await process.stdin.drain()
        process.stdin.close()

    async def read_lines() -> None:
        nonlocal progress, plan, failure
        assert process.stdout is not None  # noqa: S101
        while data := await process.stdout.readline():
            line = msgspec.json.decode(data, type=Line)
            plan, failure = line.plan or plan, line.failure or failure
            if line.step is not None:
                progress = replace(progress, step=line.step)
                tell(progress)

    async def read_solver() -> None:
        nonlocal progress
        assert process.stderr is not None  # noqa: S101
        while data := await process.stderr.readline():
            text = data.decode(errors="replace")
            gap = gap_of(text)
            if gap is not None:
                progress = replace(progress, gap=gap)
                tell(progress)
            last_words[:] = [*last_words, text.strip()][-5:]

    try:
        async with asyncio.timeout(given.time_limit_s + OVERTIME_S):
            try:
                await asyncio.gather(write(), read_lines(), read_solver())
            except ConnectionError:
                failure = failure or "The planner ended early."
            await process.wait()
    except TimeoutError:
        raise PlanFailed("The planner took too long.") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if plan is None:
        raise PlanFailed(failure or " / ".join(last_words) or "The planner ended without a plan.")
    return plan
