"""Saved conversations over HTTP: kept from the simulator, run, found at random, deleted."""

import json

import httpx
import pytest
from fastapi import FastAPI
from tests.features.conftest import SignedIn
from tests.features.designer.test_simulator_api import SCENERY
from tests.features.designer.test_suites import ASKING, END, SILENT


@pytest.fixture
async def designer(product: FastAPI, browser: SignedIn) -> httpx.AsyncClient:
    client = await browser(product, "designer")
    for key in ("hello.hi", "hello.bye", "hello.open"):
        await client.put(f"/api/prompts/{key}", json={"texts": {"ko": "가", "ja": "あ", "en": key}})
    published = await client.post("/api/journeys/hello/publish", json={"document": ASKING})
    assert published.status_code == 201
    return client


async def test_a_conversation_tried_is_kept_run_and_guards_the_publication(designer: httpx.AsyncClient):
    ask = {"document": ASKING, "scenery": SCENERY, "deeds": [{"tap": "open"}]}
    tried = (await designer.post("/api/journeys/simulate", json=ask)).json()
    kept = await designer.post("/api/journeys/hello/cases", json=tried["case"] | {"name": "opening hours"})
    assert kept.status_code == 201, kept.text
    listed = (await designer.get("/api/journeys/hello/cases")).json()["items"]
    assert [one["name"] for one in listed] == ["opening hours"]
    run = (await designer.post("/api/journeys/hello/cases/run", json={})).json()
    assert (run["failed"], run["results"][0]["failure"]) == (0, None)
    assert run["coverage"]["missing"] == ["agent", "start/0/give_up", "start/0/option:bye"]
    broken = ASKING | {"sections": {"start": [SILENT, END], "agent": [END]}}
    failing = (await designer.post("/api/journeys/hello/cases/run", json={"document": broken})).json()
    assert failing["results"][0]["failure"]["why"] == "not_said"
    assert failing["results"][0]["transcript"]
    refused = await designer.post("/api/journeys/hello/publish", json={"document": broken})
    assert refused.json()["error"]["code"] == "journeys.case_fails"
    one = listed[0]
    changed = {"name": "shorter", "scenery": SCENERY, "expect": {"ends": "message_taken"}, "version": 1}
    assert (await designer.put(f"/api/journeys/hello/cases/{one['id']}", json=changed)).json()["version"] == 2
    assert (await designer.post("/api/journeys/hello/publish", json={"document": broken})).status_code == 201
    assert (await designer.delete(f"/api/journeys/hello/cases/{one['id']}")).status_code == 204


async def test_random_customers_are_found_again_by_their_seed(designer: httpx.AsyncClient):
    ask = {"count": 30, "seed": 9}
    found = (await designer.post("/api/journeys/hello/cases/generate", json=ask)).json()
    assert found["conversations"] == 30
    assert found["found"]
    assert all(block.startswith("hello#") for one in found["found"] for block in one["fresh"])
    assert (await designer.post("/api/journeys/hello/cases/generate", json=ask)).json() == found
    case = found["found"][0]["case"] | {"origin": "random", "seed": 9}
    assert (await designer.post("/api/journeys/hello/cases", json=case)).json()["origin"] == "random"


async def test_a_draft_of_another_journey_is_not_run(designer: httpx.AsyncClient):
    other = await designer.post("/api/journeys/other/cases/run", json={"document": ASKING})
    assert other.json()["error"]["code"] == "invalid"


@pytest.mark.parametrize("unkept", ["a\0b", "a\ud800"])
async def test_what_the_database_cannot_hold_is_refused_and_not_a_fault(designer: httpx.AsyncClient, unkept: str):
    answers = {"orders.find": [{"result": {"status": unkept}}]}
    case = {"name": "odd", "scenery": SCENERY | {"answers": answers}}
    headers = {"content-type": "application/json"}
    kept = await designer.post("/api/journeys/hello/cases", content=json.dumps(case), headers=headers)
    assert (kept.status_code, kept.json()["error"]["code"]) == (422, "invalid")
    odd = ASKING | {"title": unkept}
    for path, body in (
        ("/api/journeys/simulate", {"document": odd, "scenery": SCENERY}),
        ("/api/journeys/hello/check", {"document": odd}),
        ("/api/journeys/hello/publish", {"document": odd}),
        ("/api/journeys/hello/drafts", {"document": odd}),
    ):
        refused = await designer.post(path, content=json.dumps(body), headers=headers)
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "invalid"), path
