"""Alerts are raised and cleared though nobody watches a board, by one process, and survive its end."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from warmline.domain.routing.stats import QueueView, encode
from warmline.features.desk.alerts import CALM
from warmline.features.desk.alerts_watch import AlertWatch
from warmline.features.desk.board_alerts import BoardAlerts
from warmline.features.security.audit import Actor
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
NAME = {"ko": "주문", "ja": "注文", "en": "Orders"}


class Office:
    """A queue with limits, and processes that look after alerts on a clock of the test's own."""

    def __init__(self, database: Database) -> None:
        self.database, self.now = database, NOON
        self.leading = True
        self.told: list[tuple[str, str]] = []
        self.watch = self.process()

    def process(self) -> AlertWatch:
        return AlertWatch(
            self.database, self._signal, lambda tenant: self.leading and tenant == "onda", clock=lambda: self.now
        )

    async def _signal(self, tenant_id: str, name: str, payload: str) -> None:
        self.told.append((tenant_id, name))

    async def open(self) -> None:
        async with self.database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO queue (tenant_id, id, name, target_s) VALUES ('onda', 'orders', $1, 60)", NAME
            )
            await conn.execute(
                "INSERT INTO alert_rule (tenant_id, id, limits) VALUES ('onda', 'orders', $1)",
                {"waiting": {"warn": 2, "alarm": 4}, "expected_wait_s": {"warn": 600, "alarm": None}},
            )

    async def customers(self, count: int) -> None:
        async with self.database.tenant("onda") as conn:
            await conn.execute("DELETE FROM contact WHERE tenant_id = 'onda'")
            for _ in range(count):
                await conn.execute(
                    "INSERT INTO contact (tenant_id, id, version, seq, status, channel, locale, customer_id,"
                    " conversation_id, queue_id, queued_at, opened_at, updated_at, state)"
                    " VALUES ('onda', $1, 1, 1, 'queued', 'webchat', 'ko', $1, $1, 'orders', $2, $2, $2, '')",
                    new_id(), self.now,
                )  # fmt: skip

    async def passes(self, seconds: int, watch: AlertWatch | None = None) -> list[tuple[str, str]]:
        """Let time pass, a look every second; return the alerts that are on."""
        for _ in range(seconds):
            self.now += timedelta(seconds=1)
            await (watch or self.watch).look("onda")
        return [(one.metric, one.level) for one in await BoardAlerts(self.database).everything("onda")]


@pytest_asyncio.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    built = Office(database)
    await built.open()
    yield built


async def test_an_alert_is_raised_gets_worse_and_ends_though_nobody_watches(office: Office):
    assert await office.passes(5) == []
    assert office.told == []
    await office.customers(3)
    assert await office.passes(5) == [("waiting", "warn")]
    await office.customers(5)
    assert await office.passes(5) == [("waiting", "alarm")]
    await office.customers(0)
    assert await office.passes(CALM.seconds + 2) == []
    assert office.told == [("onda", "alerts")] * 3, "told when it changes, and only then"
    [past] = await BoardAlerts(office.database).earlier("onda", office.now)
    assert (past.metric, past.level) == ("waiting", "alarm")


async def test_a_new_leader_goes_on_with_what_the_one_before_found(office: Office):
    await office.customers(3)
    assert await office.passes(5) == [("waiting", "warn")]
    sora = Actor("Sora", new_id())
    await BoardAlerts(office.database).acknowledge("onda", sora, "orders", "waiting", "warn", office.now)
    heir = office.process()
    assert await office.passes(5, heir) == [("waiting", "warn")]
    [alert] = await BoardAlerts(office.database).everything("onda")
    assert alert.acknowledged is not None, "and nobody is asked twice"
    assert alert.since_at < office.now - timedelta(seconds=5)
    await office.customers(0)
    assert await office.passes(CALM.seconds + 2, heir) == []


async def test_a_process_that_does_not_lead_leaves_alerts_alone(office: Office):
    office.leading = False
    await office.customers(9)
    assert await office.passes(10) == []


async def test_the_router_s_own_forecast_has_a_limit_too(office: Office):
    for payload in encode(QueueView("orders", 0, 2, newcomer=(300, 700)), 1, 1):
        office.watch.queues_told("onda", payload)
    assert await office.passes(5) == [("expected_wait_s", "warn")]


async def test_the_day_s_figures_are_looked_at_where_they_have_a_limit(office: Office):
    async with office.database.tenant("onda") as conn:
        await conn.execute(
            "UPDATE alert_rule SET limits = $1 WHERE tenant_id = 'onda'",
            {"abandonment": {"warn": 10, "alarm": 50}},
        )
        await conn.execute(
            "INSERT INTO contact (tenant_id, id, version, seq, status, channel, locale, customer_id,"
            " conversation_id, queue_id, opened_at, first_queued_at, ended_at, disconnect_reason, updated_at,"
            " state) VALUES ('onda', $1, 1, 1, 'ended', 'webchat', 'ko', $1, $1, 'orders', $2, $2, $2,"
            " 'customer_left', $2, '')",
            new_id(), NOON - timedelta(minutes=5),
        )  # fmt: skip
    assert await office.passes(5) == [("abandonment", "alarm")]


async def test_the_alert_of_a_queue_that_is_gone_ends_with_it(office: Office):
    await office.customers(3)
    assert await office.passes(5) == [("waiting", "warn")]
    async with office.database.tenant("onda") as conn:
        await conn.execute("DELETE FROM queue WHERE tenant_id = 'onda'")
    assert await office.passes(1) == []


async def test_the_database_going_away_ends_nothing(office: Office, monkeypatch: pytest.MonkeyPatch):
    """What could not be stored is found again."""
    await office.customers(3)
    await office.passes(2)

    async def refused(*_: object) -> None:
        raise OSError("the database is away")

    with monkeypatch.context() as broken:
        broken.setattr("warmline.features.desk.board_alerts.write", refused)
        with pytest.raises(OSError, match="away"):
            await office.passes(3)
        await office.watch._look_or_log("onda")
    assert await office.passes(5) == [("waiting", "warn")]
