"""The router of one tenant: one leader at a time, woken by what changed, fenced by its epoch.

Truth is in the tables. The leader reads rows when hinted, never looks around for work, and each decision becomes a
contact command that the committer writes only while this leader's epoch holds. What fails is read again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from datetime import UTC, datetime, timedelta
from math import inf
from typing import Protocol
from uuid import UUID

import asyncpg
import msgspec

from warmline.domain.contact.commands import AnyCommand, MakeOffer, WithdrawOffer
from warmline.domain.hours.days import day_start, next_day
from warmline.domain.routing.engine import AGEING_S
from warmline.domain.routing.stats import QueueView
from warmline.domain.routing.views import view_steps
from warmline.domain.routing.waiting import Match
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime import router_history, router_rows
from warmline.runtime.clock import utc_now
from warmline.runtime.committer import StaleEpoch
from warmline.runtime.database import Database
from warmline.runtime.garbage import undisturbed
from warmline.runtime.lease import ROUTING, Lease
from warmline.runtime.router_core import RouterCore, Withdrawal
from warmline.runtime.router_publish import Publisher
from warmline.runtime.router_retry import RetryBook

LOG = logging.getLogger(__name__)
LEASE_S = 6.0
RENEW_S = 2.0  # also how late a hint may be read whose notification was lost
RESTART_S = 1.0  # pause after a failure nobody foresaw, so that one that stays costs little
DEFAULT_OFFER_S = 20
# InternalClientError: the server said goodbye between two of our questions.
UNREACHABLE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, TimeoutError)

FencedCommand = Callable[[str, UUID, AnyCommand, int], Awaitable[object]]
Review = Callable[[str, list[UUID]], Coroutine[object, object, None]]


def _line_order(row: router_rows.ContactRow) -> tuple[datetime, UUID]:
    """Return the order in which a rebuilt engine is told of those who wait: the one they are served in."""
    entered_at = row.queued_at or datetime(9000, 1, 1, tzinfo=UTC)
    return (entered_at + timedelta(seconds=AGEING_S * (row.priority or 5)), row.id)


class SignalFeed(Protocol):
    """The part of the feed the router needs (`runtime/feed.py`)."""

    async def signal(self, tenant_id: str, name: str, payload: str) -> None: ...


class RouterLeader:
    """A candidate for leading one tenant's routing. `holder` names this candidate, unique among all processes."""

    def __init__(
        self,
        database: Database,
        feed: SignalFeed,
        tenant_id: str,
        holder: str,
        command: FencedCommand,
        review: Review,
        *,
        clock: Callable[[], datetime] = utc_now,
        lease_s: float = LEASE_S,
    ) -> None:
        self._database = database
        self._feed = feed
        self._tenant_id = tenant_id
        self._command = command
        self._review = review
        self._clock = clock
        self._lease = Lease(database, tenant_id, holder, lasts_s=lease_s)
        self._lease_s = lease_s
        self._tasks = TaskRegistry(lambda name, failure: LOG.error("%s failed: %r", name, failure))
        self._wake = asyncio.Event()
        self._hinted = True
        self._settings_changed = False
        self._dirty_contacts: set[UUID] = set()
        self._dirty_agents: set[UUID] = set()
        self._stale = False
        self._urgent = False  # staffing of a queue began or ended, and nobody was told yet
        self._telling = False
        self._untold: Exception | None = None  # why telling failed
        self._now = clock()
        self._profiles = router_rows.ProfileBook([])
        self._queues: dict[str, router_rows.QueueRow] = {}
        self._time_zone = "UTC"
        self._day_ends_at = self._now  # what agents have done today counts from midnight on
        self.epoch: int | None = None  # set while leading
        self.core = RouterCore()

    # --- hints, from any callback of this process ----------------------------------------------

    def hint(self) -> None:
        """The router's lane has work."""
        self._hinted = True
        self._wake.set()

    def presence_changed(self, payload: str) -> None:
        """Signal `presence`: this agent's row is to be read."""
        agent_id = msgspec.json.decode(payload).get("agent")
        self._dirty_agents.add(UUID(hex=agent_id))
        self._wake.set()

    def settings_changed(self) -> None:
        """Signal `settings`: profiles, skills, queues or people are to be read."""
        self._settings_changed = True
        self._wake.set()

    def remind(self, waiting: Iterable[UUID]) -> int:
        """These contacts wait: read again whichever this leader does not know of, and return how many that is."""
        if self.epoch is None:
            return 0
        engine, in_flight = self.core.engine, self.core.in_flight
        missed = {id for id in waiting if not engine.is_waiting(id) and id not in in_flight}
        self._dirty_contacts |= missed
        if missed:
            self._wake.set()
        return len(missed)

    # --- life ----------------------------------------------------------------------------------

    async def run(self) -> None:
        """Stand by, lead while the lease is ours, stand by again; until cancelled."""
        try:
            while True:
                try:
                    epoch = await self._lease.acquire()
                    if epoch is not None:
                        await self._lead(epoch)
                    else:
                        await asyncio.sleep(self._lease_s / 3)
                except UNREACHABLE as failure:
                    LOG.warning("The router of %s cannot reach the database: %s", self._tenant_id, failure)
                    await asyncio.sleep(0.3)
                except Exception:  # a router that stopped for good would leave everybody waiting
                    LOG.exception("The router of %s failed; it reads everything anew", self._tenant_id)
                    await asyncio.sleep(RESTART_S)
                finally:
                    self.epoch = None
        finally:
            await self._tasks.close()

    async def step_down(self) -> None:
        """Let another process lead at once; for a clean stop, after `run` was cancelled."""
        await self._lease.release()

    async def _lead(self, epoch: int) -> None:
        LOG.info("Routing of %s is led from here, epoch %d", self._tenant_id, epoch)
        self._stale = False
        await self._own_offers_landed()
        await self._rebuild()
        self.epoch = epoch
        publisher, retries = Publisher(epoch), RetryBook()
        renew_at = asyncio.get_running_loop().time() + min(RENEW_S, self._lease_s / 3)
        while not self._stale:
            loop_s = asyncio.get_running_loop().time()
            if loop_s >= renew_at:
                if await self._lease.acquire() != epoch:
                    break
                renew_at, self._hinted = loop_s + min(RENEW_S, self._lease_s / 3), True
            if not await self._read(epoch, retries):
                break
            self._now = max(self._clock(), self._now)
            self.core.tick(self._now)
            self._count_days()
            self._act(epoch, retries)
            self._publish(publisher)
            due_s = inf if self._telling else publisher.due_s()
            await self._sleep(min(renew_at, due_s, retries.next_s()))
        LOG.warning("Routing of %s was taken over from epoch %d", self._tenant_id, epoch)

    async def _own_offers_landed(self) -> None:
        """Wait for what an earlier lead of ours set in motion: under the same epoch it may still be stored."""
        for match in self.core.take_matches():  # decided, never begun
            self.core.landed(match.contact_id)
        while self.core.in_flight:
            self._wake.clear()
            await self._wake.wait()

    async def _sleep(self, until_s: float) -> None:
        deadline = self.core.engine.next_deadline()
        wait_s = until_s - asyncio.get_running_loop().time()
        if deadline is not None:
            wait_s = min(wait_s, (deadline - self._clock()).total_seconds())
        if wait_s > 0:
            try:
                async with asyncio.timeout(wait_s):
                    await self._wake.wait()
            except TimeoutError:
                return
        self._wake.clear()

    # --- in ------------------------------------------------------------------------------------

    async def _rebuild(self) -> None:
        """Read everything: settings, who holds what, who is there, who waits (oldest first)."""
        self._dirty_contacts.clear()
        self._dirty_agents.clear()
        self._settings_changed = False
        self._hinted = True
        async with self._database.tenant(self._tenant_id) as conn:
            now = self._clock()
            core = RouterCore(await router_history.lore_of(conn, self._tenant_id, now))
            await self._read_settings(conn)
            midnight = day_start(now, self._time_zone)
            days = await router_history.agents_today(conn, self._tenant_id, midnight, now)
            contacts = await conn.fetch(router_rows.ALL_CONTACTS, self._tenant_id)
            agents = await conn.fetch(router_rows.ALL_AGENTS, self._tenant_id)
        self._now = max(self._clock(), self._now)
        with undisturbed():
            rows = [router_rows.contact_row(row) for row in contacts]
            core.queues({id: queue.rules for id, queue in self._queues.items()}, self._now)
            core.contacts([row for row in rows if row.waiting is None], (), self._now)
            core.agents([self._profiles.agent_row(row) for row in agents], (), self._now)
            for day in days:
                core.engine.agent_today(day.agent_id, handled=day.handled, busy_s=day.busy_s)
            core.contacts(sorted((row for row in rows if row.waiting is not None), key=_line_order), (), self._now)
        self.core = core
        self._day_ends_at = next_day(now, self._time_zone)

    def _count_days(self) -> None:
        """At midnight, where the company is, everybody has done nothing yet."""
        if self._now >= self._day_ends_at:
            self.core.engine.new_day(self._now)
            self._day_ends_at = next_day(self._now, self._time_zone)

    async def _read_settings(self, conn: asyncpg.Connection) -> None:
        self._profiles = router_rows.ProfileBook(await conn.fetch(router_rows.PROFILES, self._tenant_id))
        self._queues = router_rows.queue_rows(await conn.fetch(router_rows.QUEUES, self._tenant_id))
        time_zone = await conn.fetchval(router_rows.TIME_ZONE, self._tenant_id) or "UTC"
        if time_zone != self._time_zone:
            self._time_zone, self._day_ends_at = time_zone, next_day(self._clock(), time_zone)

    async def _read(self, epoch: int, retries: RetryBook) -> bool:
        """Read what changed and tell the engine; False when another leader has taken over."""
        retried = retries.take(asyncio.get_running_loop().time())
        if not (self._hinted or self._settings_changed or self._dirty_contacts or self._dirty_agents or retried):
            return True
        async with self._database.tenant(self._tenant_id) as conn:
            if self._hinted:
                self._hinted = False
                hints = await router_rows.take_hints(conn, self._tenant_id, ROUTING, epoch)
                if hints is None:
                    return False
                self._dirty_contacts |= hints.contacts
                self._dirty_agents |= hints.agents
            everybody, self._settings_changed = self._settings_changed, False
            if everybody:
                await self._read_settings(conn)
                rules = {id: queue.rules for id, queue in self._queues.items()}
                self._now = max(self._clock(), self._now)
                self._dirty_contacts |= self.core.queues(rules, self._now)
                self._dirty_agents.update(hand.agent.id for hand in self.core.engine.hands())
            contacts = (self._dirty_contacts | retried) - self.core.in_flight
            agents = self._dirty_agents
            self._dirty_contacts, self._dirty_agents = self._dirty_contacts & self.core.in_flight, set()
            try:
                contact_rows = (
                    await conn.fetch(router_rows.CONTACTS, self._tenant_id, list(contacts)) if contacts else []
                )
                sql, arguments = (
                    (router_rows.AGENTS, [list(agents)]) if not everybody else (router_rows.ALL_AGENTS, [])
                )
                agent_rows = await conn.fetch(sql, self._tenant_id, *arguments) if agents or everybody else []
            except BaseException:
                self._dirty_contacts |= contacts
                self._dirty_agents |= agents
                raise
        self._now = max(self._clock(), self._now)
        self.core.contacts([router_rows.contact_row(row) for row in contact_rows], contacts, self._now)
        self.core.agents([self._profiles.agent_row(row) for row in agent_rows], agents, self._now)
        return True

    # --- out -----------------------------------------------------------------------------------

    def _act(self, epoch: int, retries: RetryBook) -> None:
        """Start carrying out what was decided; nothing here waits."""
        for match in self.core.take_matches():
            self._tasks.spawn("router.offer", self._offer(self.core, match, epoch, retries))
        for withdrawal in self.core.take_withdrawals():
            self._tasks.spawn("router.withdraw", self._withdraw(withdrawal, epoch))
        reviews = self.core.take_reviews()
        if reviews:
            self._tasks.spawn("router.review", self._review(self._tenant_id, reviews))

    async def _offer(self, core: RouterCore, match: Match, epoch: int, retries: RetryBook) -> None:
        queue = self._queues.get(match.queue_id)
        lasts = timedelta(seconds=DEFAULT_OFFER_S if queue is None else queue.offer_s)
        why: dict[str, object] = msgspec.to_builtins(match.why)
        offer = MakeOffer(new_id(), match.agent_id, self._clock() + lasts, match.reason, why, match.also)
        try:
            await self._command(self._tenant_id, match.contact_id, offer, epoch)
            core.offered(match.contact_id)
            retries.succeeded(match.contact_id)
        except StaleEpoch:
            self._stale = True
        except Exception as failure:
            if not isinstance(failure, Refused):
                LOG.exception("Offering contact %s failed", match.contact_id)
            if retries.failed(match.contact_id, asyncio.get_running_loop().time()):
                core.rest(match.contact_id, max(self._clock(), self._now))
        finally:
            core.landed(match.contact_id)
            if not retries.is_resting(match.contact_id):
                self._dirty_contacts.add(match.contact_id)
            self._wake.set()

    async def _withdraw(self, withdrawal: Withdrawal, epoch: int) -> None:
        try:
            withdraw = WithdrawOffer(withdrawal.offer_id, withdrawal.agent_id)
            await self._command(self._tenant_id, withdrawal.contact_id, withdraw, epoch)
        except StaleEpoch:
            self._stale = True
        except Refused as refused:
            LOG.info("The offer of %s ended before it was withdrawn: %s", withdrawal.contact_id, refused.code)
        finally:
            self._dirty_contacts.add(withdrawal.contact_id)
            self._wake.set()

    def _publish(self, publisher: Publisher) -> None:
        """Begin to tell everybody about the queues if it is time and nobody is at it already.

        Raises what made the last telling fail.
        """
        if self._untold is not None:
            failure, self._untold = self._untold, None
            raise failure
        at_s = asyncio.get_running_loop().time()
        if self.core.changed:
            self.core.changed = False
            publisher.changed()
        self._urgent = self.core.staffing_turned() or self._urgent
        if publisher.is_due(at_s, urgent=self._urgent) and not self._telling:
            self._urgent, self._telling = False, True
            publisher.begin(at_s)
            self._tasks.spawn("router.tell", self._tell(publisher, self.core, at_s))

    async def _tell(self, publisher: Publisher, core: RouterCore, at_s: float) -> None:
        """Tell about the queues, a little at a time: whoever is to be offered something does not wait for it."""
        try:
            steps = view_steps(core.engine, self._queues, core.lore, max(self._clock(), self._now))
            while True:
                await asyncio.sleep(0)
                try:
                    next(steps)
                except StopIteration as done:
                    views: list[QueueView] = done.value
                    break
            for payload in publisher.payloads(views, at_s):
                await self._feed.signal(self._tenant_id, "queues", payload)
        except Exception as failure:
            self._untold = failure
        finally:
            self._telling = False
            self._wake.set()
