"""The ledger: a continuous proof that nobody is forgotten, and a repair for whoever would be.

Every open contact is owned, in line with a live timer, or in self-service, survey or callback with a live timer or
task. Whatever is not is put into a queue, told so, and shown on the board until it is right again.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

import msgspec
from msgspec import Struct

from warmline.domain.contact.commands import AnyCommand, Repair
from warmline.features.contacts import ledger_store
from warmline.features.contacts.ledger_store import Alarm, Counts, Orphan
from warmline.kernel.errors import Refused
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.lease import Lease

LOG = logging.getLogger(__name__)
EVERY_S = 5.0
STILL_S = 10.0  # how long something must have been wrong before it is an orphan
LATE_S = 30.0  # a timer this late is counted, for the alarm on the timer service
ALARMS_SHOWN = 100
SIGNAL = "ledger"

ContactCommand = Callable[[str, UUID, AnyCommand], Awaitable[object]]
Fallback = Callable[[str], Awaitable[str | None]]  # tenant → queue for contacts without one
RemindRouter = Callable[[str, Sequence[UUID]], int]  # these wait; returns how many the router did not know


class Signals(Protocol):
    """Named signals to all processes (`runtime/feed.py`)."""

    async def signal(self, tenant_id: str, name: str, payload: str) -> None: ...


class LedgerReport(Struct, frozen=True):
    """One look at one tenant; also the payload of signal `ledger`."""

    checked_at: datetime
    counts: Counts
    repaired: int = 0  # by this look
    stray_offers: int = 0
    unrouted: int = 0  # waiting contacts the router had to be reminded of


class Ledger:
    """Checks every tenant every few seconds, in one process at a time."""

    def __init__(
        self,
        database: Database,
        signals: Signals,
        command: ContactCommand,
        *,
        fallback: Fallback | None = None,
        remind_router: RemindRouter | None = None,
        clock: Callable[[], datetime] = utc_now,
        still_s: float = STILL_S,
    ) -> None:
        self._database = database
        self._signals = signals
        self._command = command
        self._fallback = fallback
        self._remind_router = remind_router
        self._clock = clock
        self._still = timedelta(seconds=still_s)
        self._holder = secrets.token_hex(8)
        self._leases: dict[str, Lease] = {}
        self.reports: dict[str, LedgerReport] = {}  # the newest look at each tenant, wherever it was made

    def heard(self, tenant_id: str, payload: str) -> None:
        """Signal `ledger`: another process has looked."""
        self.reports[tenant_id] = msgspec.json.decode(payload, type=LedgerReport)

    async def alarms(self, tenant_id: str) -> list[Alarm]:
        """Return the latest alarms, those not repaired first."""
        async with self._database.tenant(tenant_id) as conn:
            return await ledger_store.alarms(conn, tenant_id, ALARMS_SHOWN)

    async def run(self) -> None:
        """Look after all tenants until cancelled."""
        while True:
            try:
                for tenant_id in await self._database.tenants():
                    if await self._lease(tenant_id).acquire() is not None:
                        await self.check(tenant_id)
            except Exception:  # the database may be away; the next look finds what this one missed
                LOG.exception("The ledger could not be checked; trying again.")
            await asyncio.sleep(EVERY_S)

    async def check(self, tenant_id: str) -> LedgerReport:
        """Look once: raise alarms, repair, count, tell everybody."""
        now = self._clock()
        still_since = now - self._still
        async with self._database.tenant(tenant_id) as conn:
            found = await ledger_store.orphans(conn, tenant_id, still_since)
            stray = await ledger_store.end_stray_offers(conn, tenant_id, still_since, now)
            await ledger_store.raise_alarms(conn, tenant_id, found, now)
        repaired = await self._repair(tenant_id, found)
        unrouted = await self._remind(tenant_id, still_since)
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        async with self._database.tenant(tenant_id) as conn:
            if repaired:
                await ledger_store.settle(conn, tenant_id, repaired, self._clock())
            counts = await ledger_store.counts(conn, tenant_id, today, now - timedelta(seconds=LATE_S))
        report = LedgerReport(now, counts, len(repaired), len(stray), unrouted)
        self.reports[tenant_id] = report
        await self._signals.signal(tenant_id, SIGNAL, msgspec.json.encode(report).decode())
        return report

    async def _repair(self, tenant_id: str, found: Sequence[Orphan]) -> list[UUID]:
        if not found:
            return []
        async with self._database.tenant(tenant_id) as conn:
            known = await ledger_store.queue_ids(conn, tenant_id)
        fallback = await self._fallback(tenant_id) if self._fallback is not None else None
        default = fallback if fallback in known else known[0] if known else None
        repaired: list[UUID] = []
        for orphan in found:
            queue_id = orphan.queue_id if orphan.queue_id in known else default
            LOG.error("Contact %s was %s; repairing it into queue %s", orphan.contact_id, orphan.was, queue_id)
            if queue_id is None:
                continue  # a tenant without a queue: the alarm stays on
            try:
                await self._command(tenant_id, orphan.contact_id, Repair(queue_id, orphan.was))
                repaired.append(orphan.contact_id)
            except Refused as refused:
                LOG.info("Contact %s needs no repair: %s", orphan.contact_id, refused.code)
            except Exception:  # one contact that cannot be read must not keep the others waiting
                LOG.exception("Contact %s could not be repaired", orphan.contact_id)
        return repaired

    async def _remind(self, tenant_id: str, still_since: datetime) -> int:
        if self._remind_router is None:
            return 0
        async with self._database.tenant(tenant_id) as conn:
            waiting = await ledger_store.queued(conn, tenant_id, still_since)
        return self._remind_router(tenant_id, waiting)

    def _lease(self, tenant_id: str) -> Lease:
        if tenant_id not in self._leases:
            self._leases[tenant_id] = Lease(
                self._database, tenant_id, self._holder, domain="ledger", lasts_s=EVERY_S * 3
            )
        return self._leases[tenant_id]
