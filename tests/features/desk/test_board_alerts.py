"""Alerts are acknowledged, remembered and forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from warmline.features.desk.alerts import CALM, Alert
from warmline.features.desk.board_alerts import FORGET, BoardAlerts
from warmline.features.security.audit import Actor
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
NAME = {"ko": "주문", "ja": "注文", "en": "Orders"}


class Office:
    """A queue with limits, looked at by one process."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.alerts = BoardAlerts(database)
        self.now = NOON
        self.sora = Actor("Sora", new_id())

    async def open(self) -> None:
        async with self.database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO queue (tenant_id, id, name, target_s) VALUES ('onda', 'orders', $1, 60)", NAME
            )
            await conn.execute(
                "INSERT INTO alert_rule (tenant_id, id, limits) VALUES ('onda', 'orders', $1)",
                {"waiting": {"warn": 5, "alarm": 10}},
            )
            await conn.execute(
                "INSERT INTO agent (tenant_id, id, email, name, roles, created_at)"
                " VALUES ('onda', $1, 'sora@onda.example', 'Sora', '{supervisor}', now())", self.sora.agent_id,
            )  # fmt: skip

    async def see(self, seconds: float, waiting: int) -> list[Alert]:
        found: list[Alert] = []
        async with self.database.tenant("onda") as conn:
            for _ in range(int(seconds)):
                self.now += timedelta(seconds=1)
                found = await self.alerts.look(conn, "onda", {"orders": {"waiting": waiting}}, self.now)
        return found

    async def acknowledge(self, level: str, metric: str = "waiting", queue_id: str = "orders") -> None:
        await self.alerts.acknowledge("onda", self.sora, queue_id, metric, level, self.now)


@pytest.fixture
async def office(database: Database) -> Office:
    office = Office(database)
    await office.open()
    return office


async def test_an_acknowledged_alert_says_by_whom_and_asks_again_when_it_gets_worse(office: Office):
    [warning] = await office.see(5, waiting=6)
    assert (warning.level, warning.acknowledged) == ("warn", None)
    await office.acknowledge("warn")
    [seen] = await office.see(1, waiting=6)
    assert seen.acknowledged is not None
    assert seen.acknowledged.name == "Sora"
    [worse] = await office.see(5, waiting=20)
    assert (worse.level, worse.acknowledged) == ("alarm", None)


async def test_what_is_over_is_forgotten_so_that_the_next_time_asks_anew(office: Office):
    await office.see(5, waiting=6)
    await office.acknowledge("warn")
    assert await office.see(CALM.seconds + FORGET.seconds + 5, waiting=0) == []
    [again] = await office.see(5, waiting=6)
    assert again.acknowledged is None


async def test_seeing_to_an_alert_is_on_record(office: Office):
    await office.acknowledge("alarm")
    async with office.database.tenant("onda") as conn:
        row = await conn.fetchrow("SELECT action, subject, detail FROM audit WHERE tenant_id = 'onda'")
    assert (row["action"], row["subject"]) == ("alert.acknowledged", "queue:orders")
    assert row["detail"] == {"metric": "waiting", "level": "alarm"}


@pytest.mark.parametrize(("metric", "queue_id"), [("mood", "orders"), ("waiting", "nowhere")])
async def test_what_is_not_there_cannot_be_acknowledged(office: Office, metric: str, queue_id: str):
    with pytest.raises(Refused):
        await office.acknowledge("warn", metric, queue_id)


async def test_a_queue_without_limits_of_its_own_has_the_usual_ones(office: Office):
    async with office.database.tenant("onda") as conn:
        await conn.execute("DELETE FROM alert_rule")
        for _ in range(6):
            office.now += timedelta(seconds=1)
            found = await office.alerts.look(conn, "onda", {"orders": {"longest_wait_s": 130}}, office.now)
    assert [(one.metric, one.limit) for one in found] == [("longest_wait_s", 120)]
