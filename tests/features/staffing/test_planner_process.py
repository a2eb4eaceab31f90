"""The process that plans is started, listened to, and ended when nobody wants its plan any more."""

import asyncio
import os
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.features.staffing.test_planner import plan_input

from warmline.features.staffing.planner_process import PlanFailed, Progress, run_planner


def planners() -> set[int]:
    """The process ids of this process's own planners."""
    found = set[int]()
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(entry.read_text().rsplit(")", 1)[1].split()[1])
            command = (entry.parent / "cmdline").read_bytes()
        except (OSError, IndexError):
            continue
        if parent == os.getpid() and b"staffing.planner" in command:
            found.add(int(entry.parent.name))
    return found


async def test_steps_and_gap_are_heard_before_the_plan():
    heard: list[Progress] = []
    plan = await run_planner(plan_input(), heard.append, asyncio.Event())
    steps = [one.step for one in heard]
    assert [step for at, step in enumerate(steps) if step not in steps[:at]] == ["layout", "cover", "schedule"]
    assert plan.schedule.unfilled == ()
    assert planners() == set()


async def test_a_plan_nobody_wants_any_more_ends_its_process():
    begun = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        planning = group.create_task(
            run_planner(plan_input(40, 15.3, time_limit_s=60.0), lambda _: begun.set(), asyncio.Event())
        )
        await begun.wait()
        assert planners()
        planning.cancel()
    assert planning.cancelled()
    assert planners() == set()


async def test_a_plan_that_cannot_be_says_why():
    broken = plan_input()
    nowhere = replace(broken, demand=replace(broken.demand, time_zone="Asia/Nowhere"))
    with pytest.raises(PlanFailed, match="Nowhere"):
        await run_planner(nowhere, lambda _: None, asyncio.Event())


async def test_a_search_that_is_stopped_gives_the_best_plan_it_had_found():
    stop = asyncio.Event()

    def tell(progress: Progress) -> None:
        if progress.found:
            stop.set()

    plan = await run_planner(plan_input(40, 15.3, time_limit_s=60.0, gap=0.0), tell, stop)
    assert not plan.complete
    assert plan.gap is not None
    assert 0 < plan.gap < 0.5
    assert plan.schedule.shifts
    assert planners() == set()


async def test_stopped_before_anything_was_found_there_is_no_plan():
    stop = asyncio.Event()
    stop.set()
    with pytest.raises(PlanFailed, match="before"):
        await run_planner(plan_input(), lambda _: None, stop)
