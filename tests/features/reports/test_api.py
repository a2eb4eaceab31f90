"""A supervisor reads reports and looks behind them."""

from tests.features.conftest import SignedIn
from tests.features.reports.conftest import Day, Monday

from warmline.features.reports.api import router
from warmline.features.reports.definitions import METRICS
from warmline.runtime.database import Database

RANGE = {"from": "2026-11-02", "to": "2026-11-02"}


async def test_figures_definitions_contacts_and_spreadsheet_agree(
    browser: SignedIn, database: Database, monday: Monday
):
    desk = await browser([router(database)], "supervisor")
    assert [m["id"] for m in (await desk.get("/api/reports/metrics")).json()["items"]] == list(METRICS)
    summary = (await desk.get("/api/reports/summary", params=RANGE)).json()
    assert [(row["key"], row["volume"]) for row in summary["rows"]] == [("2026-11-02", 8)]
    behind = (await desk.get("/api/reports/contacts", params=RANGE | {"metric": "abandonment"})).json()
    assert {c["id"] for c in behind["items"]} == {str(monday.gone_early), str(monday.gone_late)}
    assert behind["next"] is None
    asked = RANGE | {"metric": "volume", "group": "queue"}
    orders = (await desk.get("/api/reports/contacts", params=asked | {"key": "orders", "limit": 3})).json()
    assert (len(orders["items"]), orders["next"]) == (3, 3)
    none = (await desk.get("/api/reports/contacts", params=asked | {"without": "true"})).json()
    assert [c["id"] for c in none["items"]] == [str(monday.solved)]
    sheet = await desk.get("/api/reports/summary.csv", params=RANGE | {"locale": "ja"})
    assert sheet.headers["content-type"] == "text/csv; charset=utf-8"
    assert sheet.content.startswith(b"\xef\xbb\xbf")
    assert "2026-11-02,8," in sheet.text


async def test_a_wrong_question_names_what_is_wrong(browser: SignedIn, database: Database):
    desk = await browser([router(database)], "supervisor")
    for params, field in (
        ({"from": "2026-11-02"}, "to"),
        ({"from": "2026-11-02", "to": "2026-11-01"}, "to"),
        ({"from": "yesterday", "to": "2026-11-01"}, "from"),
        (RANGE | {"group": "moon"}, "group"),
    ):
        answer = await desk.get("/api/reports/summary", params=params)
        assert (answer.status_code, answer.json()["error"]["details"]["field"]) == (422, field)


async def test_told_waits_are_compared_with_what_happened(browser: SignedIn, database: Database, day: Day):
    await day.contact(
        queue="orders",
        queued=0,
        work=[(day.mina, 90, 130, 150)],
        ended=140,
        reason="agent_ended",
        promised=(60, 120),
    )
    desk = await browser([router(database)], "supervisor")
    found = (await desk.get("/api/reports/waits", params=RANGE | {"group": "half_hour"})).json()
    assert [(row["key"], row["told"], row["kept"], row["error_s"]) for row in found["rows"]] == [
        ("09:00", 1, 1, 0)
    ]
    assert (found["total"]["within"], found["total"]["judged"]) == (1, 1)
    assert [found["total"][key] for key in ("open", "overdue", "left_before", "called")] == [0, 0, 0, 0]
    sheet = await desk.get("/api/reports/waits.csv", params=RANGE | {"locale": "ko"})
    assert "orders 대기열,1,1,1,1.0,1.0,0,0,0,0,0,0,0,0,0.0,0.0" in sheet.text
    assert (await desk.get("/api/reports/waits", params=RANGE | {"group": "moon"})).status_code == 422
