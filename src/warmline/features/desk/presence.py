"""Presence as a service: agents choose, desks give signs of life, offers go unanswered, desks vanish.

Rows are truth. Every change is written together with a row for the router; afterwards signal `presence` tells all
processes at once. A lost signal costs nothing but seconds, a lost desk is found by the sweep of any process.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

import msgspec

from warmline.domain.contact.commands import AgentGone, AnyCommand
from warmline.domain.presence.machine import GRACE_S, MISSES_ALLOWED, handle
from warmline.domain.presence.model import (
    OWN_REASONS,
    Change,
    DeskClosed,
    Presence,
    PresenceEvent,
    PresenceFact,
    Seen,
    Status,
    TimePassed,
)
from warmline.features.desk import presence_store
from warmline.kernel.errors import INVALID, NOT_FOUND, Refused
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database, TenantConnection

LOG = logging.getLogger(__name__)
FLUSH_S = 5.0  # signs of life are written this often; well below the grace period
RETRY_S = 1.0

ContactCommand = Callable[[str, UUID, AnyCommand], Awaitable[object]]


class Signals(Protocol):
    """Named signals to all processes (`runtime/feed.py`)."""

    async def signal(self, tenant_id: str, name: str, payload: str) -> None: ...


class PresenceService:
    """Who is at work. `command` is the contact service's, for customers whose agent is gone."""

    def __init__(
        self,
        database: Database,
        signals: Signals,
        command: ContactCommand,
        *,
        clock: Callable[[], datetime] = utc_now,
        misses_allowed: int = MISSES_ALLOWED,
        grace_s: float = GRACE_S,
    ) -> None:
        self._database = database
        self._signals = signals
        self._command = command
        self._clock = clock
        self._misses_allowed = misses_allowed
        self._grace_s = grace_s
        self._signs: dict[str, dict[UUID, datetime]] = {}
        self._sweep_at: dict[str, datetime] = {}

    # --- people --------------------------------------------------------------------------------

    async def get(self, tenant_id: str, agent_id: UUID) -> Presence:
        """Return an agent's presence; offline when never at work. Raises Refused for nobody."""
        async with self._database.tenant(tenant_id) as conn:
            found = await presence_store.load(conn, tenant_id, agent_id)
            if found is None:
                await presence_store.ensure(conn, tenant_id, agent_id, self._clock())
                found = await presence_store.load(conn, tenant_id, agent_id)
        if found is None:
            raise Refused(NOT_FOUND, what="agent")
        return found

    async def change(
        self, tenant_id: str, agent_id: UUID, status: str, reason: str | None = None, *, after_work: bool = False
    ) -> Presence:
        """Choose a presence, at once or after the current work. Raises Refused for a status or reason unknown."""
        try:
            chosen = Status(status)
        except ValueError:
            raise Refused(INVALID, field="presence", reason="use available, away or offline") from None
        now = self._clock()
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await presence_store.ensure(conn, tenant_id, agent_id, now)
            busy = await presence_store.is_busy(conn, tenant_id, agent_id)
            reasons = await presence_store.own_reasons(conn, tenant_id)
            wish = Change(chosen, reason, after_work, busy)
            after = await self._step(conn, tenant_id, agent_id, wish, now, reasons)
        if after is None:
            raise Refused(NOT_FOUND, what="agent")
        return await self._tell(tenant_id, *after)

    def seen(self, tenant_id: str, agent_id: UUID) -> None:
        """Note a sign of life of a desk; cheap, written a few seconds later together with all others."""
        self._signs.setdefault(tenant_id, {})[agent_id] = self._clock()

    async def disconnected(self, tenant_id: str, agent_id: UUID) -> None:
        """The agent's last desk of this process is gone: the grace period begins."""
        self._signs.get(tenant_id, {}).pop(agent_id, None)
        await self._apply(tenant_id, agent_id, DeskClosed())

    # --- the system ----------------------------------------------------------------------------

    async def review(self, tenant_id: str, agent_ids: Sequence[UUID]) -> None:
        """Look at these agents' offers and work in the tables: too many misses, or time for what comes next."""
        async with self._database.tenant(tenant_id) as conn:
            found = await presence_store.reviews(conn, tenant_id, agent_ids)
        for presence, reviewed in found:
            after, facts = handle(presence, reviewed, self._clock(), misses_allowed=self._misses_allowed)
            if facts or after.misses != presence.misses:
                await self._review_one(tenant_id, presence.agent_id)

    async def flush(self) -> None:
        """Write the signs of life gathered since the last time."""
        signs, self._signs = self._signs, {}
        for tenant_id, moments in signs.items():
            async with self._database.tenant(tenant_id) as conn:
                back = await presence_store.record_seen(conn, tenant_id, sorted(moments.items()))
            for agent_id in back:
                await self._apply(tenant_id, agent_id, Seen())

    async def sweep(self, tenant_id: str) -> None:
        """Send offline whose desk was lost; their connected customers are told and queued again."""
        now = self._clock()
        silent_at = now - timedelta(seconds=self._grace_s)
        async with self._database.tenant(tenant_id) as conn:
            silent = await presence_store.silent_since(conn, tenant_id, silent_at)
        for agent_id in silent:
            await self._apply(tenant_id, agent_id, TimePassed())
        async with self._database.tenant(tenant_id) as conn:
            abandoned = await presence_store.abandoned(conn, tenant_id, silent_at)
            first = await presence_store.first_sign(conn, tenant_id)
        for contact_id, agent_id in abandoned:
            try:
                await self._command(tenant_id, contact_id, AgentGone(agent_id))
            except Refused as refused:
                LOG.info("Contact %s needs no rescue: %s", contact_id, refused.code)
        grace = timedelta(seconds=self._grace_s)
        self._sweep_at[tenant_id] = (
            now + grace if first is None else max(first + grace, now + timedelta(seconds=1))
        )

    async def run(self, *, sweeping: bool = True) -> None:
        """Write signs of life and, if `sweeping`, look after lost desks of all tenants, until cancelled."""
        while True:
            await asyncio.sleep(FLUSH_S)
            try:
                await self.flush()
                if sweeping:
                    for tenant_id in await self._database.tenants():
                        if self._sweep_at.get(tenant_id, self._clock()) <= self._clock():
                            await self.sweep(tenant_id)
            except Exception:  # the database may be away; presence goes on when it is back
                LOG.exception("Presence could not look after the desks; trying again.")
                await asyncio.sleep(RETRY_S)

    async def _review_one(self, tenant_id: str, agent_id: UUID) -> None:
        """Look once more with the row locked, so that a choice made meanwhile is not overruled."""
        now = self._clock()
        after = None
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await presence_store.load(conn, tenant_id, agent_id, lock=True)
            for _, reviewed in await presence_store.reviews(conn, tenant_id, [agent_id]):
                after = await self._step(conn, tenant_id, agent_id, reviewed, now)
        if after is not None:
            await self._tell(tenant_id, *after)

    # --- inside --------------------------------------------------------------------------------

    async def _apply(self, tenant_id: str, agent_id: UUID, event: PresenceEvent) -> None:
        now = self._clock()
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            after = await self._step(conn, tenant_id, agent_id, event, now)
        if after is not None:
            await self._tell(tenant_id, *after)

    async def _step(
        self, conn: TenantConnection, tenant_id: str, agent_id: UUID, event: PresenceEvent,
        now: datetime, own_reasons: Collection[str] = OWN_REASONS,
    ) -> tuple[Presence, list[PresenceFact]] | None:  # fmt: skip
        """Run the machine on the locked row and write what it says; None when there is no such agent."""
        before = await presence_store.load(conn, tenant_id, agent_id, lock=True)
        if before is None:
            return None
        after, facts = handle(
            before, event, now, misses_allowed=self._misses_allowed, grace_s=self._grace_s, own_reasons=own_reasons
        )
        if after != before:
            await presence_store.save(conn, tenant_id, after, now, tell=bool(facts))
        return after, facts

    async def _tell(self, tenant_id: str, presence: Presence, facts: list[PresenceFact]) -> Presence:
        if facts:
            payload = {"agent": presence.agent_id.hex, "version": presence.version}
            await self._signals.signal(tenant_id, "presence", msgspec.json.encode(payload).decode())
        return presence
