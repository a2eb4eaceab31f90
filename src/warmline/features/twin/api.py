"""The twin over HTTP: ask, follow, stop, compare with earlier answers."""

from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends

from warmline.features.security.access import require
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.features.twin.runs import Run, Runs
from warmline.features.twin.schemas import DayDoc, QuestionDoc, RunDoc, RunsDoc
from warmline.features.twin.store import last_day
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

Reader = Annotated[Session, Depends(require("twin.read"))]
Runner = Annotated[Session, Depends(require("twin.run"))]


def router(database: Database, tasks: TaskRegistry) -> APIRouter:
    """Return the routes under `/api` for the digital twin."""
    api = APIRouter(responses=PROBLEMS, tags=["twin"])
    runs = Runs(database, tasks)

    @api.get("/twin/day")
    async def day(session: Reader) -> DayDoc:
        """Return which days can be asked about."""
        zone, today, last = await last_day(database, session.identity.tenant_id, utc_now())
        return DayDoc(today=today, last=last, time_zone=zone)

    @api.get("/twin/runs")
    async def all_runs(session: Reader) -> RunsDoc:
        """Return the newest simulations, without their reports."""
        return RunsDoc(items=[_doc(run) for run in await runs.all(session.identity.tenant_id)])

    @api.post("/twin/runs", status_code=202)
    async def begin(session: Runner, body: QuestionDoc) -> RunDoc:
        """Begin a simulation in the background."""
        identity = session.identity
        return _doc(await runs.begin(identity.tenant_id, identity.agent_id, body.question()))

    @api.get("/twin/runs/{run_id}")
    async def one(session: Reader, run_id: UUID) -> RunDoc:
        """Return a simulation with its progress, and its report once there is one."""
        return _doc(await runs.one(session.identity.tenant_id, run_id))

    @api.post("/twin/runs/{run_id}/stop")
    async def stop(session: Runner, run_id: UUID) -> RunDoc:
        """Ask a simulation to stop; what is known by then is kept."""
        return _doc(await runs.stop(session.identity.tenant_id, run_id))

    @api.delete("/twin/runs/{run_id}", status_code=204)
    async def forget(session: Runner, run_id: UUID) -> None:
        """Throw a simulation away."""
        await runs.forget(session.identity.tenant_id, run_id)

    return api


def _doc(run: Run) -> RunDoc:
    return RunDoc.model_validate(msgspec.to_builtins(run))
