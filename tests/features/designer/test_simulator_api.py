"""A conversation with a draft over HTTP."""

from fastapi import FastAPI
from tests.features.conftest import SignedIn
from tests.features.designer.test_suites import ASKING

SCENERY = {"start_at": "2026-11-23T00:00:00Z"}


async def test_a_designer_talks_to_a_draft_and_goes_back_in_time(product: FastAPI, browser: SignedIn):
    client = await browser(product, "designer")
    for key in ("hello.hi", "hello.bye", "hello.open"):
        texts = {"ko": "가", "ja": "あ", "en": key}
        assert (await client.put(f"/api/prompts/{key}", json={"texts": texts})).status_code == 204
    ask = {"document": ASKING, "scenery": SCENERY}
    begun = (await client.post("/api/journeys/simulate", json=ask)).json()
    assert begun["awaited"]["options"] == [
        {"value": "open", "label": "hello.open"}, {"value": "bye", "label": "hello.bye"}
    ]  # fmt: skip
    assert begun["awaited"]["pending"][0]["due_at"] == "2026-11-23T00:03:00Z"
    later = await client.post("/api/journeys/simulate", json=ask | {"deeds": [{"wait_s": 30}, {"tap": "open"}]})
    told = later.json()
    assert told["ended"] == "message_taken"
    assert told["at_s"] == 30
    assert told["trace"][-1] == "hello#start/1"
    assert next(line["place"] for line in told["transcript"] if line["kind"] == "spoken") == "hello#start/0"
    assert told["case"]["expect"] == {
        "ends": "message_taken", "said": ["hello.hi", "hello.open", "hello.bye"], "unsaid": [], "variables": {},
        "visited": [],
    }  # fmt: skip
    again = (await client.post("/api/journeys/simulate", json=ask)).json()
    assert again == begun


async def test_what_cannot_be_is_refused(product: FastAPI, browser: SignedIn):
    client = await browser(product, "designer")
    both = await client.post(
        "/api/journeys/simulate",
        json={"document": ASKING, "scenery": SCENERY, "deeds": [{"say": "a", "leave": True}]},
    )
    assert both.status_code == 422
    nowhere = await client.post("/api/journeys/simulate", json={"journey": "nowhere", "scenery": SCENERY})
    assert nowhere.json()["error"]["code"] == "not_found"
