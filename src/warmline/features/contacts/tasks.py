"""Running what journeys ask for: typed tasks and connector calls, each answered exactly once by `TaskFinished`."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Literal
from uuid import UUID

from msgspec import Struct

from warmline.domain.contact.commands import StartTask, TaskFinished
from warmline.features.contacts.service import ContactService
from warmline.kernel.errors import NOT_FOUND, ProviderFailed, Refused
from warmline.ports.connector import TaskHandler
from warmline.runtime.contact_rows import decode_task
from warmline.runtime.keyring import Erased, Keyring, key_id_of
from warmline.runtime.outbox import OutboxLane, OutboxRow

LANE = "task"
AT_ONCE = 64
BATCH = 16
WORKERS = 4  # a slow backend holds up one batch, not everybody
LEASE_S = 90.0  # longer than any task may take
TIMEOUT_AT_MOST_S = 60.0


class ContactTask(Struct, frozen=True):
    """On whose behalf a task runs. Implements `warmline.ports.connector.TaskContext`."""

    tenant_id: str
    contact_id: UUID
    task_id: str
    attempt: int


class TaskRunner:
    """The worker of lane `task`. `registry` maps task names to handlers."""

    def __init__(
        self,
        service: ContactService,
        keyring: Keyring,
        registry: Mapping[str, TaskHandler],
        report: Callable[[str, BaseException], None],
    ) -> None:
        self._service = service
        self._keyring = keyring
        self._registry = registry
        self._report = report
        self._room = asyncio.Semaphore(AT_ONCE)

    async def run(self, lane: Callable[[], OutboxLane]) -> None:
        """Work until cancelled; `lane` makes one worker's view of the lane."""
        async with asyncio.TaskGroup() as group:
            for _ in range(WORKERS):
                group.create_task(lane().run(self.handle))

    async def handle(self, rows: Sequence[OutboxRow]) -> None:
        """Run a batch of tasks side by side. Raises only when outcomes could not be stored."""
        keys = {key_id_of(row.body) for row in rows if row.body is not None}
        for tenant_id in {row.tenant_id for row in rows}:
            await self._keyring.warm(tenant_id, keys)
        results = await asyncio.gather(*(self._row(row) for row in rows), return_exceptions=True)
        failures = [one for one in results if isinstance(one, BaseException)]
        if failures:
            raise failures[0]

    async def _row(self, row: OutboxRow) -> None:
        if row.body is None:
            return
        try:
            task = decode_task(self._keyring, row.tenant_id, row.key, row.body)
        except Erased:
            return  # the customer's data is gone, and with it the reason to ask
        async with self._room:
            await self._task(ContactTask(row.tenant_id, row.key, task.task_id, task.attempt), task)

    async def _task(self, context: ContactTask, task: StartTask) -> None:
        try:
            contact = await self._service.load(context.tenant_id, context.contact_id)
            if task.task_id not in contact.tasks:
                # The row may be here before the news that its contact changed: memory then knows nothing of it.
                contact = await self._service.load_anew(context.tenant_id, context.contact_id)
            if task.task_id not in contact.tasks:
                return  # answered before a crash
            finished = await self._outcome(context, task)
            await self._service.command(context.tenant_id, context.contact_id, finished)
        except Refused as refused:
            if refused.spec.status >= 500:  # busy or unavailable: the row stays and is tried again
                raise
            if refused.code != NOT_FOUND and not isinstance(refused, Erased):
                self._report(f"task {task.task}", refused)

    async def _outcome(self, context: ContactTask, task: StartTask) -> TaskFinished:
        handler = self._registry.get(task.task)
        if handler is None:
            return TaskFinished(task.task_id, "failed", reason="unknown_task")
        try:
            async with asyncio.timeout(min(task.timeout_s, TIMEOUT_AT_MOST_S)):
                result = await handler(context, task.args)
        except TimeoutError:
            return TaskFinished(task.task_id, "timed_out", reason="timeout")
        except ProviderFailed as failed:
            return TaskFinished(task.task_id, "failed", reason="retryable" if failed.retryable else "provider")
        except Refused as refused:
            return TaskFinished(task.task_id, "failed", reason=refused.code)
        except Exception as bug:  # a customer waits for the answer: they get one, and we get the report
            self._report(f"task {task.task}", bug)
            return TaskFinished(task.task_id, "failed", reason="error")
        outcome: Literal["ok"] = "ok"
        return TaskFinished(task.task_id, outcome, result)
