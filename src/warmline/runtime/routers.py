"""One router candidate per tenant, for as long as the process lives; new tenants get theirs within seconds."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.router import LEASE_S, UNREACHABLE, FencedCommand, Review, RouterLeader, SignalFeed

LOG = logging.getLogger(__name__)
LOOK_FOR_TENANTS_S = 15.0


class Routers:
    """All tenants' routers of this process.

    `lane` is the event that says the outbox lane `router` has work (`Notifier.lane("router")`); nobody else may
    take from that lane. Wire `presence` and `settings` to the feed's signals of these names.
    """

    def __init__(
        self,
        database: Database,
        feed: SignalFeed,
        command: FencedCommand,
        review: Review,
        lane: asyncio.Event,
        *,
        clock: Callable[[], datetime] = utc_now,
        lease_s: float = LEASE_S,
    ) -> None:
        self._database = database
        self._feed = feed
        self._command = command
        self._review = review
        self._lane = lane
        self._clock = clock
        self._lease_s = lease_s
        self._holder = secrets.token_hex(8)  # no two processes may ever share it
        self._tasks = TaskRegistry(lambda name, failure: LOG.critical("%s died: %r", name, failure))
        self.leaders: dict[str, RouterLeader] = {}

    def hint(self) -> None:
        """The router lane has work, of whichever tenant."""
        for leader in self.leaders.values():
            leader.hint()

    def presence(self, tenant_id: str, payload: str) -> None:
        """Signal `presence`."""
        if tenant_id in self.leaders:
            self.leaders[tenant_id].presence_changed(payload)

    def settings(self, tenant_id: str, _payload: str) -> None:
        """Signal `settings`."""
        if tenant_id in self.leaders:
            self.leaders[tenant_id].settings_changed()

    def missed_something(self) -> None:
        """The feed was deaf for a while (`Feed.on_reconnect`): read settings and agents again."""
        for leader in self.leaders.values():
            leader.settings_changed()
            leader.hint()

    def remind(self, tenant_id: str, waiting: Sequence[UUID]) -> int:
        """The ledger's cross-check, see `RouterLeader.remind`."""
        leader = self.leaders.get(tenant_id)
        return 0 if leader is None else leader.remind(waiting)

    async def run(self) -> None:
        """Route for every tenant until cancelled; then let others take over at once."""
        self._tasks.spawn("router lane", self._listen())
        try:
            while True:
                try:
                    for tenant_id in await self._database.tenants():
                        if tenant_id not in self.leaders:
                            self._add(tenant_id)
                except UNREACHABLE as failure:
                    LOG.warning("Cannot look for tenants: %s", failure)
                await asyncio.sleep(LOOK_FOR_TENANTS_S if self.leaders else 1.0)
        finally:
            await self._tasks.close()
            for leader in self.leaders.values():
                try:
                    await leader.step_down()
                except UNREACHABLE as failure:
                    LOG.warning("A routing lease is left to expire: %s", failure)

    async def _listen(self) -> None:
        while True:
            await self._lane.wait()
            self._lane.clear()
            self.hint()

    def _add(self, tenant_id: str) -> None:
        leader = RouterLeader(
            self._database,
            self._feed,
            tenant_id,
            self._holder,
            self._command,
            self._review,
            clock=self._clock,
            lease_s=self._lease_s,
        )
        self.leaders[tenant_id] = leader
        self._tasks.spawn(f"router {tenant_id}", leader.run())
