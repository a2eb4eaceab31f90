"""Counting without persons: what happens on help pages is added up here and written every few seconds.

Each way counts once for each thing that happens on it, as long as it is remembered; the way is a number that
nobody is known by. A process that is told to stop writes what it has; what was counted in the last seconds of one
that is killed is lost. What the database does not take waits here.
"""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Callable
from datetime import datetime

from warmline.features.help import store
from warmline.features.help.store import Key, What
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

WRITE_AFTER_S = 2.0
LAST_WRITE_S = 3.0  # a process that stops waits no longer for the database
REMEMBERED = 20_000  # ways


class Counts:
    """The counts of all companies that are not written yet."""

    def __init__(
        self,
        database: Database,
        tasks: TaskRegistry,
        *,
        write_after_s: float = WRITE_AFTER_S,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._tasks = tasks
        self._write_after_s = write_after_s
        self._now = now
        self._waiting: dict[str, Counter[Key]] = {}
        self._once: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._writing = False

    def add(
        self, tenant_id: str, page: str, version: int, locale: str, what: What, way: str | None = None
    ) -> None:
        """Count one thing; of the same `way` once, and of "helped" and "not_helped" the first."""
        if way is not None:
            mark = (way, "voted" if what in ("helped", "not_helped") else what)
            if mark in self._once:
                return
            self._once[mark] = None
            if len(self._once) > REMEMBERED:
                self._once.popitem(last=False)
        self._waiting.setdefault(tenant_id, Counter())[page, version, locale, what] += 1
        if not self._writing:
            self._writing = True
            self._tasks.spawn("help.counts", self._write_later())

    async def flush(self) -> None:
        """Write what was counted so far; what cannot be written waits for the next time, which is after others."""
        for tenant_id in list(self._waiting):
            counts = self._waiting.pop(tenant_id, None)
            if counts is None:  # written by somebody else meanwhile
                continue
            try:
                async with self._database.tenant(tenant_id) as conn:
                    await store.add(conn, tenant_id, counts, self._now())
            except BaseException:
                self._waiting.setdefault(tenant_id, Counter()).update(counts)
                raise

    async def _write_later(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(self._write_after_s)
                await self.flush()
        except asyncio.CancelledError:  # this process is told to stop
            async with asyncio.timeout(LAST_WRITE_S):
                await self.flush()
            raise
        finally:
            self._writing = False
