"""A draft over HTTP: begun, saved, refused when somebody was faster, published, thrown away."""

from tests.features.conftest import SignedIn
from tests.features.designer.conftest import hello

from warmline.features.designer.drafts import Drafts
from warmline.features.designer.drafts_api import drafts_router
from warmline.features.journeys.api import router
from warmline.features.journeys.service import Journeys


async def test_a_draft_from_its_first_step_to_its_publication(
    browser: SignedIn, drafts: Drafts, journeys: Journeys
):
    routers = [drafts_router(drafts), router(journeys)]
    desk = await browser(routers, "designer")
    begun = await desk.post("/api/journeys/hello/drafts", json={"name": "First"})
    assert begun.status_code == 201
    draft = begun.json()
    assert draft["document"] == {"id": "hello", "sections": {"start": [], "agent": []}, "on_error": []}
    assert draft["owner_name"] == "Designer of Onda"
    address = f"/api/journeys/hello/drafts/{draft['id']}"
    body = {
        "revision": draft["revision"],
        "document": hello("hello.hi"),
        "positions": {"start/0": {"x": 1, "y": 2}},
    }
    saved = (await desk.put(address, json=body)).json()
    assert saved["revision"] == draft["revision"] + 1
    read = (await desk.get(address)).json()
    assert (read["document"], read["positions"]) == (body["document"], body["positions"])
    for place in ("/api/drafts", "/api/journeys/hello/drafts"):
        assert [one["name"] for one in (await desk.get(place)).json()["items"]] == ["First"]
    published = await desk.post(f"{address}/publish", json={"revision": saved["revision"]})
    assert (published.status_code, published.json()["version"]) == (201, 1)
    assert (await desk.delete(address)).status_code == 204
    assert (await desk.get(address)).status_code == 404


async def test_a_page_that_was_loaded_again_begins_no_second_draft(browser: SignedIn, drafts: Drafts):
    desk = await browser([drafts_router(drafts)], "designer")
    first = {"id": "0b1e3a8e-5f6a-4d0e-9a3b-0c6f0e6f1a11", "document": hello("hello.hi")}
    begun = [await desk.post("/api/journeys/hello/drafts", json=first) for _ in range(2)]
    assert [one.status_code for one in begun] == [201, 201]
    assert begun[0].json() == begun[1].json()
    assert begun[0].json()["id"] == first["id"]
    assert len((await desk.get("/api/journeys/hello/drafts")).json()["items"]) == 1
    odd = await desk.post("/api/journeys/hello/drafts", json={"id": "first"})
    assert odd.status_code == 422


async def test_who_is_second_gets_the_name_the_time_and_then_the_document(browser: SignedIn, drafts: Drafts):
    mina = await browser([drafts_router(drafts)], "designer")
    ken = await browser([drafts_router(drafts)], "admin")
    draft = (await mina.post("/api/journeys/hello/drafts", json={})).json()
    address = f"/api/journeys/hello/drafts/{draft['id']}"
    assert (await ken.put(address, json={"revision": 1, "document": hello("hello.open")})).status_code == 200
    refused = await mina.put(address, json={"revision": 1, "document": hello("hello.hi")})
    told = refused.json()["error"]
    assert (refused.status_code, told["code"]) == (409, "designer.draft_newer")
    assert told["details"]["by"] == "Admin of Onda"
    assert told["details"]["at"] == (await mina.get(address)).json()["updated_at"].replace("Z", "+00:00")
    assert (await mina.get(address)).json()["document"] == hello("hello.open")
    fork = await mina.post("/api/journeys/hello/drafts", json={"name": "Mine", "document": hello("hello.hi")})
    assert fork.json()["document"] == hello("hello.hi")


async def test_a_draft_is_renamed_and_who_saw_an_older_name_is_told_the_one_it_has(
    browser: SignedIn, drafts: Drafts
):
    mina = await browser([drafts_router(drafts)], "designer")
    draft = (await mina.post("/api/journeys/hello/drafts", json={"name": "Copy"})).json()
    address = f"/api/journeys/hello/drafts/{draft['id']}/name"
    renamed = (await mina.put(address, json={"seen": "Copy", "name": " 겨울 세일 "})).json()
    assert (renamed["name"], renamed["revision"]) == ("겨울 세일", draft["revision"])
    late = (await mina.put(address, json={"seen": "Copy", "name": "Summer"})).json()["error"]
    assert (late["code"], late["details"]["name"]) == ("designer.draft_renamed", "겨울 세일")
    assert (await mina.put(address, json={"seen": "Copy", "name": "x" * 81})).status_code == 422
    boss = await browser([drafts_router(drafts)], "supervisor")
    assert (await boss.put(address, json={"seen": "겨울 세일", "name": "x"})).status_code == 403


async def test_a_supervisor_reads_drafts_and_changes_none(browser: SignedIn, drafts: Drafts):
    mina = await browser([drafts_router(drafts)], "designer")
    await mina.post("/api/journeys/hello/drafts", json={})
    boss = await browser([drafts_router(drafts)], "supervisor")
    assert len((await boss.get("/api/drafts")).json()["items"]) == 1
    assert (await boss.post("/api/journeys/hello/drafts", json={})).status_code == 403
