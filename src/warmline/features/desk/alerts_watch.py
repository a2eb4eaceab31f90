"""Looking after the alerts of every company, whether or not anybody watches a board: one process for each.

It is the one that leads the company's routing, so that two never disagree. What it finds are rows
(`board_alerts`); a new leader goes on with the rows of the one before.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from msgspec import Struct

from warmline.domain.hours.days import day_start
from warmline.domain.routing.stats import QueueStats
from warmline.features.desk import board_alerts, board_store
from warmline.features.desk.alerts import Alert, AlertBook
from warmline.features.desk.board_alerts import SIGNAL, Key, limits_of
from warmline.features.desk.board_document import alert_values, outlooks_of, queues
from warmline.features.desk.board_store import TodayRow
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

LOG = logging.getLogger(__name__)
EVERY_S = 2.0
TODAY_EVERY_S = 10.0  # the day's figures read many rows and change slowly
OF_THE_DAY = ("service_level", "abandonment")

Signal = Callable[[str, str, str], Awaitable[None]]  # tenant, name, payload


class _Duty(Struct):
    """What is known of a company's alerts since this process looks after them."""

    book: AlertBook
    on: dict[Key, Alert]
    today_at: datetime | None = None
    today: Mapping[str, TodayRow] = {}


class AlertWatch:
    """Wire `queues_told` to signal `queues`; `leads` says for which companies this process is responsible."""

    def __init__(
        self,
        database: Database,
        signal: Signal,
        leads: Callable[[str], bool],
        *,
        clock: Callable[[], datetime] = utc_now,
        every_s: float = EVERY_S,
    ) -> None:
        self._database = database
        self._signal = signal
        self._leads = leads
        self._clock = clock
        self._every_s = every_s
        self._stats: dict[str, QueueStats] = {}
        self._duties: dict[str, _Duty] = {}
        self._board = board_alerts.BoardAlerts(database)

    def queues_told(self, tenant_id: str, payload: str) -> None:
        """Signal `queues`."""
        self._stats.setdefault(tenant_id, QueueStats()).receive(payload)

    async def run(self) -> None:
        """Look after alerts until cancelled."""
        while True:
            try:
                for tenant_id in await self._database.tenants():
                    await self._look_or_log(tenant_id)
            except Exception:  # the database may be away; the next look makes it good
                LOG.exception("Alerts could not be looked at")
            await asyncio.sleep(self._every_s)

    async def _look_or_log(self, tenant_id: str) -> None:
        try:
            await self.look(tenant_id)
        except Exception:
            self._duties.pop(tenant_id, None)  # what was stored counts, not what was about to be
            LOG.exception("Alerts of %s could not be looked at", tenant_id)

    async def look(self, tenant_id: str) -> None:
        """Look at a company's numbers once, and store and tell what changed."""
        if not self._leads(tenant_id):
            self._duties.pop(tenant_id, None)
            return
        now = self._clock()
        async with self._database.tenant(tenant_id) as conn:
            duty = self._duties.get(tenant_id)
            if duty is None:
                duty = self._duties[tenant_id] = _resumed(await self._board.now(conn, tenant_id))
            limits = await limits_of(conn, tenant_id)
            rows = await board_store.numbers(conn, tenant_id)
            old = duty.today_at is None or (now - duty.today_at).total_seconds() >= TODAY_EVERY_S
            if old and any(limit.get(metric) for limit in limits.values() for metric in OF_THE_DAY):
                midnight = day_start(now, await board_store.time_zone(conn, tenant_id))
                duty.today_at, duty.today = now, await board_store.today(conn, tenant_id, midnight, now)
            found = {
                (alert.queue_id, alert.metric): alert
                for queue in queues(rows, duty.today, outlooks_of(self._stats.get(tenant_id)), now)
                for alert in duty.book.look(queue.id, alert_values(queue), limits.get(queue.id, {}), now)
            }
            changed = [alert for key, alert in found.items() if _is_news(duty.on.get(key), alert)]
            over = [key for key in duty.on if key not in found]
            if changed or over:
                async with conn.transaction():
                    await board_alerts.write(conn, tenant_id, changed, over, now)
        duty.on = found
        if changed or over:
            await self._signal(tenant_id, SIGNAL, "")


def _resumed(alerts: list[Alert]) -> _Duty:
    duty = _Duty(AlertBook(), {(alert.queue_id, alert.metric): alert for alert in alerts})
    for alert in alerts:
        duty.book.resume(alert.queue_id, alert.metric, alert.level, alert.since_at)
    return duty


def _is_news(before: Alert | None, now: Alert) -> bool:
    return before is None or before.level != now.level
