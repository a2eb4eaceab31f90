"""A conversation with a draft over HTTP."""

from fastapi import FastAPI
from tests.features.conftest import SignedIn
from tests.features.designer.test_suites import ASKING, END, MENU

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


async def test_a_path_of_the_checker_becomes_a_conversation_to_go_on_with(product: FastAPI, browser: SignedIn):
    client = await browser(product, "designer")
    for key in ("hello.hi", "hello.bye", "hello.open"):
        await client.put(f"/api/prompts/{key}", json={"texts": {"ko": "가", "ja": "あ", "en": key}})
    unset = {"ko": "x {order.x}", "ja": "x {order.x}", "en": "x {order.x}"}
    await client.put("/api/prompts/hello.unset", json={"texts": unset})
    say = {"step": "say", "prompt": "hello.unset"}
    menu = {**MENU, "options": [{"value": "open", "label": "hello.open", "then": [say]}]}
    draft = ASKING | {"sections": {"start": [menu, END], "agent": [END]}}
    report = (await client.post("/api/journeys/hello/check", json={"document": draft})).json()["reports"][0]
    problem = next(one for one in report["problems"] if one["path"])
    path = {"journey": report["journey"], "path": problem["path"]}
    ask = {"document": draft, "scenery": SCENERY, "path": path}
    told = (await client.post("/api/journeys/simulate", json=ask)).json()
    assert told["problems"], told
    assert {"tap": "open"}.items() <= told["case"]["deeds"][-1].items()
    fault = {"journey": "hello", "path": [{"kind": "task", "name": "fault", "text": "hello"}]}
    refused = await client.post("/api/journeys/simulate", json=ask | {"path": fault})
    assert refused.json()["error"]["code"] == "designer.path_not_playable"
