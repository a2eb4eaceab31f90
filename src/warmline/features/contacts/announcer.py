"""Announcements reach customers who are already here, the moment they become valid.

An emergency reaches those in line and in self-service, any other those in line: a journey has places for them.

One process speaks for a company (`leads`). Telling is idempotent: each contact remembers what it has heard, so
that a new leader, a failure halfway or a second look at the same announcement does no harm.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from warmline.domain.contact.announcements import EMERGENCY
from warmline.domain.contact.commands import Announced, AnyCommand
from warmline.features.contacts.facts import FactsHouse
from warmline.features.contacts.settings import AnnouncementSettings, Scope
from warmline.features.contacts.store import ContactStore
from warmline.kernel.errors import Refused
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.clock import utc_now

LOG = logging.getLogger(__name__)
LOOK_S = 5.0  # also how late a lost signal is made good
PAGE = 500
AT_ONCE = 64

Command = Callable[[str, UUID, AnyCommand], Awaitable[object]]


class Announcer:
    """Wire `changed` to signal `settings`."""

    def __init__(
        self,
        facts: FactsHouse,
        store: ContactStore,
        command: Command,
        leads: Callable[[str], bool],
        *,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._facts = facts
        self._store = store
        self._command = command
        self._leads = leads
        self._clock = clock
        self._told: dict[str, set[tuple[str, Scope]]] = {}
        self._wake = asyncio.Event()
        self._tasks = TaskRegistry(lambda name, failure: LOG.error("%s failed: %r", name, failure))

    def changed(self, _tenant_id: str, _payload: str = "") -> None:
        """Something was announced, changed or stopped."""
        self._wake.set()

    async def run(self) -> None:
        """Look and tell until cancelled."""
        try:
            while True:
                self._wake.clear()
                wait_s = LOOK_S
                for tenant_id in self._facts.known():
                    try:
                        wait_s = min(wait_s, await self._look(tenant_id))
                    except Exception:  # the database may be away; the next look makes it good
                        LOG.exception("Announcements of %s could not be looked at", tenant_id)
                try:
                    async with asyncio.timeout(wait_s):
                        await self._wake.wait()
                except TimeoutError:
                    continue
        finally:
            await self._tasks.close()

    async def _look(self, tenant_id: str) -> float:
        """Tell what is newly valid; return in how many seconds something else will be."""
        if not self._leads(tenant_id):
            self._told.pop(tenant_id, None)
            return LOOK_S
        announcements = (await self._facts.of(tenant_id)).settings.announcements
        now = self._clock()
        valid = {(one.id, one.scope): one for one in announcements if one.is_valid(now)}
        told = self._told.setdefault(tenant_id, set())
        for key in valid.keys() - told:
            self._tasks.spawn("announce", self._tell(tenant_id, valid[key], told))
        told &= valid.keys()
        told |= valid.keys()
        starts = [(one.starts_at - now).total_seconds() for one in announcements if one.starts_at > now]
        return min([LOOK_S, *starts])

    async def _tell(
        self, tenant_id: str, announcement: AnnouncementSettings, told: set[tuple[str, Scope]]
    ) -> None:
        room = asyncio.Semaphore(AT_ONCE)
        after: UUID | None = None
        try:
            while True:
                page = await self._store.hearing(
                    tenant_id, announcement.scope, after, PAGE, self_service=announcement.slot == EMERGENCY
                )
                await asyncio.gather(*(self._tell_one(tenant_id, contact_id, room) for contact_id in page))
                if len(page) < PAGE:
                    return
                after = page[-1]
        except BaseException:
            told.discard((announcement.id, announcement.scope))  # those who have heard it stay silent next time
            raise

    async def _tell_one(self, tenant_id: str, contact_id: UUID, room: asyncio.Semaphore) -> None:
        async with room:
            try:
                await self._command(tenant_id, contact_id, Announced())
            except Refused as refused:
                if refused.spec.status >= 500:  # busy or unavailable: to be told again
                    raise
