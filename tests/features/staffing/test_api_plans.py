"""A supervisor sets, asks and plans over HTTP."""

import asyncio

from fastapi import FastAPI
from tests.features.conftest import SignedIn
from tests.features.staffing.conftest import Company

DAYS = {"from": "2026-11-23", "to": "2026-11-23"}


async def test_from_settings_to_a_published_plan(product: FastAPI, browser: SignedIn, company: Company):
    boss = await browser(product, "supervisor")
    before = (await boss.get("/api/staffing/settings")).json()
    assert (before["version"], before["sources"]) == (0, ["forecast", "history", "described"])
    settings = before["settings"] | {
        "described": {"orders": {"per_day": 60, "handle_s": 300}}, "time_limit_s": 5, "gap": 0.1,
    }  # fmt: skip
    answer = await boss.put("/api/staffing/settings", json={"settings": settings, "version": 0})
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    needs = (await boss.get("/api/staffing/needs", params=DAYS | {"source": "described"})).json()
    assert len(needs["needs"]) == 48
    assert round(sum(one["contacts"] for one in needs["needs"])) == 60
    assert needs["pools"][0]["queues"] == ["orders", "refunds"]
    more = (await boss.get("/api/staffing/needs", params=DAYS | {"source": "described", "volume": 3})).json()
    assert max(n["on_shift"] for n in more["needs"]) > max(n["on_shift"] for n in needs["needs"])
    wanted = {"first": "2026-11-23", "last": "2026-11-23", "source": "described"}
    begun = await boss.post("/api/staffing/plans", json=wanted)
    assert begun.status_code == 201, begun.text
    where = f"/api/staffing/plans/{begun.json()['id']}"
    async with asyncio.timeout(60):
        while (plan := (await boss.get(where)).json())["status"] == "planning":
            await asyncio.sleep(0.1)
    assert plan["status"] == "ready"
    assert (await boss.post(f"{where}/publish")).json()["status"] == "published"
    needs = (await boss.get("/api/staffing/needs", params=DAYS | {"source": "described"})).json()
    assert max(one["planned"] for one in needs["needs"]) >= 1
    assert [one["id"] for one in (await boss.get("/api/staffing/plans")).json()["items"]] == [plan["id"]]
    assert (await boss.post(f"{where}/stop")).json()["status"] == "published"
    assert (await boss.delete(where)).status_code == 204
    assert (await boss.get(where)).status_code == 404


async def test_contracts_are_read_and_changed(product: FastAPI, browser: SignedIn, company: Company):
    boss = await browser(product, "supervisor")
    contracts = (await boss.get("/api/staffing/contracts")).json()["items"]
    mina = next(one for one in contracts if one["name"] == "Mina")
    assert (mina["version"], mina["terms"]["week_max_min"]) == (0, 2400)
    change = {"terms": mina["terms"] | {"week_max_min": 1200, "pattern_ids": ["half"]}, "version": 0}
    changed = await boss.put(f"/api/staffing/contracts/{mina['agent_id']}", json=change)
    assert changed.json()["terms"]["pattern_ids"] == ["half"]
    assert (await boss.put(f"/api/staffing/contracts/{mina['agent_id']}", json=change)).status_code == 409


async def test_a_wrong_question_names_what_is_wrong(product: FastAPI, browser: SignedIn, company: Company):
    boss = await browser(product, "supervisor")
    for params, field in (
        ({"from": "2026-11-23"}, "to"),
        (DAYS | {"source": "stars"}, "source"),
        (DAYS | {"volume": -1}, "volume"),
        ({"from": "2026-11-23", "to": "2027-11-23"}, "to"),
    ):
        answer = await boss.get("/api/staffing/needs", params=params)
        assert (answer.status_code, answer.json()["error"]["details"]["field"]) == (422, field)
