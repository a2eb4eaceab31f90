"""The live board: built at most once a second for each tenant that somebody watches, told only when it changed."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec
from msgspec.structs import replace

from warmline.domain.hours.days import day_start
from warmline.domain.routing.engine import AGEING_S
from warmline.domain.routing.stats import QueueStats
from warmline.domain.staffing.adherence import Adherence, Standing
from warmline.features.contacts.ledger import LedgerReport
from warmline.features.contacts.ledger_store import Counts
from warmline.features.desk import board_store
from warmline.features.desk.board_alerts import BoardAlerts
from warmline.features.desk.board_document import (
    Board,
    BoardAdherence,
    alert_values,
    document,
    outlooks_of,
    waits_of,
)
from warmline.features.desk.board_store import TodayRow
from warmline.features.desk.cards import CardCustomer
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

LOG = logging.getLogger(__name__)
EVERY_S = 1.0
PLAN_EVERY_S = 5.0
TODAY_EVERY_S = 5.0  # the day's figures read many rows and change slowly

Tell = Callable[[object], None]


class Names(Protocol):
    """Customers' names (`features/desk/names.py`)."""

    def peek(self, tenant_id: str, customer_id: UUID) -> CardCustomer | None: ...
    async def load(self, tenant_id: str, customer_ids: Iterable[UUID]) -> None: ...


class Planned(Protocol):
    """An agent against the schedule (`features/staffing/presence.py`)."""

    @property
    def agent_id(self) -> str: ...
    @property
    def standing(self) -> Standing: ...


class Plan(Protocol):
    """Everybody who has a shift around now, or is at work."""

    async def live(self, tenant_id: str) -> tuple[datetime, Sequence[Planned]]: ...


class Watch:
    """Somebody's look at the board; `close` ends it."""

    def __init__(self, source: "BoardService", tenant_id: str, tell: Tell) -> None:
        self._source = source
        self._tenant_id = tenant_id
        self.tell = tell

    def close(self) -> None:
        """Stop looking; harmless twice."""
        self._source.unwatch(self._tenant_id, self)


class BoardService:
    """Boards of all tenants. Wire `queues_told` and `ledger_told` to the signals `queues` and `ledger`."""

    def __init__(
        self,
        database: Database,
        names: Names,
        *,
        plan: Plan | None = None,
        clock: Callable[[], datetime] = utc_now,
        every_s: float = EVERY_S,
    ) -> None:
        self._database = database
        self._names = names
        self._clock = clock
        self._every_s = every_s
        self._stats: dict[str, QueueStats] = {}
        self._ledgers: dict[str, LedgerReport] = {}
        self._watches: dict[str, list[Watch]] = {}
        self._newest: dict[str, Board] = {}
        self._plan = plan
        self._plans: dict[str, tuple[datetime, Mapping[UUID, BoardAdherence]]] = {}
        self._today: dict[str, tuple[datetime, Mapping[str, TodayRow]]] = {}
        self._tasks = TaskRegistry(lambda name, failure: LOG.error("%s failed: %r", name, failure))
        self._running: set[str] = set()
        self.alerts = BoardAlerts(database)

    # --- what others tell ----------------------------------------------------------------------

    def queues_told(self, tenant_id: str, payload: str) -> None:
        """Signal `queues`."""
        self._stats.setdefault(tenant_id, QueueStats()).receive(payload)

    def ledger_told(self, tenant_id: str, payload: str) -> None:
        """Signal `ledger`."""
        self._ledgers[tenant_id] = msgspec.json.decode(payload, type=LedgerReport)

    # --- who looks -----------------------------------------------------------------------------

    def watch(self, tenant_id: str, tell: Tell) -> Watch:
        """Tell `tell` the board soon, and again whenever it changes, until the watch is closed."""
        watch = Watch(self, tenant_id, tell)
        self._watches.setdefault(tenant_id, []).append(watch)
        newest = self._newest.get(tenant_id)
        if newest is not None:
            tell(newest)
        if tenant_id not in self._running:
            self._running.add(tenant_id)
            self._tasks.spawn(f"board {tenant_id}", self._keep_telling(tenant_id))
        return watch

    def unwatch(self, tenant_id: str, watch: Watch) -> None:
        """Forget a watch."""
        watches = self._watches.get(tenant_id, [])
        if watch in watches:
            watches.remove(watch)

    async def close(self) -> None:
        """Stop telling anybody."""
        await self._tasks.close()

    async def document(self, tenant_id: str) -> Board:
        """Build the board as of now."""
        now = self._clock()
        async with self._database.tenant(tenant_id) as conn:
            rows = await board_store.rows(conn, tenant_id, AGEING_S)
            known = self._today.get(tenant_id)
            if known is None or (now - known[0]).total_seconds() >= TODAY_EVERY_S:
                midnight = day_start(now, await board_store.time_zone(conn, tenant_id))
                known = self._today[tenant_id] = (now, await board_store.today(conn, tenant_id, midnight, now))
        shown = [one.customer_id for one in rows.waiting]
        shown += [one.customer_id for held in rows.held.values() for one in held]
        await self._names.load(tenant_id, shown)
        report = self._ledgers.get(tenant_id)
        board = document(
            rows,
            known[1],
            outlooks_of(self._stats.get(tenant_id)),
            Counts() if report is None else report.counts,
            None if report is None else report.checked_at,
            lambda customer_id: self._names.peek(tenant_id, customer_id),
            waits_of(self._stats.get(tenant_id)),
            now,
        )
        plan = await self._adherence(tenant_id, now)
        board = replace(board, agents=[replace(one, adherence=plan.get(one.id)) for one in board.agents])
        values = {queue.id: alert_values(queue) for queue in board.queues}
        async with self._database.tenant(tenant_id) as conn:
            return replace(board, alerts=await self.alerts.now(conn, tenant_id, values))

    async def _adherence(self, tenant_id: str, now: datetime) -> Mapping[UUID, BoardAdherence]:
        if self._plan is None:
            return {}
        known = self._plans.get(tenant_id)
        if known is None or (now - known[0]).total_seconds() >= PLAN_EVERY_S:
            _, standings = await self._plan.live(tenant_id)
            known = self._plans[tenant_id] = (now, {
                UUID(one.agent_id): BoardAdherence(
                    one.standing.state, one.standing.since_at, one.standing.planned, one.standing.until_at
                )
                for one in standings
                if one.standing.state is not Adherence.OFF
            })  # fmt: skip
        return known[1]

    async def _keep_telling(self, tenant_id: str) -> None:
        try:
            while self._watches.get(tenant_id):
                try:
                    board = await self.document(tenant_id)
                except Exception:  # the database may be away; whoever watches sees the last board's time
                    LOG.exception("The board of %s could not be built", tenant_id)
                else:
                    self._tell(tenant_id, board)
                await asyncio.sleep(self._every_s)
        finally:
            self._running.discard(tenant_id)
            self._newest.pop(tenant_id, None)

    def _tell(self, tenant_id: str, board: Board) -> None:
        before = self._newest.get(tenant_id)
        if before is not None and replace(before, at=board.at) == board:
            return
        self._newest[tenant_id] = board
        for watch in list(self._watches.get(tenant_id, ())):
            watch.tell(board)
