"""What customers were told, against what happened to them."""

from datetime import datetime, timedelta

import pytest
from tests.features.reports.conftest import MONDAY, MORNING, Day

from warmline.features.reports.waits import WaitFigures, WaitGroup, WaitReport, wait_csv, wait_report
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database

EVENING = MORNING + timedelta(hours=10)


@pytest.fixture
async def told(day: Day) -> None:
    """Five in line for orders, told 60 to 180 s at nine, and one for refunds at half past."""
    for waited in (30, 120, 150, 400):
        await day.contact(
            queue="orders", queued=0, work=[(day.mina, waited, waited + 60, None)], ended=600, promised=(60, 180)
        )
    await day.contact(queue="orders", queued=0, ended=240, reason="customer_left", promised=(60, 180))
    await day.contact(
        queue="orders", queued=0, ended=300, reason="callback_promised", promised=(60, 180), called=0
    )
    await day.contact(
        at=MORNING + timedelta(minutes=40), queue="refunds", queued=0, work=[(day.yuki, 61, 100, None)], ended=200,
        promised=(60, 120),
    )  # fmt: skip
    await day.contact(at=MORNING - timedelta(days=1), queue="orders", queued=0, promised=(0, 60))


async def rows(database: Database, group: WaitGroup) -> dict[str | None, WaitFigures]:
    return {row.key: row for row in (await report(database, group)).rows}


async def report(database: Database, group: WaitGroup, now: datetime = EVENING) -> WaitReport:
    return await wait_report(database, "onda", MONDAY, MONDAY, group, now)


@pytest.mark.usefixtures("told")
async def test_a_queue_shows_how_many_were_answered_as_they_were_told(database: Database):
    orders = (await rows(database, "queue"))["orders"]
    assert (orders.told, orders.answered, orders.early, orders.late) == (6, 4, 1, 1)
    assert (orders.gone, orders.left_before, orders.gone_late, orders.called) == (1, 0, 1, 1)
    assert orders.judged == 5, "four were answered, one gave up after the time told; who is called is not judged"
    assert (orders.kept, orders.within) == (pytest.approx(3 / 5), pytest.approx(2 / 5))
    assert orders.error_s == pytest.approx(60), "30, 120, 150 and 400 s lie 90, 0, 30 and 280 s from 120 s"
    assert orders.bias_s == pytest.approx(15)
    assert orders.name == {"ko": "orders 대기열", "ja": "orders の列", "en": "Orders"}


@pytest.mark.usefixtures("told")
async def test_half_hours_are_those_on_the_company_s_clock(database: Database):
    half_hours = await rows(database, "half_hour")
    assert {key: row.told for key, row in half_hours.items()} == {"09:00": 6, "09:30": 1}
    assert half_hours["09:30"].kept == 1
    assert {key: row.told for key, row in (await rows(database, "day")).items()} == {"2026-11-02": 7}


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


async def test_customers_told_under_a_minute_who_still_wait_after_a_quarter_of_an_hour_count_as_not_kept(
    day: Day, database: Database
):
    for _ in range(5):
        await day.contact(queue="orders", queued=0, work=[(day.mina, 30, 90, None)], ended=100, promised=(0, 60))
    for _ in range(6):
        await day.contact(queue="orders", queued=0, promised=(0, 60))
    orders = (await report(database, "queue", MORNING + timedelta(minutes=15))).total
    assert (orders.told, orders.answered, orders.late) == (11, 5, 0)
    assert (orders.open, orders.overdue, orders.judged) == (0, 6, 11)
    assert (orders.kept, orders.within) == (pytest.approx(5 / 11), pytest.approx(5 / 11))


async def test_who_still_waits_within_the_time_told_is_not_judged_yet(day: Day, database: Database):
    await day.contact(queue="orders", queued=0, promised=(60, 180))
    for seconds, expected in ((180, (1, 0, None)), (181, (0, 1, 0))):
        orders = (await report(database, "queue", MORNING + timedelta(seconds=seconds))).total
        assert (orders.open, orders.overdue, orders.kept) == expected


async def test_who_left_before_the_time_told_is_not_judged_who_left_after_it_was_let_down(
    day: Day, database: Database
):
    await day.contact(queue="orders", queued=0, ended=30, reason="customer_left", promised=(0, 60))
    assert (await report(database, "queue")).total.kept is None
    await day.contact(queue="orders", queued=0, ended=61, reason="customer_left", promised=(0, 60))
    orders = (await report(database, "queue")).total
    assert (orders.told, orders.gone, orders.left_before, orders.gone_late) == (2, 2, 1, 1)
    assert (orders.judged, orders.kept) == (1, 0)


async def test_whose_journey_takes_them_out_of_line_has_left_it_at_that_moment(day: Day, database: Database):
    await day.contact(queue="orders", queued=0, out_of_line=30, promised=(0, 60))
    await day.contact(
        queue="orders", queued=0, out_of_line=50, ended=900, reason="message_taken", promised=(0, 60)
    )
    await day.contact(queue="orders", queued=0, out_of_line=90, promised=(0, 60))
    orders = (await report(database, "queue")).total
    assert (orders.left_before, orders.gone_late, orders.open, orders.overdue) == (2, 1, 0, 0)


async def test_who_is_promised_a_call_waited_until_that_moment(day: Day, database: Database):
    await day.contact(queue="orders", queued=0, called=40, promised=(0, 60))
    await day.contact(queue="orders", queued=0, called=300, promised=(0, 60))
    await day.contact(
        queue="orders", queued=0, called=50, work=[(day.mina, 900, 960, None)], ended=970, promised=(0, 60)
    )
    orders = (await report(database, "queue")).total
    assert (orders.told, orders.answered, orders.called, orders.called_late) == (3, 0, 3, 1)
    assert (orders.open, orders.overdue, orders.judged, orders.kept) == (0, 0, 1, 0)
    assert orders.error_s is None, "a promised call is no answer in line"


async def test_a_period_in_which_nobody_was_told_anything_is_empty(day: Day, database: Database):
    empty = await report(database, "queue")
    assert (empty.rows, empty.total.told, empty.total.kept) == ([], 0, None)
    with pytest.raises(Refused):
        await wait_report(database, "onda", MONDAY, MONDAY - timedelta(days=1), "day", EVENING)


@pytest.mark.usefixtures("told")
async def test_a_spreadsheet_says_the_same(database: Database):
    lines = wait_csv(await report(database, "queue"), "ja").splitlines()
    assert lines[0].lstrip("\ufeff").startswith("キュー,案内数,つながった数")
    assert lines[1] == "orders の列,6,4,5,0.6,0.4,1,1,0,1,0,0,1,0,60.0,15.0"
    assert lines[-1].startswith("全体,7,5,6,0.6667,")
    assert [len(line.split(",")) for line in lines] == [16] * len(lines)
