"""Simulations asked for over the API: one at a time in a process of their own, followed, stopped, kept."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct

from warmline.features.twin import runs_store as store
from warmline.features.twin.asking import day_for
from warmline.features.twin.changes import check_queue
from warmline.features.twin.child import Line
from warmline.features.twin.process import TIME_AT_MOST_S, simulate_apart
from warmline.features.twin.refusals import BUSY, FAILED
from warmline.features.twin.request import AnyQuestion, Replay, Work, check
from warmline.kernel.errors import CATALOGUE, NOT_FOUND, Refused
from warmline.kernel.ids import new_id
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.apart import follow
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

LOG = logging.getLogger(__name__)
LOOK_S = 0.4  # how often progress is written and a wish to stop is seen
DEAD_AFTER = timedelta(seconds=30)  # without a sign of life nobody simulates any more
AT_ONCE = 3  # of a company, those waiting for their turn included


class Run(Struct, frozen=True):
    """A simulation as supervisors see it. `status`: waiting, running, done, stopped, failed.

    `share`: 0 to 1; `at`: the half hour being played; `brief`: verdict, runs and completeness; `refusal`: why not.
    """

    id: UUID
    question: dict[str, Any]
    status: str
    share: float
    at: str | None
    brief: dict[str, Any]
    refusal: dict[str, Any] | None
    created_at: datetime
    result: dict[str, Any] | None = None


def run_of(row: asyncpg.Record, now: datetime) -> Run:
    """Read a row; a simulation nobody works on any more has failed."""
    status, refusal = row["status"], row["refusal"]
    if status in {"waiting", "running"} and now - row["seen_at"] > DEAD_AFTER:
        status, refusal = "failed", {"code": FAILED, "details": {}}
    progress = row["progress"]
    share = 1.0 if status == "done" else float(progress.get("share", 0.0))
    return Run(
        row["id"], row["question"], status, share, progress.get("at"), row["brief"], _explained(refusal),
        row["created_at"], row.get("result", None),
    )  # fmt: skip


def _explained(refusal: dict[str, Any] | None) -> dict[str, Any] | None:
    """Give a refusal its text, as other refusals have it."""
    if refusal is None or refusal["code"] not in CATALOGUE:
        return None
    refused = Refused(refusal["code"], **refusal["details"])
    return {"code": refused.code, "text": refused.text, "fix": refused.fix, "details": refused.details}


class Runs:
    """Starts, follows, stops and keeps simulations."""

    def __init__(
        self, database: Database, tasks: TaskRegistry, now: Callable[[], datetime] = utc_now,
        time_at_most_s: float = TIME_AT_MOST_S,
    ) -> None:  # fmt: skip
        self._database = database
        self._tasks = tasks
        self._now = now
        self._time_at_most_s = time_at_most_s
        self._turn = asyncio.Semaphore(1)  # of this process: simulations are heavy

    async def begin(self, tenant_id: str, by: UUID, question: AnyQuestion) -> Run:
        """Begin in the background. Raises Refused: invalid, or too many at once."""
        check(question)
        id, now = new_id(), self._now()
        async with self._database.tenant(tenant_id) as conn:
            async with conn.transaction():
                await conn.execute("SELECT pg_advisory_xact_lock(hashtextextended('twin:' || $1, 0))", tenant_id)
                count = await store.unfinished(conn, tenant_id, now - DEAD_AFTER)
                if count >= AT_ONCE:
                    raise Refused(BUSY, count=count)
                if not isinstance(question, Replay):
                    check_queue(question.changes.queue_id, await store.queue_ids(conn, tenant_id))
                await store.insert(conn, tenant_id, id, msgspec.to_builtins(question), by, now)
            row = await store.one(conn, tenant_id, id)
        self._tasks.spawn(f"twin run {id}", self._carry_out(tenant_id, id, question))
        assert row is not None  # noqa: S101 -- written above
        return run_of(row, now)

    async def _carry_out(self, tenant_id: str, id: UUID, question: AnyQuestion) -> None:
        newest = Line(share=0.0)
        stop = asyncio.Event()
        found: Line | None = None
        refusal: dict[str, Any] | None = None
        its_turn = False

        def hear(line: Line) -> None:
            nonlocal newest
            newest = line

        async def simulate() -> None:
            nonlocal found, refusal, its_turn
            try:
                its_turn = True
                day = await day_for(self._database, tenant_id, question, self._now())
                found = await simulate_apart(Work(question, day), hear, stop, time_at_most_s=self._time_at_most_s)
            except Refused as refused:
                refusal = {"code": refused.code, "details": refused.details}

        async def tell() -> bool:
            progress = {"share": newest.share, "at": newest.at}
            status = "running" if its_turn else "waiting"
            async with self._database.tenant(tenant_id) as conn:
                return await store.told(conn, tenant_id, id, status, progress, self._now())

        await follow(simulate, tell, stop, turn=self._turn, look_s=LOOK_S)
        if refusal is not None and refusal["code"] == FAILED:
            LOG.warning("The twin's process for run %s ended without an answer.", id)
        stopped = stop.is_set() or (found is not None and found.stopped)
        status = "failed" if refusal is not None else "stopped" if stopped or found is None else "done"
        result = None if found is None or found.report is None else msgspec.to_builtins(found.report)
        async with self._database.tenant(tenant_id) as conn:
            await store.finish(conn, tenant_id, id, status, result, refusal, self._now())

    async def all(self, tenant_id: str) -> list[Run]:
        """Return the newest, without their reports."""
        async with self._database.tenant(tenant_id) as conn:
            rows = await store.lines(conn, tenant_id)
        return [run_of(row, self._now()) for row in rows]

    async def one(self, tenant_id: str, id: UUID) -> Run:
        """Return one with its report. Raises Refused `not_found`."""
        async with self._database.tenant(tenant_id) as conn:
            return await self._read(conn, tenant_id, id)

    async def _read(self, conn: asyncpg.Connection, tenant_id: str, id: UUID) -> Run:
        row = await store.one(conn, tenant_id, id)
        if row is None:
            raise Refused(NOT_FOUND, what="simulation")
        return run_of(row, self._now())

    async def stop(self, tenant_id: str, id: UUID) -> Run:
        """Ask whoever simulates to stop; what is known by then is kept. Raises Refused `not_found`."""
        async with self._database.tenant(tenant_id) as conn:
            await store.ask_to_stop(conn, tenant_id, id)
            return await self._read(conn, tenant_id, id)

    async def forget(self, tenant_id: str, id: UUID) -> None:
        """Remove one; if it runs, it is stopped. Raises Refused `not_found`."""
        async with self._database.tenant(tenant_id) as conn:
            await self._read(conn, tenant_id, id)
            await store.forget(conn, tenant_id, id)
