"""A guide goes on until it waits for its agent: its steps, and the backends they ask on the way."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from warmline.domain.journey.cards import GUIDE
from warmline.domain.journey.interface import (
    Facts,
    JourneyCommand,
    JourneyEvent,
    Recognised,
    RunTask,
    TaskDone,
)
from warmline.domain.journey.machine import advance
from warmline.domain.journey.session import JourneySession
from warmline.kernel.errors import ProviderFailed, Refused
from warmline.ports.connector import TaskHandler

TASK_AT_MOST_S = 60.0
RETRY_AT_MOST_S = 5.0
MOST_TASKS = 20  # of one answer

Report = Callable[[str, BaseException], None]


class GuideTask(Struct, frozen=True):
    """On whose behalf a task runs. Implements `warmline.ports.connector.TaskContext`."""

    tenant_id: str
    contact_id: UUID
    task_id: str
    attempt: int


class Way(Struct, frozen=True):
    """How far a guide went by one answer, and what it said and did on the way."""

    session: JourneySession
    commands: tuple[JourneyCommand, ...] = ()
    entered: tuple[str, ...] = ()
    tasks: int = 0

    @property
    def worked(self) -> bool:
        return self.tasks > 0

    @property
    def reason(self) -> str | None:
        """What the guide said the contact is about, last; None where it did not say."""
        named = [command.intent for command in self.commands if isinstance(command, Recognised)]
        return named[-1] if named else None


class Player:
    """Plays guides, backends included."""

    def __init__(self, tasks: Mapping[str, TaskHandler], report: Report, now: Callable[[], datetime]) -> None:
        self._tasks = tasks
        self._report = report
        self._now = now

    async def play(
        self, tenant_id: str, contact_id: UUID, session: JourneySession, event: JourneyEvent, facts: Facts
    ) -> Way:
        """Let the guide go on until it waits for the agent, tasks included."""
        way = Way(session)
        waiting: list[JourneyEvent] = [event]
        while waiting:
            step = advance(way.session, waiting.pop(), facts, self._now(), channel=GUIDE, contact_id=contact_id)
            for problem in step.problems:
                self._report("guide", RuntimeError(problem))
            runs = [command for command in step.commands if isinstance(command, RunTask)]
            way = Way(
                step.session, (*way.commands, *step.commands), (*way.entered, *step.entered), way.tasks + len(runs)
            )
            if way.tasks > MOST_TASKS:
                break  # the walk that proved the guide has none that goes on like this
            waiting += [await self._run(tenant_id, contact_id, one) for one in runs]
        return way

    async def _run(self, tenant_id: str, contact_id: UUID, run: RunTask) -> TaskDone:
        handler = self._tasks.get(run.task)
        if handler is None:
            return TaskDone(run.task_id, "failed", reason="unknown_task")
        if run.delay_s > 0:
            await asyncio.sleep(min(run.delay_s, RETRY_AT_MOST_S))
        try:
            async with asyncio.timeout(min(run.timeout_s, TASK_AT_MOST_S)):
                result = await handler(GuideTask(tenant_id, contact_id, run.task_id, run.attempt), run.args)
        except TimeoutError:
            return TaskDone(run.task_id, "timed_out", reason="timeout")
        except (ProviderFailed, Refused) as failed:
            return TaskDone(run.task_id, "failed", reason=type(failed).__name__)
        except Exception as bug:  # the agent goes on by the guide's `failed` way, and we get the report
            self._report(f"task {run.task}", bug)
            return TaskDone(run.task_id, "failed", reason="error")
        return TaskDone(run.task_id, "ok", result)
