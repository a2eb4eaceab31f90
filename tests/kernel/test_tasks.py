"""Background work is held, and its failures are heard."""

import asyncio
import gc

from warmline.kernel.tasks import TaskRegistry


async def test_a_task_nobody_else_holds_still_finishes():
    done = asyncio.Event()
    wait = asyncio.Event()
    registry = TaskRegistry(lambda name, failure: None)

    async def work() -> None:
        await wait.wait()
        done.set()

    registry.spawn("work", work())
    gc.collect()
    wait.set()
    await asyncio.wait_for(done.wait(), 1)
    assert done.is_set()


async def test_a_failure_is_reported_by_name():
    heard: list[str] = []
    registry = TaskRegistry(lambda name, failure: heard.append(f"{name}: {failure}"))

    async def work() -> None:
        raise RuntimeError("lost")

    await asyncio.gather(registry.spawn("router", work()), return_exceptions=True)
    assert heard == ["router: lost"]


async def test_closing_cancels_what_still_runs():
    registry = TaskRegistry(lambda name, failure: None)
    task = registry.spawn("forever", _forever())
    await registry.close()
    assert task.cancelled()


async def _forever() -> None:
    await asyncio.Event().wait()
