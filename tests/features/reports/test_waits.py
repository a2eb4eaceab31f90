"""What customers were told, against what happened to them."""

from datetime import timedelta

import pytest
from tests.features.reports.conftest import MONDAY, MORNING, Day

from warmline.features.reports.waits import WaitFigures, WaitGroup, WaitReport, wait_csv, wait_report
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database


@pytest.fixture
async def told(day: Day) -> None:
    """Five in line for orders, told 60 to 180 s at nine, and one for refunds at half past."""
    for waited in (30, 120, 150, 400):
        await day.contact(
            queue="orders", queued=0, work=[(day.mina, waited, waited + 60, None)], ended=600, promised=(60, 180)
        )
    await day.contact(queue="orders", queued=0, ended=240, reason="customer_left", promised=(60, 180))
    await day.contact(
        queue="orders", queued=0, ended=300, reason="callback_promised", promised=(60, 180), called=True
    )
    await day.contact(
        at=MORNING + timedelta(minutes=40), queue="refunds", queued=0, work=[(day.yuki, 61, 100, None)], ended=200,
        promised=(60, 120),
    )  # fmt: skip
    await day.contact(at=MORNING - timedelta(days=1), queue="orders", queued=0, promised=(0, 60))


async def rows(database: Database, group: WaitGroup) -> dict[str | None, WaitFigures]:
    return {row.key: row for row in (await report(database, group)).rows}


async def report(database: Database, group: WaitGroup) -> WaitReport:
    return await wait_report(database, "onda", MONDAY, MONDAY, group)


@pytest.mark.usefixtures("told")
async def test_a_queue_shows_how_many_were_answered_as_they_were_told(database: Database):
    orders = (await rows(database, "queue"))["orders"]
    assert (orders.told, orders.answered, orders.early, orders.late) == (5, 4, 1, 1)
    assert (orders.kept, orders.within) == (pytest.approx(3 / 4), pytest.approx(2 / 4))
    assert (orders.gone, orders.gone_late) == (1, 1)
    assert orders.error_s == pytest.approx(60), "30, 120, 150 and 400 s lie 90, 0, 30 and 280 s from 120 s"
    assert orders.bias_s == pytest.approx(15)
    assert orders.name == {"ko": "orders 대기열", "ja": "orders の列", "en": "Orders"}


@pytest.mark.usefixtures("told")
async def test_half_hours_are_those_on_the_company_s_clock(database: Database):
    half_hours = await rows(database, "half_hour")
    assert {key: row.told for key, row in half_hours.items()} == {"09:00": 5, "09:30": 1}
    assert half_hours["09:30"].kept == 1
    assert {key: row.told for key, row in (await rows(database, "day")).items()} == {"2026-11-02": 6}


async def test_every_wait_that_was_told_counts_by_itself(day: Day, database: Database):
    contact = await day.contact(
        queue="orders", queued=0, work=[(day.mina, 300, 400, None)], ended=500, promised=(60, 120)
    )
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO event (tenant_id, contact_id, seq, at, kind, body) VALUES ('onda', $1, 90, $2, $3, $4)",
            contact, MORNING + timedelta(seconds=200), "wait_promised",
            {"kind": "wait_promised", "queue_id": "orders", "low_s": 60, "high_s": 120},
        )  # fmt: skip
    orders = (await rows(database, "queue"))["orders"]
    assert (orders.told, orders.late, orders.within) == (2, 1, pytest.approx(1 / 2))


async def test_a_period_in_which_nobody_was_told_anything_is_empty(day: Day, database: Database):
    empty = await report(database, "queue")
    assert (empty.rows, empty.total.told, empty.total.kept) == ([], 0, None)
    with pytest.raises(Refused):
        await wait_report(database, "onda", MONDAY, MONDAY - timedelta(days=1), "day")


@pytest.mark.usefixtures("told")
async def test_a_spreadsheet_says_the_same(database: Database):
    lines = wait_csv(await report(database, "queue"), "ja").splitlines()
    assert lines[0].lstrip("\ufeff").startswith("キュー,案内数,つながった数")
    assert lines[1] == "orders の列,5,4,0.75,0.5,1,1,1,1,60.0,15.0"
    assert lines[-1].startswith("全体,6,5,0.8,")
