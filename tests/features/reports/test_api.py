"""A supervisor reads reports and looks behind them."""

from tests.features.conftest import SignedIn
from tests.features.reports.conftest import Monday

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
