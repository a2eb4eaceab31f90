import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from tests.features.twin.conftest import MONDAY, Diary, write_played

from warmline.features.twin import runs_store as store
from warmline.features.twin.request import Replay
from warmline.features.twin.runs import AT_ONCE, DEAD_AFTER, Run, Runs
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

LONG = 200


@pytest_asyncio.fixture
async def tasks() -> AsyncIterator[TaskRegistry]:
    failures: list[BaseException] = []
    registry = TaskRegistry(lambda _, failure: failures.append(failure))
    yield registry
    await registry.close()
    assert failures == []


@pytest_asyncio.fixture
async def runs(database: Database, tasks: TaskRegistry, diary: Diary) -> Runs:
    await write_played(diary, agents=12, per_hour=140)
    return Runs(database, tasks)


async def until(runs: Runs, run: Run, *statuses: str, share: float = 0.0) -> Run:
    async with asyncio.timeout(60):
        while (now := await runs.one("onda", run.id)).status not in statuses or now.share < share:
            await asyncio.sleep(0.05)
    return now


async def test_a_simulation_runs_to_its_end_and_is_kept(runs: Runs):
    begun = await runs.begin("onda", new_id(), Replay(MONDAY, 4))
    assert begun.status == "waiting"
    done = await until(runs, begun, "done", "failed")
    assert (done.status, done.refusal) == ("done", None)
    assert done.result is not None
    assert done.result["verdict"]["word"] == "agrees"
    (line,) = await runs.all("onda")
    assert (line.result, line.brief["runs"]) == (None, 4)
    assert await runs.all("rival") == []


async def test_a_stopped_simulation_keeps_what_it_knows(runs: Runs):
    begun = await runs.begin("onda", new_id(), Replay(MONDAY, LONG))
    running = await until(runs, begun, "running", share=0.01)
    assert running.at is not None
    await runs.stop("onda", begun.id)
    stopped = await until(runs, begun, "stopped", "done", "failed")
    assert stopped.status == "stopped"
    assert stopped.result is not None
    assert 0 < stopped.result["runs"] < LONG


async def test_one_that_waits_for_its_turn_can_be_stopped_before_it_begins(runs: Runs):
    first = await runs.begin("onda", new_id(), Replay(MONDAY, LONG))
    second = await runs.begin("onda", new_id(), Replay(MONDAY, LONG))
    await until(runs, first, "running")
    await runs.stop("onda", second.id)
    stopped = await until(runs, second, "stopped", "done", "failed")
    assert (stopped.status, stopped.result) == ("stopped", None)
    await runs.stop("onda", first.id)
    await until(runs, first, "stopped")


async def test_too_many_at_once_are_refused(runs: Runs):
    begun = [await runs.begin("onda", new_id(), Replay(MONDAY, LONG)) for _ in range(AT_ONCE)]
    with pytest.raises(Refused) as refused:
        await runs.begin("onda", new_id(), Replay(MONDAY, 2))
    assert refused.value.code == "twin_busy"
    for run in begun:
        await runs.forget("onda", run.id)


async def test_a_day_without_contacts_fails_with_its_reason(runs: Runs):
    begun = await runs.begin("onda", new_id(), Replay(dt.date(2026, 1, 1), 2))
    failed = await until(runs, begun, "failed", "done")
    assert failed.refusal is not None
    assert failed.refusal["code"] in {"twin_nobody_there", "twin_nothing_recorded"}
    assert failed.refusal["text"].endswith(".")


async def test_one_whose_process_died_has_failed(runs: Runs, database: Database):
    id = new_id()
    async with database.tenant("onda") as conn:
        await store.insert(conn, "onda", id, {}, None, utc_now() - DEAD_AFTER - timedelta(seconds=1))
    lost = await runs.one("onda", id)
    assert lost.status == "failed"
    assert lost.refusal is not None
    assert lost.refusal["code"] == "twin_failed"


async def test_what_was_thrown_away_is_gone(runs: Runs):
    begun = await runs.begin("onda", new_id(), Replay(MONDAY, 2))
    await runs.forget("onda", begun.id)
    with pytest.raises(Refused):
        await runs.one("onda", begun.id)
