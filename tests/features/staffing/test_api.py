"""Rosters and one's own shifts over HTTP."""

from fastapi import FastAPI
from tests.features.conftest import ORIGIN, People, SignedIn
from tests.features.staffing.conftest import Company

from warmline.runtime.database import Database

DAYS = {"from": "2026-11-23", "to": "2026-11-23"}
SHIFT = {
    "start_at": "2026-11-23T09:00:00+09:00", "end_at": "2026-11-23T18:00:00+09:00", "queues": ["orders"],
    "pattern_id": "full",
    "pauses": [
        {"kind": "lunch", "start_at": "2026-11-23T13:00:00+09:00", "end_at": "2026-11-23T14:00:00+09:00"}
    ],
}  # fmt: skip


async def test_a_supervisor_edits_by_hand_and_takes_the_roster_along(
    product: FastAPI, browser: SignedIn, company: Company
):
    boss = await browser(product, "supervisor")
    added = await boss.post("/api/staffing/shifts", json=SHIFT | {"agent_id": str(company["emma"])})
    assert added.status_code == 201, added.text
    shift = added.json()
    assert (shift["paid_min"], shift["published"], shift["start_at"]) == (480, True, "2026-11-23T00:00:00Z")
    where = f"/api/staffing/shifts/{shift['id']}"
    moved = SHIFT | {"agent_id": str(company["emma"]), "queues": ["refunds"], "version": 1}
    assert (await boss.put(where, json=moved)).json()["version"] == 2
    assert (await boss.put(where, json=moved)).status_code == 409
    roster = (await boss.get("/api/staffing/shifts", params=DAYS)).json()
    assert [(one["rule"], one["shift_id"]) for one in roster["violations"]] == [("queue", shift["id"])]
    assert roster["planned"][18:20] == [1.0, 1.0]
    sheet = await boss.get("/api/staffing/shifts.csv", params=DAYS | {"locale": "ko"})
    assert sheet.content.startswith(b"\xef\xbb\xbf")
    assert "담당하지 않는 대기열" in sheet.text
    calendar = await boss.get("/api/staffing/shifts.ics", params=DAYS | {"locale": "en"})
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert "SUMMARY:Shift: Emma" in calendar.text
    without_zone = SHIFT | {"start_at": "2026-11-23T09:00:00", "version": 2}
    assert (await boss.put(where, json=without_zone)).json()["error"]["details"]["field"] == "start_at"
    assert (await boss.delete(where)).status_code == 204
    assert (await boss.delete(where)).status_code == 404


async def test_an_agent_sees_their_own_shifts_and_nobody_elses(
    product: FastAPI, browser: SignedIn, company: Company, people: People, database: Database
):
    me = people["onda", "agent"]
    async with database.tenant("onda") as conn:
        await conn.execute("UPDATE agent SET routing_profile_id = 'both' WHERE id = $1", me)
    boss, agent, stranger = (
        await browser(product, "supervisor"), await browser(product, "agent"), await browser(product, None),
    )  # fmt: skip
    for who in (me, company["mina"]):
        assert (await boss.post("/api/staffing/shifts", json=SHIFT | {"agent_id": str(who)})).status_code == 201
    own = (await agent.get("/api/staffing/own", params=DAYS)).json()
    assert [one["agent_id"] for one in own["shifts"]] == [str(me)]
    assert own["feed_since"] is None
    assert (await agent.get("/api/staffing/shifts", params=DAYS)).status_code == 403
    url = (await agent.post("/api/staffing/own/feed")).json()["url"]
    assert url.startswith(f"{ORIGIN}/api/staffing/feeds/onda.")
    feed = await stranger.get(url)
    assert feed.status_code == 200
    assert feed.text.count("BEGIN:VEVENT") == 1
    assert feed.headers["cache-control"].startswith("private")
    assert (await agent.get("/api/staffing/own", params=DAYS)).json()["feed_since"] is not None
    assert (await agent.delete("/api/staffing/own/feed")).status_code == 204
    assert (await stranger.get(url)).status_code == 404


async def test_adherence_is_told_live_and_by_day(product: FastAPI, browser: SignedIn, company: Company):
    boss = await browser(product, "supervisor")
    assert (await boss.get("/api/staffing/adherence")).json()["items"] == []
    day = (await boss.get("/api/staffing/adherence/day", params={"day": "2026-11-23"})).json()
    assert (day["day"], day["items"]) == ("2026-11-23", [])
