"""A designer works on journeys and words."""

from tests.features.conftest import SignedIn
from tests.features.journeys.conftest import greeting

from warmline.features.journeys.api import router
from warmline.features.journeys.service import Journeys

HI = {"ko": "안녕하세요", "ja": "こんにちは", "en": "Hello"}


async def test_words_first_then_the_proof_then_publication(browser: SignedIn, journeys: Journeys):
    desk = await browser([router(journeys)], "designer")
    draft = {"document": greeting()}
    checked = (await desk.post("/api/journeys/hello/check", json=draft)).json()
    assert checked["ok"] is False
    assert checked["reports"][0]["problems"][0]["fix"]
    refused = await desk.post("/api/journeys/hello/publish", json=draft)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "journeys.not_publishable")
    for key in ("hello.hi", "hello.bye"):
        assert (await desk.put(f"/api/prompts/{key}", json={"texts": HI})).status_code == 204
    assert (await desk.post("/api/journeys/hello/check", json=draft)).json()["ok"] is True
    published = await desk.post("/api/journeys/hello/publish", json=draft)
    assert (published.status_code, published.json()["version"]) == (201, 1)
    read = (await desk.get("/api/journeys/hello")).json()
    assert read["document"]["sections"].keys() == {"start", "agent"}
    assert [one["version"] for one in read["versions"]] == [1]
    assert (await desk.get("/api/journeys/hello?version=2")).status_code == 404
    assert [one["id"] for one in (await desk.get("/api/journeys")).json()["items"]] == ["hello"]
    own = [p["key"] for p in (await desk.get("/api/prompts")).json()["items"] if p["own"]]
    assert own == ["hello.bye", "hello.hi"]


async def test_a_problem_carries_its_path_and_a_text_that_breaks_a_journey_is_refused_with_the_conversation(
    browser: SignedIn, journeys: Journeys
):
    desk = await browser([router(journeys)], "designer")
    for key in ("hello.hi", "hello.bye"):
        await desk.put(f"/api/prompts/{key}", json={"texts": HI})
    silent = greeting(sections={"start": [{"step": "say", "prompt": "hello.hi"}]})
    answer = (await desk.post("/api/journeys/hello/check", json={"document": silent})).json()
    paths = [problem["path"] for problem in answer["reports"][0]["problems"] if problem["path"]]
    assert paths[0][0]["kind"] == "start"
    trails = [(problem["trail"], problem["channel"]) for problem in answer["reports"][0]["problems"]]
    assert (["hello#start"], "webchat") in trails
    await desk.post("/api/journeys/hello/publish", json={"document": greeting()})
    refused = await desk.put("/api/prompts/hello.bye?locale=ja", json={"texts": HI | {"ko": "안녕 {who}"}})
    assert refused.status_code == 409
    assert refused.json()["error"]["code"] == "journeys.prompt_breaks"
    assert "ボット" in refused.json()["error"]["details"]["report"]


async def test_a_broken_text_or_document_is_named(browser: SignedIn, journeys: Journeys):
    desk = await browser([router(journeys)], "designer")
    text = await desk.put("/api/prompts/hello.hi", json={"texts": HI | {"ko": "{"}})
    assert text.json()["error"]["details"]["field"] == "texts.ko"
    missing = await desk.put("/api/prompts/hello.hi", json={"texts": {"ko": "안녕"}})
    assert missing.status_code == 422
    document = await desk.post("/api/journeys/hello/check", json={"document": {"id": "hello"}})
    assert document.json()["error"]["details"]["field"] == "document"


async def test_problems_are_told_in_the_language_asked_for(browser: SignedIn, journeys: Journeys):
    desk = await browser([router(journeys)], "designer")
    draft = {"document": greeting()}
    told: dict[str, str] = {}
    for locale in ("ko", "ja", "en"):
        answer = (await desk.post(f"/api/journeys/hello/check?locale={locale}", json=draft)).json()
        (problem, *_) = [p for p in answer["reports"][0]["problems"] if p["details"].get("locale") == "ko"]
        assert problem["details"]["prompt"].startswith("hello.")
        told[locale] = problem["text"]
    assert "없어요" in told["ko"]
    assert "ありません" in told["ja"]
    assert "has no text in Korean" in told["en"]
    assert (await desk.post("/api/journeys/hello/check?locale=fr", json=draft)).status_code == 422
