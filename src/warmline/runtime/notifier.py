"""Tells other processes what happened, a few milliseconds' worth at a time, outside business transactions.

One NOTIFY in each transaction would cost most of the throughput (commits that notify wait in one line), so
everything goes out through one connection of its own. What is lost when that connection breaks is made good:
the next notification says "everything".
"""

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

import asyncpg

from warmline.kernel.tasks import TaskRegistry
from warmline.runtime import signals
from warmline.runtime.database import Database, TenantConnection

LOG = logging.getLogger(__name__)
GATHER_S = 0.002
# While one notification follows the other, each costs a statement and wakes every process; urgent ones just go.
GATHER_BUSY_S = 0.010
BUSY_S = 0.050
MAX_WAITING = 10_000  # beyond this the oldest typing notices and signals are dropped
RETRY_S = 0.2
# InternalClientError: the server said goodbye between two of our questions.
UNREACHABLE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, TimeoutError)
_SEND = "SELECT pg_notify(channel, payload) FROM unnest($1::text[], $2::text[]) AS n (channel, payload)"


class Notifier:
    """Collects notifications and sends them in batches. Nothing here waits for the database."""

    def __init__(self, database: Database) -> None:
        self.origin = secrets.token_hex(6)
        self._database = database
        self._contacts: dict[str, set[UUID]] = {}
        self._lanes: set[str] = set()
        self._texts: deque[tuple[str, str]] = deque(maxlen=MAX_WAITING)
        self._wake = asyncio.Event()
        self._hurry = asyncio.Event()  # somebody waits for what is to be sent
        self._tasks = TaskRegistry(lambda name, failure: LOG.error("%s failed: %r", name, failure))
        self._lane_events: dict[str, asyncio.Event] = {}

    def start(self) -> None:
        """Begin sending."""
        self._tasks.spawn("notifier", self._send_forever())

    async def close(self) -> None:
        """Stop; what is still waiting is not sent."""
        await self._tasks.close()

    def contacts(self, tenant_id: str, contact_ids: Iterable[UUID]) -> None:
        """Say that these contacts changed."""
        self._contacts.setdefault(tenant_id, set()).update(contact_ids)
        self._wake.set()

    def lanes(self, names: set[str]) -> None:
        """Say that these outbox lanes have work; lanes of this process wake at once."""
        if names:
            self.wake_lanes(names)
            self._lanes |= names
            self._wake.set()

    def lane(self, name: str) -> asyncio.Event:
        """Return the event that is set when a lane may have work; whoever works there clears it."""
        return self._lane_events.setdefault(name, asyncio.Event())

    def wake_lanes(self, names: set[str]) -> None:
        """Wake lanes of this process only."""
        for name in names:
            if name in self._lane_events:
                self._lane_events[name].set()

    def wake_all_lanes(self) -> None:
        """Wake every lane of this process: something may have been missed."""
        self.wake_lanes(set(self._lane_events))

    def text(self, channel: str, payload: str, *, urgent: bool = False) -> None:
        """Send a ready-made payload on a channel; an urgent one takes along whatever waits for others."""
        self._texts.append((channel, payload))
        if urgent:
            self._hurry.set()
        self._wake.set()

    def _take(self) -> tuple[list[str], list[str]]:
        channels: list[str] = []
        payloads: list[str] = []
        for tenant_id, ids in self._contacts.items():
            channels.append(signals.CONTACT_CHANNEL)
            payloads.append(signals.encode_contacts(self.origin, tenant_id, list(ids)))
        if self._lanes:
            channels.append(signals.LANE_CHANNEL)
            payloads.append(f"{self.origin} {','.join(sorted(self._lanes))}")
        for channel, payload in self._texts:
            channels.append(channel)
            payloads.append(payload)
        self._contacts, self._lanes = {}, set()
        self._texts.clear()
        return channels, payloads

    async def _send_forever(self) -> None:
        connection: TenantConnection | None = None
        loop = asyncio.get_running_loop()
        sent_at_s = 0.0
        try:
            while True:
                await self._wake.wait()
                busy = loop.time() - sent_at_s < BUSY_S
                await asyncio.sleep(GATHER_S)
                if busy:
                    with suppress(TimeoutError):
                        async with asyncio.timeout(GATHER_BUSY_S - GATHER_S):
                            await self._hurry.wait()
                self._wake.clear()
                self._hurry.clear()
                channels, payloads = self._take()
                while True:
                    try:
                        if connection is None or connection.is_closed():
                            # Lost together with the server they cost nothing: everybody reconnects and rereads.
                            connection = await self._database.dedicated("notifier", synchronous_commit="off")
                        await connection.execute(_SEND, channels, payloads)
                        sent_at_s = loop.time()
                        break
                    except UNREACHABLE as failure:
                        LOG.warning("Notifications wait for the database: %s", failure)
                        if connection is not None:
                            connection.terminate()
                            connection = None
                        await asyncio.sleep(RETRY_S)
        finally:
            if connection is not None:
                connection.terminate()
