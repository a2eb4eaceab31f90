"""The report says what one counts by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.features.reports.conftest import MONDAY, MORNING, Day, Monday

from warmline.features.desk import board_store
from warmline.features.reports.service import Figures, Reports, check_range, summary_csv
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database


@pytest.fixture
def reports(database: Database) -> Reports:
    return Reports(database)


async def _by(reports: Reports, group: str) -> dict[str | None, Figures]:
    report = await reports.summary("onda", MONDAY, MONDAY, group)  # pyright: ignore[reportArgumentType]
    return {row.key: row for row in report.rows}


async def test_monday_s_figures_are_those_counted_by_hand(reports: Reports, monday: Monday):
    total = (await reports.summary("onda", MONDAY, MONDAY, "day")).total
    assert total.volume == 8
    assert total.containment == pytest.approx(1 / 7), "one solved of seven that ended"
    # waits: quick 20, slow 100, moved 30
    assert total.wait_avg_s == pytest.approx(50)
    assert total.wait_p50_s == pytest.approx(30)
    assert total.wait_p90_s == pytest.approx(86)
    # work: quick 100 + 60, slow 200 + 0, moved 60 + 10 and 300 + 50
    assert total.handle_time_s == pytest.approx((160 + 200 + 420) / 3)
    assert total.abandonment == pytest.approx(2 / 5), "two left; three were connected; a callback is no leaving"
    # in target: quick (20 of 60) and moved (30 of 30); slow not; one left after the target, one waits still
    assert total.service_level == pytest.approx(2 / 5)
    assert total.transfer_rate == pytest.approx(1 / 3)
    assert (total.csat, total.csat_answers) == (pytest.approx(11 / 3), 3)
    assert total.csat_good == pytest.approx(2 / 3)


async def test_a_queue_answers_for_those_who_entered_it_first(reports: Reports, monday: Monday):
    rows = await _by(reports, "queue")
    assert {key: row.volume for key, row in rows.items()} == {"orders": 4, "refunds": 3, None: 1}
    assert rows["orders"].service_level == pytest.approx(1 / 3)
    assert rows["orders"].abandonment == pytest.approx(1 / 3)
    assert rows["refunds"].service_level == pytest.approx(1 / 2)
    assert rows["orders"].name == {"ko": "orders 대기열", "ja": "orders の列", "en": "Orders"}


async def test_the_live_board_counts_the_day_as_the_report_does(
    reports: Reports, monday: Monday, database: Database
):
    rows = await _by(reports, "queue")
    midnight, now = datetime(2026, 11, 1, 15, tzinfo=UTC), datetime(2026, 11, 2, 14, tzinfo=UTC)
    async with database.tenant("onda") as conn:
        live = await board_store.today(conn, "onda", midnight, now)
    for queue in ("orders", "refunds"):
        assert live[queue].service_level == pytest.approx(rows[queue].service_level)
        assert live[queue].answered == rows[queue].answered


async def test_a_reason_answers_for_its_contacts(reports: Reports, monday: Monday):
    rows = await _by(reports, "reason")
    assert {key: row.volume for key, row in rows.items()} == {"order_status": 3, "refund": 3, None: 2}
    assert rows["order_status"].containment == pytest.approx(1 / 3)


async def test_an_agent_answers_for_their_own_share_of_the_work(reports: Reports, monday: Monday, day: Day):
    rows = await _by(reports, "agent")
    mina, yuki = rows[str(day.mina)], rows[str(day.yuki)]
    assert (mina.volume, yuki.volume) == (3, 1)
    assert mina.handle_time_s == pytest.approx((160 + 200 + 70) / 3)
    assert yuki.handle_time_s == pytest.approx(350)
    assert (mina.csat, yuki.csat) == (4, 2), "a score is for whoever held the contact last"
    assert mina.name == "Agent of Onda"


async def test_a_day_is_the_company_s_own(reports: Reports, day: Day):
    # 23:30 on Sunday and 00:30 on Monday in Seoul are the same day in Greenwich.
    await day.contact(at=datetime(2026, 11, 1, 14, 30, tzinfo=UTC))
    await day.contact(at=datetime(2026, 11, 1, 15, 30, tzinfo=UTC))
    report = await reports.summary("onda", date(2026, 11, 1), date(2026, 11, 2), "day")
    assert [(row.key, row.volume) for row in report.rows] == [("2026-11-01", 1), ("2026-11-02", 1)]
    assert report.time_zone == "Asia/Seoul"
    assert (await reports.summary("onda", MONDAY, MONDAY, "day")).total.volume == 1


async def test_work_in_progress_does_not_count_as_handled(reports: Reports, day: Day):
    await day.contact(queue="orders", queued=0, work=[(day.mina, 10, 70, None)], ended=80, wrapping=True)
    total = (await reports.summary("onda", MONDAY, MONDAY, "day")).total
    assert (total.volume, total.handle_time_s, total.wait_avg_s) == (1, None, 10)


async def test_an_empty_day_divides_by_nothing(reports: Reports):
    report = await reports.summary("onda", MONDAY, MONDAY, "queue")
    assert report.rows == []
    assert (report.total.volume, report.total.containment, report.total.csat) == (0, None, None)


async def test_behind_every_figure_are_its_contacts(reports: Reports, monday: Monday, day: Day):
    expected = {
        "volume": {*vars(monday).values()},
        "containment": {monday.solved},
        "wait": {monday.quick, monday.slow, monday.moved},
        "handle_time": {monday.quick, monday.slow, monday.moved},
        "abandonment": {monday.gone_early, monday.gone_late},
        "service_level": {monday.quick, monday.moved},
        "transfer_rate": {monday.moved},
        "csat": {monday.solved, monday.quick, monday.moved},
        "wait_promise": set(),
    }
    for metric, ids in expected.items():
        found = await reports.contacts("onda", MONDAY, MONDAY, metric)  # pyright: ignore[reportArgumentType]
        assert {one.id for one in found} == ids, metric
    of_yuki = await reports.contacts("onda", MONDAY, MONDAY, "handle_time", "agent", str(day.yuki), named=True)
    assert [(one.id, one.handle_s) for one in of_yuki] == [(monday.moved, 350)]
    without_queue = await reports.contacts("onda", MONDAY, MONDAY, "volume", "queue", None, named=True)
    assert [one.id for one in without_queue] == [monday.solved]
    page = await reports.contacts("onda", MONDAY, MONDAY, "volume", limit=3, offset=6)
    assert len(page) == 2


async def test_another_company_has_its_own_figures(reports: Reports, monday: Monday):
    assert (await reports.summary("rival", MONDAY, MONDAY, "day")).total.volume == 0
    assert await reports.contacts("rival", MONDAY, MONDAY, "volume") == []


async def test_the_spreadsheet_holds_the_same_figures_in_one_s_own_language(reports: Reports, monday: Monday):
    report = await reports.summary("onda", MONDAY, MONDAY, "queue")
    lines = summary_csv(report, "ko").removeprefix("\ufeff").split("\r\n")
    assert lines[0].startswith("대기열,상담량,")
    assert lines[1].startswith("orders 대기열,4,")
    assert lines[3].startswith("(없음),1,")
    assert lines[4].startswith("전체,8,0.1429,50.0,30.0,86.0,260.0,0.4,0.4,0.3333,3.6667,3")


async def test_a_reason_that_looks_like_a_formula_stays_text(reports: Reports, day: Day):
    await day.contact(intent='=HYPERLINK("http://evil")')
    report = await reports.summary("onda", MONDAY, MONDAY, "reason")
    assert "\"'=HYPERLINK(" in summary_csv(report, "en")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 11, 2), date(2026, 11, 1)),
        (date(2025, 1, 1), date(2026, 11, 1)),
        (date(1, 1, 1), date(1, 1, 2)),
    ],
)
def test_an_impossible_range_is_refused(first: date, last: date):
    with pytest.raises(Refused, match="invalid"):
        check_range(first, last)
    check_range(MONDAY, MONDAY)
    assert MORNING.year == 2026


async def test_what_was_promised_is_compared_with_what_happened(reports: Reports, day: Day):
    for connected, promised, called in (
        (50, (20, 60), None),  # as told
        (5, (20, 60), None),  # sooner is no broken promise
        (70, (20, 60), None),
        (500, (20, 60), 0),  # a promised call is not a wait
        (500, None, None),
    ):
        kept = await day.contact(
            queue="orders", queued=0, work=[(day.mina, connected, 600, 610)], ended=600, reason="agent_ended",
            promised=promised, called=called,
        )  # fmt: skip
    report = await reports.summary("onda", MONDAY, MONDAY, "queue")
    assert report.total.wait_promise == pytest.approx(2 / 3)
    assert report.rows[0].wait_promise == pytest.approx(2 / 3)
    behind = await reports.contacts("onda", MONDAY, MONDAY, "wait_promise")
    assert len(behind) == 2
    assert kept not in {one.id for one in behind}


async def test_whoever_waits_beyond_what_they_were_told_was_promised_wrongly(database: Database, day: Day):
    kept = await day.contact(
        queue="orders", queued=0, work=[(day.mina, 50, 100, 110)], ended=100, promised=(0, 60)
    )
    await day.contact(queue="orders", queued=0, promised=(0, 60))
    at_ten_past = Reports(database, lambda: MORNING + timedelta(minutes=10))
    assert (await at_ten_past.summary("onda", MONDAY, MONDAY, "day")).total.wait_promise == pytest.approx(1 / 2)
    at_once = Reports(database, lambda: MORNING + timedelta(seconds=55))
    assert (await at_once.summary("onda", MONDAY, MONDAY, "day")).total.wait_promise == 1, "it may still be kept"
    assert [one.id for one in await at_ten_past.contacts("onda", MONDAY, MONDAY, "wait_promise")] == [kept]


@pytest.mark.parametrize("end", ["ended", "called", "out_of_line"])
async def test_a_customer_gone_after_the_time_told_was_kept_waiting_one_gone_before_was_not(
    database: Database, day: Day, end: str
):
    await day.contact(queue="orders", queued=0, promised=(0, 60), **{end: 50})
    reports = Reports(database, lambda: MORNING + timedelta(minutes=10))
    assert (await reports.summary("onda", MONDAY, MONDAY, "day")).total.wait_promise is None
    await day.contact(queue="orders", queued=0, promised=(0, 60), **{end: 70})
    assert (await reports.summary("onda", MONDAY, MONDAY, "day")).total.wait_promise == 0


async def test_a_wait_told_after_a_promised_call_is_judged_by_itself(database: Database, day: Day):
    await day.contact(queue="orders", queued=600, called=10, promised=(0, 60), ended=900)
    reports = Reports(database, lambda: MORNING + timedelta(hours=1))
    assert (await reports.summary("onda", MONDAY, MONDAY, "day")).total.wait_promise == 0


async def test_who_cancels_a_promised_call_has_not_given_up(reports: Reports, day: Day):
    await day.contact(queue="orders", queued=0, ended=90, reason="customer_left", called=0)
    await day.contact(queue="orders", queued=0, ended=90, reason="customer_left")
    report = await reports.summary("onda", MONDAY, MONDAY, "day")
    assert (report.total.volume, report.total.abandoned) == (2, 1)
