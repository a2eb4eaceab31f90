"""Which contacts have a page of their customer open, so that a contact learns when its customer is gone."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

from warmline.domain.contact.commands import AnyCommand, CustomerConnection
from warmline.kernel.errors import Refused
from warmline.kernel.tasks import TaskRegistry

GONE_AFTER_S = 6.0  # a reload or a change of network is shorter

Key = tuple[str, UUID]
ContactCommand = Callable[[str, UUID, AnyCommand], Awaitable[object]]


class Visits:
    """Pages of this process per contact. Absence is told only after `gone_after_s` without any page."""

    def __init__(
        self,
        command: ContactCommand,
        tasks: TaskRegistry,
        report: Callable[[str, BaseException], None],
        *,
        gone_after_s: float = GONE_AFTER_S,
    ) -> None:
        self._command = command
        self._tasks = tasks
        self._report = report
        self._gone_after_s = gone_after_s
        self._pages: dict[Key, int] = {}
        self._leaving: dict[Key, asyncio.Task[None]] = {}

    def __len__(self) -> int:
        return len(self._pages)

    def appeared(self, tenant_id: str, contact_id: UUID) -> None:
        key = (tenant_id, contact_id)
        self._pages[key] = self._pages.get(key, 0) + 1
        leaving = self._leaving.pop(key, None)
        if leaving is not None:
            leaving.cancel()
        elif self._pages[key] == 1:
            self._tasks.spawn("visits.present", self._tell(key, present=True))

    def disappeared(self, tenant_id: str, contact_id: UUID) -> None:
        key = (tenant_id, contact_id)
        left = self._pages.get(key, 0) - 1
        if left > 0:
            self._pages[key] = left
        elif self._pages.pop(key, None) is not None:
            self._leaving[key] = self._tasks.spawn("visits.gone", self._gone(key))

    def contradicted(self, tenant_id: str, contact_id: UUID) -> None:
        """Somewhere the contact was told that its customer is gone; a page of ours knows better."""
        if (tenant_id, contact_id) in self._pages:
            self._tasks.spawn("visits.present", self._tell((tenant_id, contact_id), present=True))

    async def _gone(self, key: Key) -> None:
        await asyncio.sleep(self._gone_after_s)
        self._leaving.pop(key, None)
        await self._tell(key, present=False)

    async def _tell(self, key: Key, *, present: bool) -> None:
        """Tell the contact; one that thinks so already, as it is stored, is not written."""
        try:
            await self._command(*key, CustomerConnection(present))
        except Refused:
            return  # ended, erased, or too busy to care: the next page or timer sets it right
        except Exception as error:
            self._report("visits", error)
