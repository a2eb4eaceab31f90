"""Alerts are rows: what was raised is read by everybody, acknowledged by one, and kept when it is over."""

from datetime import UTC, datetime, timedelta

import pytest

from warmline.features.desk.alerts import Alert
from warmline.features.desk.board_alerts import BoardAlerts, limits_of, write
from warmline.features.security.audit import Actor
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
NAME = {"ko": "주문", "ja": "注文", "en": "Orders"}


class Office:
    """A queue, a supervisor and an agent, and alerts as they come and go."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.alerts = BoardAlerts(database)
        self.sora, self.mina = Actor("Sora", new_id()), new_id()

    async def open(self) -> None:
        async with self.database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO queue (tenant_id, id, name, target_s) VALUES ('onda', 'orders', $1, 60)", NAME
            )
            for id, name, role in ((self.sora.agent_id, "Sora", "supervisor"), (self.mina, "Mina", "agent")):
                await conn.execute(
                    "INSERT INTO agent (tenant_id, id, email, name, roles, created_at)"
                    " VALUES ('onda', $1, $2, $3, $4, now())", id, f"{name}@onda.example", name, [role],
                )  # fmt: skip

    async def raised(self, level: str, *, at_s: float = 0, metric: str = "waiting", value: float = 6) -> None:
        at = NOON + timedelta(seconds=at_s)
        async with self.database.tenant("onda") as conn:
            await write(conn, "onda", [Alert("orders", metric, level, value, 5, at)], [], at)

    async def over(self, *, at_s: float = 0, metric: str = "waiting") -> None:
        at = NOON + timedelta(seconds=at_s)
        async with self.database.tenant("onda") as conn:
            await write(conn, "onda", [], [("orders", metric)], at)

    async def acknowledge(self, level: str, metric: str = "waiting", queue_id: str = "orders") -> None:
        await self.alerts.acknowledge("onda", self.sora, queue_id, metric, level, NOON)


@pytest.fixture
async def office(database: Database) -> Office:
    office = Office(database)
    await office.open()
    return office


async def test_an_acknowledged_alert_says_by_whom_and_asks_again_when_it_gets_worse(office: Office):
    await office.raised("warn")
    [warning] = await office.alerts.everything("onda")
    assert (warning.level, warning.value, warning.acknowledged) == ("warn", 6, None)
    await office.acknowledge("warn")
    [seen] = await office.alerts.everything("onda")
    assert seen.acknowledged is not None
    assert seen.acknowledged.name == "Sora"
    await office.raised("alarm", at_s=9, value=20)
    [worse] = await office.alerts.everything("onda")
    assert (worse.level, worse.value, worse.since_at, worse.acknowledged) == (
        "alarm", 20, NOON + timedelta(seconds=9), None
    )  # fmt: skip


async def test_what_is_over_asks_anew_the_next_time_and_is_remembered_for_a_day(office: Office):
    await office.raised("warn")
    await office.acknowledge("warn")
    await office.over(at_s=60)
    assert await office.alerts.everything("onda") == []
    [past] = await office.alerts.earlier("onda", NOON + timedelta(hours=1))
    assert (past.raised_at, past.cleared_at) == (NOON, NOON + timedelta(seconds=60))
    assert past.acknowledged is not None
    assert await office.alerts.earlier("onda", NOON + timedelta(hours=25)) == []
    await office.raised("warn", at_s=90)
    [again] = await office.alerts.everything("onda")
    assert again.acknowledged is None


async def test_the_worst_come_first_and_numbers_are_as_they_are_now(office: Office, database: Database):
    await office.raised("warn", at_s=-60)
    await office.raised("alarm", metric="longest_wait_s", value=300)
    async with database.tenant("onda") as conn:
        alerts = await office.alerts.now(conn, "onda", {"orders": {"waiting": 7, "longest_wait_s": None}})
    assert [(one.metric, one.value) for one in alerts] == [("longest_wait_s", None), ("waiting", 7)]


async def test_only_who_leads_hears_of_alerts_at_the_desk(office: Office):
    await office.raised("warn")
    assert office.sora.agent_id is not None
    assert len(await office.alerts.of_leader("onda", office.sora.agent_id)) == 1
    assert await office.alerts.of_leader("onda", office.mina) == []


async def test_seeing_to_an_alert_is_on_record(office: Office):
    await office.raised("alarm")
    await office.acknowledge("alarm")
    async with office.database.tenant("onda") as conn:
        row = await conn.fetchrow("SELECT action, subject, detail FROM audit WHERE tenant_id = 'onda'")
    assert (row["action"], row["subject"]) == ("alert.acknowledged", "queue:orders")
    assert row["detail"] == {"metric": "waiting", "level": "alarm"}


async def test_an_alarm_that_has_not_come_cannot_be_silenced_beforehand(office: Office):
    await office.raised("warn")
    with pytest.raises(Refused) as refused:
        await office.acknowledge("alarm")
    assert (refused.value.code, refused.value.spec.status) == ("alerts.changed", 409)
    await office.raised("alarm", at_s=9, value=20)
    [alarm] = await office.alerts.everything("onda")
    assert alarm.acknowledged is None, "the real alarm asks"
    with pytest.raises(Refused):
        await office.acknowledge("warn")
    assert (await office.alerts.everything("onda"))[0].acknowledged is None, (
        "whoever saw a warning did not see this"
    )


async def test_who_has_seen_the_alarm_stays_on_record_when_somebody_sees_the_warning_after_it(office: Office):
    await office.raised("alarm")
    await office.acknowledge("alarm")
    await office.raised("warn", at_s=9)
    await office.acknowledge("warn")
    [seen] = await office.alerts.everything("onda")
    assert seen.acknowledged is not None
    assert seen.acknowledged.level == "alarm"


@pytest.mark.parametrize(
    ("metric", "queue_id"), [("mood", "orders"), ("waiting", "nowhere"), ("occupancy", "orders")]
)
async def test_what_is_not_there_cannot_be_acknowledged(office: Office, metric: str, queue_id: str):
    await office.raised("warn")
    with pytest.raises(Refused):
        await office.acknowledge("warn", metric, queue_id)


async def test_a_queue_without_limits_of_its_own_has_the_usual_ones(office: Office, database: Database):
    async with database.tenant("onda") as conn:
        assert (await limits_of(conn, "onda"))["orders"] == {"longest_wait_s": {"warn": 120, "alarm": 300}}
